"""Which marking must a brief carry, and what of it may stand below the tear line?

A text made of several carries the join of their markings. The version below the line is made of what the lower
marking covers, of sentences that a cleared person wrote anew for it, and of figures counted anew at it; it holds
nothing that tells how much was left out.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.markings import Marking, join_all

RULE = "intelligence.brief"


class Span(StrEnum):
    """How much time a brief looks back over."""

    DAILY = "daily"
    WEEKLY = "weekly"

    @property
    def days(self) -> int:
        return 1 if self is Span.DAILY else 7


READ_WITHIN_H = {Span.DAILY: 4, Span.WEEKLY: 24}
"""A daily brief is of use in the morning; a weekly one within the day. Then whoever must read it is reminded."""

REMINDED_MAX = 3
"""After three reminders a person asks in person: a fourth of the same would only train people to overlook it."""


class Section(StrEnum):
    """The parts of a brief, in the order in which they are read."""

    JUDGEMENT = "judgement"  # what it all means: the first thing that the reader sees
    HAPPENED = "happened"  # the chosen occurrences, each with one line of judgement
    CHANGED = "changed"  # levels, postures, measures, tripwires
    AHEAD = "ahead"  # the forecast with its score
    ASKED = "asked"  # what is still not known, and who was asked
    CALENDAR = "calendar"  # what is known to come
    SILENT = "silent"  # sources that should have spoken


class Likelihood(StrEnum):
    """How likely a judgement is, in the seven words of ICD 203 (2015) and the chances they stand for."""

    ALMOST_NO_CHANCE = "almost_no_chance"  # 1-5 %
    VERY_UNLIKELY = "very_unlikely"  # 5-20 %
    UNLIKELY = "unlikely"  # 20-45 %
    ROUGHLY_EVEN = "roughly_even"  # 45-55 %
    LIKELY = "likely"  # 55-80 %
    VERY_LIKELY = "very_likely"  # 80-95 %
    ALMOST_CERTAIN = "almost_certain"  # 95-99 %


CHANCES: dict[Likelihood, tuple[int, int]] = {
    Likelihood.ALMOST_NO_CHANCE: (1, 5),
    Likelihood.VERY_UNLIKELY: (5, 20),
    Likelihood.UNLIKELY: (20, 45),
    Likelihood.ROUGHLY_EVEN: (45, 55),
    Likelihood.LIKELY: (55, 80),
    Likelihood.VERY_LIKELY: (80, 95),
    Likelihood.ALMOST_CERTAIN: (95, 99),
}
"""Per cent, from and to. Source: Intelligence Community Directive 203, Analytic Standards, 2 January 2015, D.6.e."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a brief, above the line. title: what it is of; text: what is said of it; subject: what it rests on.

    below: what stands in its place where the lower marking does not cover it, empty for nothing. counted: `below` is
    a figure counted anew from what the lower marking covers; otherwise a person wrote it and answers for its release.
    """

    section: Section
    text: str
    marking: Marking
    title: str = ""
    likelihood: Likelihood | None = None
    subject: str = ""
    below: str = ""
    counted: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One thing as a version shows it. below, counted: of the whole version only, what stands for it below the line;
    a line below tells nothing of what stands above it elsewhere."""

    section: Section
    text: str
    marking: Marking
    title: str = ""
    likelihood: Likelihood | None = None
    subject: str = ""
    below: str = ""
    counted: bool = False

    @property
    def heading(self) -> str:
        """The code of its part's heading."""
        return f"brief.section.{self.section.value}"


@dataclass(frozen=True, slots=True)
class Recipient:
    """Who is to read it: a person (actor id), all who hold a role, or someone outside by name with a note of how."""

    operator: str = ""
    role: str = ""
    outsider: str = ""
    note: str = ""
    must_read: bool = True


@dataclass(frozen=True, slots=True)
class Composed:
    """What an analyst composed. wanted: the marking asked for, None for what the inputs need; line: the tear line."""

    span: Span
    title: str
    items: tuple[Item, ...]
    looked_from: datetime
    wanted: Marking | None = None
    line: Marking | None = None
    recipients: tuple[Recipient, ...] = ()


def marking_of(items: Sequence[Item], floor: Marking) -> Marking:
    """The lowest marking that protects all of it. floor: of the mission, or open."""
    return join_all([floor, *(item.marking for item in items)])


def may_carry(items: Sequence[Item], wanted: Marking) -> Decision:
    """May the whole of it be marked so? Refused with the first item that stands above, to be removed or rewritten."""
    for item in items:
        if not wanted.covers(item.marking):
            named = item.title or item.text[:80]
            said = {"item": named, "marking": str(item.marking), "wanted": str(wanted)}
            return Refusal("brief_above", RULE, params=said)
    return Grant(RULE)


def may_compose(items: Sequence[Item], author: Marking) -> Decision:
    """Something must be said, and by someone who may read all that it rests on."""
    if not any(item.section in {Section.JUDGEMENT, Section.HAPPENED} for item in items):
        return Refusal("brief_empty", RULE)
    for item in items:
        if not author.covers(item.marking):
            return Refusal("brief_uncleared", RULE, params={"marking": str(item.marking)})
    return Grant(RULE)


def may_mark(author: Marking, wanted: Marking) -> Decision:
    """Nobody issues what he could not read himself."""
    if author.covers(wanted):
        return Grant(RULE)
    return Refusal("brief_uncleared", RULE, params={"marking": str(wanted)})


def above(items: Sequence[Item]) -> list[Line]:
    """The whole version, section by section; within one the order of the analyst."""
    return _in_order(
        [Line(i.section, i.text, i.marking, i.title, i.likelihood, i.subject, i.below, i.counted) for i in items]
    )


def below(items: Sequence[Item], line: Marking) -> list[Line]:
    """The version below the line: what `line` covers as it stands, what was written or counted for it, nothing else."""
    kept = []
    for item in items:
        if line.covers(item.marking):
            kept.append(Line(item.section, item.text, item.marking, item.title, item.likelihood, item.subject))
        elif item.below:
            kept.append(Line(item.section, item.below, line))
    return _in_order(kept)


def may_tear(items: Sequence[Item], line: Marking) -> Decision:
    """Is there a line to draw? Not where it covers everything, nor where nothing would stand below it."""
    if line.covers(marking_of(items, Marking())):
        return Refusal("brief_line_covers", RULE, params={"line": str(line)})
    if not any(one.section in {Section.JUDGEMENT, Section.HAPPENED} for one in below(items, line)):
        return Refusal("brief_line_empty", RULE, params={"line": str(line)})
    return Grant(RULE)


def released(items: Sequence[Item], line: Marking) -> list[Item]:
    """Items whose written sentence goes below the line: each is a decision to release, and is recorded as one."""
    return [one for one in items if one.below and not one.counted and not line.covers(one.marking)]


def notice_marking(version: Marking, worker: Marking) -> Marking:
    """How a receipt is marked: as its version, as far as the worker that reminds may read.

    A receipt holds who must read by when and nothing of what is said.
    """
    return Marking(
        min(version.classification, worker.classification),
        min(version.tlp, worker.tlp),
        version.compartments & worker.compartments,
    )


def _in_order(lines: list[Line]) -> list[Line]:
    order = list(Section)
    return sorted(lines, key=lambda one: order.index(one.section))
