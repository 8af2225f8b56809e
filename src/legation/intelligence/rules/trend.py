"""Is it getting worse? The last days against those before, called a trend only where chance does not explain it.

Method: given the total, the recent share is binomial (Przyborowski & Wilenski 1940); its exact interval (Clopper &
Pearson 1934) is turned into one for the ratio of rates. Counts are first divided by how much more the weeks vary than
Poisson weeks would (quasi-likelihood, Wedderburn 1974): attacks come in bursts, and a burst is not a trend.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from scipy import stats

from legation.intelligence.rules.signals import CodeArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Window:
    """Recent weeks compared with the weeks right before them."""

    name: str
    recent_weeks: int
    before_weeks: int


WEEK, MONTH = Window("7_days", 1, 4), Window("28_days", 4, 16)
WEEKS_NEEDED = 20

CONFIDENCE = 0.95

LEAST_WEEKS_TO_VARY = 8
"""Variance of fewer weekly counts is itself mostly noise; below, weeks are taken to vary like Poisson weeks doubled."""

UNKNOWN_DISPERSION = 2.0


class Trend(IntEnum):
    """What may be said."""

    NOTHING_TO_COMPARE = 0
    STEADY = 1
    RISING = 2
    FALLING = 3


@dataclass(frozen=True, slots=True, eq=False)
class Trends:
    """For any number of series, (c,) each. ratio: recent rate over earlier rate, with its interval."""

    recent: IntArray
    before: IntArray
    ratio: FloatArray
    low: FloatArray
    high: FloatArray
    dispersion: FloatArray
    trend: CodeArray


def dispersion_of(weekly: IntArray) -> FloatArray:
    """Variance over mean of weekly counts, at least 1. weekly: (c, weeks). Result: (c,)."""
    n = weekly.shape[1]
    if n < LEAST_WEEKS_TO_VARY:
        return np.full(weekly.shape[0], UNKNOWN_DISPERSION)
    mean = weekly.mean(axis=1)
    ratio = np.divide(weekly.var(axis=1, ddof=1), mean, out=np.ones_like(mean), where=mean > 0)
    return np.maximum(1.0, ratio)


def trends(weekly: IntArray, window: Window) -> Trends:
    """weekly: (c, weeks) counts, the latest week first, at least recent_weeks + before_weeks of them."""
    split, end = window.recent_weeks, window.recent_weeks + window.before_weeks
    if weekly.shape[1] < end:
        raise ValueError(f"{weekly.shape[1]} weeks of counts; the {window.name} trend compares {end}")
    recent, before = weekly[:, :split].sum(axis=1), weekly[:, split:end].sum(axis=1)
    dispersion = dispersion_of(weekly[:, split:])
    low, high = _share_interval(recent / dispersion, before / dispersion)
    odds = window.before_weeks / window.recent_weeks
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = recent / before * odds
        low_ratio, high_ratio = low / (1 - low) * odds, high / (1 - high) * odds
    trend = np.select([low_ratio > 1.0, high_ratio < 1.0], [Trend.RISING, Trend.FALLING], Trend.STEADY)
    trend = np.where(recent + before == 0, Trend.NOTHING_TO_COMPARE, trend).astype(np.int8)
    return Trends(recent, before, ratio, low_ratio, high_ratio, dispersion, trend)


def _share_interval(recent: FloatArray, before: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Clopper–Pearson interval of recent / (recent + before); effective counts need not be whole."""
    tail = (1 - CONFIDENCE) / 2
    low = np.where(recent > 0, stats.beta.ppf(tail, np.maximum(recent, 1e-9), before + 1), 0.0)
    high = np.where(before > 0, stats.beta.ppf(1 - tail, recent + 1, np.maximum(before, 1e-9)), 1.0)
    return low, high
