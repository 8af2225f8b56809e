"""Does the risk follow from its causes, and from nothing else?"""

from dataclasses import replace
from math import isclose

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.risk import method_tables
from tests.risk.given import DAMASCUS, a_measure, an_evidence, scenarios

from legation.foundations.causes import Cause
from legation.foundations.threats import Aspect, ThreatClass
from legation.risk.rules import assessment, matrix
from legation.risk.rules.assessment import Activity, Scenario, assess
from legation.risk.rules.matrix import MATRIX, Band, Impact, Likelihood
from legation.risk.rules.measures import MeasureState, may_be_stated, may_become, ranked
from legation.risk.rules.points import Effectiveness
from legation.risk.rules.programme import JUSTIFIES, ProgrammeCriticality, justifies

QUICK = settings(max_examples=60, deadline=None)


def test_the_matrix_never_falls_as_likelihood_or_impact_rises() -> None:
    for likelihood in Likelihood:
        row = MATRIX[likelihood]
        assert list(row) == sorted(row)
        if likelihood > Likelihood.VERY_UNLIKELY:
            below = MATRIX[Likelihood(likelihood - 1)]
            assert all(here >= there for here, there in zip(row, below, strict=True))


@given(st.floats(-200, 300), st.floats(0, 100))
@QUICK
def test_more_points_never_lower_a_step(points: float, more: float) -> None:
    assert matrix.likelihood_of(points + more) >= matrix.likelihood_of(points)
    assert matrix.impact_of(points + more) >= matrix.impact_of(points)


def test_the_cut_offs_are_where_they_are_printed() -> None:
    assert matrix.likelihood_of(59.9) is Likelihood.MODERATELY_LIKELY
    assert matrix.likelihood_of(60) is Likelihood.LIKELY
    assert matrix.impact_of(-5) is Impact.NEGLIGIBLE


def _adds_up(cause: Cause) -> bool:
    own = not cause.children or isclose(sum(c.points for c in cause.children), cause.points, abs_tol=1e-9)
    return own and all(_adds_up(child) for child in cause.children)


@given(scenarios)
@QUICK
def test_every_node_of_every_tree_is_the_sum_of_its_children(scenario: Scenario) -> None:
    told = assess(scenario)
    for tree in (told.likelihood, told.impact, told.residual_likelihood, told.residual_impact):
        assert _adds_up(tree)
    assert told.present.likelihood_points == told.likelihood.points
    assert told.residual.impact_points == told.residual_impact.points


@given(scenarios)
@QUICK
def test_chosen_measures_never_raise_the_risk(scenario: Scenario) -> None:
    told = assess(scenario)
    assert told.residual.likelihood_points <= told.present.likelihood_points
    assert told.residual.band <= told.present.band
    assert told.present_low.band <= told.present.band <= told.present_high.band


@given(scenarios, st.floats(0, 100))
@QUICK
def test_more_activity_never_lowers_the_risk(scenario: Scenario, more: float) -> None:
    louder = replace(scenario, activity=replace(scenario.activity, near=scenario.activity.near + more))
    assert assess(louder).present.likelihood_points >= assess(scenario).present.likelihood_points


def _scenario(**changes: object) -> Scenario:
    plain = Scenario(DAMASCUS, "Damascus", ThreatClass.ARMED_CONFLICT)
    return replace(plain, **changes)  # type: ignore[arg-type]


def test_daily_fighting_beside_an_unjudged_embassy_is_likely_and_severe() -> None:
    told = assess(_scenario(activity=Activity(near=90, around=60)))
    assert (told.present.likelihood, told.present.impact) == (Likelihood.LIKELY, Impact.SEVERE)
    assert told.present.band is Band.VERY_HIGH


def test_a_measure_in_force_lowers_the_present_risk_and_a_proposed_one_lowers_nothing() -> None:
    loud = Activity(near=90, around=60)
    bare = assess(_scenario(activity=loud))
    for state, present, residual in (
        (MeasureState.PROPOSED, 0, 0),
        (MeasureState.CHOSEN, 0, 20),
        (MeasureState.IN_FORCE, 20, 20),
        (MeasureState.WITHDRAWN, 0, 0),
    ):
        told = assess(_scenario(activity=loud, measures=(a_measure(points=20, state=state),)))
        assert bare.present.likelihood_points - told.present.likelihood_points == present
        assert bare.residual.likelihood_points - told.residual.likelihood_points == residual


