"""Is this week out of the ordinary for this mission? Its count against what its own past weeks lead one to expect.

Method: weekly counts are negative binomial (Poisson whose rate varies from week to week); mean and size are not known,
so the prediction averages over a printed grid of both, weighted by how well each explains the past weeks. Because the
prediction carries its own uncertainty, the false-alarm rate holds with ten weeks of history as with a hundred.
"""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
from scipy import special

from legation.intelligence.rules.signals import CodeArray, FloatArray, IntArray

FALSE_ALARM_RATE = 0.01
"""Of ordinary weeks, at most this share is called out of the ordinary, for one mission and class; a test simulates it.
With ten classes a mission sees one false call in ten weeks at worst; in practice most classes are empty."""

MEANS: FloatArray = np.geomspace(0.01, 100.0, 33)
"""Happenings a week, from one in two years to a city at war; each step of a third is equally likely beforehand."""

SIZES: FloatArray = np.geomspace(0.3, 30.0, 9)
"""How evenly they come: 0.3 in rare bursts, 30 almost like Poisson; each is equally likely beforehand."""

SHORT_WEEKS = 8
"""Below two months the answer leans on the grid more than on the mission; it is given, and marked."""


class Verdict(IntEnum):
    """What may be said of the latest week."""

    NO_HISTORY = 0  # nothing to compare with: said so, never an alarm
    ORDINARY = 1
    OUT_OF_ORDINARY = 2


@dataclass(frozen=True, slots=True, eq=False)
class Anomalies:
    """For any number of series, (c,) each. chance: of a count as high or higher in an ordinary week.

    expected: the mean that the past leads to. short: history below SHORT_WEEKS. never: no happening in all of the past
    weeks, counted apart on pages so that zeros do not flatter.
    """

    verdict: CodeArray
    chance: FloatArray
    expected: FloatArray
    short: np.ndarray[tuple[int], np.dtype[np.bool_]]
    never: np.ndarray[tuple[int], np.dtype[np.bool_]]


def anomalies(latest: IntArray, past: IntArray, *, false_alarm_rate: float = FALSE_ALARM_RATE) -> Anomalies:
    """latest: (c,) count of the week in question. past: (c, n) counts of the weeks before, n may be 0.

    About 50 µs a series: give it those where something happened; a week without happenings is always ordinary.
    """
    c, n = past.shape
    weight = posterior(past)
    chance = tail_chance(latest, weight)
    expected = (weight * MEANS[:, None]).sum(axis=(1, 2))
    called = (chance <= false_alarm_rate) & (latest > 0)
    verdict = np.where(called, Verdict.OUT_OF_ORDINARY, Verdict.ORDINARY).astype(np.int8)
    if n == 0:
        verdict[:] = Verdict.NO_HISTORY
    never = np.full(c, n > 0) & (past.sum(axis=1) == 0)
    return Anomalies(verdict, chance, expected, np.full(c, n < SHORT_WEEKS), never)


def posterior(past: IntArray) -> FloatArray:
    """How likely each (mean, size) of the grid is after these weeks; sums to 1 per series. (c, n) -> (c, 33, 9)."""
    n = past.shape[1]
    total = past.sum(axis=1).astype(np.float64)
    by_size = special.gammaln(past[:, :, None] + SIZES).sum(axis=1) - n * special.gammaln(SIZES)
    p = SIZES / (SIZES + MEANS[:, None])  # (33, 9)
    log = by_size[:, None, :] + n * SIZES * np.log(p) + total[:, None, None] * np.log1p(-p)
    log -= log.max(axis=(1, 2), keepdims=True)
    weight = np.exp(log)
    result: FloatArray = weight / weight.sum(axis=(1, 2), keepdims=True)
    return result


def tail_chance(count: IntArray, weight: FloatArray) -> FloatArray:
    """The chance of a count at least this high. count: (c,); weight: (c, 33, 9). Result: (c,)."""
    miss = MEANS[:, None] / (SIZES + MEANS[:, None])
    at_least_one = np.maximum(count, 1)[:, None, None]
    tail = np.where(count[:, None, None] > 0, special.betainc(at_least_one, SIZES, miss), 1.0)
    result: FloatArray = (weight * tail).sum(axis=(1, 2))
    return result


def thresholds(past: IntArray, *, false_alarm_rate: float = FALSE_ALARM_RATE) -> IntArray:
    """The lowest count that would be called after these weeks, by halving an interval that holds it. (c, n) -> (c,)."""
    weight, rate = posterior(past), false_alarm_rate
    low = np.zeros(len(past), dtype=np.int64)  # chance above rate
    high = np.ones(len(past), dtype=np.int64)
    for _ in range(20):
        unsure = tail_chance(high, weight) > rate
        if not unsure.any():
            break
        low, high = np.where(unsure, high, low), np.where(unsure, high * 2, high)
    while (high - low > 1).any():
        middle = (low + high) // 2
        above = tail_chance(middle, weight) > rate
        low, high = np.where(above, middle, low), np.where(above, high, middle)
    return high
