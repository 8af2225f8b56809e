"""What is still asked, over HTTP with JSON."""

from datetime import datetime
from typing import ClassVar

from django.http import HttpRequest
from ninja import Router, Schema, Status

from legation.foundations.grading import Grade
from legation.foundations.markings import Marking
from legation.foundations.threats import ThreatClass
from legation.foundations.time import parse_instant
from legation.intelligence import actions
from legation.intelligence import queries as signals
from legation.intelligence.actions.requirements import Question
from legation.intelligence.models import Answer, Requirement, Source
from legation.intelligence.queries import requirements as queries
from legation.intelligence.rules.requirements import AgencyKind, Priority
from legation.intelligence.web.requirements import reported
from legation.missions import published as missions
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of

router = Router(tags=["intelligence"])


class Strict(Schema):
    """A body in which nothing unknown is accepted."""

    model_config: ClassVar = {"extra": "forbid"}


class QuestionIn(Strict):
    """A question. why: the decision that waits; mission: empty for the whole service; priority 1-3."""

    question: str
    why: str
    mission: str = ""
    threat: ThreatClass | None = None
    priority: Priority = Priority.ROUTINE
    subject: str = ""
    marking: str = "UNCLASSIFIED // TLP:CLEAR"


class RequirementAskIn(Strict):
    """Whom (id or name), until when (ISO 8601); missing: of an answered question, what was missing."""

    agency: str
    due_at: str
    missing: str = ""


class RequirementAnswerIn(Strict):
    """An answer; grade as B2."""

    text: str
    grade: str = "F6"
    marking: str = "UNCLASSIFIED // TLP:CLEAR"
    subject: str = ""


class RequirementCloseIn(Strict):
    """Enough; or withdrawn, with a reason."""

    withdrawn: bool = False
    reason: str = ""


class AgencyIn(Strict):
    """Somebody who can be asked; contact: the channel, no secret."""

    name: str
    kind: AgencyKind
    contact: str = ""
    marking: str = "UNCLASSIFIED // TLP:CLEAR"


class AnswerReportIn(Strict):
    """As what an answer enters fusion: a word of the table of kinds."""

    kind: str


class RequirementAnswerOut(Schema):
    """An answer that the reader may see."""

    id: str
    agency: str
    text: str
    grade: str
    subject: str
    answered_at: datetime
    useful: bool | None
    signal: str
    marking: str


class RequirementOut(Schema):
    """A question and how far it has come."""

    id: str
    mission: str | None
    question: str
    why: str
    threat: str
    subject: str
    priority: int
    owner: str
    agency: str
    state: str
    due_at: datetime | None
    overdue: bool
    times_asked: int
    missing: str
    marking: str
    answers: list[RequirementAnswerOut] | None = None


class RequirementMadeOut(Schema):
    """The id of what was made or changed."""

    id: str


@router.get("/requirements", response=list[RequirementOut])
def requirements(request: HttpRequest, show: str = "standing") -> object:
    """Questions: standing, mine, overdue or closed."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    return [queries.requirement_fields(one) for one in queries.narrowed(actor, show)]


@router.post("/requirements", response={201: RequirementMadeOut})
def put(request: HttpRequest, body: QuestionIn) -> object:
    """Put a question."""
    actor, verb = actor_of(request), "intelligence.put_requirement"
    check_verb(verb, actor)
    at = missions.claimed(actor, body.mission, verb) if body.mission else claim_house(verb, actor)
    question = Question(body.question, body.why, body.threat, body.priority, body.subject, Marking.parse(body.marking))
    return Status(201, {"id": actions.put_requirement(at, question).pk})


@router.post("/requirements/agencies", response={201: RequirementMadeOut})
def register_agency(request: HttpRequest, body: AgencyIn) -> object:
    """Bring somebody who can be asked into the register."""
    house = claim_house("intelligence.register_agency", actor_of(request))
    said = body.dict() | {"marking": Marking.parse(body.marking)}
    return Status(201, {"id": actions.register_agency(house, **said).pk})


@router.get("/requirements/{key}", response=RequirementOut)
def requirement(request: HttpRequest, key: str) -> object:
    """One question with the answers that the caller may read."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    told = [queries.answer_fields(one) for one in queries.answers(actor, key)]
    return queries.requirement_fields(queries.requirement(actor, key)) | {"answers": told}


@router.post("/requirements/{key}/ask", response=RequirementMadeOut)
def ask(request: HttpRequest, key: str, body: RequirementAskIn) -> object:
    """Ask somebody, or ask again."""
    actor = actor_of(request)
    claimed = claim(Requirement, key, "intelligence.ask_requirement", actor)
    due, agency = parse_instant(body.due_at), queries.agency(actor, body.agency)
    return {"id": actions.ask_requirement(claimed, agency=agency, due_at=due, missing=body.missing).pk}


@router.post("/requirements/{key}/answer", response={201: RequirementMadeOut})
def answer(request: HttpRequest, key: str, body: RequirementAnswerIn) -> object:
    """Put down an answer; the id is the answer's."""
    claimed = claim(Requirement, key, "intelligence.answer_requirement", actor_of(request))
    grade, marking = Grade.parse(body.grade), Marking.parse(body.marking)
    done = actions.answer_requirement(claimed, text=body.text, grade=grade, marking=marking, subject=body.subject)
    return Status(201, {"id": done.pk})


@router.post("/requirements/{key}/close", response=RequirementMadeOut)
def close(request: HttpRequest, key: str, body: RequirementCloseIn) -> object:
    """Say that the answer is enough, or withdraw the question."""
    claimed = claim(Requirement, key, "intelligence.close_requirement", actor_of(request))
    return {"id": actions.close_requirement(claimed, withdrawn=body.withdrawn, reason=body.reason).pk}


@router.post("/requirements/answers/{key}/report", response={201: RequirementMadeOut})
def report(request: HttpRequest, key: str, body: AnswerReportIn) -> object:
    """Make an answer a typed report; the id is the signal's."""
    actor = actor_of(request)
    claimed = claim(Answer, key, "intelligence.cite_answer", actor)
    source = claim(Source, signals.wanted_typed_source(actor).pk, "intelligence.report", actor)
    said = reported(actor, queries.answer(actor, key), body.kind)
    return Status(201, {"id": actions.report_answer(source, claimed, said)})
