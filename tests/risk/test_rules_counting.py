"""Is every occurrence counted once, where and when it belongs, and is silence told from absence?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.foundations.place import Point, distances_km
from legation.foundations.threats import THREAT_CODES, ThreatClass
from legation.risk.rules import counting, entering, outlook
from legation.risk.rules.counting import ALL_THREATS, Happened, Places
from legation.risk.rules.points import Degree

TODAY = 17_000
WAR = THREAT_CODES.index(ThreatClass.ARMED_CONFLICT)
QUICK = settings(max_examples=25, deadline=None)


def places(*at: tuple[float, float]) -> Places:
    n = len(at)
    latitude, longitude = (np.array([p[i] for p in at]) for i in (0, 1))
    return Places(tuple(f"m{i}" for i in range(n)), latitude, longitude, ("SY",) * n, ("Western Asia",) * n)


def happened(rows: list[tuple[int, float, float]], *, precision_km: float = 1.0, span_s: int = 0) -> Happened:
    n = len(rows)
    day, latitude, longitude = (np.array([r[i] for r in rows]) for i in range(3))
    return Happened(
        day.astype(np.int64),
        np.full(n, span_s),
        latitude,
        longitude,
        np.full(n, precision_km),
        ("SY",) * n,
        np.full(n, WAR),
    )


def a_year(latitude: float = 33.5, longitude: float = 36.3) -> list[tuple[int, float, float]]:
    return [(TODAY - 400 + 2 * i, latitude, longitude) for i in range(200)]


@given(st.lists(st.tuples(st.integers(1, 300), st.floats(32.5, 34.5), st.floats(35, 37.5)), max_size=40))
@QUICK
def test_rings_hold_exactly_what_lies_within_them(more: list[tuple[int, float, float]]) -> None:
    rows = a_year() + [(TODAY - back, lat, lon) for back, lat, lon in more]
    told, here = happened(rows), Point(33.5, 36.3)
    counted = counting.count(places((33.5, 36.3)), told, TODAY, by_threat=False)
    away = distances_km(told.latitude, told.longitude, here)
    by_ring = dict(zip(counted.ring_km.tolist(), counted.series.counts.sum(axis=1).tolist(), strict=True))
    assert by_ring == {25.0: (away <= 25).sum(), 100.0: (away <= 100).sum(), 0.0: len(rows)}


def test_a_count_stands_on_its_day_and_never_on_or_after_the_origin() -> None:
    rows = [*a_year(), (TODAY, 33.5, 36.3), (TODAY + 1, 33.5, 36.3)]
    counted = counting.count(places((33.5, 36.3)), happened(rows), TODAY, by_threat=False)
    assert counted.series.counts.sum(axis=1).max() == 200
    assert counted.series.first_day + counted.series.days == TODAY
    assert counted.series.counts[0, counted.series.index(TODAY - 2)] == 1


def test_an_occurrence_known_only_by_its_province_counts_in_no_ring() -> None:
    counted = counting.count(places((33.5, 36.3)), happened(a_year(), precision_km=250.0), TODAY, by_threat=False)
    sums = dict(zip(counted.ring_km.tolist(), counted.series.counts.sum(axis=1).tolist(), strict=True))
    assert sums == {25.0: 0, 100.0: 0, 0.0: 200}


def test_a_row_that_sums_up_a_season_is_no_event_of_a_day() -> None:
    long = happened(a_year(), span_s=90 * 86_400)
    assert counting.watched_since(long, ["SY"]) == {}


def test_a_country_with_a_handful_of_news_is_not_watched() -> None:
    assert counting.watched_since(happened(a_year()[:20]), ["SY", "LB"]) == {}
    assert counting.watched_since(happened(a_year()), ["SY", "LB"]) == {"SY": TODAY - 400}


def test_single_rows_years_before_a_source_begins_make_no_quiet_years() -> None:
    sparse = [(TODAY - 3000 + 200 * i, 33.5, 36.3) for i in range(10)]
    dense = [(TODAY - 400 + i // 4, 33.5, 36.3) for i in range(1600)]
    since = counting.watched_since(happened(sparse + dense), ["SY"])
    assert since["SY"] >= TODAY - 400 - counting.BEGUN_DAYS


def test_missions_of_one_city_are_one_place_and_of_two_cities_are_two() -> None:
    at = places((33.51, 36.28), (33.50, 36.30), (36.2, 37.16))
    counted = counting.count(at, happened(a_year()), TODAY, by_threat=False)
    codes = counting.places_apart(at, counted)
    near = codes[counted.ring_km == 25.0]
    assert near[0] == near[1] != near[2]
    assert len(set(codes[counted.ring_km == 0.0])) == 1


def test_equal_rows_are_computed_once() -> None:
    at = places((33.5, 36.3), (33.5, 36.3))
    counted = counting.count(at, happened(a_year()), TODAY, by_threat=False)
    once, same = counting.distinct(counted.series)
    assert len(once) < len(counted.series.counts)
    assert (counted.series.counts[once][same] == counted.series.counts).all()


def test_the_latest_occurrences_come_first() -> None:
    _, threat, event = counting.recent(places((33.5, 36.3)), happened(a_year()), TODAY, 30)
    days = happened(a_year()).day[event]
    assert (np.diff(days) <= 0).all()
    assert days.min() >= TODAY - 30
    assert set(threat.tolist()) == {WAR}


def test_a_mission_whose_place_is_unknown_counts_with_its_country_only() -> None:
    at = places((float("nan"), float("nan")))
    counted = counting.count(at, happened(a_year()), TODAY, by_threat=False)
    sums = dict(zip(counted.ring_km.tolist(), counted.series.counts.sum(axis=1).tolist(), strict=True))
    assert sums == {25.0: 0, 100.0: 0, 0.0: 200}
    assert set(counted.threat.tolist()) == {ALL_THREATS}


def test_activity_where_the_country_is_watched_is_a_forecast_with_named_occurrences() -> None:
    (figure,) = outlook.activities(places((33.5, 36.3)), happened(a_year()), TODAY)
    assert figure.near == pytest.approx(15, rel=0.2)
    assert figure.near_low < figure.near < figure.near_high
    assert sum(share for _, share in figure.shares) == pytest.approx(1)
    assert len(figure.shares) == outlook.LISTED + 1
    assert outlook.threat_of(figure.threat) == ThreatClass.ARMED_CONFLICT


def test_activity_where_nobody_watches_is_what_was_counted_in_the_month() -> None:
    few = happened([(TODAY - 3, 33.5, 36.3), (TODAY - 10, 33.5, 36.3), (TODAY - 200, 33.5, 36.3)])
    (figure,) = outlook.activities(places((33.5, 36.3)), few, TODAY)
    assert (figure.near, figure.events, figure.days) == (2, 2, 30)
    assert figure.near_low < 2 < figure.near_high


def test_an_outlook_repeats_itself_for_missions_of_one_place() -> None:
    at = places((33.5, 36.3), (33.5, 36.3))
    made = outlook.outlook(at, happened(a_year()), TODAY)
    means = made.made[7].mean[made.counted.ring_km == 25.0]
    assert means[0] == means[1]
    assert set(outlook.trials(made)) == {1, 7, 30, 90}
    assert outlook.trials(outlook.outlook(places(), happened([]), TODAY)) == {}


def test_what_is_not_classed_as_a_threat_is_not_counted() -> None:
    told = replace(happened(a_year()), threat=np.full(200, -1))
    counted = counting.count(places((33.5, 36.3)), told, TODAY, by_threat=False)
    assert counted.series.counts.sum() == 0


@pytest.mark.parametrize(
    ("degree", "reason", "people", "impact", "refused"),
    [
        (Degree.HIGH, "seen", 10, "roll", ""),
        (None, "", None, "", ""),
        (Degree.HIGH, " ", None, "", "vulnerability_without_reason"),
        (None, "", 10, "", "impact_without_reason"),
        (None, "", -1, "roll", "people_out_of_range"),
        (None, "", 20_001, "roll", "people_out_of_range"),
        (Degree.LOW, "x" * 401, None, "", "assessment_reason_too_long"),
    ],
)
def test_what_is_entered_needs_its_reason(
    degree: Degree | None, reason: str, people: int | None, impact: str, refused: str
) -> None:
    assert getattr(entering.may_enter(degree, reason, people, impact), "reason", "") == refused


def test_rows_of_a_world_wide_sample_are_no_history_of_a_country() -> None:
    sample = [(TODAY - 3000 + 40 * i, 33.5, 36.3) for i in range(70)]
    assert counting.watched_since(happened(sample), ["SY"]) == {}


def test_the_interval_of_an_activity_always_holds_its_mean() -> None:
    once = [*a_year(latitude=34.8), (TODAY - 5, 33.5, 36.3)]
    for figure in outlook.activities(places((33.5, 36.3)), happened(once), TODAY):
        assert figure.near_low <= figure.near <= figure.near_high
