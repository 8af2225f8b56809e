"""How often do occurrences come around a mission? Event rates with credible intervals, borrowing from the region.

Source: conjugate gamma–Poisson updating (Gelman et al., Bayesian Data Analysis, 3rd ed., 2.6) with exponential
discounting of old days; prior by the method of moments over the missions of the region (empirical Bayes).
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import gamma

from legation.risk.rules.series import FloatArray, IntArray, Series, pooled_rate

# A year: seasons average out and last year's war still counts half. The forecast has its own, tuned memory; the rate
# is a figure to read, so its memory is one that can be said in a word.
RATE_HALF_LIFE_DAYS = 365.0
# The region's word counts between a week and two years of own observation, however alike or unlike its missions are.
PRIOR_DAYS_LEAST, PRIOR_DAYS_MOST = 7.0, 730.0


@dataclass(frozen=True, slots=True, eq=False)
class Gamma:
    """Belief about a rate: shape in events, rate in units of exposure. Arrays of one shape."""

    shape: FloatArray
    exposure: FloatArray

    @property
    def mean(self) -> FloatArray:
        result: FloatArray = self.shape / self.exposure
        return result

    def interval(self, level: float) -> tuple[FloatArray, FloatArray]:
        """Central credible interval, level in (0, 1)."""
        tail = (1.0 - level) / 2.0
        low: FloatArray = np.asarray(gamma.ppf(tail, self.shape, scale=1.0 / self.exposure), dtype=np.float64)
        high: FloatArray = np.asarray(gamma.ppf(1.0 - tail, self.shape, scale=1.0 / self.exposure), dtype=np.float64)
        return low, high

    def updated(self, events: FloatArray, exposure: FloatArray) -> "Gamma":
        """After seeing events over an exposure."""
        return Gamma(self.shape + events, self.exposure + exposure)


def regional_prior(pool: IntArray, events: FloatArray, exposure: FloatArray) -> Gamma:
    """What the other missions of the region say before this one's own record is read.

    events, exposure: (n,). Mean: the pool's. Strength: mean over the variance between missions that Poisson noise
    does not explain; missions that differ much lend little.
    """
    mean = pooled_rate(pool, events[:, None], exposure[:, None])[:, 0]
    strength = np.full(len(mean), PRIOR_DAYS_LEAST)
    for code in np.unique(pool):
        rows = (pool == code) & (exposure > 0)
        if rows.sum() < 2:
            continue
        centre = float(mean[rows][0])
        between = float(np.average((events[rows] / exposure[rows] - centre) ** 2, weights=exposure[rows]))
        unexplained = between - centre * float(rows.sum()) / float(exposure[rows].sum())
        days = centre / unexplained if unexplained > 0 else PRIOR_DAYS_MOST
        strength[pool == code] = min(max(days, PRIOR_DAYS_LEAST), PRIOR_DAYS_MOST)
    return Gamma(mean * strength, strength)


@dataclass(frozen=True, slots=True, eq=False)
class Rates:
    """Occurrences a day per row with what they rest on. All (n,); nan where no source looks there."""

    mean: FloatArray
    low80: FloatArray
    high80: FloatArray
    low95: FloatArray
    high95: FloatArray
    own_events: FloatArray  # discounted
    own_days: FloatArray  # discounted
    prior_mean: FloatArray
    prior_days: FloatArray


def rates(series: Series, origin: int, half_life_days: float = RATE_HALF_LIFE_DAYS) -> Rates:
    """Rates as known on the morning of day `origin` (index): days before it only."""
    events, exposure = (a[:, 0] for a in series.discounted(np.array([origin], dtype=np.int64), half_life_days))
    prior = regional_prior(series.pool, events, exposure)
    belief = prior.updated(events, exposure)
    seen = exposure > 0
    low80, high80 = belief.interval(0.80)
    low95, high95 = belief.interval(0.95)
    mean, low80, high80, low95, high95 = (
        np.where(seen, a, np.nan) for a in (belief.mean, low80, high80, low95, high95)
    )
    return Rates(mean, low80, high80, low95, high95, events, exposure, prior.mean, prior.exposure)
