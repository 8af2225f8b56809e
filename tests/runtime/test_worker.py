"""The worker does every duty each turn, goes on when one fails, and tells people when it keeps failing."""

import pytest
from tests import given

from legation.platform import duties
from legation.platform.ledger.words import visible_to
from legation.runtime import worker as working
from legation.runtime.worker import TOLD_AFTER, Worker

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_duties(monkeypatch: pytest.MonkeyPatch) -> None:
    given.keys()
    monkeypatch.setattr(duties, "_duties", {})


def test_a_turn_with_nothing_to_do_does_nothing_and_fails_nowhere() -> None:
    worker = Worker()
    worker.turn()
    assert worker.turn() == 0
    assert worker._failed == {}


def test_the_duties_of_rooms_are_turned() -> None:
    turned: list[int] = []
    duties.duty("test.count")(lambda: turned.append(1) or 3)
    assert Worker().turn() >= 3
    assert turned == [1]


def test_a_duty_that_fails_stops_no_other_and_is_told_once_when_it_keeps_failing() -> None:
    turned: list[int] = []

    def broken() -> int:
        raise OSError("disk")

    duties.duty("test.broken")(broken)
    duties.duty("test.after")(lambda: turned.append(1) or 0)
    worker = Worker()
    for _ in range(TOLD_AFTER + 3):
        worker.turn()
    assert len(turned) == TOLD_AFTER + 3
    (alarm,) = visible_to(given.local()).filter(kind="runtime.duty_failed")
    assert alarm.count == 1


def test_a_duty_that_recovers_is_not_told(monkeypatch: pytest.MonkeyPatch) -> None:
    tries = iter([OSError("once"), None, None])

    def shaky() -> int:
        fault = next(tries)
        if fault:
            raise fault
        return 0

    duties.duty("test.shaky")(shaky)
    worker = Worker()
    monkeypatch.setattr(working, "TOLD_AFTER", 2)
    for _ in range(3):
        worker.turn()
    assert not visible_to(given.local()).filter(kind="runtime.duty_failed").exists()
