"""May this telephone still send what it kept? Its registration, its expiry, and the account behind it."""

from datetime import datetime, timedelta

from legation.foundations.decisions import Decision, Grant, Refusal

RULE = "intelligence.phone"

LIFE = timedelta(days=14)
"""How long a telephone may send without a sign-in: a journey without a line, not a lost telephone's whole life."""

PHONES_MAX = 5
"""Registered by one person at a time; the oldest makes room."""


def may_send(
    *, holds_verb: bool, registered_at: datetime, expires_at: datetime, revoked_at: datetime | None, now: datetime
) -> Decision:
    """holds_verb: the account behind it is open and may report. Refused: a person looks at what it sent."""
    if not holds_verb:
        return Refusal("phone_account", RULE)
    if revoked_at is not None:
        return Refusal("phone_revoked", RULE)
    if not registered_at <= now < expires_at:
        return Refusal("phone_expired", RULE)
    return Grant(RULE)


def must_wipe(decision: Decision) -> bool:
    """True where the telephone is on the deny-list: it is told to forget its keys and pages. One that merely expired
    is registered anew at the next sign-in."""
    return isinstance(decision, Refusal) and decision.reason in {"phone_account", "phone_revoked"}
