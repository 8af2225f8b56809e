"""What is to be expected around each mission? Activity per class, forecasts and their score, from counted days."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from scipy.stats import gamma

from legation.foundations.threats import THREAT_CODES
from legation.risk.rules import backtest, forecast
from legation.risk.rules.counting import Counted, Happened, Places, count, distinct, places_apart, recent
from legation.risk.rules.rates import Gamma, Rates, rates
from legation.risk.rules.series import RINGS_KM, FloatArray, IntArray, Series

ACTIVITY_DAYS = 30
"""The period that likelihood speaks of."""
EXPLAINED_DAYS = 120
"""Occurrences older than this move a 30-day forecast by less than a rounded point and are not listed as causes."""
LISTED = 12
TESTED_DAYS = 730
"""Back-tests look at two years of weekly origins: enough for a verdict, recent enough to be about this world."""


@dataclass(frozen=True, slots=True)
class ActivityFigure:
    """Expected occurrences of one class within 30 days around one mission. shares: (occurrence, share of the points);
    they add to 1, occurrence -1 stands for all that are not listed."""

    mission: int
    threat: int
    near: float
    near_low: float
    near_high: float
    around: float
    days: float
    events: int
    shares: tuple[tuple[int, float], ...]


def expand(made: forecast.Predictive, same: IntArray) -> forecast.Predictive:
    """One row per asked series out of one row per different series."""
    return forecast.Predictive(made.mean[same], made.size[same])


def forecast_rows(series: Series, horizons_days: tuple[int, ...]) -> dict[int, forecast.Predictive]:
    """Forecasts on the morning after the last day of the series, computed once per different row."""
    once, same = distinct(series)
    if not len(once):
        empty = np.empty(0)
        return {horizon: forecast.Predictive(empty, empty) for horizon in horizons_days}
    made = forecast.forecast(series.rows(once), series.days, horizons_days)
    return {horizon: expand(one, same) for horizon, one in made.items()}


def activities(places: Places, happened: Happened, origin_day: int) -> list[ActivityFigure]:
    """Activity per mission and class: forecast where the country is watched, the month's count where it is not."""
    counted = count(places, happened, origin_day, by_threat=True)
    made = forecast_rows(counted.series, (ACTIVITY_DAYS,))[ACTIVITY_DAYS]
    # The belief about the mean that the negative binomial mixes over: a gamma of the same size.
    scale = made.mean / made.size
    low, high = (np.asarray(gamma.ppf(tail, made.size, scale=scale), dtype=np.float64) for tail in (0.1, 0.9))
    # Where nearly nothing was seen the belief is so skewed that its mean lies above nine tenths of it.
    high = np.maximum(high, made.mean)
    near: dict[tuple[int, int], tuple[float, float, float, float, int]] = {}
    wide: dict[tuple[int, int], float] = {}
    looked = counted.series.covered_days(np.array([counted.series.days], dtype=np.int64))[:, 0]
    for row, mean in enumerate(made.mean.tolist()):
        key = (int(counted.mission[row]), int(counted.threat[row]))
        if counted.ring_km[row] == RINGS_KM[0]:
            seen = int(counted.series.counts[row].sum())
            near[key] = (mean, float(low[row]), float(high[row]), float(looked[row]), seen)
        elif counted.ring_km[row] == RINGS_KM[1]:
            wide[key] = mean
    shares = _shares(places, happened, origin_day)
    watched = {key[0] for key in (*near, *wide)}
    unwatched = _counted_only(places, happened, origin_day, watched)
    found = [
        ActivityFigure(m, t, *near.get((m, t), (0.0, 0.0, 0.0, 0.0, 0))[:3], *_rest(near, wide, (m, t)), shares[m, t])
        for m, t in sorted({*near, *wide})
    ]
    return found + [_unwatched(key, n, shares[key]) for key, n in sorted(unwatched.items())]


