"""Requests to the host state and entries of its officials, over HTTP with JSON."""

from datetime import date, datetime
from typing import Annotated, ClassVar

from django.http import HttpRequest
from ninja import Header, Router, Schema

from legation.foundations.markings import Marking
from legation.law.actions import entering
from legation.law.actions import host as actions
from legation.law.events.entering import Capacity, Emergency, Given, Outsider, Part
from legation.law.events.host import HandoverMeans, Language, Raised, RequestKind, RequestState, Step, Wording
from legation.law.models import HostRequest, PremisesEntry
from legation.law.queries import entering as entries
from legation.law.queries import host as queries
from legation.missions import published as missions
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.platform.idempotency import once

router = Router(tags=["law"])

Key = Annotated[str, Header(max_length=100)]


class Strict(Schema):
    """A body in which nothing unknown is accepted."""

    model_config: ClassVar = {"extra": "forbid"}


class HostRequestOut(Schema):
    """A request to the receiving state; due_at: when its answer, or what it promised, falls due."""

    id: str
    mission_id: str
    kind: str
    norm: str
    subject: str
    state: str
    late: bool
    due_at: datetime | None
    asked_at: datetime | None
    answered_at: datetime | None
    promised: str
    promised_by: date | None


class HostNoteOut(Schema):
    """A note verbale; texts: its words by language, as they go."""

    id: str
    request_id: str
    form: str
    numbered: str
    dated: date
    means: str
    delivered_at: datetime | None
    texts: dict[str, dict[str, object]]


class HostAskIn(Strict):
    """What is asked; assessment stays in the house."""

    kind: RequestKind
    norm: str
    subject: str
    assessment: str = ""
    marking: str = "RESTRICTED // TLP:AMBER"


class HostNoteIn(Strict):
    """A note of this step in one language, and what an officer adds to its standing words."""

    step: Step
    language: Language
    concerns: str = ""
    paragraph: str = ""
    place: str = ""
    addressee: str = ""


class HostDeliverIn(Strict):
    """How the note went."""

    means: HandoverMeans
    at: datetime
    receipt: str = ""
    taken_by: str = ""
    taken_office: str = ""


class HostAnswerIn(Strict):
    """What the host said."""

    text: str
    promised: str = ""
    promised_by: date | None = None


class HostJudgeIn(Strict):
    """kept, partly_kept or not_kept, and what that rests on."""

    verdict: RequestState
    why: str


class HostRaiseIn(Strict):
    """To whom it is raised."""

    to: Raised
    note: str = ""


class PremisesEntryIn(Strict):
    """What happens at the door; officials: name and office of each."""

    part: Part
    emergency: Emergency = Emergency.NONE
    given: Given = Given.NOT_ASKED
    capacity: Capacity = Capacity.OTHER
    inside: bool = False
    rooms: str = ""
    purpose: str = ""
    until: datetime | None = None
    officials: tuple[tuple[str, str], ...] = ()


class PremisesEntryOut(Schema):
    """An entry of host officials; reason, norm: what the rule said."""

    id: str
    mission_id: str
    part: str
    emergency: str
    given: str
    capacity: str
    state: str
    asked_at: datetime
    entered_at: datetime | None
    left_at: datetime | None
    allowed: bool
    reason: str
    norm: str


@router.get("/host/requests", response=list[HostRequestOut])
def index(request: HttpRequest, mission: str = "", *, closed: bool = False) -> object:
    """Requests, what is due first."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return [one.row for one in queries.requests(actor, mission, closed=closed)]


@router.get("/host/requests/{key}/notes", response=list[HostNoteOut])
def notes(request: HttpRequest, key: str) -> object:
    """The notes of a request."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return queries.notes_of(actor, queries.request(actor, key))


@router.post("/host/{mission}/requests", response=HostRequestOut)
def ask(request: HttpRequest, mission: str, body: HostAskIn, idempotency_key: Key = "") -> object:
    """Draft a request."""
    claimed = missions.claimed(actor_of(request), mission, "law.ask_host")
    asked = actions.Asked(body.kind, body.norm, body.subject, body.assessment)
    marking = Marking.parse(body.marking)
    made = once(
        claimed.actor,
        "law.ask_host",
        idempotency_key,
        mission.encode() + request.body,
        lambda: actions.ask_host(claimed, asked, marking=marking).pk,
    )
    return queries.request(actor_of(request), made.reference)


@router.post("/host/requests/{key}/notes", response=HostNoteOut)
def number(request: HttpRequest, key: str, body: HostNoteIn, idempotency_key: Key = "") -> object:
    """Number the note of a step."""
    claimed = claim(HostRequest, key, "law.number_note", actor_of(request))
    wordings = {body.language: Wording(body.concerns, body.paragraph, body.place, body.addressee)}
    made = once(
        claimed.actor,
        "law.number_note",
        idempotency_key,
        key.encode() + request.body,
        lambda: actions.number_note(claimed, body.step, wordings).pk,
    )
    return queries.note(claimed.actor, made.reference)


@router.post("/host/requests/{key}/deliver", response=HostRequestOut)
def deliver(request: HttpRequest, key: str, body: HostDeliverIn) -> object:
    """Record how the latest note was handed over."""
    claimed = claim(HostRequest, key, "law.deliver_note", actor_of(request))
    return actions.deliver_note(claimed, actions.HandedOver(**body.dict()))


@router.post("/host/requests/{key}/answer", response=HostRequestOut)
def answer(request: HttpRequest, key: str, body: HostAnswerIn) -> object:
    """Write down what the host answered."""
    claimed = claim(HostRequest, key, "law.record_answer", actor_of(request))
    return actions.record_answer(claimed, actions.Answered(**body.dict()))


@router.post("/host/requests/{key}/judge", response=HostRequestOut)
def judge(request: HttpRequest, key: str, body: HostJudgeIn) -> object:
    """Say whether it was kept."""
    claimed = claim(HostRequest, key, "law.judge_promise", actor_of(request))
    return actions.judge_promise(claimed, body.verdict, why=body.why)


@router.post("/host/requests/{key}/escalate", response=HostRequestOut)
def escalate(request: HttpRequest, key: str, body: HostRaiseIn) -> object:
    """Raise it above the ministry's desk."""
    claimed = claim(HostRequest, key, "law.escalate_host", actor_of(request))
    return actions.escalate_host(claimed, body.to, note=body.note)


@router.get("/entries", response=list[PremisesEntryOut])
def entry_index(request: HttpRequest, mission: str = "") -> object:
    """Entries of host officials, who is inside first."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return [row for row, _name in entries.entries(actor, mission)]


@router.post("/entries/{mission}", response=PremisesEntryOut)
def log_entry(request: HttpRequest, mission: str, body: PremisesEntryIn) -> object:
    """Write down that they want to enter, or are inside."""
    claimed = missions.claimed(actor_of(request), mission, "law.log_entry")
    said = body.dict()
    outsiders = tuple(Outsider(name, office) for name, office in said.pop("officials"))
    return entering.log_entry(claimed, entering.Entering(**said, outsiders=outsiders))


@router.post("/entries/{key}/left", response=PremisesEntryOut)
def left(request: HttpRequest, key: str) -> object:
    """They are out."""
    return entering.mark_left(claim(PremisesEntry, key, "law.mark_left", actor_of(request)))


@router.post("/entries/{key}/entered", response=PremisesEntryOut)
def entered(request: HttpRequest, key: str) -> object:
    """They go in now."""
    return entering.mark_entered(claim(PremisesEntry, key, "law.mark_entered", actor_of(request)))
