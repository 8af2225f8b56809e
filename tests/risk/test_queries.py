"""Who sees which risk, and does every figure open to its causes?"""

from datetime import timedelta

import pytest
from tests import given
from tests.intelligence.given import report, source
from tests.risk import given as risks

from legation.foundations.markings import OPEN, Classification, Marking, Tlp
from legation.foundations.threats import ThreatClass
from legation.missions.models import Mission
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.risk import published, queries
from legation.risk.panels import causes, forecast, leaves, matrix, standing
from legation.risk.rules.matrix import Band

pytestmark = pytest.mark.django_db

CONFIDENTIAL = Marking(Classification.CONFIDENTIAL, Tlp.AMBER)


@pytest.fixture
def damascus() -> Mission:
    given.keys()
    risks.a_demonstration()
    return given.missions()[0]


@pytest.fixture
def rso(damascus: Mission) -> Actor:
    return given.operator("rso")


SHOTS = ThreatClass.TERRORISM


def present(actor: Actor, mission: Mission) -> float:
    """Points of likelihood of the class that shots at civilians belong to."""
    rows = [r for r in queries.scenarios(actor, mission.pk) if r.threat == SHOTS]
    return rows[0].present_likelihood if rows else 0.0


def test_a_police_report_moves_the_risk_the_same_morning(damascus: Mission, rso: Actor) -> None:
    told = source("typed")
    risks.reforecast()
    report(given.operator("analyst"), told, "Shots at the gate", country="SY")
    risks.reforecast()
    explained = queries.explain(rso, damascus.pk, SHOTS)
    near = explained.assessed.likelihood.children[0].children[0]
    assert near.points > 0
    assert near.children[0].subject is not None
    assert near.children[0].subject.type == "Occurrence"


def test_a_figure_made_from_marked_signals_is_seen_only_by_those_cleared_for_them(damascus: Mission) -> None:
    told = source("typed")
    report(given.operator("analyst"), told, "Shots at the gate", marking=CONFIDENTIAL)
    risks.reforecast()
    openly = given.operator("rso", name="open", clearance=OPEN)
    cleared = given.operator("rso", name="cleared")
    assert present(openly, damascus) == 0
    assert present(cleared, damascus) > 0
    assert queries.explain(openly, damascus.pk, SHOTS).assessed.scenario.activity.near == 0
    assert queries.explain(cleared, damascus.pk, SHOTS).assessed.scenario.activity.near > 0


def test_an_officer_of_another_mission_sees_no_risk_here(damascus: Mission, rso: Actor) -> None:
    risks.assessed(rso, damascus)
    elsewhere = given.operator("rso", name="other", scope=frozenset({"elsewhere"}))
    assert queries.scenarios(elsewhere) == []
    assert queries.highest(elsewhere, 5) == []
    assert standing(elsewhere) == {}
    with pytest.raises(NotVisible):
        queries.explain(elsewhere, damascus.pk, ThreatClass.ARMED_CONFLICT)


def test_the_highest_comes_first_and_names_its_main_cause(damascus: Mission, rso: Actor) -> None:
    risks.a_war()
    risks.assessed(rso, damascus)
    risks.reforecast()
    found = queries.highest(rso, 3)
    assert found[0].mission.id == damascus.pk
    assert found[0].cause.code == "risk.activity_near"
    assert queries.highest(rso, 3, state="Brazil")[0].mission.id == damascus.pk
    assert queries.highest(rso, 3, state="France") == []
    assert published.band_of(rso, [damascus.pk])[damascus.pk] == found[0].row.present_band
    assert published.highest(rso, 1)[0].threat is ThreatClass.ARMED_CONFLICT


def test_the_change_over_a_week_is_counted_in_bands(damascus: Mission, rso: Actor) -> None:
    risks.assessed(rso, damascus)
    risks.reforecast()
    before = queries.highest(rso, 1)[0].row.present_band
    clock.advance(clock.as_of() + timedelta(days=1))
    risks.a_war()
    risks.reforecast()
    after = queries.highest(rso, 1)[0]
    assert after.change == after.row.present_band - before > 0


def test_forecast_rates_and_scores_are_shown_for_a_watched_country_and_not_for_another(
    damascus: Mission, rso: Actor
) -> None:
    risks.a_war(days=900)
    risks.reforecast()
    shown = forecast(rso, damascus.pk)
    assert shown is not None
    assert [row.horizon_days for row, _ in shown["rows"]] == [1, 7, 30, 90]  # type: ignore[attr-defined]
    assert all(score is not None for _, score in shown["rows"])  # type: ignore[attr-defined]
    beirut = next(m for m in given.missions() if m.pk != damascus.pk)
    assert queries.forecasts(rso, beirut.pk) == []
    assert forecast(rso, beirut.pk) == {"rows": []}


def test_yesterdays_forecast_counts_places_inside_the_interval(damascus: Mission, rso: Actor) -> None:
    risks.a_war()
    risks.reforecast()
    assert queries.yesterday(rso) is None
    clock.advance(clock.as_of() + timedelta(days=1))
    risks.reforecast()
    told = queries.yesterday(rso)
    assert told is not None
    assert (told.scored, told.inside) == (1, 1)


def test_the_panels_say_why_and_where_in_the_matrix(damascus: Mission, rso: Actor) -> None:
    assert causes(rso, damascus.pk) is None
    risks.a_war()
    risks.reforecast()
    shown, grid = causes(rso, damascus.pk), matrix(rso, damascus.pk)
    assert shown is not None
    assert grid is not None
    explained = queries.explain(rso, damascus.pk, ThreatClass.ARMED_CONFLICT)
    rows = leaves(explained)
    assert [abs(r.points) for r in rows] == sorted((abs(r.points) for r in rows), reverse=True)
    assert all(r.subject for r in rows)
    whole = explained.assessed.likelihood.points + explained.assessed.impact.points
    assert sum(r.points for r in rows) == pytest.approx(whole)
    cells = [cell for row in grid["matrix"] for cell in row.cells]  # type: ignore[attr-defined]
    assert sum(cell.present for cell in cells) == sum(cell.residual for cell in cells) == 1


def test_the_map_knows_how_each_mission_stands(damascus: Mission, rso: Actor) -> None:
    risks.a_war()
    risks.assessed(rso, damascus)
    risks.reforecast()
    stands = standing(rso)[damascus.pk]
    assert stands.band >= Band.HIGH
    assert "25 km" in stands.cause
    assert stands.url == f"/risk/{damascus.pk}/armed_conflict/"


def test_the_tree_for_programs_carries_the_same_points(damascus: Mission, rso: Actor) -> None:
    risks.assessed(rso, damascus)
    explained = queries.explain(rso, damascus.pk, ThreatClass.ARMED_CONFLICT)
    tree = queries.tree(explained)
    assert tree["likelihood"]["points"] == pytest.approx(explained.assessed.likelihood.points)  # type: ignore[index]
    assert tree["present"]["band"] == explained.assessed.present.band.name.lower()  # type: ignore[index]
