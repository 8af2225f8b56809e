"""How many occurrences will come in the next 1, 7, 30, 90 days? A weighted bank of discounted gamma–Poisson experts.

Source: discounted local-level count models (Harvey & Fernandes 1989, J. Business & Econ. Stat. 7:407; West & Harrison
1997, ch. 10); experts are weighted per series by their discounted logarithmic score on windows already finished
(dynamic model averaging, Raftery et al. 2010). The mixture is replaced by the negative binomial of equal mean
and variance so that intervals and scores have one closed form.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.signal import lfilter
from scipy.special import gammaln
from scipy.stats import nbinom

from legation.risk.rules.series import FloatArray, IntArray, Series, pooled_rate

HORIZONS_DAYS: tuple[int, ...] = (1, 7, 30, 90)

# Memory of one expert each: a week follows a battle, sixteen months follow a long war. Between them factors of four;
# doubling the number of experts changed the score by less than 1 % on origins before 2016.
HALF_LIVES_DAYS: tuple[float, ...] = (7.0, 30.0, 120.0, 480.0)
# How much of what the past taught still holds in the window ahead: 1 says the rate stays, 0.06 that it may be anything
# from a tenth to triple. The mean is untouched, the spread grows.
LOOSENESS: tuple[float, ...] = (1.0, 0.25, 0.06)
# The region speaks with the weight of three days; more smeared Damascus over its quiet neighbours (before 2016).
PRIOR_DAYS = 3.0
STEP_DAYS = 7
"""Experts are scored on one origin a week."""
LEARNED_ORIGINS = 104
# A score of a year ago counts a third of this week's: 0.98 ** 52.
FORGET = 0.98
# Until a place has been watched this long its forecasts teach nothing about the experts.
TAUGHT_AFTER_DAYS = 120
NEARLY_NOTHING = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class Predictive:
    """Negative binomial counts, arrays of one shape: mean > 0, size r > 0; variance mean + mean²/r."""

    mean: FloatArray
    size: FloatArray

    @property
    def p(self) -> FloatArray:
        """Success probability in scipy's parametrisation."""
        result: FloatArray = self.size / (self.size + self.mean)
        return result

    @property
    def variance(self) -> FloatArray:
        result: FloatArray = self.mean + self.mean**2 / self.size
        return result

    @property
    def at_least_one(self) -> FloatArray:
        """P(count ≥ 1)."""
        result: FloatArray = -np.expm1(self.size * np.log(self.p))
        return result

    def interval(self, level: float) -> tuple[FloatArray, FloatArray]:
        """Whole counts between which `level` of the probability lies, tails equal as far as counts allow."""
        tail = (1.0 - level) / 2.0
        low: FloatArray = np.asarray(nbinom.ppf(tail, self.size, self.p), dtype=np.float64)
        high: FloatArray = np.asarray(nbinom.ppf(1.0 - tail, self.size, self.p), dtype=np.float64)
        return np.maximum(low, 0.0), high

    def log_score(self, counts: FloatArray) -> FloatArray:
        """−log probability of what came; smaller is better."""
        probability = gammaln(self.size + counts) - gammaln(self.size) - gammaln(counts + 1.0)
        result: FloatArray = -(probability + self.size * np.log(self.p) + counts * np.log1p(-self.p))
        return result


def experts(series: Series, origins: IntArray, horizon_days: int) -> list[Predictive]:
    """What each expert says at each origin (indices), each (n, m): half-lives × looseness, in table order."""
    bank = []
    for half_life in HALF_LIVES_DAYS:
        events, exposure = series.discounted(origins, half_life)
        lent = pooled_rate(series.pool, events, exposure) * PRIOR_DAYS
        shape, days = events + lent, exposure + PRIOR_DAYS
        mean = np.maximum(shape / days * horizon_days, NEARLY_NOTHING)
        bank += [Predictive(mean, np.maximum(shape * loose, NEARLY_NOTHING)) for loose in LOOSENESS]
    return bank


def _weights(series: Series, bank: list[Predictive], origins: IntArray, horizon_days: int) -> FloatArray:
    """Weight of each expert at each origin, (experts, n, m), from windows that had ended by then.

    Overlapping windows tell the same story again, so a score counts 1/horizon.
    """
    came = series.sums(origins, horizon_days)
    taught = (series.covered_days(origins) >= TAUGHT_AFTER_DAYS) & (origins[None, :] + horizon_days <= series.days)
    scores = np.stack([np.where(taught, expert.log_score(came), 0.0) for expert in bank])
    running = lfilter([1.0], [1.0, -FORGET], scores, axis=2)
    running[:, :, LEARNED_ORIGINS:] -= FORGET**LEARNED_ORIGINS * running[:, :, :-LEARNED_ORIGINS].copy()
    wait = -(-horizon_days // STEP_DAYS)
    known = np.zeros_like(running)
    if wait < running.shape[2]:
        known[:, :, wait:] = running[:, :, :-wait]
    power = -known / horizon_days
    weight: FloatArray = np.exp(power - power.max(axis=0))
    weight /= weight.sum(axis=0)
    return weight


def predict(series: Series, origins: IntArray, horizon_days: int) -> Predictive:
    """Forecasts at origins STEP_DAYS apart (indices, rising), (n, m). Only days before an origin enter its forecast.

    The first LEARNED_ORIGINS + horizon/STEP_DAYS columns have learned from fewer windows than the rest.
    Raises ValueError where the origins are not STEP_DAYS apart: the weights would be of other windows.
    """
    if len(origins) > 1 and not np.all(np.diff(origins) == STEP_DAYS):
        raise ValueError(f"origins must be {STEP_DAYS} days apart")
    bank = experts(series, origins, horizon_days)
    weight = _weights(series, bank, origins, horizon_days)
    means = np.stack([expert.mean for expert in bank])
    spreads = np.stack([expert.variance for expert in bank])
    mean = (weight * means).sum(axis=0)
    variance = (weight * (spreads + means**2)).sum(axis=0) - mean**2
    return Predictive(mean, mean**2 / np.maximum(variance - mean, NEARLY_NOTHING * mean))


def lead_in(horizon_days: int) -> int:
    """Origins before the first wanted one after which a forecast has learned all it would ever use."""
    return LEARNED_ORIGINS + -(-horizon_days // STEP_DAYS)


def forecast(series: Series, origin: int, horizons_days: Sequence[int] = HORIZONS_DAYS) -> dict[int, Predictive]:
    """Forecasts on the morning of day `origin` (index) per horizon, each (n,). Rows never covered have mean nan."""
    never = series.covered_from >= origin
    out = {}
    for horizon in horizons_days:
        back = lead_in(horizon)
        origins = origin - STEP_DAYS * np.arange(back, -1, -1, dtype=np.int64)
        known = Series(series.counts[:, :origin], series.first_day, series.covered_from, series.pool)
        made = predict(known, origins, horizon)
        out[horizon] = Predictive(np.where(never, np.nan, made.mean[:, -1]), made.size[:, -1])
    return out
