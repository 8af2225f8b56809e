"""What is said when the machine's clock jumps? An alarm; no deadline moves because of it."""

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
