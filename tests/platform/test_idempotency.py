"""The same command under the same key is done once, whoever retries it after a cut line."""

import pytest
from tests import given

from legation.platform.idempotency import KeyReused, once

pytestmark = pytest.mark.django_db


def test_a_retry_is_answered_by_what_the_first_made() -> None:
    actor, made = given.local(), list[str]()

    def run() -> str:
        made.append("x")
        return f"record {len(made)}"

    first = once(actor, "missions.amend", "key", b"body", run)
    again = once(actor, "missions.amend", "key", b"body", run)
    assert (first.reference, first.fresh) == ("record 1", True)
    assert (again.reference, again.fresh) == ("record 1", False)


def test_another_body_under_the_same_key_is_refused() -> None:
    once(given.local(), "missions.amend", "key", b"body", lambda: "r")
    with pytest.raises(KeyReused):
        once(given.local(), "missions.amend", "key", b"other", lambda: "r")


def test_a_command_that_failed_may_be_given_again() -> None:
    def fails() -> str:
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        once(given.local(), "missions.amend", "key", b"body", fails)
    assert once(given.local(), "missions.amend", "key", b"body", lambda: "r").fresh


def test_keys_of_two_people_do_not_meet() -> None:
    once(given.local(), "missions.amend", "key", b"body", lambda: "mine")
    given.keys()
    other = given.operator("rso")
    assert once(other, "missions.amend", "key", b"body", lambda: "his").reference == "his"
