"""Has a line been crossed that was drawn beforehand? A condition with an owner, which lapses unless it is renewed."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from legation.foundations.identity import Ref
from legation.foundations.place import Point, distances_km
from legation.foundations.threats import THREAT_CODES, ThreatClass, ThreatLevel
from legation.intelligence.rules.kinds import KIND_BY_WORD
from legation.intelligence.rules.occurrences import Occurrences
from legation.intelligence.rules.weights import VAGUE_SHARE

LIFE_DAYS_MAX = 365
"""A line drawn longer ago was drawn for another situation: it is renewed by a person or it lapses."""


class State(StrEnum):
    """Where a tripwire stands."""

    STANDING = "standing"
    CROSSED = "crossed"
    LAPSED = "lapsed"


@dataclass(frozen=True, slots=True)
class Happenings:
    """At least `count` occurrences of a class (and kind, where named) within km and hours of now.

    credibility: the weakest that counts, 1–6; 3 leaves out what is doubtful. Raises ValueError where it cannot be met.
    """

    threat: ThreatClass
    count: int
    within_km: float
    within_hours: float
    kind: str = ""
    intensity: float = 0.0
    credibility: int = 3

    def __post_init__(self) -> None:
        if self.count < 1 or self.within_km <= 0 or self.within_hours <= 0:
            raise ValueError("a tripwire needs at least one occurrence, some distance and some hours")
        if self.kind and (self.kind not in KIND_BY_WORD or KIND_BY_WORD[self.kind].threat is not self.threat):
            raise ValueError(
                f"{self.kind!r} is not a kind of {self.threat.value}; leave it empty or choose from its table"
            )


@dataclass(frozen=True, slots=True)
class LevelReached:
    """The threat level of a class is at this or above."""

    threat: ThreatClass
    level: ThreatLevel


type Condition = Happenings | LevelReached


@dataclass(frozen=True, slots=True)
class Tripwire:
    """A condition at a mission; lapses_s: epoch seconds after which it no longer stands."""

    condition: Condition
    lapses_s: int


@dataclass(frozen=True, slots=True)
class Answer:
    """Where it stands and the reason as a code; subjects: the occurrences that count, nearest first."""

    state: State
    reason: str
    params: dict[str, str | int | float]
    subjects: tuple[Ref, ...] = ()


def check_happenings(tripwire: Tripwire, point: Point, occurrences: Occurrences, now_s: int) -> Answer:
    """The state of a tripwire whose condition is Happenings, at a mission that stands at this point."""
    condition = tripwire.condition
    assert isinstance(condition, Happenings)
    if now_s >= tripwire.lapses_s:
        return _lapsed(tripwire)
    away = distances_km(occurrences.latitude, occurrences.longitude, point)
    away = np.maximum(away, VAGUE_SHARE * np.nan_to_num(occurrences.precision_km))
    earliest = now_s - int(condition.within_hours * 3600)
    counts = (
        (occurrences.threat == THREAT_CODES.index(condition.threat))
        & (away <= condition.within_km)
        & (occurrences.end_s >= earliest)
        & (occurrences.start_s <= now_s)
        & (occurrences.known_s <= now_s)
        & (occurrences.intensity >= condition.intensity)
        & (occurrences.credibility <= condition.credibility)
    )
    if condition.kind:
        counts &= np.fromiter((k == condition.kind for k in occurrences.kind), np.bool_, count=len(occurrences))
    rows = np.flatnonzero(counts)
    rows = rows[np.argsort(away[rows], kind="stable")]
    params: dict[str, str | int | float] = {
        "found": len(rows),
        "count": condition.count,
        "threat": condition.threat.value,
        "kind": condition.kind,
        "within_km": condition.within_km,
        "within_hours": condition.within_hours,
    }
    subjects = tuple(Ref("Occurrence", occurrences.id[i]) for i in rows.tolist())
    if len(rows) >= condition.count:
        return Answer(State.CROSSED, "tripwire.enough_happened", params, subjects)
    return Answer(State.STANDING, "tripwire.too_little_happened", params, subjects)


def check_level(tripwire: Tripwire, level: ThreatLevel, now_s: int) -> Answer:
    """The state of a tripwire whose condition is LevelReached, at a mission where the class stands at `level`."""
    condition = tripwire.condition
    assert isinstance(condition, LevelReached)
    if now_s >= tripwire.lapses_s:
        return _lapsed(tripwire)
    params: dict[str, str | int | float] = {
        "threat": condition.threat.value,
        "level": int(level),
        "wanted": int(condition.level),
    }
    if level >= condition.level:
        return Answer(State.CROSSED, "tripwire.level_reached", params)
    return Answer(State.STANDING, "tripwire.level_below", params)


def _lapsed(tripwire: Tripwire) -> Answer:
    return Answer(State.LAPSED, "tripwire.lapsed", {"lapses_s": tripwire.lapses_s})
