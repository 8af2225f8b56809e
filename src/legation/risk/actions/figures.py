"""How are computed figures kept? Projections, written by the act that changed an input or by a recomputation."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

import numpy as np

from legation.foundations.time import EPOCH
from legation.platform.authority.markings import intern
from legation.risk.models import ActivityRow, BandDay, ForecastRow, RateRow, ScenarioRow, ScoreRow
from legation.risk.queries.inputs import Level, World, levels, scenarios
from legation.risk.rules import backtest, scoring
from legation.risk.rules.assessment import Assessed, assess, main_cause
from legation.risk.rules.counting import Counted
from legation.risk.rules.forecast import Predictive
from legation.risk.rules.outlook import ActivityFigure, Outlook, threat_of
from legation.risk.rules.series import RINGS_KM

DAYS_A_YEAR = 365.25
KEPT_BANDS_DAYS = 8
"""A week and today: what the change over seven days needs."""
HISTORY_WEEKS = 52
"""A year of weeks stands in the chart before the forecast."""
BATCH = 500


def date_of(day: int) -> date:
    return (EPOCH + timedelta(days=day)).date()


def project(keys: Sequence[str] | None, now: datetime) -> int:
    """Compute the scenarios of these missions (None: of all) anew from what stands, at both levels. Returns how many.

    The higher level is kept only for missions where it differs from what everyone sees.
    """
    openly: dict[tuple[str, str], tuple[float, ...]] = {}
    total = 0
    for level in levels():
        found = [assess(scenario) for scenario in scenarios(level.reader, level.number, keys)]
        marking = intern(level.reader.clearance)
        rows = [_scenario_row(one, level.number, marking, now) for one in found]
        if level.number == 0:
            openly = {(str(row.mission_id), row.threat): _figures(row) for row in rows}
        else:
            other = {row.mission_id for row in rows if openly.get((str(row.mission_id), row.threat)) != _figures(row)}
            rows = [row for row in rows if row.mission_id in other]
        _mark_worst(rows)
        stale = ScenarioRow.objects.filter(level=level.number)
        (stale if keys is None else stale.filter(mission_id__in=keys)).delete()
        ScenarioRow.objects.bulk_create(rows, batch_size=BATCH)
        _bands(rows, level.number, marking, now)
        total += len(rows)
    return total


def _mark_worst(rows: Iterable[ScenarioRow]) -> None:
    """Flag the greatest risk of each mission."""
    greatest: dict[str | None, ScenarioRow] = {}
    for row in rows:
        known = greatest.get(row.mission_id)
        if known is None or row.greatness > known.greatness:
            greatest[row.mission_id] = row
    for row in greatest.values():
        row.worst = True


def _figures(row: ScenarioRow) -> tuple[float, ...]:
    return (row.present_likelihood, row.present_impact, row.residual_likelihood, row.residual_impact)


def _scenario_row(one: Assessed, level: int, marking: int, now: datetime) -> ScenarioRow:
    cause = main_cause(one)
    return ScenarioRow(
        mission_id=one.scenario.mission,
        marking_id=marking,
        level=level,
        threat=one.scenario.threat.value,
        present_likelihood=one.present.likelihood_points,
        present_impact=one.present.impact_points,
        present_band=int(one.present.band),
        low_band=int(one.present_low.band),
        high_band=int(one.present_high.band),
        residual_likelihood=one.residual.likelihood_points,
        residual_impact=one.residual.impact_points,
        residual_band=int(one.residual.band),
        cause=cause.code,
        cause_params=cause.params,
        computed_at=now,
    )


def _bands(rows: Iterable[ScenarioRow], level: int, marking: int, now: datetime) -> None:
    highest: dict[str, int] = {}
    for row in rows:
        key = str(row.mission_id)
        highest[key] = max(highest.get(key, 0), row.present_band)
    today = now.date()
    BandDay.objects.filter(level=level, day=today, mission_id__in=list(highest)).delete()
    BandDay.objects.filter(day__lt=today - timedelta(days=KEPT_BANDS_DAYS)).delete()
    BandDay.objects.bulk_create(
        [
            BandDay(mission_id=key, marking_id=marking, level=level, day=today, band=band)
            for key, band in highest.items()
        ],
        batch_size=BATCH,
    )


def keep_activities(found: Sequence[ActivityFigure], at: World, level: Level) -> None:
    """Replace the activity of every mission at this level."""
    marking = intern(level.reader.clearance)

    def shares(figure: ActivityFigure) -> list[dict[str, object]]:
        known, day = at.known, at.happened.day
        return [
            {
                "id": known.id[i],
                "title": known.title[i],
                "day": date_of(int(day[i])).isoformat(),
                "share": share,
            }
            if i >= 0
            else {"id": "", "title": "", "day": "", "share": share}
            for i, share in figure.shares
        ]

    ActivityRow.objects.filter(level=level.number).delete()
    ActivityRow.objects.bulk_create(
        [
            ActivityRow(
                mission_id=at.seen[figure.mission].id,
                marking_id=marking,
                level=level.number,
                threat=threat_of(figure.threat),
                near=figure.near,
                near_low=figure.near_low,
                near_high=figure.near_high,
                around=figure.around,
                days=figure.days,
                events=figure.events,
                shares=shares(figure),
            )
            for figure in found
        ],
        batch_size=BATCH,
    )


def _key(counted: Counted, row: int, at: World) -> tuple[str, float]:
    return at.seen[int(counted.mission[row])].id, float(counted.ring_km[row])


def keep_outlook(found: Outlook, at: World, level: Level) -> int:
    """Store the forecasts of this morning, never over a forecast that was already shown. Returns how many are new."""
    marking, origin = intern(level.reader.clearance), date_of(at.today)
    rows = []
    for horizon, made in found.made.items():
        low50, high50 = made.interval(0.5)
        low80, high80 = made.interval(0.8)
        any_ = made.at_least_one
        for row in np.flatnonzero(np.isfinite(made.mean)).tolist():
            mission, ring = _key(found.counted, row, at)
            rows.append(
                ForecastRow(
                    mission_id=mission,
                    marking_id=marking,
                    level=level.number,
                    ring_km=ring,
                    origin=origin,
                    horizon_days=horizon,
                    mean=float(made.mean[row]),
                    size=float(made.size[row]),
                    low50=float(low50[row]),
                    high50=float(high50[row]),
                    low80=float(low80[row]),
                    high80=float(high80[row]),
                    at_least_one=float(any_[row]),
                    last_value=float(found.last_value[horizon][row]),
                    historical_mean=float(found.historical_mean[horizon][row]),
                    same_as=str(int(found.same[row])),
                )
            )
    ForecastRow.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)


def keep_rates(found: Outlook, at: World, level: Level) -> None:
    """Replace the rates, with the weeks that the chart shows."""
    marking = intern(level.reader.clearance)
    series, rates = found.counted.series, found.rates
    weeks = min(HISTORY_WEEKS, series.days // 7)
    tail = series.counts[:, series.days - weeks * 7 :].reshape(len(series.counts), weeks, 7).sum(axis=2)
    rows = []
    for row in np.flatnonzero(np.isfinite(rates.mean)).tolist():
        mission, ring = _key(found.counted, row, at)
        rows.append(
            RateRow(
                mission_id=mission,
                marking_id=marking,
                level=level.number,
                ring_km=ring,
                mean_year=float(rates.mean[row]) * DAYS_A_YEAR,
                low80_year=float(rates.low80[row]) * DAYS_A_YEAR,
                high80_year=float(rates.high80[row]) * DAYS_A_YEAR,
                low95_year=float(rates.low95[row]) * DAYS_A_YEAR,
                high95_year=float(rates.high95[row]) * DAYS_A_YEAR,
                own_events=float(rates.own_events[row]),
                own_days=float(rates.own_days[row]),
                prior_mean_year=float(rates.prior_mean[row]) * DAYS_A_YEAR,
                prior_days=float(rates.prior_days[row]),
                history=[int(n) for n in tail[row]],
            )
        )
    RateRow.objects.filter(level=level.number).delete()
    RateRow.objects.bulk_create(rows, batch_size=BATCH)


def score_past(found: Outlook, at: World, level: Level) -> int:
    """Score stored forecasts whose window has ended by this morning with what came. Returns how many."""
    origin = date_of(at.today)
    series = found.counted.series
    positions = {_key(found.counted, row, at): row for row in range(len(series.counts))}
    open_ones = ForecastRow.objects.filter(level=level.number, came=None, origin__lt=origin)
    done = []
    for row in open_ones.iterator(chunk_size=2000):
        at_row = positions.get((str(row.mission_id), row.ring_km))
        start = (row.origin - EPOCH.date()).days
        if at_row is None or start + row.horizon_days > at.today or start < series.first_day:
            continue
        begin = start - series.first_day
        came = float(series.counts[at_row, begin : begin + row.horizon_days].sum())
        made = Predictive(np.array(row.mean), np.array(row.size))
        row.came = came
        row.crps = float(scoring.crps(made, np.array(came)))
        row.brier = (row.at_least_one - (came >= 1)) ** 2
        row.last_value_crps = abs(row.last_value - came)
        row.historical_mean_crps = abs(row.historical_mean - came)
        done.append(row)
    fields = ["came", "crps", "brier", "last_value_crps", "historical_mean_crps"]
    ForecastRow.objects.bulk_update(done, fields, batch_size=BATCH)
    return len(done)


def plain(result: backtest.BackTest) -> dict[str, object]:
    """The back-test as JSON: not-a-number becomes null."""

    def clean(value: object) -> object:
        if isinstance(value, float) and not math.isfinite(value):
            return None
        if isinstance(value, dict):
            return {key: clean(one) for key, one in value.items()}
        return [clean(one) for one in value] if isinstance(value, list | tuple) else value

    return {key: clean(value) for key, value in asdict(result).items()} | {"beats_the_plan": result.beats_the_plan}


def keep_scores(found: Outlook, made: dict[int, backtest.Trial], at: World, level: Level) -> int:
    """Replace the back-tests: one over all different series per ring group, and one per mission and ring."""
    marking, until = intern(level.reader.clearance), date_of(at.today)
    once = found.once
    rings = found.counted.ring_km[once]
    rows = []

    def add(mission: str | None, ring: float, horizon: int, result: backtest.BackTest) -> None:
        rows.append(
            ScoreRow(
                mission_id=mission,
                marking_id=marking,
                level=level.number,
                ring_km=ring,
                horizon_days=horizon,
                until=until,
                result=plain(result),
            )
        )

    for horizon, trial in made.items():
        for ring in (*RINGS_KM, 0.0):
            add(None, ring, horizon, backtest.summarise(trial, rings == ring))
        each = [
            backtest.summarise(trial, np.arange(len(once)) == position) if rings[position] == RINGS_KM[0] else None
            for position in range(len(once))
        ]
        position_of = {int(found.same[row]): position for position, row in enumerate(once.tolist())}
        for row, code in enumerate(found.same.tolist()):
            result = each[position_of[code]]
            if result is not None:
                add(*_key(found.counted, row, at), horizon, result)
    ScoreRow.objects.filter(level=level.number).delete()
    ScoreRow.objects.bulk_create(rows, batch_size=BATCH)
    return len(rows)
