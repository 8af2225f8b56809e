"""What can go wrong, and which kind of evidence says so? The one table of threat classes and aspects."""

from enum import IntEnum, StrEnum


class ThreatClass(StrEnum):
    """The ten classes in which a mission's threat is assessed."""

    ARMED_CONFLICT = "armed_conflict"
    TERRORISM = "terrorism"
    CRIME = "crime"
    CIVIL_UNREST = "civil_unrest"
    POLITICAL_INSTABILITY = "political_instability"
    INTERSTATE_TENSION = "interstate_tension"
    ESPIONAGE = "espionage"
    INSIDER = "insider"
    CYBER = "cyber"
    HAZARD = "hazard"


THREAT_CODES: tuple[ThreatClass, ...] = tuple(ThreatClass)
"""The position of a class in this tuple is its code in columns; only ever append."""


class ThreatLevel(IntEnum):
    """How threatened, whatever is done about it. Not a risk: no mission's measures enter here."""

    MINIMAL = 1
    LOW = 2
    MODERATE = 3
    SUBSTANTIAL = 4
    HIGH = 5
    EXTREME = 6


class Aspect(StrEnum):
    """What an evidence changes: the side of the risk it speaks to."""

    THREAT = "threat"
    VULNERABILITY = "vulnerability"
    IMPACT = "impact"
