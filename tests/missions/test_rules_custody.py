"""A thing changes hands by two acts of two persons, is counted in its kind's interval, and weighs while it is not."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.words import Severity
from legation.missions.events.custody import AssetKind, AssetState, VolumeUnit
from legation.missions.rules import custody as rules
from legation.missions.rules.custody import Hands

NOW = datetime(2018, 2, 5, tzinfo=UTC)
ANA, BEA, RSO = Hands("ana", "operator/a", False), Hands("bea", "operator/b", False), Hands("rso", "operator/r", True)
people = st.sampled_from([ANA, BEA, RSO])
states = st.sampled_from(list(AssetState))


def refused(decision: Decision) -> str:
    return decision.reason if isinstance(decision, Refusal) else ""


@given(states, people, people, people)
def test_no_single_account_is_both_sides(state: AssetState, proposer: Hands, receiver: Hands, answers: Hands) -> None:
    decision = rules.may_answer(state, receiver.person, proposer.account, answers)
    if isinstance(decision, Grant):
        assert state is AssetState.HANDING_OVER
        assert answers == receiver
        assert answers.account != proposer.account


def test_only_the_custodian_or_who_answers_for_custody_offers_it() -> None:
    assert isinstance(rules.may_propose(AssetState.HELD, "ana", "bea", ANA), Grant)
    assert isinstance(rules.may_propose(AssetState.HELD, "ana", "bea", RSO), Grant)
    assert refused(rules.may_propose(AssetState.HELD, "ana", "bea", BEA)) == "not_the_custodian"
    assert refused(rules.may_propose(AssetState.HELD, "ana", "ana", ANA)) == "receiver_is_custodian"
    assert refused(rules.may_propose(AssetState.HELD, "ana", "", ANA)) == "receiver_missing"
    assert refused(rules.may_propose(AssetState.HANDING_OVER, "ana", "bea", ANA)) == "asset_cannot_become"


@given(states)
def test_what_is_gone_never_comes_back(after: AssetState) -> None:
    assert isinstance(rules.may_become(AssetState.GONE, after), Refusal)


def test_every_state_is_reached_and_every_other_one_left() -> None:
    assert set(rules.DONE) == set(AssetState)
    assert {after for follow in rules.DONE.values() for after in follow} == set(AssetState)


def test_every_kind_has_its_line_and_missing_outweighs_overdue() -> None:
    assert set(rules.KINDS) == set(AssetKind)
    for row in rules.KINDS.values():
        assert row.missing > row.overdue > 0
        assert row.every.days >= 1
        assert row.why
    for kind in (AssetKind.ARM, AssetKind.KEY, AssetKind.CLASSIFIED):
        assert rules.KINDS[kind].alarm is Severity.URGENT


@given(st.sampled_from(list(AssetKind)), states, st.booleans(), st.booleans())
def test_it_weighs_only_while_something_is_wrong(kind: AssetKind, state: AssetState, late: bool, open_: bool) -> None:
    weight = rules.weight(kind, state, overdue=late, combination_late=open_)
    assert weight >= 0
    if state is AssetState.GONE or (state in {AssetState.HELD, AssetState.HANDING_OVER} and not late and not open_):
        assert weight == 0
    if state in {AssetState.MISSING, AssetState.LOST}:
        assert weight == rules.KINDS[kind].missing


def test_a_count_leaves_a_hand_over_open_and_brings_back_what_was_missing() -> None:
    assert rules.after_count(AssetState.HANDING_OVER, seen=True) is AssetState.HANDING_OVER
    assert rules.after_count(AssetState.MISSING, seen=True) is AssetState.HELD
    assert rules.after_count(AssetState.HELD, seen=False) is AssetState.MISSING
    assert rules.after_count(AssetState.LOST, seen=False) is AssetState.LOST


def test_a_sheet_names_what_stands_here_once() -> None:
    here = frozenset({"a", "b"})
    assert isinstance(rules.may_count(frozenset("a"), frozenset("b"), here), Grant)
    assert refused(rules.may_count(frozenset(), frozenset(), here)) == "nothing_counted"
    assert refused(rules.may_count(frozenset("a"), frozenset("a"), here)) == "count_names_others"
    assert refused(rules.may_count(frozenset("z"), frozenset(), here)) == "count_names_others"


def test_the_next_count_is_an_interval_later() -> None:
    assert (rules.next_count(AssetKind.ARM, NOW) - NOW).days == 7


def test_a_holding_needs_its_volume_and_everything_a_mark() -> None:
    assert refused(rules.may_add(AssetKind.CLASSIFIED, "Files", "C1", "ana", 0)) == "holding_without_volume"
    assert refused(rules.may_add(AssetKind.KEY, "Key", " ", "ana", 0)) == "asset_without_mark"
    assert refused(rules.may_add(AssetKind.KEY, " ", "1", "ana", 0)) == "asset_without_name"
    assert refused(rules.may_add(AssetKind.KEY, "Key", "1", "", 0)) == "asset_without_custodian"
    assert isinstance(rules.may_add(AssetKind.KEY, "Key", "1", "ana", 0), Grant)


def test_volume_is_counted_in_litres() -> None:
    assert rules.litres([(2, VolumeUnit.METRES), (50, VolumeUnit.LITRES)]) == pytest.approx(174)


def test_a_loss_and_an_end_need_a_sentence() -> None:
    assert refused(rules.may_lose(AssetState.HELD, "ana", " ", ANA)) == "custody_reason_missing"
    assert refused(rules.may_lose(AssetState.HELD, "ana", "x" * 401, ANA)) == "custody_reason_too_long"
    assert refused(rules.may_lose(AssetState.HELD, "ana", "taken on the bus", BEA)) == "not_the_custodian"
    assert refused(rules.may_lose(AssetState.GONE, "ana", "taken", ANA)) == "asset_cannot_become"
    assert isinstance(rules.may_write_off(AssetState.LOST, "locks changed"), Grant)
    assert refused(rules.may_write_off(AssetState.MISSING, "gone")) == "asset_cannot_become"


def test_an_offer_is_taken_back_by_who_made_it() -> None:
    offered = AssetState.HANDING_OVER
    assert isinstance(rules.may_take_back(offered, "ana", RSO.account, ANA), Grant)
    assert refused(rules.may_take_back(offered, "ana", ANA.account, BEA)) == "not_the_custodian"
    assert refused(rules.may_take_back(AssetState.HELD, "ana", "", ANA)) == "nothing_handed_over"


def test_only_a_safe_has_a_combination_to_change() -> None:
    assert isinstance(rules.may_change_combination(AssetKind.SAFE, AssetState.HELD, "ana", ANA), Grant)
    assert refused(rules.may_change_combination(AssetKind.KEY, AssetState.HELD, "ana", ANA)) == "no_combination_here"
    assert refused(rules.may_change_combination(AssetKind.SAFE, AssetState.HELD, "ana", BEA)) == "not_the_custodian"
