"""Entries for tests of the ledger itself; rooms' tests write through acts instead."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar

from django.db import transaction

from legation.foundations.identity import EntryId, Ref
from legation.foundations.markings import OPEN, Marking
from legation.foundations.words import Word
from legation.platform.authority.markings import intern
from legation.platform.ledger import log
from legation.platform.ledger.body import Draft

START = datetime(2018, 2, 5, 6, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class GateOpened:
    """A made-up fact."""

    version: ClassVar[int] = 1
    gate: str
    times: int = 1


@dataclass(frozen=True, slots=True)
class GateImage:
    """A made-up row image."""

    name: str
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Visitor:
    """Made-up personal data."""

    name: str
    passport: str


def draft(
    number: int,
    *,
    subject: Ref | None = None,
    marking: Marking = OPEN,
    mission: str | None = "m1",
    words: Sequence[Word] = (),
    personal: dict[Ref, Visitor] | None = None,
    gate: str = "",
) -> Draft:
    """The n-th made-up act."""
    about = subject or Ref("Gate", f"g{number % 7}")
    at = START + timedelta(seconds=number)
    return Draft(
        entry_id=EntryId(f"{number:032x}"),
        fact=GateOpened(gate or f"gate {number}", number),
        fact_name="access.GateOpened/1",
        actor="operator-1",
        mission=mission,
        marking=marking,
        marking_id=intern(marking),
        occurred_at=at,
        subjects=[about],
        words=tuple(words),
        images=[(about, GateImage(f"gate {number}", at))],
        personal=dict(personal or {}),
    )


def record(*drafts: Draft, after_s: float = 0.0) -> list[EntryId]:
    """Append in a transaction of its own."""
    with transaction.atomic():
        return log.append(drafts, recorded_at=START + timedelta(seconds=after_s))


def record_many(count: int, *, start: int = 1, batch: int = 100) -> None:
    """`count` made-up entries in batches."""
    for first in range(start, start + count, batch):
        record(*[draft(n) for n in range(first, min(first + batch, start + count))], after_s=first)
