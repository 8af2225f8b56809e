"""What other rooms may ask of intelligence, answered with frozen values."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from legation.foundations.identity import MissionId, Ref
from legation.foundations.threats import THREAT_CODES, ThreatClass, ThreatLevel
from legation.foundations.time import DAY_S, epoch_s
from legation.intelligence import queries
from legation.intelligence.models import Grading, Tripwire
from legation.intelligence.rules.occurrences import Occurrences
from legation.intelligence.rules.profile import Judged as Side
from legation.intelligence.rules.profile import ThreatLine
from legation.missions import published as missions_published
from legation.missions.published import MissionSeen
from legation.platform import clock
from legation.platform.authority.actor import Actor

type IntArray = NDArray[np.int64]
type FloatArray = NDArray[np.float64]

RINGS_KM = (25.0, 100.0)


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """Occurrences as columns, (n,), in order of end. title: kind and place in words."""

    id: list[str]
    title: list[str]
    threat: NDArray[np.int8]
    started_s: IntArray
    ended_s: IntArray
    span_s: IntArray
    known_s: IntArray
    latitude: FloatArray
    longitude: FloatArray
    precision_km: FloatArray
    country: list[str]
    intensity: FloatArray
    credibility: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Judgement:
    """An analyst's degree of one side, 0 none to 3 high, with what it rests on."""

    degree: int
    reason: str
    subject: Ref


@dataclass(frozen=True, slots=True)
class Judgements:
    """Of one class at one mission; None where nobody has judged."""

    intent: Judgement | None = None
    capability: Judgement | None = None
    inhibiting: Judgement | None = None


DEGREE: dict[int, int | None] = {0: None, 1: 0, 2: 1, 3: 2, 4: 3}
"""Steps of intent and capability (0 not known, 1 none seen … 4) as degrees none to high; not known is no judgement."""

INHIBITING_DEGREE: dict[int, int | None] = {0: None, 1: 1, 2: 2, 3: 3}


@dataclass(frozen=True, slots=True)
class LevelSeen:
    """How one class stands at one mission."""

    threat: ThreatClass
    score: float
    level: ThreatLevel


def occurrences_before(actor: Actor, until: datetime) -> Known:
    """Everything this actor may read that was known by an instant, in order of end."""
    rows = queries.occurrences(actor).filter(known_s__lte=epoch_s(until)).order_by("end_s", "first")
    return _known(queries.columns(rows))


def count_before(actor: Actor, until: datetime) -> int:
    """How many of these there are: whether a higher level has more to say than a lower one."""
    return queries.occurrences(actor).filter(known_s__lte=epoch_s(until)).count()


def occurrences_near(actor: Actor, mission: str, since: datetime, until: datetime) -> Known:
    """Those in the mission's country or within 500 km that ended in [since, until)."""
    found = queries.around(actor, missions_published.mission(actor, mission))
    keep = (found.end_s >= epoch_s(since)) & (found.end_s < epoch_s(until))
    return _known(found.take(keep))


def profiles(missions: list[MissionSeen], actor: Actor) -> dict[MissionId, list[LevelSeen]]:
    """Score and level of every class at these missions."""
    found = queries.scores_of(actor, missions, clock.as_of())
    return {
        mission.id: [
            LevelSeen(threat, float(found.score[row, column]), ThreatLevel(int(found.level[row, column])))
            for column, threat in enumerate(THREAT_CODES)
        ]
        for row, mission in enumerate(missions)
    }


def profile(actor: Actor, mission: str) -> list[ThreatLine]:
    """One mission's classes with their causes."""
    return queries.profile(actor, missions_published.mission(actor, mission))


def judgements(actor: Actor) -> dict[tuple[str, ThreatClass], Judgements]:
    """The latest judgement of each side, by mission and class."""
    latest: dict[tuple[str, ThreatClass, str], Grading] = {}
    for row in Grading.objects.visible_to(actor).order_by("graded_at", "id"):
        latest[row.mission_id or "", ThreatClass(row.threat), row.judged] = row
    sides: dict[tuple[str, ThreatClass], dict[str, Judgement]] = {}
    for (mission, threat, judged), row in latest.items():
        degree = (INHIBITING_DEGREE if judged == Side.INHIBITING else DEGREE).get(row.value)
        if degree is not None:
            sides.setdefault((mission, threat), {})[judged] = Judgement(degree, row.note, row.ref)
    return {key: Judgements(**found) for key, found in sides.items()}


@dataclass(frozen=True, slots=True)
class CrossedTripwire:
    """A line drawn beforehand at a mission that was crossed and has not lapsed."""

    subject: Ref
    threat: ThreatClass
    owner: str
    crossed_at: datetime


def crossed_tripwires(actor: Actor, mission: str, now: datetime) -> list[CrossedTripwire]:
    """Crossed tripwires of a mission that still stand at `now`, the latest first."""
    rows = Tripwire.objects.visible_to(actor).filter(mission_id=mission, crossed_at__isnull=False, lapses_at__gt=now)
    return [
        CrossedTripwire(row.ref, ThreatClass(row.threat), row.owner, row.crossed_at)
        for row in rows.order_by("-crossed_at")
        if row.crossed_at is not None
    ]


def daily_counts(actor: Actor, mission: str, since: datetime, until: datetime) -> IntArray:
    """Occurrences by ring (25 km, 100 km, country), class and day. (3, 10, days)."""
    seen = missions_published.mission(actor, mission)
    known = occurrences_near(actor, mission, since, until)
    days = max(0, (epoch_s(until) - epoch_s(since)) // DAY_S)
    counts = np.zeros((len(RINGS_KM) + 1, len(THREAT_CODES), days), dtype=np.int64)
    day = np.minimum((known.ended_s - epoch_s(since)) // DAY_S, days - 1)
    inside = [np.array([country == seen.receiving_code for country in known.country], dtype=np.bool_)]
    if seen.latitude is not None and seen.longitude is not None:
        from legation.foundations.place import Point, distances_km

        away = distances_km(known.latitude, known.longitude, Point(seen.latitude, seen.longitude))
        inside = [*(away <= ring for ring in RINGS_KM), *inside]
    else:
        inside = [*(np.zeros_like(inside[0]) for _ in RINGS_KM), *inside]
    for ring, mask in enumerate(inside):
        np.add.at(counts[ring], (known.threat[mask], day[mask]), 1)
    return counts


def silent_sources(actor: Actor) -> list[str]:
    """Names of the sources that are silent beyond their cadence, for pages that rest on what they bring."""
    return [one.row.name for one in queries.silent_sources(actor)]


def _known(o: Occurrences) -> Known:
    return Known(
        id=o.id,
        title=[f"{k.replace('_', ' ').capitalize()}, {p}" if p else k for k, p in zip(o.kind, o.place, strict=True)],
        threat=o.threat,
        started_s=o.start_s,
        ended_s=o.end_s,
        span_s=o.end_s - o.start_s,
        known_s=o.known_s,
        latitude=o.latitude,
        longitude=o.longitude,
        precision_km=o.precision_km,
        country=o.country,
        intensity=o.intensity,
        credibility=o.credibility,
    )
