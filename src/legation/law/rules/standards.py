"""Which standard applies to a building, is its category right, and may it be let off a criterion?

The shipped standard is the demonstration's own (law/data/standards.csv). The mission's posture is the level it is read
at: it is the one value that flows down from the threat picture, set by a person.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.threats import ThreatClass
from legation.law.events.standards import WaiverState
from legation.law.rules.covering import is_consular
from legation.missions.events import MissionKind, PremisesCategory, PremisesKind

RULE = "law.waiver"
CATEGORY = "category"
"""The criterion that the house checks itself: premises have a category, and it fits them."""

AHEAD = timedelta(days=30)
"""So long before its end a waiver shows: the time an order for doors or glass takes at least."""
LONGEST = timedelta(days=365)
LONGEST_GRAVE = timedelta(days=180)
"""A waiver that outlives a survey is a standard of its own; of a grave criterion half of that."""

POINTS, POINTS_GRAVE = 3.0, 6.0
"""Vulnerability of a criterion not met: between a weak door and half a step of the likelihood scale."""
WAIVED_SHARE = 0.5  # what protects instead is claimed, not tested


@dataclass(frozen=True, slots=True)
class Criterion:
    """A sentence of the standard. categories: those it binds, empty for all; from_level: from which posture on."""

    id: str
    categories: frozenset[PremisesCategory]
    from_level: int
    grave: bool
    threat: ThreatClass
    norm: str
    words: str

    def binds(self, category: PremisesCategory, level: int) -> bool:
        return level >= self.from_level and (not self.categories or category in self.categories)


@dataclass(frozen=True, slots=True)
class Wish:
    """Why a criterion cannot be met now, what protects instead, and until when."""

    reason: str
    instead: str
    until: datetime


FITS: dict[PremisesKind, frozenset[PremisesCategory]] = {
    PremisesKind.CHANCERY: frozenset({PremisesCategory.CHANCERY, PremisesCategory.CHANCERY_PUBLIC}),
    PremisesKind.CONSULAR_SECTION: frozenset({PremisesCategory.CONSULAR_PUBLIC, PremisesCategory.CHANCERY_PUBLIC}),
    PremisesKind.ANNEX: frozenset(
        {PremisesCategory.OFFICE, PremisesCategory.CHANCERY, PremisesCategory.CONSULAR_PUBLIC, PremisesCategory.STORE}
    ),
    PremisesKind.RESIDENCE: frozenset({PremisesCategory.RESIDENCE, PremisesCategory.RESIDENCE_HEAD}),
    PremisesKind.WAREHOUSE: frozenset({PremisesCategory.STORE}),
}
"""Kind of building → categories that do not contradict it."""

PUBLIC = frozenset({PremisesCategory.CHANCERY_PUBLIC, PremisesCategory.CONSULAR_PUBLIC})
CHANCERIES = frozenset({PremisesCategory.CHANCERY, PremisesCategory.CHANCERY_PUBLIC})


@cache
def criteria() -> dict[str, Criterion]:
    """The shipped standard by id."""
    text = files("legation.law").joinpath("data/standards.csv").read_text(encoding="utf-8")
    return {row["id"]: _criterion(row) for row in csv.DictReader(text.splitlines())}


def applicable(category: PremisesCategory | None, level: int) -> list[Criterion]:
    """What the standard asks of premises of this category at a mission of this posture; nothing without a category."""
    return [one for one in criteria().values() if category is not None and one.binds(category, level)]


def category_named(code: str) -> PremisesCategory | None:
    """The category of a code; None for an empty or unknown one."""
    return next((one for one in PremisesCategory if one.value == code), None)


def category_faults(mission: MissionKind, kind: PremisesKind, code: str, *, public: bool) -> tuple[str, ...]:
    """Why a category is missing or contradicts what else is known of the premises; empty where it fits."""
    if not code.strip():
        return ("category_missing",)
    category = category_named(code)
    if category is None:
        return ("category_unknown",)
    found = (
        (category not in FITS[kind], "category_against_kind"),
        (public and category not in PUBLIC, "category_against_counter"),
        (not public and category in PUBLIC, "category_without_counter"),
        (is_consular(mission) and category in CHANCERIES, "category_against_post"),
    )
    return tuple(code for wrong, code in found if wrong)


def in_short(criterion: str) -> str:
    """The code of a criterion as words: "safe room", "category"."""
    return criterion.removeprefix("std-").replace("-", " ")


def strength(criterion: str, *, met: bool, waiver: WaiverState | None) -> float:
    """Vulnerability points that a check adds: none where met, half where an approved waiver holds."""
    if met:
        return 0.0
    known = criteria().get(criterion)
    points = POINTS_GRAVE if known is None or known.grave else POINTS  # a wrong category hides the whole standard
    return points * (WAIVED_SHARE if waiver is WaiverState.APPROVED else 1.0)


def may_apply(criterion: str, wish: Wish, *, met: bool, states: Iterable[WaiverState], now: datetime) -> Decision:
    """A waiver is for a criterion that is not met, for a time, with a reason and something that protects instead."""
    known = criteria().get(criterion)
    longest = LONGEST if known is not None and not known.grave else LONGEST_GRAVE
    faults = (
        (met, "waiver_not_needed"),
        (bool({WaiverState.APPLIED} & set(states)), "waiver_stands"),
        (not wish.reason.strip(), "waiver_without_reason"),
        (not wish.instead.strip(), "waiver_without_measure"),
        (wish.until <= now, "waiver_already_over"),
        (wish.until > now + longest + timedelta(days=1), "waiver_too_long"),
    )
    for wrong, code in faults:
        if wrong:
            return Refusal(code, RULE, params={"days": str(longest.days)})
    return Grant(RULE)


def may_decide(state: WaiverState, *, applicant: str, approver: str, until: datetime, now: datetime) -> Decision:
    """A waiver is decided once, in time, and never by who asked for it."""
    faults = (
        (state is not WaiverState.APPLIED, "waiver_decided"),
        (applicant == approver, "waiver_by_applicant"),
        (until <= now, "waiver_already_over"),
    )
    for wrong, code in faults:
        if wrong:
            return Refusal(code, RULE, params={"state": state.value})
    return Grant(RULE)


def may_withdraw(state: WaiverState) -> Decision:
    """A waiver that stands, or is asked for, may be taken back; one that has ended stays as it ended."""
    if state in {WaiverState.APPLIED, WaiverState.APPROVED}:
        return Grant(RULE)
    return Refusal("waiver_decided", RULE, params={"state": state.value})


def _criterion(row: dict[str, str]) -> Criterion:
    bound = [] if row["categories"] == "*" else row["categories"].split("|")
    return Criterion(
        row["id"],
        frozenset(PremisesCategory(word) for word in bound),
        int(row["from_level"]),
        row["grave"] == "yes",
        ThreatClass(row["threat"]),
        row["norm"],
        row["words"],
    )
