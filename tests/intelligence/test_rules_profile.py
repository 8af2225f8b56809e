"""Activity is counted once, however it is added up; every point of a profile has its cause."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intelligence.rows import CATALOGUE, DAY, NOON, real, received_of

from legation.foundations.identity import MissionId
from legation.foundations.place import Point
from legation.foundations.threats import THREAT_CODES, ThreatClass, ThreatLevel
from legation.intelligence.links import ucdp
from legation.intelligence.rules.activity import Activity, Missions, affected, weekly_counts
from legation.intelligence.rules.fusion import Received, fuse
from legation.intelligence.rules.occurrences import Occurrences
from legation.intelligence.rules.profile import Graded, Judged, explain, explain_all, scores
from legation.intelligence.rules.signals import content_keys
from legation.intelligence.rules.weights import LEVELS, NEARNESS, level_of, levels_of, score_of

MISSIONS = Missions(
    id=["damascus", "aleppo", "beirut", "nowhere"],
    latitude=np.array([33.51, 36.20, 33.89, np.nan]),
    longitude=np.array([36.29, 37.16, 35.50, np.nan]),
    country=["SY", "SY", "LB", "SY"],
)
CONFLICT = THREAT_CODES.index(ThreatClass.ARMED_CONFLICT)


def occurrences_of(*rows: dict[str, object]) -> Occurrences:
    return fuse(received_of([row | {"external_id": str(i)} for i, row in enumerate(rows)], [2] * len(rows))).occurrences


def one_score(row: dict[str, object], *, days: int = 0) -> list[float]:
    activity = Activity.none(MISSIONS, NOON).with_occurrences(occurrences_of(row)).at(NOON + days * DAY)
    return [round(float(s), 6) for s in scores(activity).score.max(axis=1)]


def test_nearer_counts_more_and_a_mission_without_a_place_has_its_country() -> None:
    damascus, aleppo, beirut, nowhere = one_score({})
    assert damascus > beirut > aleppo == nowhere > 0


def test_a_vague_place_counts_less_than_an_exact_one() -> None:
    exact, vague = one_score({})[0], one_score({"precision_km": 120.0})[0]
    assert exact > vague > 0


def test_after_a_half_life_it_weighs_half() -> None:
    today = Activity.none(MISSIONS, NOON).with_occurrences(occurrences_of({}))
    assert today.at(NOON + 30 * DAY).by_class() == pytest.approx(today.by_class() / 2)


def test_a_states_act_concerns_its_whole_country_and_no_other() -> None:
    damascus, aleppo, beirut, nowhere = one_score({"kind": "coup"})
    assert damascus == aleppo == nowhere > 0
    assert beirut == 0


def test_a_robbery_across_town_is_only_news_of_the_country() -> None:
    near = one_score({"kind": "robbery", "latitude": 33.55})[0]
    across = one_score({"kind": "robbery", "latitude": 33.70})[0]
    assert near > 10 * across > 0


def test_level_cut_offs_read_the_same_one_by_one_and_in_columns() -> None:
    values = np.array([0.0, 0.49, 0.5, 1.5, 3.0, 4.49, 4.5, 6.5, 99.0])
    assert levels_of(values).tolist() == [int(level_of(v)) for v in values.tolist()]
    assert [level for level, _, _ in LEVELS] == sorted(ThreatLevel, reverse=True)
    assert [row.weight for row in NEARNESS[:4]] == sorted((row.weight for row in NEARNESS[:4]), reverse=True)


ROWS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["armed_clash", "robbery", "coup", "cyclone", "earthquake"]),
        "latitude": st.floats(33.0, 36.5),
        "longitude": st.floats(35.0, 37.5),
        "occurred_s": st.integers(0, 400).map(lambda d: NOON - d * DAY),
        "precision_km": st.sampled_from([1.0, 25.0, 120.0, float("nan")]),
        "country": st.sampled_from(["SY", "LB", ""]),
        "intensity": st.floats(0, 1),
    }
)
HAPPENINGS = st.lists(ROWS, max_size=12).map(lambda rows: occurrences_of(*rows))


@settings(max_examples=50, deadline=None)
@given(o=HAPPENINGS, cut=st.integers(0, 12))
def test_added_in_parts_or_at_once_and_taken_out_again_the_sums_agree(o: Occurrences, cut: int) -> None:
    at = np.arange(len(o))
    one, other = o.take(at[:cut]), o.take(at[cut:])
    whole = Activity.none(MISSIONS, NOON).with_occurrences(o)
    parts = Activity.none(MISSIONS, NOON - DAY).with_occurrences(one).at(NOON).with_occurrences(other)
    late = one.start_s > NOON - DAY  # added a day early, these would be younger than new
    if not late.any():
        np.testing.assert_allclose(parts.sums, whole.sums, atol=1e-6)
    np.testing.assert_allclose(
        whole.with_occurrences(o.take(at[:0]), removed=one).sums,
        Activity.none(MISSIONS, NOON).with_occurrences(other).sums,
        atol=1e-6,
    )


@settings(max_examples=50, deadline=None)
@given(o=HAPPENINGS)
def test_missions_that_are_not_affected_do_not_change(o: Occurrences) -> None:
    sums = Activity.none(MISSIONS, NOON).with_occurrences(o).sums
    assert not sums[~affected(MISSIONS, o)].any()


@settings(max_examples=50, deadline=None)
@given(o=HAPPENINGS, at=st.integers(0, 3), intent=st.integers(0, 4), inhibiting=st.integers(0, 3))
def test_the_points_of_every_explanation_add_up_and_agree_with_the_columns(
    o: Occurrences, at: int, intent: int, inhibiting: int
) -> None:
    graded = [Graded(Judged.INTENT, intent), Graded(Judged.INHIBITING, inhibiting)]
    lat, lon = float(MISSIONS.latitude[at]), float(MISSIONS.longitude[at])
    point = None if np.isnan(lat) else Point(lat, lon)
    points = np.full((4, 10), sum(one.points for one in graded))
    columns = scores(Activity.none(MISSIONS, NOON).with_occurrences(o), points).score[at]
    lines = explain_all(
        MissionId(MISSIONS.id[at]), point, MISSIONS.country[at], o, dict.fromkeys(ThreatClass, graded), NOON
    )
    for line, column in zip(lines, columns.tolist(), strict=True):
        assert line.score == pytest.approx(column, abs=1e-6)
        assert line.causes.points == pytest.approx(line.score)
        for _, cause in line.causes.walk():
            if cause.children:
                assert sum(child.points for child in cause.children) == pytest.approx(cause.points, abs=1e-9)


def test_a_grade_that_is_not_on_the_scale_is_refused_with_the_scale() -> None:
    with pytest.raises(ValueError, match="use one of 0, 1, 2, 3, 4"):
        Graded(Judged.INTENT, 7)


def test_weekly_counts_see_only_what_was_known() -> None:
    rows: list[dict[str, object]] = [
        {"occurred_s": NOON - DAY},
        {"occurred_s": NOON - DAY, "published_s": NOON + DAY},
        {"occurred_s": NOON - 8 * DAY},
        {"occurred_s": NOON - 8 * DAY, "latitude": 36.2, "longitude": 37.16},
    ]
    counts = weekly_counts(MISSIONS, occurrences_of(*rows), NOON, 3)
    assert counts[0, CONFLICT].tolist() == [1, 1, 0]
    assert counts[1, CONFLICT].tolist() == [0, 1, 0]


def test_damascus_at_war_stands_at_the_top_of_the_scale_and_brasilia_at_the_bottom() -> None:
    signals = ucdp.read(real("events/ucdp_ged_syria_2016-2018.csv.gz")).signals
    known = signals.take(signals.published_s <= NOON)
    received = Received(known, content_keys("ucdp", known), np.zeros(len(known), np.int64), (CATALOGUE,))
    o = fuse(received).occurrences
    missions = Missions(
        [*MISSIONS.id, "brasilia"],
        np.append(MISSIONS.latitude, -15.8),
        np.append(MISSIONS.longitude, -47.9),
        [*MISSIONS.country, "BR"],
    )
    found = scores(Activity.none(missions, NOON).with_occurrences(o))
    print({name: round(float(s), 2) for name, s in zip(missions.id, found.score[:, CONFLICT], strict=True)})
    assert found.level[0, CONFLICT] == ThreatLevel.EXTREME
    assert found.level[4, CONFLICT] == ThreatLevel.MINIMAL
    assert found.level[2, CONFLICT] < ThreatLevel.EXTREME
    line = explain(MissionId("damascus"), Point(33.51, 36.29), "SY", ThreatClass.ARMED_CONFLICT, o, [], NOON)
    assert line.score == pytest.approx(float(found.score[0, CONFLICT]))
    assert line.score == pytest.approx(float(score_of(np.array(line.causes.children[0].params["sum"]))))
