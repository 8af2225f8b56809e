"""Which band does a likelihood and an impact give? The 5×5 matrix and the cut-offs that lead to its cells.

Source: five likelihoods, five impacts and five bands as in the UN Security Risk Management process; the
colouring of the cells is the house's own and is printed wherever a band is shown.
"""

from dataclasses import dataclass
from enum import IntEnum


class Likelihood(IntEnum):
    """How likely the scenario is to reach the mission within the period looked at (30 days)."""

    VERY_UNLIKELY = 1
    UNLIKELY = 2
    MODERATELY_LIKELY = 3
    LIKELY = 4
    VERY_LIKELY = 5


class Impact(IntEnum):
    """How much harm it would do when it comes."""

    NEGLIGIBLE = 1
    MINOR = 2
    MODERATE = 3
    SEVERE = 4
    CRITICAL = 5


class Band(IntEnum):
    """How great the risk is. Not the threat level: measures and exposure count here and do not count there."""

    LOW = 1
    MEDIUM = 2
    HIGH = 3
    VERY_HIGH = 4
    UNACCEPTABLE = 5


@dataclass(frozen=True, slots=True)
class CutOff[Scale: IntEnum]:
    """From this many points on, this step of the scale."""

    from_points: float
    step: Scale


# Twenty points to a step on both axes: fine enough that one measure (5–20 points) can move one step, coarse enough
# that no one reads precision into it. The lowest step has no floor because measures may take the sum below zero.
LIKELIHOOD_CUT_OFFS: tuple[CutOff[Likelihood], ...] = (
    CutOff(80, Likelihood.VERY_LIKELY),
    CutOff(60, Likelihood.LIKELY),
    CutOff(40, Likelihood.MODERATELY_LIKELY),
    CutOff(20, Likelihood.UNLIKELY),
    CutOff(float("-inf"), Likelihood.VERY_UNLIKELY),
)
IMPACT_CUT_OFFS: tuple[CutOff[Impact], ...] = (
    CutOff(80, Impact.CRITICAL),
    CutOff(60, Impact.SEVERE),
    CutOff(40, Impact.MODERATE),
    CutOff(20, Impact.MINOR),
    CutOff(float("-inf"), Impact.NEGLIGIBLE),
)

_L, _M, _H, _V, _U = Band
MATRIX: dict[Likelihood, tuple[Band, Band, Band, Band, Band]] = {
    #                              negligible, minor, moderate, severe, critical
    Likelihood.VERY_LIKELY: (_L, _M, _H, _V, _U),
    Likelihood.LIKELY: (_L, _M, _H, _V, _V),
    Likelihood.MODERATELY_LIKELY: (_L, _M, _M, _H, _H),
    Likelihood.UNLIKELY: (_L, _L, _M, _M, _M),
    Likelihood.VERY_UNLIKELY: (_L, _L, _L, _L, _M),
}
"""Rows as they are printed, the most likely first; the top row reads low, medium, high, very high, unacceptable."""


def likelihood_of(points: float) -> Likelihood:
    """The step of the likelihood scale that this many points reach."""
    return next(row.step for row in LIKELIHOOD_CUT_OFFS if points >= row.from_points)


def impact_of(points: float) -> Impact:
    """The step of the impact scale that this many points reach."""
    return next(row.step for row in IMPACT_CUT_OFFS if points >= row.from_points)


def band_of(likelihood: Likelihood, impact: Impact) -> Band:
    """The cell of the matrix."""
    return MATRIX[likelihood][impact - 1]


@dataclass(frozen=True, slots=True)
class Risk:
    """One point in the matrix: the points on both axes and the cell they fall in."""

    likelihood_points: float
    impact_points: float
    likelihood: Likelihood
    impact: Impact
    band: Band


def risk_of(likelihood_points: float, impact_points: float) -> Risk:
    """The cell that additive points on both axes give."""
    likelihood, impact = likelihood_of(likelihood_points), impact_of(impact_points)
    return Risk(likelihood_points, impact_points, likelihood, impact, band_of(likelihood, impact))
