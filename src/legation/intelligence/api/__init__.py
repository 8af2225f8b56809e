"""Intelligence over HTTP with JSON."""

from datetime import datetime, timedelta
from typing import Annotated, ClassVar, Literal

from django.http import HttpRequest
from ninja import File, Header, Query, Router, Schema, Status, UploadedFile

from legation.foundations.grading import Grade, Reliability
from legation.foundations.markings import Marking
from legation.foundations.threats import ThreatClass
from legation.intelligence import actions, queries
from legation.intelligence.api import actors, briefs, calendar, contradictions, reports, requirements, reviews
from legation.intelligence.events import SourceMethod
from legation.intelligence.links import feeding, reasons, typed
from legation.intelligence.models import Source
from legation.intelligence.queries import fields, track
from legation.intelligence.rules.profile import Judged
from legation.intelligence.rules.tripwires import Happenings
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of
from legation.platform.idempotency import once

router = Router(tags=["intelligence"])
router.add_router("", reports.router)
router.add_router("", contradictions.router)
router.add_router("", actors.router)
router.add_router("", calendar.router)
router.add_router("", briefs.router)
router.add_router("", requirements.router)
router.add_router("", reviews.router)

Key = Annotated[str, Header(max_length=100, alias="Idempotency-Key")]


class Strict(Schema):
    """A body in which nothing unknown is accepted."""

    model_config: ClassVar = {"extra": "forbid"}


class TrackRecordOut(Schema):
    """Happenings of an age to be judged; share, low, high of the tested ones. proposed_grade: where it disagrees."""

    corroborated: int
    contradicted: int
    alone: int
    tested: int
    first: int
    share: float
    low: float
    high: float
    proposed_grade: Reliability | None


class SourceOut(Schema):
    """A source; cadence in seconds, hearing: never_heard, heard or silent."""

    id: str
    name: str
    collector: str
    reliability: str
    cadence_s: int
    owner: str
    ceiling: str
    enabled: bool
    hearing: str
    last_heard_at: datetime | None
    signals: int
    set_aside: int
    track_record: TrackRecordOut


class SourceIn(Strict):
    """A source to register."""

    name: str
    collector: str
    reliability: Reliability | None = None
    cadence_s: int | None = None
    owner: str = ""
    address: str = ""
    method: SourceMethod = SourceMethod.OPEN
    site: str = ""


class AmendIn(Strict):
    """What may be corrected of a source."""

    reliability: Reliability
    cadence_s: int
    owner: str
    enabled: bool
    method: SourceMethod | None = None
    site: str | None = None


class OccurrenceOut(Schema):
    """An occurrence; seconds since 1970, degrees, km; intensity 0-1; credibility 1-6, contradiction as bits."""

    id: str
    threat: str
    kind: str
    start_s: int
    end_s: int
    known_s: int
    latitude: float | None
    longitude: float | None
    precision_km: float | None
    country: str
    place: str
    intensity: float
    n_signals: int
    n_origins: int
    credibility: int
    contradiction: int
    marking: str


class SignalOut(Schema):
    """A signal without its raw bytes."""

    id: str
    source: str
    external_id: str
    kind: str
    threat: str | None
    occurred_s: int
    ended_s: int
    published_s: int
    latitude: float | None
    longitude: float | None
    precision_km: float | None
    country: str
    place: str
    intensity: float
    actors: str
    title: str
    text: str
    origin: str
    url: str
    marking: str


class BehindOut(Schema):
    """An occurrence with the signals behind it."""

    occurrence: OccurrenceOut
    signals: list[SignalOut]


class AsideOut(Schema):
    """An item that could not be read."""

    where: str
    reason: str
    sentence: str
    advice: str


class OutcomeOut(Schema):
    """What collecting did."""

    accepted: int
    signals: int
    known: int
    held_back: int
    occurrences: int
    quarantined: list[AsideOut]


class ReportIn(Strict):
    """A report typed by hand; `at` is ISO 8601."""

    title: str
    text: str = ""
    kind: str
    at: str
    office: str
    place: str = ""
    country: str = ""
    latitude: float | None = None
    longitude: float | None = None
    intensity: float | None = None
    actors: str = ""
    marking: str = "UNCLASSIFIED // TLP:CLEAR"
    grade: str = "F6"


class CauseOut(Schema):
    """One row of an explanation; the points of the children add up to the row's."""

    code: str
    points: float
    params: dict[str, str | int | float]
    subject: str | None
    children: list["CauseOut"]


class LineOut(Schema):
    """One threat class at a mission."""

    threat: ThreatClass
    score: float
    level: int
    causes: CauseOut


class GradeIn(Strict):
    """A grade of one side of a threat."""

    threat: ThreatClass
    judged: Judged
    value: int
    grade: str
    note: str
    evidence: str = ""
    marking: str = "UNCLASSIFIED // TLP:CLEAR"


class TripwireIn(Strict):
    """A line drawn beforehand."""

    threat: ThreatClass
    count: int
    within_km: float
    within_hours: float
    owner: str
    days: int = 90


class SplitIn(Strict):
    """Signals that are another happening."""

    apart: list[str]
    reason: str


class MergeIn(Strict):
    """Occurrences that are one happening."""

    occurrences: list[str]
    reason: str


class MadeOut(Schema):
    """The id of what was made."""

    id: str


