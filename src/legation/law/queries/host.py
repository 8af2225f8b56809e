"""What was asked of the host state, how does each request stand, and what is its record?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from legation.foundations.identity import Ref
from legation.law.events.host import Attached, Language, NoteText, RequestKind, RequestState, Step, Wording
from legation.law.models import HostNote, HostRequest, Norm
from legation.law.rules import host as rules
from legation.law.rules import notes
from legation.law.rules.notes import Citation, Parties
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.ledger import log
from legation.platform.ledger.models import Entry
from legation.platform.records import MarkedQuerySet

CLOSED = (RequestState.KEPT, RequestState.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Standing:
    """A request as lists show it. step: the one to take next, None where nothing is left; number: of its first note."""

    row: HostRequest
    mission: str
    number: str
    step: Step | None
    late: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One request with its notes, the step to take next and the others that may follow. known: the norm has a page."""

    row: HostRequest
    mission: missions.MissionSeen
    notes: list[HostNote]
    cited: str
    known: bool
    late: bool
    step: Step | None
    others: tuple[Step, ...]


def requests(actor: Actor, mission: str = "", *, closed: bool = False) -> list[Standing]:
    """Visible requests: what is due first, then the rest; `closed` adds those that need nothing more."""
    found = _visible(actor).order_by("-late", "due_at", "-drafted_at")
    if mission:
        found = found.filter(mission_id=mission)
    if not closed:
        found = found.exclude(state__in=CLOSED)
    rows = sorted(found[:500], key=lambda row: (row.due_at is None, row.due_at or row.drafted_at))
    names = _names(actor, rows)
    first = _notes(actor, [row.pk for row in rows])
    return [_standing(row, first.get(row.pk, []), names) for row in rows]


