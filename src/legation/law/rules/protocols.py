"""May this version come into force, who must read it, and what does it weigh that they have not?

The points are the house's own, beside the scale of the risk room, where a vulnerability judged low is worth 8.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from difflib import SequenceMatcher

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.law.events.protocols import ChangedBy

RULE = "protocol"
LONGEST_TEXT = 40_000
"""Ten printed pages; what is longer is a manual, and nobody reads it at once."""
LONGEST_REASON = 400
LONGEST_READING = 60
"""Days. What may wait longer than two months is no order."""
REMIND_EVERY = timedelta(days=7)
"""Who has not read is named again each week, until he has."""
REVIEW_POINTS = 3.0
"""An order nobody has looked at since its date is less than a weak door, and more than nothing."""
UNREAD_POINTS = 6.0
"""If nobody had read it, it would hold as little as an order that was never given: under a low vulnerability's 8."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a comparison. sign: "+" added, "−" taken out, "" as before."""

    sign: str
    text: str


def may_publish(
    number: int, before: str, text: str, changed_by: ChangedBy, reason: str, within_days: int, readers: Iterable[str]
) -> Decision:
    """A version says what it changes and why, is readable in one sitting, and has readers with time to read it."""
    if not text.strip():
        return Refusal("protocol_empty", RULE)
    if len(text) > LONGEST_TEXT:
        return Refusal("protocol_too_long", RULE, params={"longest": str(LONGEST_TEXT)})
    if number > 1 and text.strip() == before.strip():
        return Refusal("protocol_unchanged", RULE, params={"number": str(number - 1)})
    if (number == 1) != (changed_by is ChangedBy.FIRST):
        return Refusal("protocol_changed_by_what", RULE)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        return Refusal("protocol_without_reason", RULE, params={"longest": str(LONGEST_REASON)})
    if not 1 <= within_days <= LONGEST_READING:
        return Refusal("protocol_reading_time", RULE, params={"longest": str(LONGEST_READING)})
    if not list(readers):
        return Refusal("protocol_without_readers", RULE)
    return Grant(RULE)


def may_read(number: int, in_force: int, *, must: bool, has: bool, ended: bool) -> Decision:
    """A receipt is for the version in force, from one who is to read it, and given once."""
    if ended or number != in_force:
        return Refusal("version_not_in_force", RULE, params={"number": str(in_force)})
    if not must:
        return Refusal("not_a_reader", RULE)
    if has:
        return Refusal("read_already", RULE)
    return Grant(RULE)


def may_review(review_at: datetime, now: datetime) -> Decision:
    """The next review lies ahead, within two years: an order older than that has outlived those who wrote it."""
    if not now < review_at <= now + timedelta(days=730):
        return Refusal("review_date_out_of_range", RULE)
    return Grant(RULE)


def unread(must: Iterable[str], have: Iterable[str]) -> tuple[str, ...]:
    """Who must and has not, in the order given."""
    done = frozenset(have)
    return tuple(reader for reader in must if reader not in done)


def weight(must: int, missing: int, *, reading_lapsed: bool, review_lapsed: bool) -> float:
    """Points of vulnerability: the share of readers who have not read in time, and an order nobody has looked at."""
    reading = UNREAD_POINTS * missing / must if reading_lapsed and must else 0.0
    return round(reading + (REVIEW_POINTS if review_lapsed else 0.0), 2)


def difference(before: str, after: str) -> tuple[Line, ...]:
    """What a version changes, line by line; lines far from any change are left out and stand as one "…"."""
    old, new = before.splitlines(), after.splitlines()
    found: list[Line] = []
    for group in SequenceMatcher(a=old, b=new, autojunk=False).get_grouped_opcodes(2):
        if found or group[0][1] or group[0][3]:
            found.append(Line("", "…"))
        for tag, a1, a2, b1, b2 in group:
            found += _lines(tag, old[a1:a2], new[b1:b2])
    return tuple(found)


def _lines(tag: str, old: Sequence[str], new: Sequence[str]) -> list[Line]:
    if tag == "equal":
        return [Line("", text) for text in old]
    return [*(Line("−", text) for text in old), *(Line("+", text) for text in new)]