@router.get("/sources", response=list[SourceOut])
def sources(request: HttpRequest) -> object:
    """The register of sources."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    return [fields.rated_fields(one) for one in track.sources(actor)]


@router.post("/sources", response={200: MadeOut, 201: MadeOut})
def register(request: HttpRequest, body: SourceIn, idempotency_key: Key = "") -> object:
    """Register a source."""
    actor = actor_of(request)
    house = claim_house("intelligence.register_source", actor)
    said = body.dict()
    done = once(actor, house.verb, idempotency_key, request.body, lambda: actions.register_source(house, **said).pk)
    return Status(201 if done.fresh else 200, {"id": done.reference})


@router.put("/sources/{key}", response=MadeOut)
def amend(request: HttpRequest, key: str, body: AmendIn) -> object:
    """Correct what the register says of a source."""
    claimed = claim(Source, key, "intelligence.amend_source", actor_of(request))
    return {"id": actions.amend_source(claimed, **body.dict()).pk}


@router.post("/sources/{key}/collect", response=OutcomeOut)
def collect(request: HttpRequest, key: str, file: File[UploadedFile]) -> object:
    """Read a file; the same file again changes nothing."""
    actor = actor_of(request)
    claimed = claim(Source, key, "intelligence.collect", actor)
    collector = queries.source(actor, key).collector
    done = actions.collect_all(claimed, feeding.from_bytes(file.read(), file.name or "file", collector=collector))
    return {
        "accepted": done.accepted,
        "signals": done.signals,
        "known": done.known,
        "held_back": done.held_back,
        "occurrences": done.occurrences,
        "quarantined": [
            {
                "where": one.where,
                "reason": one.reason,
                "sentence": reasons.sentence(one.reason, one.params),
                "advice": reasons.advice(one.reason, one.params),
            }
            for one in done.quarantined
        ],
    }


@router.get("/occurrences", response=list[OccurrenceOut])
def occurrences(
    request: HttpRequest,
    threat: ThreatClass | Literal[""] = "",
    text: str = "",
    country: str = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> object:
    """The latest occurrences, newest first."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    found = queries.lately(actor, threat=str(threat), text=text, country=country, limit=limit)
    return [fields.occurrence_fields(one) for one in found]


@router.post("/occurrences/merge", response={201: MadeOut})
def merge(request: HttpRequest, body: MergeIn) -> object:
    """Say that occurrences are one happening."""
    house = claim_house("intelligence.merge", actor_of(request))
    return Status(201, {"id": actions.merge(house, body.occurrences, reason=body.reason).pk})


@router.get("/occurrences/{key}", response=BehindOut)
def occurrence(request: HttpRequest, key: str) -> object:
    """One occurrence and the visible signals behind it."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    seen, signals = queries.occurrence(actor, key)
    behind = [fields.signal_fields(one) for one in signals]
    return {"occurrence": fields.occurrence_fields(seen), "signals": behind}


@router.post("/occurrences/{key}/split", response={201: MadeOut})
def split(request: HttpRequest, key: str, body: SplitIn) -> object:
    """Say that some of its signals are another happening."""
    house = claim_house("intelligence.split", actor_of(request))
    return Status(201, {"id": actions.split(house, key, body.apart, reason=body.reason).pk})


@router.get("/signals/{key}", response=SignalOut)
def signal(request: HttpRequest, key: str) -> object:
    """One signal."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    return fields.signal_fields(queries.signal(actor, key))


@router.post("/reports", response={200: MadeOut, 201: MadeOut})
def report(request: HttpRequest, body: ReportIn, idempotency_key: Key = "") -> object:
    """Type a report; its id is the signal's."""
    actor = actor_of(request)
    check_verb("intelligence.report", actor)
    row = queries.wanted_typed_source(actor)
    claimed = claim(Source, row.pk, "intelligence.report", actor)
    said = typed.report(
        body.title, body.text, body.kind, queries.instant(body.at), body.office,
        place=body.place, country=body.country, latitude=body.latitude, longitude=body.longitude,
        intensity=body.intensity, actors=body.actors,
    )  # fmt: skip
    marking, grade = Marking.parse(body.marking), str(Grade.parse(body.grade))
    done = once(
        actor, claimed.verb, idempotency_key, request.body,
        lambda: actions.report(claimed, said, marking=marking, grade=grade, mission=None),
    )  # fmt: skip
    return Status(201 if done.fresh else 200, {"id": done.reference})


@router.get("/missions/{key}/profile", response=list[LineOut])
def profile(request: HttpRequest, key: str) -> object:
    """The threat profile of a mission with its causes."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    return [fields.line_fields(line) for line in queries.profile(actor, missions.mission(actor, key))]


@router.post("/missions/{key}/grades", response={201: MadeOut})
def grade(request: HttpRequest, key: str, body: GradeIn) -> object:
    """Grade one side of a threat at a mission."""
    claimed = missions.claimed(actor_of(request), key, "intelligence.grade_threat")
    done = actions.grade_threat(
        claimed, body.threat, body.judged, body.value, grade=Grade.parse(body.grade), note=body.note,
        evidence=body.evidence, marking=Marking.parse(body.marking),
    )  # fmt: skip
    return Status(201, {"id": done.pk})


@router.post("/missions/{key}/tripwires", response={201: MadeOut})
def tripwire(request: HttpRequest, key: str, body: TripwireIn) -> object:
    """Draw a line beforehand at a mission."""
    claimed = missions.claimed(actor_of(request), key, "intelligence.set_tripwire")
    condition = Happenings(body.threat, body.count, body.within_km, body.within_hours)
    lapses_at = clock.as_of() + timedelta(days=body.days)
    return Status(201, {"id": actions.set_tripwire(claimed, condition, owner=body.owner, lapses_at=lapses_at).pk})
