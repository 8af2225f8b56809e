"""How long may an alarm stand unclaimed or open, and who is called next?

The limits are ours, argued beside each; a ministry changes them in one place.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.words import Severity
from legation.watch.events import AlarmState

RULE = "alarm"
LONGEST_NOTE = 400


@dataclass(frozen=True, slots=True)
class Limit:
    """How long an alarm of this severity may stand before somebody else is called."""

    unclaimed: timedelta
    open: timedelta
    why: str


LIMITS: dict[Severity, Limit] = {
    # A person under attack waits as long as it takes to cross a corridor, not longer.
    Severity.URGENT: Limit(timedelta(minutes=5), timedelta(minutes=30), "someone may be in danger now"),
    # The next round of a watch officer: half an hour.
    Severity.SERIOUS: Limit(timedelta(minutes=30), timedelta(hours=4), "harm is possible within the watch"),
    # By the end of the watch.
    Severity.NOTICE: Limit(timedelta(hours=8), timedelta(hours=24), "to be settled in the course of the day"),
}

CHAIN: tuple[str, ...] = ("rso", "head_of_mission", "watch_officer")
"""Who is called in turn; the last is called again at every limit until somebody takes the alarm."""


def next_limit(severity: Severity, state: AlarmState, now: datetime) -> datetime:
    """When somebody else is called unless something happens."""
    limit = LIMITS[severity]
    return now + (limit.unclaimed if state is AlarmState.STANDING else limit.open)


def called_at(step: int) -> str:
    """The role that an alarm stands with at this step of escalation."""
    return CHAIN[min(step, len(CHAIN) - 1)]


def may_take(state: AlarmState) -> Decision:
    """An alarm is taken while it stands; one that is taken may be taken over; a closed one may not."""
    if state is AlarmState.CLOSED:
        return Refusal("alarm_closed", RULE)
    return Grant(RULE)


def may_close(state: AlarmState, note: str) -> Decision:
    """Closing says what came of it, and by one who has it in hand."""
    if state is AlarmState.CLOSED:
        return Refusal("alarm_closed", RULE)
    if state is AlarmState.STANDING:
        return Refusal("alarm_unclaimed", RULE)
    if not note.strip():
        return Refusal("note_missing", RULE)
    if len(note) > LONGEST_NOTE:
        return Refusal("note_too_long", RULE, params={"longest": str(LONGEST_NOTE)})
    return Grant(RULE)
