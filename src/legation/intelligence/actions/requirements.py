"""How does a question get its answer? Put, asked of somebody by a day, answered, and closed or asked again."""

from dataclasses import dataclass
from datetime import datetime

from legation.foundations.decisions import Refusal, Refused, require
from legation.foundations.grading import Grade
from legation.foundations.identity import MissionId, Ref
from legation.foundations.markings import OPEN, Marking
from legation.foundations.threats import ThreatClass
from legation.foundations.words import Alarm, Due, Severity
from legation.intelligence.actions.collecting import report
from legation.intelligence.events.requirements import (
    AgencyNamed,
    AgencyRegistered,
    AnswerReported,
    RequirementAnswered,
    RequirementAsked,
    RequirementClosed,
    RequirementOverdue,
    RequirementPut,
)
from legation.intelligence.links import typed
from legation.intelligence.models import Agency, Answer, Requirement, Source
from legation.intelligence.rules import requirements as rules
from legation.intelligence.rules.requirements import AgencyKind, Priority, State, Step
from legation.platform import deadlines
from legation.platform.act import Context, act
from legation.platform.authority.actor import Authorised
from legation.platform.authority.markings import marking_of
from legation.platform.authority.resolve import House
from legation.platform.records import Record
from legation.platform.writing import Urgency, writing

OVERDUE = "intelligence.requirement_due"
"""The kind of deadline by which an answer is due; the alarm that follows it has the kind MISSED."""

