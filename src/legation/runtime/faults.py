"""What is said when the node itself is not well? An alarm: its clock jumped, or a duty of its worker keeps failing."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar

from legation.foundations.identity import Ref
from legation.foundations.words import Alarm, Severity
from legation.platform.act import Context, act
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import House, claim_house
from legation.platform.writing import Urgency


@dataclass(frozen=True, slots=True)
class ClockJumped:
    """The wall clock moved against the monotonic one. seconds: forward positive."""

    version: ClassVar[int] = 1
    seconds: int


@dataclass(frozen=True, slots=True)
class DutyFailed:
    """A duty of the worker failed several times in a row. fault: the kind of failure, never its text."""

    version: ClassVar[int] = 1
    duty: str
    fault: str


def report_jump(jump: timedelta) -> None:
    """Record the jump and raise the alarm, as the worker."""
    clock_jumped(claim_house("runtime.report_jump", service(ServiceAccount.WORKER)), int(jump.total_seconds()))


@act("runtime.report_jump", urgency=Urgency.ALARM)
def clock_jumped(ctx: Context, house: House, seconds: int) -> None:
    """Say that the clock jumped; shown on the watch floor of every mission."""
    alarm = Alarm(
        mission=None,
        kind="runtime.clock_jumped",
        severity=Severity.SERIOUS,
        subject=Ref("Node", "own"),
        key=ctx.wall.date().isoformat(),
        params={"seconds": seconds},
    )
    ctx.announce(ClockJumped(seconds), words=[alarm], subjects=[Ref("Node", "own")])


def report_fault(duty: str, fault: str) -> None:
    """Raise the alarm that a duty keeps failing, as the worker."""
    duty_failed(claim_house("runtime.report_fault", service(ServiceAccount.WORKER)), duty, fault)


@act("runtime.report_fault", urgency=Urgency.ALARM)
def duty_failed(ctx: Context, house: House, duty: str, fault: str) -> None:
    """Say that a duty of the worker keeps failing; it is tried on."""
    alarm = Alarm(
        mission=None,
        kind="runtime.duty_failed",
        severity=Severity.SERIOUS,
        subject=Ref("Node", "own"),
        key=duty,
        params={"duty": duty, "fault": fault},
    )
    ctx.announce(DutyFailed(duty, fault), words=[alarm], subjects=[Ref("Node", "own")])
