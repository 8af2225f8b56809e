"""Deadlines fire once, in order, through crash and clock jump; subscribers hear each entry once or park it in sight."""

from datetime import UTC, datetime, timedelta

import pytest
from tests import given

from legation.foundations.identity import EntryId, MissionId, Ref
from legation.foundations.markings import OPEN
from legation.foundations.words import Due
from legation.platform import clock, deadlines, subscribers
from legation.platform.authority.markings import intern
from legation.platform.deadlines import Deadline, Fired, fire_due, settle, stand, when_due
from legation.platform.ledger.log import Delivered
from legation.platform.subscribers import Cursor, Parked, deliver_all, subscribe

pytestmark = pytest.mark.django_db

NOW = datetime(2018, 2, 5, 6, tzinfo=UTC)
SUBJECT = Ref("Mission", "m1")


@pytest.fixture(autouse=True)
def _own_registers(monkeypatch: pytest.MonkeyPatch) -> None:
    given.keys()
    monkeypatch.setattr(deadlines, "_handlers", {})
    monkeypatch.setattr(subscribers, "_subscribers", {})


def due(key: str, at: datetime) -> None:
    word = Due(mission=MissionId("m1"), kind="test.check", subject=SUBJECT, due_at=at, owner="rso", key=key)
    stand(word, marking_id=intern(OPEN), caused_by=EntryId("e" * 32))


def test_deadlines_fire_once_and_in_order_of_their_time() -> None:
    heard: list[str] = []
    when_due("test.check")(lambda fired: heard.append(fired.key))
    due("later", NOW - timedelta(minutes=1))
    due("sooner", NOW - timedelta(hours=1))
    due("not yet", NOW + timedelta(minutes=1))
    assert fire_due(NOW) == 2
    assert fire_due(NOW) == 0
    assert heard == ["sooner", "later"]


def test_a_settled_deadline_does_not_fire() -> None:
    when_due("test.check")(lambda fired: pytest.fail("it was settled"))
    due("k", NOW)
    settle("k")
    assert fire_due(NOW) == 0


def test_the_same_key_moves_the_deadline() -> None:
    heard: list[Fired] = []
    when_due("test.check")(heard.append)
    due("k", NOW - timedelta(hours=1))
    due("k", NOW + timedelta(hours=1))
    assert fire_due(NOW) == 0
    assert fire_due(NOW + timedelta(hours=1)) == 1


def test_a_handler_that_fails_leaves_the_deadline_standing_and_is_parked_in_the_end() -> None:
    def fails(fired: Fired) -> None:
        raise RuntimeError("the roster is empty")

    when_due("test.check")(fails)
    due("k", NOW)
    for _ in range(deadlines.TRIES):
        assert fire_due(NOW) == 0
    (row,) = deadlines.parked()
    assert "roster" in row.fault
    assert Deadline.objects.get(key="k").fired_at is None


def test_a_kind_without_handler_is_never_lost() -> None:
    due("k", NOW)
    fire_due(NOW)
    assert "test.check" in Deadline.objects.get(key="k").fault


def test_a_subscriber_hears_its_facts_once_and_goes_on_after_a_restart() -> None:
    heard: list[str] = []

    def listen() -> None:
        subscribe("test.listener", "missions.MissionRegistered")(lambda e: heard.append(e.fact))

    listen()
    given.missions()
    assert deliver_all() == 2
    listen()  # the process starts again and registers again
    assert deliver_all() == 0
    assert len(heard) == 2


def test_an_entry_that_cannot_be_taken_is_parked_after_five_tries_and_the_rest_goes_on() -> None:
    heard: list[str] = []

    def picky(entry: Delivered) -> None:
        if not heard and entry.body.said["source"] == "test list" and not Parked.objects.exists():
            raise RuntimeError("cannot take this one")
        heard.append(entry.entry_id)

    subscribe("test.picky", "missions.MissionRegistered")(picky)
    given.missions()
    for _ in range(subscribers.TRIES):
        deliver_all()
    deliver_all()
    assert Parked.objects.count() == 1
    assert len(heard) == 1


def test_a_crash_between_effect_and_cursor_repeats_nothing() -> None:
    """The effect and the cursor are one transaction: where the move fails, the effect is gone too."""

    class PowerCut(BaseException):
        pass

    def dies(entry: Delivered) -> None:
        given.missions()
        raise PowerCut

    given.missions(given.DAMASCUS)
    subscribe("test.dies", "missions.MissionRegistered")(dies)
    with pytest.raises(PowerCut):
        deliver_all()
    from legation.missions.models import Mission

    assert Mission.objects.count() == 1
    assert Cursor.objects.get(name="test.dies").position == -1


def test_only_a_demonstration_has_a_clock_that_moves_and_only_forward() -> None:
    with pytest.raises(clock.ClockRefused):
        clock.advance(NOW)
    clock.start_demonstration(NOW)
    assert clock.as_of() == NOW
    clock.advance(NOW + timedelta(days=1))
    assert clock.as_of() == NOW + timedelta(days=1)
    with pytest.raises(clock.ClockRefused):
        clock.advance(NOW)
    with pytest.raises(clock.ClockRefused):
        clock.start_demonstration(NOW)


def test_a_jump_of_the_wall_clock_is_seen_and_slewing_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    detector = clock.JumpDetector()
    assert detector.look() is None
    real = clock.wall
    monkeypatch.setattr(clock, "wall", lambda: real() + timedelta(days=3))
    jump = detector.look()
    assert jump is not None
    assert abs(jump - timedelta(days=3)) < timedelta(seconds=1)
    assert detector.look() is None
    monkeypatch.setattr(clock, "wall", lambda: real() - timedelta(hours=1))
    assert detector.look() is not None


def test_a_jump_extends_no_deadline() -> None:
    due("k", NOW)
    before = Deadline.objects.get(key="k").due_at
    from legation.runtime.faults import report_jump

    report_jump(timedelta(days=-3))
    assert Deadline.objects.get(key="k").due_at == before


def test_a_jump_raises_an_alarm() -> None:
    from legation.platform.ledger.words import visible_to
    from legation.runtime.faults import report_jump

    report_jump(timedelta(days=3))
    assert [row.kind for row in visible_to(given.local())] == ["runtime.clock_jumped"]


def test_within_one_moment_the_clock_stands_and_goes_on_afterwards() -> None:
    clock.start_demonstration(NOW)
    with clock.one_moment():
        clock.advance(NOW + timedelta(days=1))
        assert clock.as_of() == NOW
    assert clock.as_of() == NOW + timedelta(days=1)
