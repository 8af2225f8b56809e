"""Trends, anomalies, tripwires and silence: what is called is true as often as stated."""

import numpy as np
import pytest
from scipy import stats
from tests.intelligence.rows import DAY, HOUR, NOON, received_of

from legation.foundations.place import Point
from legation.foundations.threats import ThreatClass, ThreatLevel
from legation.intelligence.rules.anomaly import (
    FALSE_ALARM_RATE,
    MEANS,
    SIZES,
    Verdict,
    anomalies,
    posterior,
    tail_chance,
    thresholds,
)
from legation.intelligence.rules.fusion import fuse
from legation.intelligence.rules.occurrences import Occurrences
from legation.intelligence.rules.silence import Hearing, silence
from legation.intelligence.rules.trend import MONTH, WEEK, Trend, trends
from legation.intelligence.rules.tripwires import (
    Happenings,
    LevelReached,
    State,
    Tripwire,
    check_happenings,
    check_level,
)

SEED = 20180205
DAMASCUS = Point(33.51, 36.29)


def ordinary_weeks(series: int, weeks: int) -> np.ndarray:
    """Series drawn from the printed grid: each has its own mean and size, the same in all of its weeks."""
    draw = np.random.default_rng(SEED)
    mean, size = draw.choice(MEANS, series), draw.choice(SIZES, series)
    return draw.negative_binomial(size[:, None], (size / (size + mean))[:, None], (series, weeks)).astype(np.int64)


@pytest.mark.parametrize("weeks", [4, 12, 52])
def test_the_stated_false_alarm_rate_is_kept_whatever_the_length_of_the_history(weeks: int) -> None:
    series = 6000
    counts = ordinary_weeks(series, weeks + 1)
    found = anomalies(counts[:, 0], counts[:, 1:])
    alarms = int((found.verdict == Verdict.OUT_OF_ORDINARY).sum())
    most = int(stats.binom.ppf(0.999, series, FALSE_ALARM_RATE))
    print(
        f"seed {SEED}, {weeks} weeks: {alarms} of {series} ordinary weeks called, stated at most {FALSE_ALARM_RATE:.1%}"
    )
    assert alarms <= most
    assert alarms > 0.2 * FALSE_ALARM_RATE * series  # counts are whole, so it is kept with some room, not by silence


def test_the_chance_given_is_the_chance_that_is_met() -> None:
    """With ties broken at random the chance must be uniform: then 1 % means 1 %, inside its binomial interval."""
    series = 6000
    counts = ordinary_weeks(series, 21)
    weight = posterior(counts[:, 1:])
    at_least, more = tail_chance(counts[:, 0], weight), tail_chance(counts[:, 0] + 1, weight)
    met = more + np.random.default_rng(SEED + 1).uniform(size=series) * (at_least - more)
    for rate in (0.01, 0.05, 0.5):
        low, high = stats.binom.interval(0.999, series, rate)
        assert low <= int((met <= rate).sum()) <= high


def test_five_times_the_usual_is_called_and_the_threshold_says_from_where() -> None:
    past = np.full((1, 52), 2, dtype=np.int64)
    past[0, ::3] = 4
    called = anomalies(np.array([14]), past)
    assert called.verdict[0] == Verdict.OUT_OF_ORDINARY
    least = thresholds(past)
    assert 5 < int(least[0]) <= 14
    below, at = anomalies(least - 1, past), anomalies(least, past)
    assert (below.verdict[0], at.verdict[0]) == (Verdict.ORDINARY, Verdict.OUT_OF_ORDINARY)


def test_a_mission_without_history_raises_no_alarm_and_says_so() -> None:
    found = anomalies(np.array([50]), np.zeros((1, 0), dtype=np.int64))
    assert found.verdict[0] == Verdict.NO_HISTORY
    quiet = anomalies(np.array([0]), np.zeros((1, 52), dtype=np.int64))
    assert (quiet.verdict[0], bool(quiet.never[0])) == (Verdict.ORDINARY, True)


