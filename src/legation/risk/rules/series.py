"""What was counted, where and since when? Daily counts of occurrences as columns, one row per mission and ring."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

type FloatArray = NDArray[np.float64]
type IntArray = NDArray[np.int64]
type BoolArray = NDArray[np.bool_]

RINGS_KM: tuple[float, ...] = (25.0, 100.0)
"""Radii around a mission in which occurrences are counted; the country is the third ring and has no radius."""

PRECISION_RADII = 2.0
"""An occurrence counts in a ring when it is placed to within twice the radius: a district centred 10 km away counts
within 25 km, a province or a country does not."""


@dataclass(frozen=True, slots=True, eq=False)
class Series:
    """Occurrences a day. counts: (n, days), day 0 is `first_day` (days since 1970).

    covered_from: (n,) index of the first day on which any source looks at that place; `days` where none ever does,
    because no record is not the same as no event. pool: (n,) rows with the same code borrow strength from each other
    (same ring, same region). Raises ValueError where the shapes do not fit or a count is negative.
    """

    counts: FloatArray
    first_day: int
    covered_from: IntArray
    pool: IntArray

    def __post_init__(self) -> None:
        n = len(self.counts)
        if self.counts.ndim != 2 or self.covered_from.shape != (n,) or self.pool.shape != (n,):
            raise ValueError("counts must be (n, days), covered_from and pool (n,)")
        if n and float(self.counts.min(initial=0.0)) < 0:
            raise ValueError("a count of occurrences cannot be negative; check how the days were binned")

    @property
    def days(self) -> int:
        return int(self.counts.shape[1])

    def index(self, day: int) -> int:
        """Column of a day since 1970; one past the last day is the origin that has seen everything."""
        return day - self.first_day

    def covered_days(self, origins: IntArray) -> FloatArray:
        """Days of coverage before each origin, (n, m), never negative."""
        passed: FloatArray = np.maximum(origins[None, :] - self.covered_from[:, None], 0).astype(np.float64)
        return passed

    def sums(self, origins: IntArray, length: int) -> FloatArray:
        """Occurrences in [origin, origin + length), (n, m); a negative length looks back. Outside the data: zero."""
        total = np.concatenate([np.zeros((len(self.counts), 1)), np.cumsum(self.counts, axis=1)], axis=1)
        last = self.days
        here, there = np.clip(origins, 0, last), np.clip(origins + length, 0, last)
        difference: FloatArray = (total[:, there] - total[:, here]) * (1 if length >= 0 else -1)
        return difference

    def discounted(self, origins: IntArray, half_life_days: float) -> tuple[FloatArray, FloatArray]:
        """Events and days of exposure before each origin, both (n, m), halved in weight every half-life.

        Origins are indices; only days before an origin count, so nothing after it can enter.
        """
        keep = 0.5 ** (1.0 / half_life_days)
        running = lfilter([1.0], [1.0, -keep], self.counts, axis=1)
        before = np.clip(origins, 1, self.days) - 1
        events: FloatArray = np.where(origins[None, :] >= 1, running[:, before], 0.0)
        exposure: FloatArray = (1.0 - keep ** self.covered_days(origins)) / (1.0 - keep)
        return events, exposure

    def rows(self, wanted: BoolArray | IntArray) -> "Series":
        """The same days for some of the rows."""
        return Series(self.counts[wanted], self.first_day, self.covered_from[wanted], self.pool[wanted])


def pooled_rate(pool: IntArray, events: FloatArray, exposure: FloatArray) -> FloatArray:
    """Events a day over all rows of the same pool, (n, m): the mean of the prior that a region lends.

    events, exposure: (n, m). Half an event in the whole pool stands in where it has seen none, so that a region
    without a record is quiet, not impossible.
    """
    _, code = np.unique(pool, return_inverse=True)
    size = int(code.max(initial=-1)) + 1
    seen, looked = (np.zeros((size, events.shape[1])) for _ in range(2))
    np.add.at(seen, code, events)
    np.add.at(looked, code, exposure)
    rate: FloatArray = (seen + 0.5) / (looked + 365.0)
    spread: FloatArray = rate[code]
    return spread