def request(actor: Actor, key: str) -> HostRequest:
    """One request. Raises NotVisible."""
    row = _visible(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def shown(actor: Actor, key: str) -> Shown:
    """One request with all that its page shows. Raises NotVisible."""
    row = request(actor, key)
    found = notes_of(actor, row)
    waiting = _waiting(found)
    late, known = is_late(row), Norm.objects.visible_to(actor).filter(code=row.norm).exists()
    step = rules.proposed(row.where, undelivered=waiting, late=late)
    others = tuple(one for one in rules.steps_from(row.where, undelivered=waiting) if one is not step)
    mission = missions.mission(actor, row.mission_id or "")
    return Shown(row, mission, found, cited(actor, row.norm), known, late, step, others)


def note(actor: Actor, key: str) -> HostNote:
    """One note of a request that the actor may read. Raises NotVisible."""
    row = HostNote.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    request(actor, row.request_id)
    return row


def notes_of(actor: Actor, row: HostRequest) -> list[HostNote]:
    """The notes of a request, the first first."""
    return _notes(actor, [row.pk]).get(row.pk, [])


def is_late(row: HostRequest) -> bool:
    """Whether what was due has not come, by the house's clock."""
    return row.late or (row.due_at is not None and row.due_at <= clock.as_of())


def citation(actor: Actor, code: str) -> Citation | None:
    """How a note cites this norm: as the register has it, or as its code spells it."""
    row = Norm.objects.visible_to(actor).filter(code=code).order_by("until", "-in_force_from").first() if code else None
    if row is None:
        return Citation.of_code(code)
    return Citation(row.instrument, row.article, row.paragraph, row.instrument_title)


def cited(actor: Actor, code: str) -> str:
    """A norm as a person of the house cites it; the code where the register has none."""
    row = Norm.objects.visible_to(actor).filter(code=code).first()
    return row.cited if row else code


def parties(actor: Actor, mission: str) -> Parties:
    """Who writes to whom at this mission. Raises NotVisible."""
    seen = missions.mission(actor, mission)
    return Parties(
        seen.kind, seen.sending_code, seen.sending_state, seen.receiving_code, seen.receiving_state, seen.city
    )


def record(actor: Actor, mission: str = "") -> list[tuple[str, rules.Tally]]:
    """How the host stands to each obligation, as cited, the least kept first."""
    found = _visible(actor).exclude(state=RequestState.WITHDRAWN)
    if mission:
        found = found.filter(mission_id=mission)
    courses = [
        rules.Course(row.norm, row.where, row.asked_at is not None, _days(row.asked_at, row.answered_at))
        for row in found
    ]
    return [(cited(actor, row.norm), row) for row in rules.tally(courses)]


def course(actor: Actor, row: HostRequest) -> list[Entry]:
    """Every entry about a request and its notes that this actor may open, the oldest first."""
    refs = [row.ref, *(note.ref for note in notes_of(actor, row))]
    found = {entry.pk: entry for ref in refs for entry in _history(actor, ref)}
    return [found[key] for key in sorted(found)]


@dataclass(frozen=True, slots=True)
class Line:
    """One step of a request's course: when it was recorded, the fact's name and what it says, which entry."""

    at: datetime
    fact: str
    said: dict[str, object]
    entry_id: str


def lines(actor: Actor, row: HostRequest) -> list[Line]:
    """The course of a request as it was recorded."""
    return [
        Line(entry.recorded_at, entry.fact.partition("/")[0], log.open_body(entry).said, entry.entry_id)
        for entry in course(actor, row)
    ]


def attachments(actor: Actor, row: HostRequest) -> list[Attached]:
    """The documents that came with a request and its notes."""
    documents = [row.attached, *(note.attached for note in notes_of(actor, row))]
    return [one for one in documents if one.blob]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What choosing a kind proposes: norm, how it is cited, the days for an answer, and the note as it would begin."""

    norm: str
    cited: str
    days: int
    language: Language
    text: NoteText


def proposal(actor: Actor, mission: str, kind: RequestKind) -> Proposal:
    """What a request of this kind rests on at this mission, and how its note would read today."""
    seen = missions.mission(actor, mission)
    norm, now = rules.ground_of(kind, seen.kind), clock.as_of()
    language = language_for(seen)
    form = rules.form_of(kind, Step.NUMBER)
    by = rules.answer_by(kind, now).date()
    matter = notes.Matter(form, kind, "…", now.date(), by, citation(actor, norm))
    text = notes.compose(parties(actor, mission), matter, Wording(), language)
    return Proposal(norm, cited(actor, norm), rules.KINDS[kind].days, language, text)


def language_for(seen: missions.MissionSeen) -> Language:
    """The language to propose for a note of this mission."""
    return notes.language_for(seen.receiving_code)


def _history(actor: Actor, ref: Ref) -> list[Entry]:
    return log.history(ref, marking_ids=actor.markings, missions=actor.missions, limit=1000)


def _visible(actor: Actor) -> MarkedQuerySet[HostRequest]:
    return HostRequest.objects.visible_to(actor)


def _notes(actor: Actor, keys: list[str]) -> dict[str, list[HostNote]]:
    found: dict[str, list[HostNote]] = {}
    for note in HostNote.objects.visible_to(actor).filter(request_id__in=keys).order_by("year", "number"):
        found.setdefault(note.request_id, []).append(note)
    return found


def _waiting(found: list[HostNote]) -> bool:
    return bool(found and found[-1].delivered_at is None)


def _standing(row: HostRequest, found: list[HostNote], names: dict[str, str]) -> Standing:
    late = is_late(row)
    step = rules.proposed(row.where, undelivered=_waiting(found), late=late)
    number = found[0].numbered if found else ""
    return Standing(row, names.get(row.mission_id or "", ""), number, step, late)


def _names(actor: Actor, rows: Iterable[HostRequest]) -> dict[str, str]:
    keys = frozenset(row.mission_id for row in rows if row.mission_id)
    return {str(one.id): one.name for one in missions.missions(actor, keys=keys)} if keys else {}


def _days(asked: datetime | None, answered: datetime | None) -> float | None:
    return (answered - asked).total_seconds() / 86400 if asked and answered else None
