"""Is this an address by which somebody can be reached, and whose contacts must be tried again?"""

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.missions.events.contacts import ContactChannel

RULE = "contacts"

TESTED_FOR = timedelta(days=180)
"""A test holds half a year: numbers change with the summer's rotation, which comes once a year."""

FIRST_ROUND = timedelta(days=42)
"""Who was never reached, as after a list was loaded, is to be tried within six weeks: two duty officers' turns."""

SOONEST = timedelta(days=7)
"""A reminder is no alarm clock: a test that runs out tomorrow is asked for with the week."""

REMIND_AGAIN = timedelta(days=30)
"""While people stay untested after a reminder, it comes again with the month."""

LONGEST = 160
_PHONES = {ContactChannel.MOBILE, ContactChannel.PRIVATE_PHONE, ContactChannel.SATELLITE_PHONE, ContactChannel.LANDLINE}
_DIALLED = re.compile(r"[+()\-/.\s\d]+")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def may_reach(channel: ContactChannel, address: str) -> Decision:
    """Whether the text can be dialled, written to or called by this channel."""
    text = address.strip()
    if not text or len(text) > LONGEST or not text.isprintable():
        return Refusal("contact_unreadable", RULE)
    if channel in _PHONES and not (_DIALLED.fullmatch(text) and sum(c.isdigit() for c in text) >= 5):
        return Refusal("contact_not_a_number", RULE)
    if channel is ContactChannel.EMAIL and not _MAIL.fullmatch(text):
        return Refusal("contact_not_an_address", RULE)
    return Grant(RULE)


def tested(last: datetime | None, now: datetime) -> bool:
    """Whether a test of that day still holds."""
    return last is not None and now - last < TESTED_FOR


def next_reminder(lasts: Sequence[datetime | None], now: datetime, standing: datetime | None = None) -> datetime | None:
    """When somebody must next be asked to test; `lasts` has, per person, the latest test of any contact.

    standing: the reminder that stands already; while somebody is untested it is not put off. None where nobody is at
    post.
    """
    runs_out = [last + TESTED_FOR if last and tested(last, now) else now + FIRST_ROUND for last in lasts]
    if not runs_out:
        return None
    at = max(min(runs_out), now + SOONEST)
    untested = any(not tested(last, now) for last in lasts)
    return min(at, standing) if untested and standing else at
