"""A telephone sends while its registration stands and the account behind it is open; else a person looks."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from legation.foundations.decisions import Grant, Refusal
from legation.intelligence.rules import phones

AT = datetime(2018, 2, 5, 6, tzinfo=UTC)


@given(holds=st.booleans(), revoked=st.booleans(), minutes=st.integers(-60, 60 * 24 * 30))
def test_it_may_send_exactly_while_all_three_hold(holds: bool, revoked: bool, minutes: int) -> None:
    now = AT + timedelta(minutes=minutes)
    decision = phones.may_send(
        holds_verb=holds,
        registered_at=AT,
        expires_at=AT + phones.LIFE,
        revoked_at=AT if revoked else None,
        now=now,
    )
    assert isinstance(decision, Grant) == (holds and not revoked and AT <= now < AT + phones.LIFE)
    assert phones.must_wipe(decision) == (not holds or revoked)


def test_one_that_expired_is_held_but_keeps_its_page() -> None:
    decision = phones.may_send(
        holds_verb=True, registered_at=AT, expires_at=AT + phones.LIFE, revoked_at=None, now=AT + phones.LIFE
    )
    assert isinstance(decision, Refusal)
    assert decision.reason == "phone_expired"
    assert not phones.must_wipe(decision)