def test_noise_is_seldom_called_a_trend_even_where_it_comes_in_bursts() -> None:
    draw = np.random.default_rng(SEED)
    for size in (0.8, 3.0, 1e6):
        weekly = draw.negative_binomial(size, size / (size + 5.0), (1500, 20)).astype(np.int64)
        for window in (WEEK, MONTH):
            called = np.isin(trends(weekly, window).trend, (Trend.RISING, Trend.FALLING)).mean()
            print(f"seed {SEED}, size {size}, {window.name}: {called:.3f} of steady series called a trend")
            assert called <= 0.08


def test_a_real_rise_is_called_and_its_interval_leaves_one_out() -> None:
    weekly = np.array([[20, 2, 3, 2, 3, *[2, 3] * 8], [2] * 21, [0] * 21], dtype=np.int64)
    found = trends(weekly, WEEK)
    assert found.trend.tolist() == [Trend.RISING, Trend.STEADY, Trend.NOTHING_TO_COMPARE]
    assert 1 < found.low[0] < found.ratio[0] < found.high[0]
    assert found.low[1] < 1 < found.high[1]


def test_a_trend_over_too_few_weeks_is_refused() -> None:
    with pytest.raises(ValueError, match="compares 20"):
        trends(np.zeros((1, 5), dtype=np.int64), MONTH)


def shots(*hours_ago: float) -> Occurrences:
    rows = [{"occurred_s": NOON - int(h * HOUR), "external_id": str(i)} for i, h in enumerate(hours_ago)]
    return fuse(received_of(rows, [2] * len(rows))).occurrences


WIRE = Tripwire(Happenings(ThreatClass.ARMED_CONFLICT, count=3, within_km=25, within_hours=48), NOON + 30 * DAY)


def test_a_tripwire_is_crossed_by_enough_and_names_what_counted() -> None:
    answer = check_happenings(WIRE, DAMASCUS, shots(1, 5, 30), NOON)
    assert (answer.state, answer.params["found"], len(answer.subjects)) == (State.CROSSED, 3, 3)
    too_old = check_happenings(WIRE, DAMASCUS, shots(1, 5, 60), NOON)
    assert (too_old.state, too_old.params["found"]) == (State.STANDING, 2)
    assert check_happenings(WIRE, Point(36.2, 37.16), shots(1, 5, 30), NOON).state is State.STANDING


def test_a_tripwire_lapses_whatever_happens() -> None:
    assert check_happenings(WIRE, DAMASCUS, shots(1, 5, 30), NOON + 30 * DAY).state is State.LAPSED
    level = Tripwire(LevelReached(ThreatClass.CRIME, ThreatLevel.HIGH), NOON)
    assert check_level(level, ThreatLevel.EXTREME, NOON).state is State.LAPSED
    assert check_level(level, ThreatLevel.HIGH, NOON - 1).state is State.CROSSED
    assert check_level(level, ThreatLevel.LOW, NOON - 1).state is State.STANDING


def test_a_tripwire_that_could_never_be_met_is_refused() -> None:
    with pytest.raises(ValueError, match="not a kind of crime"):
        Happenings(ThreatClass.CRIME, 1, 5, 24, kind="earthquake")
    with pytest.raises(ValueError, match="at least one"):
        Happenings(ThreatClass.CRIME, 0, 5, 24)


def test_a_source_is_silent_only_beyond_its_cadence() -> None:
    assert silence(NOON, HOUR, NOON + HOUR).hearing is Hearing.HEARD
    late = silence(NOON, HOUR, NOON + 3 * HOUR)
    assert (late.hearing, late.since_s, late.cadences_missed) == (Hearing.SILENT, NOON, 2.0)
    assert silence(None, HOUR, NOON).hearing is Hearing.NEVER
    assert silence(NOON + DAY, HOUR, NOON).hearing is Hearing.HEARD
    with pytest.raises(ValueError, match="longest silence"):
        silence(NOON, 0, NOON)
