"""What does the next day bring? The clock moves, the records of that day arrive, yesterday's forecast is scored."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from legation.foundations.identity import Ref
from legation.platform import clock
from legation.platform.act import Context, act
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import House, claim_house
from legation.platform.deadlines import fire_due
from legation.risk.queries import yesterday
from legation.runtime.demonstration import world


@dataclass(frozen=True, slots=True)
class DayPlayed:
    """The demonstration's clock was moved forward."""

    version: ClassVar[int] = 1
    to: datetime


@dataclass(frozen=True, slots=True)
class Played:
    """What a day brought, and how the forecast of the day before did."""

    day: datetime
    signals: int
    occurrences: int
    alarms: int
    inside: int
    scored: int

    @property
    def sentence(self) -> str:
        """One line for page and terminal."""
        told = f"{self.day:%d %B %Y}: {self.signals:,} signals, {self.occurrences:,} occurrences new or changed."
        if not self.scored:
            return told
        return f"{told} Yesterday's forecast: {self.inside:,} of {self.scored:,} missions inside the 80 % interval."


@act("runtime.advance")
def advance(ctx: Context, house: House, days: int) -> datetime:
    """Move the demonstration's clock by whole days. Raises ClockRefused on a real node."""
    to = clock.advance(ctx.now + timedelta(days=days))
    ctx.announce(DayPlayed(to), subjects=[Ref("Node", "own")], occurred_at=to)
    return to


def next_day() -> Played:
    """Play one day to its end: clock, records, what hears of them, what ran out, forecasts scored and made."""
    to = advance(claim_house("runtime.advance", service(ServiceAccount.LOCAL)), 1)
    read = world.collect()
    fired = fire_due(to)
    world.settle()
    told = yesterday(service(ServiceAccount.LOCAL))
    return Played(to, read.signals, read.occurrences, fired, told.inside if told else 0, told.scored if told else 0)
