"""What would one forecast without a method? Baselines on the same windows of the same length.

Source: historical mean, last value and empirical windows, the usual naive references (Hyndman & Athanasopoulos,
Forecasting, 5.2).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from legation.risk.rules.forecast import Predictive
from legation.risk.rules.scoring import brier, crps, crps_of_sample
from legation.risk.rules.series import FloatArray, IntArray, Series


class Baseline(StrEnum):
    """Each sees the past of the same row only."""

    HISTORICAL_MEAN = "historical_mean"
    HISTORICAL_POISSON = "historical_poisson"
    LAST_VALUE = "last_value"
    LAST_TWELVE = "last_twelve"
    ALL_WINDOWS = "all_windows"


NAMED_IN_THE_PLAN = (Baseline.HISTORICAL_MEAN, Baseline.LAST_VALUE)
"""The two that a forecast must beat to be shown without a warning; the others are harder and shown beside."""

_ALL_WINDOWS_MOST = 200
"""Past windows looked at by ALL_WINDOWS: more change the score in the fourth digit and cost memory."""


@dataclass(frozen=True, slots=True, eq=False)
class Scored:
    """Score of each forecast, (n, m): CRPS and, for P(≥1), Brier."""

    crps: FloatArray
    brier: FloatArray


def _windows(series: Series, origins: IntArray, horizon_days: int, most: int) -> FloatArray:
    """Counts of up to `most` windows that ended by each origin, the latest first, (n, m, k); nan before coverage."""
    k = max(1, min(most, int(origins.max(initial=1)) // horizon_days))
    back = []
    for step in range(1, k + 1):
        start = origins - step * horizon_days
        real = start[None, :] >= np.maximum(series.covered_from, 0)[:, None]
        back.append(np.where(real, series.sums(start, horizon_days), np.nan))
    return np.stack(back, axis=-1)


def _from_sample(sample: FloatArray, came: FloatArray) -> Scored:
    k = np.isfinite(sample).sum(axis=-1)
    at_least_one = np.where(k > 0, np.nansum(sample >= 1, axis=-1) / np.maximum(k, 1), np.nan)
    return Scored(crps_of_sample(sample, came), brier(at_least_one, came >= 1))


def score_baselines(series: Series, origins: IntArray, horizon_days: int) -> dict[Baseline, Scored]:
    """Scores of every baseline at every origin (indices)."""
    came = series.sums(origins, horizon_days)
    looked = series.covered_days(origins)
    mean = series.sums(origins, -int(origins.max(initial=1))) / np.maximum(looked, 1.0) * horizon_days
    never_zero = np.maximum(mean, 1e-9)
    poisson = Predictive(never_zero, np.full_like(mean, 1e7))
    windows = _windows(series, origins, horizon_days, _ALL_WINDOWS_MOST)
    happened, likely = came >= 1, -np.expm1(-never_zero)
    return {
        Baseline.HISTORICAL_MEAN: Scored(np.abs(mean - came), brier(likely, happened)),
        Baseline.HISTORICAL_POISSON: Scored(crps(poisson, came), brier(likely, happened)),
        Baseline.LAST_VALUE: _from_sample(windows[..., :1], came),
        Baseline.LAST_TWELVE: _from_sample(windows[..., :12], came),
        Baseline.ALL_WINDOWS: _from_sample(windows, came),
    }