MISSED = "intelligence.requirement_missed"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked and what for. subject: the occurrence, tripwire or proposal that raised it, as a reference."""

    question: str
    why: str
    threat: ThreatClass | None = None
    priority: Priority = Priority.ROUTINE
    subject: str = ""
    marking: Marking = OPEN


@act("intelligence.register_agency")
def register_agency(
    ctx: Context, house: House, *, name: str, kind: AgencyKind, contact: str = "", marking: Marking = OPEN
) -> Agency:
    """Bring somebody who can be asked into the register. Raises Refused without a name, or where it is there."""
    if not name.strip() or Agency.objects.filter(name__iexact=name.strip(), marking=ctx.marking_id(marking)).exists():
        raise Refused(Refusal("agency_name", rules.RULE))
    _readable(ctx, marking)
    row = Agency(
        id=ctx.new_id(),
        marking_id=ctx.marking_id(marking),
        name=name.strip()[:120],
        kind=kind.value,
        contact=contact.strip()[:200],
    )
    personal = {row.ref: AgencyNamed(row.name, row.contact)} if kind is AgencyKind.PERSON else {}
    return ctx.write(row, AgencyRegistered(kind.value), personal=dict(personal))


@act("intelligence.put_requirement")
def put_requirement(ctx: Context, at: Record | House, question: Question) -> Requirement:
    """Put a question at a mission or of the whole service. Raises Refused without words or without what it serves."""
    require(rules.may_put(question.question, question.why))
    _readable(ctx, question.marking)
    if question.subject:
        try:
            Ref.parse(question.subject)
        except ValueError:
            raise Refused(Refusal("requirement_subject", rules.RULE)) from None
    row = Requirement(
        id=ctx.new_id(),
        mission_id=None if isinstance(at, House) else at.pk,
        marking_id=ctx.marking_id(question.marking),
        question=question.question.strip(),
        why=question.why.strip(),
        threat=question.threat.value if question.threat else "",
        subject=question.subject,
        priority=int(question.priority),
        owner=ctx.actor.id,
        owner_name=ctx.actor.name,
        put_at=ctx.now,
    )
    return ctx.write(row, RequirementPut(row.priority))


@act("intelligence.ask_requirement")
def ask_requirement(
    ctx: Context, row: Requirement, *, agency: Agency, due_at: datetime, missing: str = ""
) -> Requirement:
    """Ask somebody, until a day. Of an answered question: ask again, saying what was missing.

    Raises Refused for a closed question, a day that is over or a year away, or asking again without what is missing.
    """
    step = Step.ASK_AGAIN if row.state == State.ANSWERED else Step.ASK
    require(rules.may_step(State(row.state), step))
    require(rules.may_fall_due(due_at, ctx.now))
    if step is Step.ASK_AGAIN and not missing.strip():
        raise Refused(Refusal("requirement_missing", rules.RULE))
    row.state = rules.step(State(row.state), step).value
    row.agency, row.asked_at, row.due_at = agency.pk, ctx.now, due_at
    row.missing, row.times_asked = missing.strip()[:400], row.times_asked + 1
    due = Due(_mission(row), OVERDUE, row.ref, due_at, row.owner_name, row.deadline_key)
    fact = RequirementAsked(agency.pk, due_at, row.times_asked, row.missing)
    judged = _judge(row, useful=False) if step is Step.ASK_AGAIN else []
    ctx.write_many([row, *judged], fact, words=[due])
    return row


@act("intelligence.answer_requirement")
def answer_requirement(
    ctx: Context, row: Requirement, *, text: str, grade: Grade, marking: Marking = OPEN, subject: str = ""
) -> Answer:
    """Put down an answer with its grade; it carries at least the marking of the question.

    Raises Refused for a closed question, without words, or for a marking above the writer's own.
    """
    require(rules.may_step(State(row.state), Step.ANSWER))
    require(rules.may_answer(text))
    _readable(ctx, marking)
    row.state = rules.step(State(row.state), Step.ANSWER).value
    deadlines.settle(row.deadline_key)
    answer = Answer(
        id=ctx.new_id(),
        mission_id=row.mission_id,
        marking_id=ctx.marking_id(marking.join(marking_of(row.marking_id))),
        requirement=row.pk,
        agency=row.agency,
        text=text.strip(),
        grade=str(grade),
        subject=subject,
        asked_at=row.asked_at,
        answered_at=ctx.now,
    )
    ctx.write_many([row, answer], RequirementAnswered(row.agency, str(grade)))
    return answer


@act("intelligence.close_requirement")
def close_requirement(ctx: Context, row: Requirement, *, withdrawn: bool = False, reason: str = "") -> Requirement:
    """Say that the answer is enough; or withdraw the question with a reason.

    Raises Refused for a question that nobody answered or that is closed, and for a withdrawal without a reason.
    """
    step = Step.WITHDRAW if withdrawn else Step.CLOSE
    require(rules.may_step(State(row.state), step))
    if withdrawn and not reason.strip():
        raise Refused(Refusal("requirement_reason", rules.RULE))
    row.state = rules.step(State(row.state), step).value
    row.closed_at = ctx.now
    deadlines.settle(row.deadline_key)
    judged = [] if withdrawn else _judge(row, useful=True)
    ctx.write_many([row, *judged], RequirementClosed(row.state, reason.strip()[:400]))
    return row


@act("intelligence.miss_requirement", urgency=Urgency.ALARM)
def miss_requirement(ctx: Context, house: House, key: str) -> bool:
    """The day of an answer has passed without one: tell its owner through the queue. The alarm repeats no question.

    Of the house and not of the row: a question above the worker's own clearance is pursued like any other.
    """
    row = Requirement.objects.select_for_update().filter(pk=key, state=State.ASKED.value).first()
    if row is None:
        return False
    word = Alarm(_mission(row), MISSED, Severity.NOTICE, row.ref, row.pk, {"owner": row.owner_name})
    ctx.write(row, RequirementOverdue(row.agency), words=[word])
    return True


@act("intelligence.cite_answer")
def cite_answer(ctx: Context, answer: Answer, signal: str) -> Answer:
    """Note the signal that an answer was made into. Raises Refused where it was made into one already."""
    if answer.signal:
        raise Refused(Refusal("answer_reported", rules.RULE))
    answer.signal = signal
    return ctx.write(answer, AnswerReported(signal))


def report_answer(source: Authorised[Source], answer: Authorised[Answer], said: typed.Report) -> str:
    """Make an answer a typed report, by the act that types reports, and note its signal: both or neither.

    The grade and the marking are the answer's own. Returns the signal's key.
    """
    with writing(Urgency.PERSON):
        row = Answer.objects.visible_to(answer.actor).get(pk=answer.id)
        key = report(source, said, marking=marking_of(row.marking_id), grade=row.grade, mission=row.mission_id)
        cite_answer(answer, key)
    return key


def _judge(row: Requirement, *, useful: bool) -> list[Record]:
    """The latest answer was of use, or was not: what happens next says so."""
    answer = Answer.objects.select_for_update().filter(requirement=row.pk).order_by("-answered_at", "-id").first()
    if answer is None:
        return []
    answer.useful = useful
    return [answer]


def _readable(ctx: Context, marking: Marking) -> None:
    if not ctx.actor.clearance.covers(marking):
        raise Refused(Refusal("grading_marking", "intelligence.grade"))


def _mission(row: Requirement) -> MissionId | None:
    return MissionId(row.mission_id) if row.mission_id else None


def person_named(subject: Ref) -> list[Agency]:
    """The agency that is this one person, past every marking: what its keeper cannot see must be forgotten too."""
    if subject.type != "Agency":
        return []
    return list(Agency.objects.filter(pk=subject.id, kind=AgencyKind.PERSON.value))
