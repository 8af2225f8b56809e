"""Who may accept a risk, and when does the acceptance end?"""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.risk.given import DAMASCUS, NOW

from legation.foundations.decisions import Grant, Refusal, Refused
from legation.foundations.identity import MissionId, RecordId, Ref
from legation.foundations.posture import Posture, PostureLevel
from legation.foundations.threats import ThreatClass
from legation.risk.rules.acceptance import (
    AcceptanceState,
    AcceptanceValue,
    DelegationValue,
    Wish,
    end,
    ends,
    may_accept,
)
from legation.risk.rules.matrix import Band
from legation.risk.rules.posture import QUIET_BEFORE_LOWER, Crossed, propose
from legation.risk.rules.programme import ProgrammeCriticality

WEEK = timedelta(days=7)


def a_delegation(person: str = "head", band: Band = Band.HIGH, *, days: int = 90) -> DelegationValue:
    return DelegationValue(RecordId(person), person, DAMASCUS, band, NOW + timedelta(days=days))


def a_wish(**changes: object) -> Wish:
    plain = Wish("head", DAMASCUS, Band.HIGH, ProgrammeCriticality.PC1, NOW + WEEK, "essential consular work")
    return replace(plain, **changes)  # type: ignore[arg-type]


def reason_of(wish: Wish, *delegations: DelegationValue) -> str:
    decision = may_accept(wish, delegations, NOW)
    return decision.reason if isinstance(decision, Refusal) else ""


def test_one_delegated_high_enough_may_accept() -> None:
    assert isinstance(may_accept(a_wish(), [a_delegation()], NOW), Grant)


def test_one_delegated_lower_is_refused_and_told_who_could() -> None:
    decision = may_accept(
        a_wish(person="rso"), [a_delegation("rso", Band.MEDIUM), a_delegation("head", Band.VERY_HIGH)], NOW
    )
    assert isinstance(decision, Refusal)
    assert decision.reason == "above_delegation"
    assert decision.params["who_could"] == "head"
    assert decision.params["limit"] == "medium"


@pytest.mark.parametrize(
    ("wish", "delegations", "reason"),
    [
        (a_wish(), [], "no_delegation"),
        (a_wish(mission=MissionId("other")), [a_delegation()], "no_delegation"),
        (a_wish(), [a_delegation(days=-1)], "delegation_lapsed"),
        (a_wish(), [a_delegation(days=3)], "acceptance_outlives_delegation"),
        (a_wish(band=Band.UNACCEPTABLE), [a_delegation(band=Band.UNACCEPTABLE)], "unacceptable_is_accepted_by_nobody"),
        (a_wish(programme=ProgrammeCriticality.PC3), [a_delegation()], "programme_does_not_justify"),
        (a_wish(reason=" "), [a_delegation()], "acceptance_without_reason"),
        (a_wish(until=NOW), [a_delegation()], "acceptance_already_over"),
        (a_wish(until=NOW + timedelta(days=400)), [a_delegation(days=999)], "acceptance_too_long"),
    ],
)
def test_each_refusal_names_its_reason(wish: Wish, delegations: list[DelegationValue], reason: str) -> None:
    assert reason_of(wish, *delegations) == reason


def test_a_withdrawn_delegation_counts_for_nothing() -> None:
    assert reason_of(a_wish(), replace(a_delegation(), withdrawn=True)) == "no_delegation"


@given(st.sampled_from(Band), st.sampled_from(Band), st.sampled_from(ProgrammeCriticality))
@settings(max_examples=60, deadline=None)
def test_nobody_ever_accepts_above_his_delegation(wanted: Band, held: Band, programme: ProgrammeCriticality) -> None:
    granted = isinstance(
        may_accept(a_wish(band=wanted, programme=programme), [a_delegation(band=held)], NOW),
        Grant,
    )
    assert not (granted and wanted > held)
    assert not (granted and wanted is Band.UNACCEPTABLE)


def an_acceptance() -> AcceptanceValue:
    return AcceptanceValue(
        RecordId("a"), DAMASCUS, RecordId("s"), "head", Band.HIGH, Band.VERY_HIGH, NOW + WEEK, "needed"
    )


@pytest.mark.parametrize(
    ("present", "residual", "after", "state"),
    [
        (Band.VERY_HIGH, Band.HIGH, timedelta(), AcceptanceState.HOLDS),
        (Band.UNACCEPTABLE, Band.HIGH, timedelta(), AcceptanceState.LAPSED),
        (Band.VERY_HIGH, Band.VERY_HIGH, timedelta(), AcceptanceState.LAPSED),
        (Band.LOW, Band.LOW, WEEK, AcceptanceState.EXPIRED),
        (Band.UNACCEPTABLE, Band.LOW, WEEK, AcceptanceState.LAPSED),
    ],
)
def test_an_acceptance_ends_when_risk_rises_or_time_is_up(
    present: Band, residual: Band, after: timedelta, state: AcceptanceState
) -> None:
    assert ends(an_acceptance(), present=present, residual=residual, now=NOW + after) is state


def test_an_acceptance_that_ended_never_comes_back() -> None:
    over = end(an_acceptance(), AcceptanceState.WITHDRAWN)
    assert ends(over, present=Band.LOW, residual=Band.LOW, now=NOW) is AcceptanceState.WITHDRAWN
    with pytest.raises(Refused):
        end(over, AcceptanceState.EXPIRED)
    with pytest.raises(Refused):
        end(an_acceptance(), AcceptanceState.HOLDS)


RISK = (ThreatClass.ARMED_CONFLICT, Band.VERY_HIGH, Ref("Assessment", "1"))
WIRE = Crossed(Ref("Tripwire", "1"), "Airport closed")


def test_a_very_high_risk_proposes_posture_four_with_its_cause() -> None:
    proposal = propose(Posture(), [RISK], [], NOW)
    assert proposal is not None
    assert proposal.proposed is PostureLevel.RESTRICTED
    assert proposal.causes[0].subject == RISK[2]


def test_a_crossed_tripwire_raises_one_step_above_what_the_risk_says() -> None:
    proposal = propose(Posture(), [RISK], [WIRE], NOW)
    assert proposal is not None
    assert proposal.proposed is PostureLevel.CRITICAL
    assert proposal.causes[0].subject == WIRE.subject


def test_a_posture_that_fits_proposes_nothing() -> None:
    assert propose(Posture(PostureLevel.RESTRICTED), [RISK], [], NOW) is None


def test_lowering_waits_a_quiet_week_and_goes_one_step() -> None:
    tense = Posture(PostureLevel.CRITICAL, since=NOW - QUIET_BEFORE_LOWER + timedelta(hours=1))
    assert propose(tense, [], [], NOW) is None
    proposal = propose(tense, [], [], NOW + timedelta(hours=1))
    assert proposal is not None
    assert proposal.proposed is PostureLevel.RESTRICTED
