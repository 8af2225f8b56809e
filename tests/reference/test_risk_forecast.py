"""Do the forecasting rules agree with worked numbers?

Source: gamma–Poisson example with its CRPS, computed twice by different methods (own sum and scoringrules 0.9), and
the risk bands of the UN Security Risk Management vocabulary.
"""

import numpy as np
import pytest

from legation.risk.rules.forecast import Predictive
from legation.risk.rules.matrix import MATRIX, Band, Likelihood
from legation.risk.rules.rates import Gamma
from legation.risk.rules.scoring import crps, cumulative

BELIEF = Gamma(np.array([2.0]), np.array([4.0])).updated(np.array([9.0]), np.array([12.0]))
NEXT = Predictive(BELIEF.mean, BELIEF.shape)


def test_nine_events_in_twelve_months_give_the_worked_rate_and_interval() -> None:
    low, high = BELIEF.interval(0.95)
    assert BELIEF.mean[0] == pytest.approx(0.6875, abs=5e-5)
    assert (low[0], high[0]) == (pytest.approx(0.3432, abs=5e-5), pytest.approx(1.1494, abs=5e-5))


def test_the_predictive_counts_of_the_next_month_are_the_worked_ones() -> None:
    assert cumulative(NEXT, np.array([0.0]))[0] == pytest.approx(0.51331, abs=5e-6)
    assert 1 - cumulative(NEXT, np.array([2.0]))[0] == pytest.approx(0.03732, abs=5e-6)
    assert NEXT.at_least_one[0] == pytest.approx(1 - 0.51331, abs=5e-6)


@pytest.mark.parametrize(("came", "score"), [(0, 0.262198), (2, 0.979734)])
def test_the_crps_of_the_worked_example_agrees(came: int, score: float) -> None:
    assert crps(NEXT, np.array([float(came)]))[0] == pytest.approx(score, abs=5e-7)


def test_the_top_row_of_the_matrix_reads_as_the_vocabulary_orders_the_bands() -> None:
    top = MATRIX[Likelihood.VERY_LIKELY]
    assert top == (Band.LOW, Band.MEDIUM, Band.HIGH, Band.VERY_HIGH, Band.UNACCEPTABLE)
