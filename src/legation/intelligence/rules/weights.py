"""How much does one occurrence count for one mission? The printed weights: nearness × age × credibility × gravity.

Half-lives and reaches stand with the kinds (kinds.py), credibility weights with the admiralty code (foundations).
"""

from dataclasses import dataclass

import numpy as np

from legation.foundations.threats import THREAT_CODES, ThreatLevel
from legation.intelligence.rules.kinds import KINDS, kind_numbers
from legation.intelligence.rules.occurrences import Occurrences, credibility_weights
from legation.intelligence.rules.signals import CodeArray, FloatArray, IntArray

FULL_POINTS = 10.0
"""What the gravest occurrence, confirmed, at the gate, today, counts: a round number to which all others are shares."""


@dataclass(frozen=True, slots=True)
class Nearness:
    """One row: an occurrence no farther than this counts so much. `where` is the code of its name."""

    where: str
    within_km: float
    weight: float
    why: str


AT_THE_MISSION = Nearness("at_the_mission", 5, 1.00, "within a walk: the mission itself or the way of its staff to it")
IN_THE_CITY = Nearness("in_the_city", 25, 0.50, "the city that staff live and drive in")
IN_THE_REGION = Nearness("in_the_region", 100, 0.05, "roads, airport, supply; fronts and gangs come from there")
WITHIN_REACH = Nearness("within_reach", 500, 0.02, "beyond 100 km, but within the reach of its kind: quakes, storms")
NATIONWIDE = Nearness("nationwide", 0, 0.50, "kinds that concern a whole state: its advisories, decrees, cyber attacks")
IN_THE_COUNTRY = Nearness("in_the_country", 0, 0.004, "news of the country, farther off than the kind reaches")

NEARNESS: tuple[Nearness, ...] = (
    AT_THE_MISSION, IN_THE_CITY, IN_THE_REGION, WITHIN_REACH, NATIONWIDE, IN_THE_COUNTRY,
)  # fmt: skip

NATIONWIDE_REACH_KM = 1000.0
"""Kinds whose reach is at least this concern the whole country wherever in it they are placed, and no other country."""

VAGUE_SHARE = 0.5
"""A place known only within R km counts as no nearer than R/2, where it lies on average: a province is not a street."""

OTHER_HALF_LIFE_DAYS, OTHER_REACH_KM = 30.0, 100.0
"""For a report with a threat class but without a kind: a month and a region, the commonest values of the table."""

LEVELS: tuple[tuple[ThreatLevel, float, str], ...] = (
    (ThreatLevel.EXTREME, 6.5, "war or a campaign of attacks around the mission itself"),
    (ThreatLevel.HIGH, 4.5, "grave happenings in the city every week or two"),
    (ThreatLevel.SUBSTANTIAL, 3.0, "a grave happening in the city within its half-life, or many lighter ones"),
    (ThreatLevel.MODERATE, 1.5, "a grave happening in the region, or a few light ones in the city"),
    (ThreatLevel.LOW, 0.5, "little, and mostly farther off"),
    (ThreatLevel.MINIMAL, 0.0, "nothing known that counts"),
)
"""Level, the score from which it holds, what that looks like."""

POINTS_PER_TENFOLD = 3.0
"""Score of activity = 3 × log10(1 + sum of weights): ten times as much happening is three points, about two levels.
Without the logarithm Damascus in 2018 would stand a thousand times above Bogotá and no scale could print both."""

SLOTS = len(KINDS) + len(THREAT_CODES)
"""Columns of activity: one per kind, then one per threat class for reports without a kind."""

_T = list(THREAT_CODES)
SLOT_CLASS: CodeArray = np.array([_T.index(k.threat) for k in KINDS] + list(range(len(_T))), dtype=np.int8)
SLOT_HALF_LIFE_S: FloatArray = (
    np.array([k.half_life_days for k in KINDS] + [OTHER_HALF_LIFE_DAYS] * len(_T), dtype=np.float64) * 86_400.0
)
SLOT_REACH_KM: FloatArray = np.array([k.reach_km for k in KINDS] + [OTHER_REACH_KM] * len(_T), dtype=np.float64)


def slots(o: Occurrences) -> IntArray:
    """The activity column of each occurrence. (n,) 0..SLOTS-1."""
    kind = kind_numbers(o.kind).astype(np.int64)
    result: IntArray = np.where(kind >= 0, kind, len(KINDS) + o.threat.astype(np.int64))
    return result


def anchors_s(o: Occurrences) -> IntArray:
    """From when its age is counted: its end, or when it was first told of if that was before the end. (n,)."""
    return np.minimum(o.end_s, np.maximum(o.start_s, o.known_s))


def strengths(o: Occurrences) -> FloatArray:
    """What each counts at distance and age zero: FULL_POINTS × gravity × credibility. (n,)."""
    return FULL_POINTS * o.intensity * credibility_weights()[o.credibility]


def score_of(activity: FloatArray) -> FloatArray:
    """The score of a sum of weights; any shape."""
    result: FloatArray = POINTS_PER_TENFOLD * np.log10(1.0 + activity)
    return result


def level_of(score: float) -> ThreatLevel:
    """The threat level that a score reads as."""
    return next((level for level, least, _ in LEVELS if score >= least), ThreatLevel.MINIMAL)


def levels_of(score: FloatArray) -> CodeArray:
    """level_of, any shape."""
    cuts = np.array(sorted(least for _, least, _ in LEVELS))
    return np.maximum(1, np.searchsorted(cuts, score, side="right")).astype(np.int8)