def test_a_measure_against_another_threat_changes_nothing() -> None:
    other = a_measure(state=MeasureState.IN_FORCE, threats=(ThreatClass.CYBER,))
    assert assess(_scenario(measures=(other,))).present == assess(_scenario()).present


def test_an_untested_measure_counts_half() -> None:
    claimed = a_measure(points=20, state=MeasureState.IN_FORCE, effectiveness=Effectiveness.CLAIMED)
    difference = (
        assess(_scenario()).present.likelihood_points - assess(_scenario(measures=(claimed,))).present.likelihood_points
    )
    assert difference == 10


def test_the_latest_evidence_replaces_and_strength_zero_withdraws() -> None:
    aspects = frozenset({Aspect.VULNERABILITY})
    first, later, gone = an_evidence(5, hour=1), an_evidence(9, hour=2), an_evidence(0, hour=3)
    assert [c.points for c in assessment.evidence_causes([later, first], _scenario(), aspects)] == [9]
    assert assessment.evidence_causes([first, later, gone], _scenario(), aspects) == []


def test_evidence_on_another_mission_or_threat_is_not_heard() -> None:
    elsewhere = replace(an_evidence(5), threat=ThreatClass.CRIME)
    assert assessment.evidence_causes([elsewhere], _scenario(), frozenset(Aspect)) == []


def test_the_shares_of_signals_add_to_the_activity_they_explain() -> None:
    signals = (Cause("occurrence", 0.75), Cause("occurrence", 0.25))
    tree = assess(_scenario(activity=Activity(near=3, signals=signals))).likelihood
    near = tree.children[0].children[0]
    assert near.code == "activity_near"
    assert sum(c.points for c in near.children) == near.points == 33


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"title": " "}, "measure_without_title"),
        ({"points": 31.0}, "measure_points_out_of_range"),
        ({"cost": -1.0}, "measure_cost_negative"),
        ({"norm": ""}, "measure_without_norm"),
    ],
)
def test_a_measure_that_cannot_be_checked_is_refused(changes: dict[str, object], reason: str) -> None:
    decision = may_be_stated(replace(a_measure(), **changes))  # type: ignore[arg-type]
    assert getattr(decision, "reason", None) == reason


def test_a_measure_in_force_can_only_be_withdrawn() -> None:
    standing = a_measure(state=MeasureState.IN_FORCE)
    allowed = {s for s in MeasureState if not hasattr(may_become(standing, s), "reason")}
    assert allowed == {MeasureState.WITHDRAWN}


def test_free_measures_come_first_then_the_most_points_per_cost() -> None:
    wall = a_measure(title="wall", points=9, cost=38_000)
    camera = a_measure(title="camera", points=3, cost=2_000)
    rota = a_measure(title="rota", points=1, cost=0)
    done = a_measure(title="done", state=MeasureState.IN_FORCE)
    assert [m.title for m in ranked([wall, done, camera, rota])] == ["rota", "camera", "wall"]


def test_no_work_justifies_an_unacceptable_risk_and_the_least_critical_only_a_low_one() -> None:
    assert not any(justifies(pc, Band.UNACCEPTABLE) for pc in ProgrammeCriticality)
    assert list(JUSTIFIES.values()) == [Band.VERY_HIGH, Band.HIGH, Band.MEDIUM, Band.LOW]


def test_the_method_page_prints_the_tables_as_the_rules_hold_them() -> None:
    page = (method_tables.DOCS / "method-risk.md").read_text(encoding="utf-8")
    assert method_tables.with_tables(page) == page, "run python -m tests.risk.method_tables"


@pytest.mark.parametrize(
    ("value", "told"), [(0.0, 0), (1e-26, 0), (0.0342, 0.034), (0.37, 0.37), (2.46, 2.5), (66.04, 66), (114.3, 110)]
)
def test_a_figure_is_said_to_two_digits(value: float, told: float) -> None:
    assert assessment.said(value) == told