def _rest(
    near: dict[tuple[int, int], tuple[float, float, float, float, int]],
    wide: dict[tuple[int, int], float],
    key: tuple[int, int],
) -> tuple[float, float, int]:
    mean, _, _, days, seen = near.get(key, (0.0, 0.0, 0.0, 0.0, 0))
    return max(0.0, wide.get(key, 0.0) - mean), days, seen


def _unwatched(key: tuple[int, int], n: int, shares: tuple[tuple[int, float], ...]) -> ActivityFigure:
    low, high = (float(a) for a in Gamma(np.array(n + 0.5), np.array(1.0)).interval(0.8))
    return ActivityFigure(*key, float(n), low, high, 0.0, float(ACTIVITY_DAYS), n, shares)


def _counted_only(places: Places, happened: Happened, origin_day: int, watched: set[int]) -> dict[tuple[int, int], int]:
    mission, threat, _ = recent(places, happened, origin_day, ACTIVITY_DAYS)
    found: dict[tuple[int, int], int] = defaultdict(int)
    for m, t in zip(mission.tolist(), threat.tolist(), strict=True):
        if m not in watched:
            found[m, t] += 1
    return found


def _shares(
    places: Places, happened: Happened, origin_day: int
) -> defaultdict[tuple[int, int], tuple[tuple[int, float], ...]]:
    """Each near occurrence's part in its class's points: halved every thirty days, the latest listed by name."""
    mission, threat, event = recent(places, happened, origin_day, EXPLAINED_DAYS)
    weight = 0.5 ** ((origin_day - happened.day[event]) / 30.0)
    grouped: dict[tuple[int, int], list[tuple[int, float]]] = defaultdict(list)
    for m, t, e, w in zip(mission.tolist(), threat.tolist(), event.tolist(), weight.tolist(), strict=True):
        grouped[m, t].append((e, w))
    out: defaultdict[tuple[int, int], tuple[tuple[int, float], ...]] = defaultdict(tuple)
    for key, items in grouped.items():
        total = sum(w for _, w in items)
        named = [(e, w / total) for e, w in items[:LISTED]]
        rest = sum(w for _, w in items[LISTED:]) / total
        out[key] = (*named, (-1, rest)) if len(items) > LISTED else tuple(named)
    return out


def threat_of(code: int) -> str:
    """The class that a code in columns stands for."""
    return THREAT_CODES[code].value


@dataclass(frozen=True, slots=True, eq=False)
class Outlook:
    """Forecasts and rates of all classes together, one row per mission × ring in watched countries.

    same: (n,) equal for missions of one place and ring. once: the first row of each of those.
    """

    counted: Counted
    made: dict[int, forecast.Predictive]
    last_value: dict[int, FloatArray]
    historical_mean: dict[int, FloatArray]
    rates: Rates
    same: IntArray
    once: IntArray


def outlook(places: Places, happened: Happened, origin_day: int) -> Outlook:
    """Everything that is shown of the future as known on the morning of `origin_day`."""
    counted = count(places, happened, origin_day, by_threat=False)
    series = counted.series
    end = np.array([series.days], dtype=np.int64)
    looked = np.maximum(series.covered_days(end)[:, 0], 1.0)
    same = places_apart(places, counted)
    once = np.unique(same, return_index=True)[1].astype(np.int64)
    horizons = forecast.HORIZONS_DAYS
    return Outlook(
        counted,
        forecast_rows(series, horizons),
        {h: series.sums(end, -h)[:, 0] for h in horizons},
        {h: series.counts.sum(axis=1) / looked * h for h in horizons},
        rates(series, series.days),
        same,
        once,
    )


def trials(ahead: Outlook) -> dict[int, backtest.Trial]:
    """Back-tests per horizon over the last two years, one row per place; horizons that do not fit are left out."""
    series = ahead.counted.series.rows(ahead.once)
    if not len(ahead.once):
        return {}
    first = max(int(series.covered_from.min()) + backtest.SCORED_AFTER_DAYS, series.days - TESTED_DAYS)
    fitting = [h for h in forecast.HORIZONS_DAYS if first + h <= series.days]
    return {h: backtest.run(series, first, series.days, h) for h in fitting}
