"""What is decided about risks is an act: recorded, refused with its reason, and felt at once in the figures."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import given
from tests.law.given import consented, withdrawn
from tests.risk import given as risks

from legation.foundations.decisions import Refused
from legation.foundations.threats import ThreatClass
from legation.law.events.limits import Use
from legation.missions import published
from legation.missions.models import Mission
from legation.platform import clock
from legation.platform.authority.actor import Actor, Forbidden, NotVisible
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.deadlines import Deadline, fire_due
from legation.platform.ledger.models import Entry
from legation.platform.subscribers import deliver_all
from legation.risk import actions, queries
from legation.risk.links.subscribers import Pace, keep_figures_fresh
from legation.risk.models import Acceptance, Assessment, Delegation, ForecastRow, Measure
from legation.risk.rules.matrix import Band
from legation.risk.rules.measures import MeasureState
from legation.risk.rules.points import Effectiveness
from legation.risk.rules.programme import ProgrammeCriticality
from legation.watch.models import QueuedAlarm

pytestmark = pytest.mark.django_db


@pytest.fixture
def damascus() -> Mission:
    given.keys()
    risks.a_demonstration()
    return given.missions()[0]


@pytest.fixture
def head(damascus: Mission) -> Actor:
    return given.operator("head_of_mission")


@pytest.fixture
def rso(damascus: Mission) -> Actor:
    return given.operator("rso")


def band(actor: Actor, mission: Mission) -> tuple[int, int]:
    """Present and residual band of armed conflict."""
    row = next(r for r in queries.scenarios(actor, mission.pk) if r.threat == ThreatClass.ARMED_CONFLICT)
    return row.present_band, row.residual_band


def reason_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.refusal.reason


def last_fact() -> str:
    return Entry.objects.latest("pk").fact


def test_to_assess_raises_the_risk_at_once_and_is_recorded(damascus: Mission, rso: Actor) -> None:
    assert queries.scenarios(rso, damascus.pk) == []
    row = risks.assessed(rso, damascus)
    assert last_fact() == "risk.RiskAssessed/1"
    assert band(rso, damascus)[0] >= Band.MEDIUM
    assert queries.explain(rso, damascus.pk, ThreatClass.ARMED_CONFLICT).assessment == row


def test_to_assess_again_changes_the_same_record(damascus: Mission, rso: Actor) -> None:
    first, second = risks.assessed(rso, damascus), risks.assessed(rso, damascus)
    assert (first.pk, second.version) == (second.pk, 2)


def test_an_assessment_without_reason_is_refused_and_writes_nothing(damascus: Mission, rso: Actor) -> None:
    from dataclasses import replace

    claimed = published.claimed(rso, damascus.pk, "risk.assess")
    before = Entry.objects.count()
    with pytest.raises(Refused) as refused:
        actions.assess(claimed, replace(risks.entered(), vulnerability_reason=" "))
    assert reason_of(refused) == "vulnerability_without_reason"
    assert (Entry.objects.count(), Assessment.objects.count()) == (before, 0)


def test_an_analyst_may_not_assess(damascus: Mission) -> None:
    with pytest.raises(Forbidden):
        published.claimed(given.operator("analyst"), damascus.pk, "risk.assess")


@pytest.mark.parametrize("verb", ["risk.end_acceptance", "risk.reforecast"])
def test_what_the_worker_does_no_person_may_do(damascus: Mission, head: Actor, verb: str) -> None:
    with pytest.raises(Forbidden):
        claim_house(verb, head)


@pytest.mark.parametrize("verb", ["risk.add_measure", "risk.set_measure", "risk.accept", "risk.delegate"])
def test_a_watch_officer_decides_nothing_about_a_missions_risk(damascus: Mission, verb: str) -> None:
    with pytest.raises(Forbidden):
        published.claimed(given.operator("watch_officer"), damascus.pk, verb)


def test_an_officer_of_another_mission_finds_nothing_to_assess(damascus: Mission) -> None:
    with pytest.raises(NotVisible):
        published.claimed(given.operator("rso", scope=frozenset({"elsewhere"})), damascus.pk, "risk.assess")


def test_add_measure_lowers_the_risk_only_once_chosen_and_in_force(damascus: Mission, rso: Actor) -> None:
    risks.a_war()
    risks.reforecast()
    risks.assessed(rso, damascus)
    before = queries.explain(rso, damascus.pk, ThreatClass.ARMED_CONFLICT).assessed
    measure = risks.measured(rso, damascus)
    points = []
    for state in (MeasureState.CHOSEN, MeasureState.IN_FORCE):
        actions.set_measure_state(claim(Measure, measure.pk, "risk.set_measure", rso), state)
        now = queries.explain(rso, damascus.pk, ThreatClass.ARMED_CONFLICT).assessed
        points.append((now.present.likelihood_points, now.residual.likelihood_points))
    start = before.present.likelihood_points
    assert points == [(start, start - 20), (start - 20, start - 20)]
    assert last_fact() == "risk.MeasureChanged/1"


def test_a_measure_that_rests_on_no_norm_is_refused(damascus: Mission, rso: Actor) -> None:
    with pytest.raises(Refused) as refused:
        risks.measured(rso, damascus, norm="")
    assert reason_of(refused) == "measure_without_norm"


def test_set_measure_state_refuses_a_step_that_is_none(damascus: Mission, rso: Actor) -> None:
    measure = risks.measured(rso, damascus)
    claimed = claim(Measure, measure.pk, "risk.set_measure", rso)
    with pytest.raises(Refused) as refused:
        actions.set_measure_state(claimed, MeasureState.PROPOSED)
    assert reason_of(refused) == "measure_cannot_become"


def test_a_drill_changes_how_far_a_measure_is_proven_without_moving_its_state(damascus: Mission, rso: Actor) -> None:
    measure = risks.measured(rso, damascus, effectiveness=Effectiveness.CLAIMED)
    claimed = claim(Measure, measure.pk, "risk.set_measure", rso)
    done = actions.set_measure_state(claimed, MeasureState.PROPOSED, effectiveness=Effectiveness.TESTED)
    assert (done.state, done.value.removed) == ("proposed", 16)


def test_one_delegated_enough_accepts_and_the_deadline_stands(damascus: Mission, rso: Actor, head: Actor) -> None:
    assessment = risks.assessed(rso, damascus)
    risks.delegated(damascus, head, Band.VERY_HIGH)
    done = risks.accepted(head, assessment)
    assert last_fact() == "risk.RiskAccepted/1"
    assert Deadline.objects.get(key=done.deadline_key).due_at == done.until


def test_accept_above_ones_delegation_is_refused_and_says_who_could(damascus: Mission, rso: Actor, head: Actor) -> None:
    risks.a_war()
    risks.reforecast()
    assessment = risks.assessed(rso, damascus)
    risks.delegated(damascus, rso, Band.LOW)
    risks.delegated(damascus, head, Band.VERY_HIGH)
    with pytest.raises(Refused) as refused:
        risks.accepted(rso, assessment)
    assert reason_of(refused) == "above_delegation"
    assert refused.value.refusal.params["who_could"] == head.name
    assert not Acceptance.objects.exists()


def test_work_that_does_not_justify_the_risk_is_no_ground_to_accept(damascus: Mission, rso: Actor, head: Actor) -> None:
    assessment = risks.assessed(rso, damascus, programme=ProgrammeCriticality.PC4)
    risks.delegated(damascus, head, Band.VERY_HIGH)
    with pytest.raises(Refused) as refused:
        risks.accepted(head, assessment)
    assert reason_of(refused) == "programme_does_not_justify"


def test_a_second_acceptance_replaces_the_first(damascus: Mission, rso: Actor, head: Actor) -> None:
    assessment = risks.assessed(rso, damascus)
    risks.delegated(damascus, head, Band.VERY_HIGH)
    first, second = risks.accepted(head, assessment), risks.accepted(head, assessment, days=30)
    first.refresh_from_db()
    assert (first.state, second.state) == ("replaced", "holds")
    assert not Deadline.objects.filter(key=first.deadline_key).exists()


def test_nobody_delegates_to_himself_or_above_what_he_holds(damascus: Mission, rso: Actor, head: Actor) -> None:
    risks.delegated(damascus, head, Band.MEDIUM)
    with pytest.raises(Refused) as refused:
        risks.delegated(damascus, head, Band.LOW, by=head)
    assert reason_of(refused) == "delegation_to_oneself"
    with pytest.raises(Refused) as refused:
        risks.delegated(damascus, rso, Band.HIGH, by=head)
    assert reason_of(refused) == "delegation_above_ones_own"
    assert risks.delegated(damascus, rso, Band.MEDIUM, by=head).person == rso.id


def test_withdraw_delegation_ends_the_right_but_not_what_was_accepted(
    damascus: Mission, rso: Actor, head: Actor
) -> None:
    assessment = risks.assessed(rso, damascus)
    right = risks.delegated(damascus, head, Band.VERY_HIGH)
    done = risks.accepted(head, assessment)
    actions.withdraw_delegation(claim(Delegation, right.pk, "risk.withdraw_delegation", given.local()))
    with pytest.raises(Refused) as refused:
        risks.accepted(head, assessment)
    assert reason_of(refused) == "no_delegation"
    done.refresh_from_db()
    assert done.state == "holds"


def test_withdraw_acceptance_settles_its_deadline(damascus: Mission, rso: Actor, head: Actor) -> None:
    risks.delegated(damascus, head, Band.VERY_HIGH)
    done = risks.accepted(head, risks.assessed(rso, damascus))
    actions.withdraw_acceptance(claim(Acceptance, done.pk, "risk.withdraw_acceptance", rso))
    assert not Deadline.objects.filter(key=done.deadline_key).exists()
    with pytest.raises(Refused) as refused:
        actions.withdraw_acceptance(claim(Acceptance, done.pk, "risk.withdraw_acceptance", rso))
    assert reason_of(refused) == "acceptance_is_over"


def test_end_acceptance_lapses_when_the_risk_rises_and_raises_an_alarm(
    damascus: Mission, rso: Actor, head: Actor
) -> None:
    risks.delegated(damascus, head, Band.VERY_HIGH)
    done = risks.accepted(head, risks.assessed(rso, damascus))
    risks.a_war()
    risks.reforecast()
    deliver_all()
    done.refresh_from_db()
    assert done.state == "lapsed"
    deliver_all()
    assert QueuedAlarm.objects.filter(kind="risk.acceptance_lapsed", mission_id=damascus.pk).count() == 1


def test_an_acceptance_whose_time_is_up_expires_by_its_deadline(damascus: Mission, rso: Actor, head: Actor) -> None:
    risks.delegated(damascus, head, Band.VERY_HIGH)
    done = risks.accepted(head, risks.assessed(rso, damascus), days=2)
    to = clock.advance(clock.as_of() + timedelta(days=3))
    fire_due(to)
    done.refresh_from_db()
    assert done.state == "expired"


def test_propose_posture_puts_an_alarm_before_those_who_decide_and_sets_nothing(damascus: Mission, rso: Actor) -> None:
    risks.a_war()
    risks.reforecast()
    risks.assessed(rso, damascus)
    proposed = actions.propose_posture(published.claimed(rso, damascus.pk, "risk.propose_posture"))
    deliver_all()
    damascus.refresh_from_db()
    assert proposed > damascus.posture_level == 1
    assert QueuedAlarm.objects.get(kind="risk.posture_proposed").params["proposed"] == int(proposed)


def test_propose_posture_is_refused_where_the_posture_fits(damascus: Mission, rso: Actor) -> None:
    with pytest.raises(Refused) as refused:
        actions.propose_posture(published.claimed(rso, damascus.pk, "risk.propose_posture"))
    assert reason_of(refused) == "posture_fits_the_risk"


def test_decline_posture_stands_in_the_record_and_is_not_proposed_again_until_its_ground_changes(
    damascus: Mission, rso: Actor
) -> None:
    risks.a_war()
    risks.reforecast()
    risks.assessed(rso, damascus)
    claimed = published.claimed(rso, damascus.pk, "risk.decline_posture")
    with pytest.raises(Refused) as refused:
        actions.decline_posture(claimed, reason=" ")
    assert reason_of(refused) == "reason_missing"
    row = actions.decline_posture(claimed, reason="The shelling is beyond the river")
    wanted = queries.proposal(rso, damascus.pk, clock.as_of())
    assert wanted is not None
    assert queries.declined(rso, damascus.pk, wanted) == row
    with pytest.raises(Refused) as refused:
        actions.propose_posture(published.claimed(rso, damascus.pk, "risk.propose_posture"))
    assert reason_of(refused) == "posture_declined_already"
    assert damascus.pk not in queries.risen(rso, clock.as_of())
    changed = replace(wanted, causes=(replace(wanted.causes[0], params={"threat": "terrorism"}), *wanted.causes[1:]))
    assert queries.declined(rso, damascus.pk, changed) is None
    with pytest.raises(Forbidden):
        published.claimed(given.operator("analyst"), damascus.pk, "risk.decline_posture")


def test_reforecast_stores_forecasts_once_a_day_and_scores_them_with_what_came(damascus: Mission) -> None:
    risks.a_war(until=risks.NOW.date())
    first = risks.reforecast()
    assert first.forecasts > 0
    assert risks.reforecast().forecasts == 0
    made = ForecastRow.objects.get(mission_id=damascus.pk, ring_km=25, horizon_days=1)
    clock.advance(clock.as_of() + timedelta(days=1))
    risks.a_war(until=risks.NOW.date())
    assert risks.reforecast().scored > 0
    made.refresh_from_db()
    assert made.came == 1
    assert made.last_value_crps == 1
    assert made.crps is not None
    assert 0 < made.crps < 1


def test_a_stored_forecast_is_never_changed_by_what_came_later(damascus: Mission) -> None:
    risks.a_war()
    risks.reforecast()
    made = ForecastRow.objects.get(mission_id=damascus.pk, ring_km=25, horizon_days=30)
    risks.a_war(days=40, latitude="33.52")
    clock.advance(clock.as_of() + timedelta(days=1))
    risks.reforecast()
    again = ForecastRow.objects.get(pk=made.pk)
    assert (again.mean, again.high80) == (made.mean, made.high80)


def test_the_duty_computes_when_a_day_began_or_signals_came_and_rests_otherwise(damascus: Mission) -> None:
    Pace.next_at = 0.0
    assert keep_figures_fresh() == 1
    Pace.next_at = 0.0
    assert keep_figures_fresh() == 0
    risks.a_war(days=20)
    assert keep_figures_fresh() == 1
    Pace.next_at = 0.0


def test_a_band_that_rose_to_high_since_the_day_before_is_proposed_once(damascus: Mission, rso: Actor) -> None:
    risks.assessed(rso, damascus)
    risks.reforecast()
    clock.advance(clock.as_of() + timedelta(days=1))
    risks.a_war()
    risks.reforecast()
    for _ in range(3):
        deliver_all()
        risks.reforecast()
    assert QueuedAlarm.objects.filter(kind="risk.posture_proposed").count() == 1


def test_a_measure_rests_on_a_norm_of_the_register(damascus: Mission, rso: Actor) -> None:
    assert risks.measured(rso, damascus, norm="VCDR art. 22(2)").norm == "vcdr-22-2"
    with pytest.raises(Refused) as refused:
        risks.measured(rso, damascus, norm="what the ambassador said")
    assert reason_of(refused) == "measure_norm_unknown"


def test_a_measure_with_a_camera_on_the_street_waits_for_a_consent(damascus: Mission, rso: Actor) -> None:
    with pytest.raises(Refused) as refused:
        risks.measured(rso, damascus, uses=(Use.CAMERA_PUBLIC,))
    assert reason_of(refused) == "host_law_needs_consent"
    assert not Measure.objects.exists()
    consent = consented(rso, damascus, Use.CAMERA_PUBLIC)
    measure = risks.measured(rso, damascus, uses=(Use.CAMERA_PUBLIC,))
    assert measure.used == (Use.CAMERA_PUBLIC,)
    withdrawn(rso, consent)
    with pytest.raises(Refused) as refused:
        actions.set_measure_state(claim(Measure, measure.pk, "risk.set_measure", rso), MeasureState.IN_FORCE)
    assert reason_of(refused) == "host_law_needs_consent"
    actions.set_measure_state(claim(Measure, measure.pk, "risk.set_measure", rso), MeasureState.WITHDRAWN)
