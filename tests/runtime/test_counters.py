"""Sign-in counters: they expire, they are added once, and what lies in their table is JSON and stays data."""

import pickle
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection

from legation.platform import clock

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def empty() -> None:
    cache.clear()


def test_what_is_set_is_given_back_until_it_expires(monkeypatch: pytest.MonkeyPatch) -> None:
    cache.set("fails", [1.5, 2.5], 300)
    assert cache.get("fails") == [1.5, 2.5]
    real = clock.wall
    monkeypatch.setattr(clock, "wall", lambda: real() + timedelta(seconds=301))
    assert cache.get("fails", []) == []


def test_a_key_is_added_once_while_it_lasts_and_again_when_it_is_over(monkeypatch: pytest.MonkeyPatch) -> None:
    assert cache.add("code-123456", True, 30)
    assert not cache.add("code-123456", True, 30)
    real = clock.wall
    monkeypatch.setattr(clock, "wall", lambda: real() + timedelta(seconds=31))
    assert cache.add("code-123456", True, 30)


def test_what_is_deleted_is_gone_and_says_whether_it_was_there() -> None:
    cache.set("a", 1)
    assert cache.delete("a")
    assert not cache.delete("a")
    assert "a" not in cache


def test_a_pickle_in_the_table_is_an_error_and_never_run() -> None:
    """The control of abuse 49: Django's own backend would run this."""
    ran: list[str] = []

    class Attack:
        def __reduce__(self) -> object:
            return (ran.append, ("run",))

    cache.set("fails", [1])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE runtime_counter SET value = %s", [pickle.dumps(Attack()).hex()])
    with pytest.raises(ValueError, match="JSON"):
        cache.get("fails")
    assert not ran
