"""Does the forecast beat the baselines, and where does it not? Rolling-origin back-test, scored as it would have stood.

Source: rolling-origin evaluation (Tashman 2000); the verdict compares paired scores by blocks of origins no
shorter than the horizon, because overlapping windows are not independent (Diebold & Mariano 1995).
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from legation.risk.rules.baselines import NAMED_IN_THE_PLAN, Baseline, Scored, score_baselines
from legation.risk.rules.forecast import STEP_DAYS, Predictive, lead_in, predict
from legation.risk.rules.scoring import brier, covered, crps, pit_table, skill
from legation.risk.rules.series import BoolArray, FloatArray, IntArray, Series

# A place must have been watched this long before its forecasts are scored: a quarter of a year.
SCORED_AFTER_DAYS = 90
# Blocks of origins fewer than this say nothing about chance.
FEWEST_BLOCKS = 4


class Verdict(StrEnum):
    """What may honestly be said of a method beside a baseline."""

    BETTER = "better"
    NO_BETTER = "no_better"
    WORSE = "worse"
    TOO_LITTLE = "too_little"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Our mean score beside one baseline's on the same windows."""

    baseline: Baseline
    crps: float
    brier: float
    skill: float
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class BackTest:
    """The outcome for one horizon over rows that had seen at least one event; the others are counted apart."""

    horizon_days: int
    origins: int
    scored: int
    rows: int
    never_rows: int
    never_scored: int
    never_crps: float
    mean_count: float
    crps: float
    brier: float
    coverage50: float
    claimed50: float
    coverage80: float
    claimed80: float
    pit: tuple[float, ...]
    beside: tuple[Comparison, ...]

    def against(self, baseline: Baseline) -> Comparison:
        return next(c for c in self.beside if c.baseline is baseline)

    @property
    def beats_the_plan(self) -> bool:
        """Better than historical mean and last value; where False the page says that it does not."""
        return all(self.against(b).verdict is Verdict.BETTER for b in NAMED_IN_THE_PLAN)


@dataclass(frozen=True, slots=True, eq=False)
class Trial:
    """Every forecast of a back-test with what came, (n, m): one row's score is shown beside its forecast."""

    horizon_days: int
    origins: IntArray
    made: Predictive
    came: FloatArray
    ours: Scored
    theirs: dict[Baseline, Scored]
    eligible: BoolArray
    ever: BoolArray


def run(series: Series, first: int, last: int, horizon_days: int) -> Trial:
    """Forecast at weekly origins from `first` to the last whose window ends by `last` (indices), and score.

    Raises ValueError where no window fits.
    """
    if last - horizon_days < first:
        raise ValueError(f"no {horizon_days}-day window fits between the days {first} and {last}")
    lead = lead_in(horizon_days)
    wanted = np.arange(first, last - horizon_days + 1, STEP_DAYS, dtype=np.int64)
    origins = np.concatenate([first - STEP_DAYS * np.arange(lead, 0, -1, dtype=np.int64), wanted])
    made = predict(series, origins, horizon_days)
    made = Predictive(made.mean[:, lead:], made.size[:, lead:])
    came = series.sums(wanted, horizon_days)
    eligible = series.covered_days(wanted) >= SCORED_AFTER_DAYS
    ever = series.sums(wanted, -series.days) > 0
    ours = Scored(crps(made, came), brier(made.at_least_one, came >= 1))
    theirs = score_baselines(series, wanted, horizon_days)
    return Trial(horizon_days, wanted, made, came, ours, theirs, eligible, ever)


def _verdict(difference: FloatArray, used: BoolArray, horizon_days: int) -> Verdict:
    """Is the mean paired difference (ours − theirs) off zero by two standard errors over blocks of origins?"""
    block = max(1, -(-horizon_days // STEP_DAYS))
    totals, counts = np.where(used, difference, 0.0).sum(axis=0), used.sum(axis=0)
    cuts = np.arange(0, difference.shape[1], block)
    totals, counts = np.add.reduceat(totals, cuts), np.add.reduceat(counts, cuts)
    kept = counts > 0
    if kept.sum() < FEWEST_BLOCKS:
        return Verdict.TOO_LITTLE
    mean = totals[kept].sum() / counts[kept].sum()
    # Ratio estimator: the residual of each block around the common mean, weighted by its size.
    residual = totals[kept] - mean * counts[kept]
    error = float(np.sqrt((residual**2).sum() * kept.sum() / (kept.sum() - 1))) / counts[kept].sum()
    if mean < -2.0 * error:
        return Verdict.BETTER
    return Verdict.WORSE if mean > 2.0 * error else Verdict.NO_BETTER


def _mean(values: FloatArray, used: BoolArray) -> float:
    return float(values[used].mean()) if used.any() else float("nan")


def summarise(trial: Trial, rows: BoolArray | None = None) -> BackTest:
    """The figures shown beside a forecast, over some rows (n,) or all."""
    chosen = np.ones(len(trial.came), dtype=np.bool_) if rows is None else rows
    eligible = trial.eligible & chosen[:, None]
    used, never = eligible & trial.ever, eligible & ~trial.ever
    picked = Predictive(trial.made.mean[used], trial.made.size[used])
    came = trial.came[used]
    inside50, claimed50 = covered(picked, came, 0.50)
    inside80, claimed80 = covered(picked, came, 0.80)
    ours = _mean(trial.ours.crps, used)
    beside = []
    for name, scored in trial.theirs.items():
        both = used & np.isfinite(scored.crps)
        theirs, own = _mean(scored.crps, both), _mean(trial.ours.crps, both)
        verdict = _verdict(trial.ours.crps - np.nan_to_num(scored.crps), both, trial.horizon_days)
        beside.append(Comparison(name, theirs, _mean(scored.brier, both), skill(own, theirs), verdict))
    empty = not used.any()
    return BackTest(
        horizon_days=trial.horizon_days,
        origins=len(trial.origins),
        scored=int(used.sum()),
        rows=int(used.any(axis=1).sum()),
        never_rows=int((never.any(axis=1) & ~used.any(axis=1)).sum()),
        never_scored=int(never.sum()),
        never_crps=_mean(trial.ours.crps, never),
        mean_count=_mean(trial.came, used),
        crps=ours,
        brier=_mean(trial.ours.brier, used),
        coverage50=float("nan") if empty else float(inside50.mean()),
        claimed50=float("nan") if empty else float(claimed50.mean()),
        coverage80=float("nan") if empty else float(inside80.mean()),
        claimed80=float("nan") if empty else float(claimed80.mean()),
        pit=() if empty else tuple(float(v) for v in pit_table(picked, came)),
        beside=tuple(beside),
    )
