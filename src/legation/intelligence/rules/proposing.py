"""Which occurrences are worth a line of today's brief? The newest, the gravest, the nearest, and what crossed a line.

The machine only puts forward and says why; the analyst picks, orders and judges.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

EACH = 3
"""Of the gravest, the nearest and the newest, three each: nine lines at most are one page with their judgements."""

NEAR_KM = 25.0
"""Within a drive of half an hour of the mission; the inner ring of the forecast."""

SHOWN = 14
"""As many as are looked over in a minute, the chosen among them; the list of occurrences holds the rest."""


class Reason(StrEnum):
    """Why an occurrence is put forward."""

    CROSSED = "crossed"  # its class has a tripwire at the mission that was crossed in the time looked back over
    GRAVEST = "gravest"  # among the gravest
    NEAREST = "nearest"  # among those nearest to a mission, and near
    NEWEST = "newest"  # among the last that became known


@dataclass(frozen=True, slots=True)
class Candidate:
    """An occurrence as the proposal weighs it. away_km: to the nearest mission concerned, None where no place is
    known; known_s: when it became known; gravity 0-1; crossed: its class crossed a line there."""

    key: str
    away_km: float | None
    known_s: int
    gravity: float
    crossed: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """A candidate with the reasons for it; chosen beforehand where there is one."""

    candidate: Candidate
    reasons: tuple[Reason, ...]


def proposed(candidates: Sequence[Candidate]) -> list[Proposed]:
    """At most SHOWN, those with most reasons first, then the gravest, then the nearest."""
    near = [one for one in candidates if one.away_km is not None and one.away_km <= NEAR_KM]
    best = {
        Reason.GRAVEST: sorted(candidates, key=lambda one: (-one.gravity, one.key))[:EACH],
        Reason.NEAREST: sorted(near, key=lambda one: (one.away_km or 0.0, -one.gravity, one.key))[:EACH],
        Reason.NEWEST: sorted(candidates, key=lambda one: (-one.known_s, one.key))[:EACH],
        Reason.CROSSED: sorted((c for c in near if c.crossed), key=lambda one: (-one.gravity, one.key))[:EACH],
    }
    keys = {reason: {one.key for one in found} for reason, found in best.items()}
    every = [Proposed(one, tuple(reason for reason in Reason if one.key in keys[reason])) for one in candidates]
    every.sort(key=lambda p: (-len(p.reasons), -p.candidate.gravity, p.candidate.away_km or 1e9, p.candidate.key))
    return every[:SHOWN]
