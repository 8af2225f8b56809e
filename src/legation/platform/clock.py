"""What time is it? `wall` is the machine's; `as_of` is the time the house lives in, which a demonstration may move."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from django.db import models

from legation.foundations.time import utc


class NodeClock(models.Model):
    """One row. as_of is set only on a node created as demonstration; elsewhere the wall rules."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    as_of = models.DateTimeField(null=True)
    seen_wall = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(pk=1), name="one_clock")]


class ClockRefused(Exception):
    """The clock cannot be moved so."""


def wall() -> datetime:
    """The machine's clock: sessions, one-time codes, recorded_at."""
    return datetime.now(UTC)


_moment: ContextVar[tuple[datetime | None] | None] = ContextVar("moment", default=None)


@contextmanager
def one_moment() -> Iterator[None]:
    """Within this, the time of the house is read once: a page shows one instant, however much it is made of."""
    token = _moment.set((_moved(),))
    try:
        yield
    finally:
        _moment.reset(token)


def as_of() -> datetime:
    """The time of the house: occurred times and domain deadlines."""
    return _read() or wall()


def is_demonstration() -> bool:
    """Only a node made for demonstration has a clock of its own."""
    return _read() is not None


def _read() -> datetime | None:
    held = _moment.get()
    return held[0] if held is not None else _moved()


def _moved() -> datetime | None:
    row = NodeClock.objects.filter(pk=1).first()
    return row.as_of if row else None


def start_demonstration(at: datetime) -> None:
    """Give a node made for demonstration its first as_of. Raises ClockRefused where it has one."""
    _, made = NodeClock.objects.get_or_create(pk=1, defaults={"as_of": utc(at)})
    if not made:
        raise ClockRefused("this node's clock was set when it was made; use advance")


def advance(to: datetime) -> datetime:
    """Move the demonstration's time forward. Raises ClockRefused on a real node or backwards."""
    row = NodeClock.objects.select_for_update().filter(pk=1, as_of__isnull=False).first()
    if row is None or row.as_of is None:
        raise ClockRefused("only a node made for demonstration has a clock that can be moved")
    if utc(to) < row.as_of:
        raise ClockRefused(f"the clock stands at {row.as_of.isoformat()} and moves only forward")
    row.as_of = utc(to)
    row.save(update_fields=["as_of"])
    return row.as_of


class JumpDetector:
    """Has the wall clock jumped? Compares it with the monotonic clock between two looks.

    A jump is reported, never used to extend anything: deadlines stay where they were written.
    """

    # Slewing by NTP moves a clock by at most 0.5 ms/s; two seconds between looks a second apart is a step.
    TOLERANCE = timedelta(seconds=2)

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = (wall(), time.monotonic())

    def look(self) -> timedelta | None:
        """The size of a jump since the last look, or None."""
        with self._lock:
            before, then = self._last
            now, monotonic = wall(), time.monotonic()
            self._last = (now, monotonic)
        jump = (now - before) - timedelta(seconds=monotonic - then)
        return jump if abs(jump) > self.TOLERANCE else None
