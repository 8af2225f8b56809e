"""How long may an alarm stand unclaimed or open, and who is called next?

The limits are ours, argued beside each; a ministry changes them in one place.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.words import Severity
from legation.watch.events import AlarmState
from legation.watch.events.roster import DutyKind
from legation.watch.rules.roster import OnCall

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


@dataclass(frozen=True, slots=True)
class Step:
    """Who is called at one step: the first of these duties that somebody holds, and where none does, the role."""

    duties: tuple[DutyKind, ...]
    role: str
    headquarters: bool = False


CHAIN: tuple[Step, ...] = (
    Step((DutyKind.RSO_ON_CALL, DutyKind.DUTY_OFFICER), "rso"),
    Step((DutyKind.DEPUTY_HEAD,), "head_of_mission"),
    Step((DutyKind.WATCH_OFFICER, DutyKind.DUTY_DIRECTOR), "watch_officer", headquarters=True),
)
"""Who is called in turn; the last is called again at every limit until somebody takes the alarm."""


@dataclass(frozen=True, slots=True)
class Called:
    """Whom an alarm stands with. who: the operator on call, empty where all who hold the role `called_as` are called;
    hole: because the roster names nobody."""

    who: str
    called_as: str
    hole: bool


def next_limit(severity: Severity, state: AlarmState, now: datetime) -> datetime:
    """When somebody else is called unless something happens."""
    limit = LIMITS[severity]
    return now + (limit.unclaimed if state is AlarmState.STANDING else limit.open)


def called_at(step: int, *, at_mission: bool = True) -> Step:
    """The step of the chain that an alarm stands at; an alarm of no mission begins at headquarters."""
    chain = CHAIN if at_mission else tuple(one for one in CHAIN if one.headquarters)
    return chain[min(step, len(chain) - 1)]


def call(step: Step, on_call: Callable[[DutyKind], OnCall | None]) -> Called:
    """Who is called at this step: whoever is on call now, else everyone of the role."""
    for duty in step.duties:
        found = on_call(duty)
        if found is not None:
            return Called(found.who, duty.value, hole=False)
    return Called("", step.role, hole=True)


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
