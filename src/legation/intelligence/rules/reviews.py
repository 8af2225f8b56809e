"""By when must a judgement be looked at again? The graver the level, the sooner; what happens only pulls it forward.

A date is pushed back by a person alone, who says why and then answers for it.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.threats import ThreatLevel

RULE = "intelligence.review"


@dataclass(frozen=True, slots=True)
class Interval:
    """How long a judgement at this level stands unlooked at, and why so long."""

    level: ThreatLevel
    days: int
    reason: str


INTERVALS: tuple[Interval, ...] = (
    Interval(ThreatLevel.EXTREME, 7, "posture and departure are decided week by week"),
    Interval(ThreatLevel.HIGH, 14, "one cycle of the mission's own security meeting"),
    Interval(ThreatLevel.SUBSTANTIAL, 30, "travel and leave are planned by the month"),
    Interval(ThreatLevel.MODERATE, 90, "measures are chosen by the quarter"),
    Interval(ThreatLevel.LOW, 182, "half a year: the longest for which a service answers without looking"),
    Interval(ThreatLevel.MINIMAL, 182, "half a year: the longest for which a service answers without looking"),
)
"""Own scale, in the spirit of UNSMS, whose assessments are re-made when the situation changes and at least yearly."""

PULLED_TO = timedelta(days=2)
"""After a tripwire or a rise of level: time to gather the people, not to forget it."""


class Pull(StrEnum):
    """What pulls a review forward."""

    TRIPWIRE = "tripwire"  # a line drawn beforehand was crossed
    ROSE = "rose"  # the level of the class rose


def days_at(level: ThreatLevel) -> int:
    """Days between looks at this level."""
    return next(one.days for one in INTERVALS if one.level is level)


def due_after(looked_at: datetime, level: ThreatLevel) -> datetime:
    """When a judgement looked at then is due again."""
    return looked_at + timedelta(days=days_at(level))


def pulled(due_at: datetime, happened_at: datetime) -> datetime:
    """The date after something that pulls: never later than it was."""
    return min(due_at, happened_at + PULLED_TO)


def rescheduled(due_at: datetime, looked_at: datetime, level: ThreatLevel) -> datetime:
    """The date when only the level changed: computation pulls forward and never pushes back."""
    return min(due_at, due_after(looked_at, level))


def may_look(reason: str) -> Decision:
    """That nothing changed is a judgement too, and says what it rests on."""
    if reason.strip() and len(reason) <= 400:
        return Grant(RULE)
    return Refusal("review_reason", RULE)


def may_push(due_at: datetime, wanted: datetime, looked_at: datetime, level: ThreatLevel, reason: str) -> Decision:
    """A later day needs a reason, and is never later than twice the interval."""
    if wanted <= due_at:
        return Grant(RULE)
    if not reason.strip() or len(reason) > 400:
        return Refusal("review_reason", RULE)
    longest = looked_at + timedelta(days=2 * days_at(level))
    if wanted > longest:
        return Refusal("review_too_late", RULE, params={"day": f"{longest:%d %b %Y}"})
    return Grant(RULE)
