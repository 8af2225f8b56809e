"""How many points does each cause give? The printed tables behind likelihood and impact.

Source: the house's own weights, argued at each table; the factors (intent, capability, inhibiting context;
exposure, criticality) are those of the UN Security Risk Management process. Every table is shown in the
pages and in docs/method-risk.md as it stands here.
"""

from dataclasses import dataclass
from enum import IntEnum

from legation.foundations.threats import ThreatClass


class Degree(IntEnum):
    """A person's judgement in four steps; the same words for every judged factor."""

    NONE = 0
    LOW = 1
    MODERATE = 2
    HIGH = 3


class Criticality(IntEnum):
    """How much the state depends on what the mission does there."""

    LOW = 1
    ORDINARY = 2
    HIGH = 3
    VITAL = 4


@dataclass(frozen=True, slots=True)
class Row:
    """From this value on, this many points."""

    at_least: float
    points: float


# Expected occurrences of the class within 25 km in the next 30 days. A step is about a factor of three because a
# rate estimated from a few events is known no better; 30 a month is daily violence around the mission (Damascus in
# 2018), 0.03 a month is once in three years.
ACTIVITY_NEAR: tuple[Row, ...] = (
    Row(30, 44),
    Row(10, 39),
    Row(3, 33),
    Row(1, 26),
    Row(0.3, 19),
    Row(0.1, 12),
    Row(0.03, 6),
    Row(0.01, 2),
)
# The ring from 25 to 100 km: roads and outings lead through it, the chancery does not stand in it. At most a quarter
# of what the near ring can give.
ACTIVITY_AROUND: tuple[Row, ...] = (Row(30, 10), Row(3, 7), Row(0.3, 4), Row(0.03, 2))

# Intent weighs more than capability: a capable group that does not aim at the mission is a smaller threat to it than
# a modest one that does. Inhibiting context (host police, terrain, truce) takes away as much as capability can give.
INTENT: dict[Degree, float] = {Degree.NONE: 0, Degree.LOW: 5, Degree.MODERATE: 10, Degree.HIGH: 15}
CAPABILITY: dict[Degree, float] = {Degree.NONE: 0, Degree.LOW: 4, Degree.MODERATE: 8, Degree.HIGH: 12}
INHIBITING: dict[Degree, float] = {Degree.NONE: 0, Degree.LOW: -4, Degree.MODERATE: -8, Degree.HIGH: -12}
VULNERABILITY: dict[Degree, float] = {Degree.NONE: 0, Degree.LOW: 8, Degree.MODERATE: 16, Degree.HIGH: 24}

# What nobody has judged yet does not count as nothing, which would reward not looking: a quarter of the scale for
# intent and capability, half of it for vulnerability, because an actor may be absent but a building is never perfect.
INTENT_UNJUDGED = 4.0
CAPABILITY_UNJUDGED = 3.0
VULNERABILITY_UNJUDGED = 12.0

# What one event of the class typically does when it reaches a mission: lives (36), a person or the building (24),
# property or work stopped (16), work hindered (12).
SEVERITY: dict[ThreatClass, float] = {
    ThreatClass.ARMED_CONFLICT: 36,
    ThreatClass.TERRORISM: 36,
    ThreatClass.CRIME: 20,
    ThreatClass.CIVIL_UNREST: 16,
    ThreatClass.POLITICAL_INSTABILITY: 12,
    ThreatClass.INTERSTATE_TENSION: 20,
    ThreatClass.ESPIONAGE: 24,
    ThreatClass.INSIDER: 24,
    ThreatClass.CYBER: 20,
    ThreatClass.HAZARD: 28,
}

# Persons who could be harmed at once: staff, dependants, visitors on an ordinary day.
EXPOSURE: tuple[Row, ...] = (Row(200, 40), Row(50, 32), Row(15, 24), Row(5, 16), Row(1, 8))
EXPOSURE_UNKNOWN = 16.0
CRITICALITY: dict[Criticality, float] = {
    Criticality.LOW: 0,
    Criticality.ORDINARY: 8,
    Criticality.HIGH: 14,
    Criticality.VITAL: 20,
}


class Effectiveness(IntEnum):
    """How far a measure is known to work."""

    CLAIMED = 1
    TESTED = 2
    PROVEN = 3


# A measure nobody has tested counts half: drills and penetration tests fail about that often at the first attempt.
EFFECTIVENESS: dict[Effectiveness, float] = {
    Effectiveness.CLAIMED: 0.5,
    Effectiveness.TESTED: 0.8,
    Effectiveness.PROVEN: 1.0,
}
MEASURE_POINTS_MAX = 30.0
"""One measure moves a scenario by at most a step and a half; who claims more describes two measures."""


def look_up(table: tuple[Row, ...], value: float) -> float:
    """The points of the first row reached, 0 below the last."""
    return next((row.points for row in table if value >= row.at_least), 0.0)
