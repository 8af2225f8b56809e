"""How good was a forecast? Proper scores for counts and tables of calibration.

Source: CRPS and its negative binomial form (Gneiting & Raftery 2007; Wei & Held 2014; Jordan, Krüger & Lerch 2019),
Brier 1950, non-randomised PIT for counts (Czado, Gneiting & Held 2009).
"""

import numpy as np
from scipy.special import betainc

from legation.risk.rules.forecast import Predictive
from legation.risk.rules.series import BoolArray, FloatArray

# Nodes of the Gauss–Legendre rule for the mean difference of two negative binomial counts, on x = s·(t/(1−t))²; with
# 64 the error stays below 1e-6 of the value for sizes from 0.001 to 300 and means up to ten thousand.
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)
_TO = (_NODES + 1.0) / 2.0
_RATIO = _TO / (1.0 - _TO)
_AT, _BY = _RATIO**2, 2.0 * _RATIO / (1.0 - _TO) ** 2 * _WEIGHTS / 2.0
_CHUNK = 16_384  # rows at a time: 64 nodes × 16k × 8 bytes is 8 MB, which stays in the cache


def cumulative(predictive: Predictive, counts: FloatArray) -> FloatArray:
    """P(count ≤ counts); 0 below zero. Shapes broadcast."""
    reached = betainc(predictive.size, np.maximum(counts, 0.0) + 1.0, predictive.p)
    result: FloatArray = np.where(counts < 0, 0.0, reached)
    return result


def _mean_difference(size: FloatArray, p: FloatArray) -> FloatArray:
    """E|X − X'| of two independent negative binomial counts, (n,).

    From the characteristic function: (1/π) ∫₀^∞ 1 − (1 + 4q/(1+x²))^(−r) dx with q = (1−p)/p²; stable where the
    hypergeometric form overflows (r of a thousand and more).
    """
    out = np.empty_like(size)
    q = (1.0 - p) / p**2
    for start in range(0, len(size), _CHUNK):
        part = slice(start, start + _CHUNK)
        scale = np.sqrt(1.0 + 4.0 * q[part] * size[part])[:, None]
        x = scale * _AT
        inner = -np.expm1(-size[part, None] * np.log1p(4.0 * q[part, None] / (1.0 + x**2)))
        out[part] = scale[:, 0] * (inner @ _BY) / np.pi
    return out


def crps(predictive: Predictive, counts: FloatArray) -> FloatArray:
    """Continuous ranked probability score in occurrences; 0 is perfect, a point forecast scores its absolute error.

    counts: what came, of the predictive's shape.
    """
    shape = np.broadcast_shapes(predictive.mean.shape, counts.shape)
    size, p, y = (np.broadcast_to(a, shape).ravel() for a in (predictive.size, predictive.p, counts))
    mean = size * (1.0 - p) / p
    up_to = betainc(size, y + 1.0, p)
    tilted = np.where(y >= 1, betainc(size + 1.0, np.maximum(y, 1.0), p), 0.0)
    away = y * (2.0 * up_to - 1.0) - mean * (2.0 * tilted - 1.0)
    result: FloatArray = (away - _mean_difference(size, p) / 2.0).reshape(shape)
    return result


def crps_of_sample(sample: FloatArray, counts: FloatArray) -> FloatArray:
    """CRPS of an empirical distribution. sample: (…, k), nan where a window did not exist; counts: (…)."""
    ordered = np.sort(sample, axis=-1)
    k = np.isfinite(sample).sum(axis=-1)
    many = np.maximum(k, 1)
    away = np.nansum(np.abs(sample - counts[..., None]), axis=-1) / many
    rank = 2.0 * np.arange(sample.shape[-1]) - k[..., None] + 1.0
    apart = np.nansum(ordered * rank, axis=-1) / many**2
    result: FloatArray = np.where(k > 0, away - apart, np.nan)
    return result


def brier(probability: FloatArray, happened: BoolArray) -> FloatArray:
    """Squared error of the probability that at least one comes; 0 is perfect, 0.25 is a coin."""
    result: FloatArray = (probability - happened) ** 2
    return result


def covered(predictive: Predictive, counts: FloatArray, level: float) -> tuple[BoolArray, FloatArray]:
    """Was the count inside the interval, and how probable did the forecast itself hold that?

    Counts are whole, so an 80 % interval holds at least 80 %: the second figure is what the first must match.
    """
    low, high = predictive.interval(level)
    inside: BoolArray = (counts >= low) & (counts <= high)
    claimed = cumulative(predictive, high) - cumulative(predictive, low - 1.0)
    return inside, claimed


def pit_table(predictive: Predictive, counts: FloatArray, bins: int = 10) -> FloatArray:
    """Share of outcomes per tenth of the forecast distribution, (bins,); flat at 1/bins means calibrated.

    Each outcome is spread evenly between F(y−1) and F(y): no randomness enters.
    """
    upper = cumulative(predictive, counts).ravel()[:, None]
    lower = cumulative(predictive, counts - 1.0).ravel()[:, None]
    edges = np.linspace(0.0, 1.0, bins + 1)[None, :]
    reached = np.clip((edges - lower) / np.maximum(upper - lower, 1e-12), 0.0, 1.0)
    shares: FloatArray = np.diff(reached.mean(axis=0))
    return shares


def skill(ours: float, theirs: float) -> float:
    """Share of the baseline's score that is saved: 0.1 is ten per cent better, negative is worse, nan against 0."""
    return 1.0 - ours / theirs if theirs > 0 else float("nan")
