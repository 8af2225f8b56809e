"""Abuse 55: a clock that jumps neither extends a deadline in silence nor drops one; somebody is told."""

from datetime import UTC, datetime, timedelta

import pytest
from tests import given

from legation.foundations.identity import EntryId, MissionId, Ref
from legation.foundations.markings import OPEN
from legation.foundations.words import Due
from legation.platform import clock, deadlines
from legation.platform.authority.markings import intern
from legation.platform.deadlines import Deadline, Fired
from legation.platform.ledger import words
from legation.runtime.worker import Worker

pytestmark = pytest.mark.django_db(transaction=True)

DUE = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Machine:
    """A machine whose wall clock somebody else holds; its monotonic clock cannot be held."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, wall: datetime) -> None:
        self.wall, self.uptime_s = wall, 1000.0
        monkeypatch.setattr(clock, "wall", lambda: self.wall)
        monkeypatch.setattr(clock.time, "monotonic", lambda: self.uptime_s)

    def pass_time(self, seconds: float, *, jump: timedelta = timedelta(0)) -> None:
        self.uptime_s += seconds
        self.wall += timedelta(seconds=seconds) + jump


def standing(monkeypatch: pytest.MonkeyPatch) -> list[Fired]:
    """A dead-man's check at DUE, and the list of what fired."""
    given.keys()
    fired: list[Fired] = []
    monkeypatch.setitem(deadlines._handlers, "check_in", fired.append)
    due = Due(MissionId("m" * 32), "check_in", Ref("Trip", "t1"), DUE, "watch", "check-in t1")
    deadlines.stand(due, marking_id=intern(OPEN), caused_by=EntryId("e" * 32))
    return fired


@pytest.mark.parametrize("jump", [timedelta(days=-1), timedelta(hours=-1), timedelta(minutes=5)])
def test_a_jump_leaves_the_deadline_where_it_was_and_raises_an_alarm(
    monkeypatch: pytest.MonkeyPatch, jump: timedelta
) -> None:
    machine = Machine(monkeypatch, DUE - timedelta(minutes=30))
    fired = standing(monkeypatch)
    worker = Worker()
    machine.pass_time(1, jump=jump)
    worker.turn()
    assert not fired
    assert Deadline.objects.get(key="check-in t1").due_at == DUE, "nothing moves a deadline because a clock moved"
    assert "runtime.clock_jumped" in alarm_kinds()
    machine.pass_time(1)
    machine.wall = DUE
    worker.turn()
    assert len(fired) == 1


def test_a_jump_past_the_deadline_fires_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, DUE - timedelta(days=1))
    fired = standing(monkeypatch)
    worker = Worker()
    machine.pass_time(1, jump=timedelta(days=3))
    worker.turn()
    machine.pass_time(1, jump=timedelta(days=-3))
    worker.turn()
    machine.wall = DUE + timedelta(hours=1)
    worker.turn()
    assert len(fired) == 1


def test_a_restart_forgets_no_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = Machine(monkeypatch, DUE - timedelta(minutes=30))
    fired = standing(monkeypatch)
    Worker().turn()
    machine.wall = DUE + timedelta(minutes=1)
    Worker().turn()
    assert len(fired) == 1


def test_time_that_only_passes_raises_no_alarm(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control."""
    machine = Machine(monkeypatch, DUE - timedelta(minutes=30))
    standing(monkeypatch)
    worker = Worker()
    for _ in range(5):
        machine.pass_time(60)
        worker.turn()
    assert "runtime.clock_jumped" not in alarm_kinds()


def alarm_kinds() -> set[str]:
    return {row.kind for row in words.visible_to(given.local())}
