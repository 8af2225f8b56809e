"""The category decides the standard; one that contradicts the building shows; a waiver is another person's word."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.foundations.decisions import Grant, Refusal
from legation.law.events.standards import WaiverState
from legation.law.links import norm_file
from legation.law.rules.standards import (
    FITS,
    Wish,
    applicable,
    category_faults,
    criteria,
    may_apply,
    may_decide,
    strength,
)
from legation.missions.events import MissionKind, PremisesCategory, PremisesKind

NOW = datetime(2018, 2, 5, 6, tzinfo=UTC)
GOOD = Wish("frames are ordered", "shutters closed at night", NOW + timedelta(days=90))


def test_every_criterion_names_a_norm_that_ships() -> None:
    norms = {norm.code for norm in norm_file.shipped("ministry")[1].norms}
    assert {one.norm for one in criteria().values()} <= norms
    assert len(criteria()) >= 20


@given(st.sampled_from(PremisesCategory), st.integers(1, 4))
def test_a_higher_posture_never_asks_less(category: PremisesCategory, level: int) -> None:
    assert {c.id for c in applicable(category, level)} <= {c.id for c in applicable(category, level + 1)}
    assert applicable(category, level)
    assert not applicable(None, level)


@pytest.mark.parametrize(
    ("mission", "kind", "category", "public", "flags"),
    [
        (MissionKind.EMBASSY, PremisesKind.CHANCERY, "", False, ("category_missing",)),
        (MissionKind.EMBASSY, PremisesKind.CHANCERY, "villa", False, ("category_unknown",)),
        (
            MissionKind.EMBASSY,
            PremisesKind.CHANCERY,
            "residence",
            True,
            ("category_against_kind", "category_against_counter"),
        ),
        (MissionKind.EMBASSY, PremisesKind.CHANCERY, "chancery_public", False, ("category_without_counter",)),
        (MissionKind.CONSULATE, PremisesKind.CHANCERY, "chancery_public", True, ("category_against_post",)),
        (MissionKind.CONSULATE, PremisesKind.CONSULAR_SECTION, "consular_public", True, ()),
        (MissionKind.EMBASSY, PremisesKind.CHANCERY, "chancery_public", True, ()),
        (MissionKind.EMBASSY, PremisesKind.RESIDENCE, "residence", False, ()),
    ],
)
def test_a_category_that_is_missing_or_contradicts_is_flagged(
    mission: MissionKind, kind: PremisesKind, category: str, public: bool, flags: tuple[str, ...]
) -> None:
    assert category_faults(mission, kind, category, public=public) == flags


def test_every_kind_of_building_has_a_category_that_fits() -> None:
    assert set(FITS) == set(PremisesKind)
    assert frozenset().union(*FITS.values()) == set(PremisesCategory)


@pytest.mark.parametrize(
    ("wish", "met", "states", "reason"),
    [
        (GOOD, True, [], "waiver_not_needed"),
        (GOOD, False, [WaiverState.APPLIED], "waiver_stands"),
        (Wish("", "x", GOOD.until), False, [], "waiver_without_reason"),
        (Wish("x", " ", GOOD.until), False, [], "waiver_without_measure"),
        (Wish("x", "y", NOW), False, [], "waiver_already_over"),
        (Wish("x", "y", NOW + timedelta(days=200)), False, [], "waiver_too_long"),
    ],
)
def test_a_waiver_says_what_protects_instead_and_ends(
    wish: Wish, met: bool, states: list[WaiverState], reason: str
) -> None:
    decided = may_apply("std-glazing", wish, met=met, states=states, now=NOW)
    assert isinstance(decided, Refusal)
    assert decided.reason == reason
    assert isinstance(may_apply("std-glazing", GOOD, met=False, states=[WaiverState.LAPSED], now=NOW), Grant)


def test_nobody_decides_on_his_own_waiver_and_none_is_decided_twice() -> None:
    asked = {"applicant": "operator/1", "until": GOOD.until, "now": NOW}
    assert isinstance(may_decide(WaiverState.APPLIED, approver="operator/2", **asked), Grant)
    own = may_decide(WaiverState.APPLIED, approver="operator/1", **asked)
    assert isinstance(own, Refusal)
    assert own.reason == "waiver_by_applicant"
    assert isinstance(may_decide(WaiverState.REFUSED, approver="operator/2", **asked), Refusal)


def test_a_waiver_halves_what_an_unmet_criterion_adds_and_a_lapsed_one_adds_it_again() -> None:
    full = strength("std-glazing", met=False, waiver=None)
    assert strength("std-glazing", met=False, waiver=WaiverState.APPROVED) == full / 2
    assert strength("std-glazing", met=False, waiver=WaiverState.LAPSED) == full
    assert strength("std-glazing", met=True, waiver=None) == 0
    assert strength("category", met=False, waiver=None) == strength("std-perimeter", met=False, waiver=None)
