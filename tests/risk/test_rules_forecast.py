"""Is the forecast honest: no look at the future, whole probabilities, right intervals?"""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import nbinom
from tests.risk.given import a_series

from legation.risk.rules import backtest, forecast, rates, scoring
from legation.risk.rules.baselines import Baseline, score_baselines
from legation.risk.rules.forecast import Predictive
from legation.risk.rules.series import Series

QUICK = settings(max_examples=40, deadline=None)


def _exact_crps(mean: float, size: float, count: int) -> float:
    p = size / (size + mean)
    top = int(max(nbinom.isf(1e-13, size, p), count)) + 5
    k = np.arange(top)
    return float(((nbinom.cdf(k, size, p) - (k >= count)) ** 2).sum())


@given(st.floats(0.01, 300), st.floats(0.05, 3000), st.integers(0, 400))
@QUICK
def test_the_closed_crps_is_the_sum_over_all_counts(mean: float, size: float, count: int) -> None:
    made = Predictive(np.array([mean]), np.array([size]))
    assert scoring.crps(made, np.array([float(count)]))[0] == pytest.approx(_exact_crps(mean, size, count), rel=1e-5)


@given(st.lists(st.integers(0, 20), min_size=1, max_size=12), st.integers(0, 20))
@QUICK
def test_the_crps_of_a_sample_is_the_sum_over_its_steps(sample: list[int], count: int) -> None:
    k = np.arange(25)
    steps = np.mean(np.array(sample)[:, None] <= k, axis=0)
    exact = float(((steps - (k >= count)) ** 2).sum())
    ours = scoring.crps_of_sample(np.array([*sample, np.nan], dtype=np.float64)[None, :], np.array([float(count)]))
    assert ours[0] == pytest.approx(exact, abs=1e-9)


def test_nothing_on_or_after_the_origin_changes_a_forecast() -> None:
    seen = a_series([0.3, 2.0])
    changed = seen.counts.copy()
    changed[:, 900:] += 50
    for horizon in forecast.HORIZONS_DAYS:
        before = forecast.forecast(seen, 900, [horizon])[horizon]
        after = forecast.forecast(replace(seen, counts=changed), 900, [horizon])[horizon]
        np.testing.assert_array_equal(before.mean, after.mean)
        np.testing.assert_array_equal(before.size, after.size)


def test_the_day_before_the_origin_does_change_it() -> None:
    seen = a_series([0.3])
    changed = seen.counts.copy()
    changed[:, 899] += 5
    assert (
        forecast.forecast(replace(seen, counts=changed), 900, [7])[7].mean > forecast.forecast(seen, 900, [7])[7].mean
    ).all()


def test_a_back_test_scores_exactly_the_forecast_that_would_have_been_shown() -> None:
    seen = a_series([0.3, 2.0])
    trial = backtest.run(seen, 1000, 1100, 7)
    shown = forecast.forecast(seen, int(trial.origins[3]), [7])[7]
    np.testing.assert_allclose(trial.made.mean[:, 3], shown.mean, rtol=1e-9)
    np.testing.assert_allclose(trial.made.size[:, 3], shown.size, rtol=1e-6)


def test_a_steady_rate_is_found_and_its_interval_holds_what_comes() -> None:
    seen = a_series([1.5] * 40, days=1600)
    result = backtest.summarise(backtest.run(seen, 1000, 1600, 7))
    assert abs(result.coverage80 - result.claimed80) < 0.05
    assert result.coverage80 >= 0.8
    assert max(abs(share - 0.1) for share in result.pit) < 0.05


def test_more_exposure_narrows_the_rate() -> None:
    short, long = (rates.rates(a_series([0.5, 0.6]), origin) for origin in (60, 1200))
    assert (long.high80 - long.low80 < short.high80 - short.low80).all()
    assert (long.low95 <= long.low80).all()
    assert (long.high95 >= long.high80).all()


def test_a_mission_without_events_borrows_from_its_region_and_not_from_another() -> None:
    counts = np.zeros((4, 400))
    counts[0, ::4] = 1
    counts[1, ::3] = 1
    pools = np.array([1, 1, 1, 2])
    seen = Series(counts, 15_000, np.zeros(4, dtype=np.int64), pools)
    known = rates.rates(seen, 400)
    assert known.mean[2] > 5 * known.mean[3]
    assert known.mean[2] < known.mean[0]


def test_where_nobody_looks_there_is_no_forecast_and_no_rate() -> None:
    seen = a_series([1.0, 1.0])
    blind = replace(seen, covered_from=np.array([0, seen.days]))
    assert np.isfinite(forecast.forecast(blind, 1200, [7])[7].mean).tolist() == [True, False]
    assert np.isfinite(rates.rates(blind, 1200).mean).tolist() == [True, False]


def test_missions_that_never_had_an_event_are_counted_apart() -> None:
    seen = a_series([1.0, 0.0, 0.0], days=1500)
    result = backtest.summarise(backtest.run(seen, 1000, 1500, 7))
    assert (result.rows, result.never_rows) == (1, 2)
    assert result.scored == result.origins
    alone = backtest.summarise(backtest.run(seen.rows(np.array([0])), 1000, 1500, 7))
    assert result.mean_count == alone.mean_count


def test_against_its_own_kind_of_steady_rate_the_mean_is_not_beaten_and_the_result_says_so() -> None:
    seen = a_series([3.0] * 6, days=1600)
    result = backtest.summarise(backtest.run(seen, 1000, 1600, 7))
    assert result.against(Baseline.HISTORICAL_POISSON).verdict in {
        backtest.Verdict.WORSE,
        backtest.Verdict.NO_BETTER,
    }


def test_a_rate_that_jumps_is_followed_better_than_by_the_mean() -> None:
    calm, storm = a_series([0.1] * 6, days=1300), a_series([4.0] * 6, days=300, seed=8)
    seen = replace(calm, counts=np.concatenate([calm.counts, storm.counts], axis=1))
    result = backtest.summarise(backtest.run(seen, 1330, 1600, 7))
    assert result.against(Baseline.HISTORICAL_MEAN).verdict is backtest.Verdict.BETTER
    assert result.against(Baseline.HISTORICAL_MEAN).skill > 0.5


def test_baselines_see_only_windows_inside_the_coverage() -> None:
    seen = a_series([1.0], covered_from=1000)
    scored = score_baselines(seen, np.array([1003, 1030]), 7)
    assert np.isnan(scored[Baseline.LAST_VALUE].crps[0, 0])
    assert np.isfinite(scored[Baseline.LAST_VALUE].crps[0, 1])


def test_a_window_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="no 90-day window"):
        backtest.run(a_series([1.0]), 1000, 1050, 90)


def test_counts_below_zero_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Series(np.array([[-1.0]]), 0, np.array([0]), np.array([0]))


@given(st.floats(0.01, 50), st.floats(0.05, 100))
@QUICK
def test_at_least_one_is_what_is_not_none(mean: float, size: float) -> None:
    made = Predictive(np.array([mean]), np.array([size]))
    none = nbinom.pmf(0, size, size / (size + mean))
    assert made.at_least_one[0] == pytest.approx(1 - none, abs=1e-9)
    low, high = made.interval(0.8)
    inside, claimed = scoring.covered(made, low, 0.8)
    assert inside[0]
    assert claimed[0] >= 0.8 - 1e-9
    assert low[0] <= high[0]
