"""Contradictions over HTTP with JSON."""

from typing import ClassVar

from django.http import HttpRequest
from ninja import Router, Schema, Status

from legation.intelligence import queries
from legation.intelligence.actions.believing import believe as say_believed
from legation.intelligence.queries.contradictions import VersionSeen, beliefs, contradicted, differing
from legation.platform.authority.resolve import check_verb, claim_house
from legation.platform.doors import actor_of

router = Router(tags=["intelligence"])


class ContradictionOut(Schema):
    """A happening whose sources differ. fields: on what, the most telling first; away_km: of the nearest mission."""

    id: str
    kind: str
    place: str
    country: str
    end_s: int
    intensity: float
    fields: list[str]
    mission: str | None
    away_km: float
    believed: bool


class VersionOut(Schema):
    """One version, and the signals that tell it."""

    said: str
    signals: list[str]


class DifferenceOut(Schema):
    """A field on which sources differ."""

    field: str
    versions: list[VersionOut]


class BeliefOut(Schema):
    """Which signal a person believes, and why."""

    signal: str
    reason: str


class DiffersOut(Schema):
    """What the sources of one happening say differently, and whom people believe, the latest first."""

    differences: list[DifferenceOut]
    beliefs: list[BeliefOut]


class BelieveIn(Schema):
    """Which signal is believed, and why."""

    model_config: ClassVar = {"extra": "forbid"}

    signal: str
    reason: str


class NotedOut(Schema):
    """The id of what was noted."""

    id: str


@router.get("/contradictions", response=list[ContradictionOut])
def contradictions(request: HttpRequest, text: str = "") -> object:
    """Happenings whose sources differ, in the order of what a decision depends on."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    return [
        {
            "id": one.seen.key, "kind": one.seen.row.kind, "place": one.seen.row.place, "country": one.seen.row.country,
            "end_s": one.seen.row.end_s, "intensity": one.seen.row.intensity, "fields": one.fields,
            "mission": one.mission.id if one.mission else None, "away_km": one.away_km, "believed": one.believed,
        }
        for one in contradicted(actor, text=text)
    ]  # fmt: skip


@router.get("/occurrences/{key}/differences", response=DiffersOut)
def differences(request: HttpRequest, key: str) -> object:
    """What the sources of one happening say differently."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    _seen, signals = queries.occurrence(actor, key)
    found = [
        {
            "field": one.field,
            "versions": [{"said": v.said, "signals": _keys(v)} for v in one.versions],
        }
        for one in differing(actor, signals)
    ]
    return {"differences": found, "beliefs": beliefs(actor, [one.key for one in signals])}


def _keys(version: VersionSeen) -> list[str]:
    return [signal.key for signal in version.signals]


@router.post("/occurrences/{key}/believe", response={201: NotedOut})
def believe(request: HttpRequest, key: str, body: BelieveIn) -> object:
    """Say which version of a happening is believed."""
    house = claim_house("intelligence.believe", actor_of(request))
    return Status(201, {"id": say_believed(house, key, body.signal, reason=body.reason).pk})
