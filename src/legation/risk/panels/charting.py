"""How are a forecast and its score drawn? Figures for the chart, the table beside it, and the plain sentence below."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from legation.platform.authority.actor import Actor
from legation.risk import queries
from legation.risk.models import ForecastRow, RateRow, ScoreRow
from legation.risk.rules.series import RINGS_KM

WEEK_S = 7 * 86_400
DRAWN_FROM_DAYS = 7
"""A single day scaled up to a week says nothing; the chart begins with the week."""


@dataclass(frozen=True, slots=True)
class Scored:
    """One line of the score table. verdicts: baseline and what may be said against it."""

    horizon_days: int
    crps: float
    last_value: float | None
    historical_mean: float | None
    coverage80: float | None
    claimed80: float | None
    brier: float | None
    origins: int
    scored: int
    word: str
    sentence: str


def figures_of(actor: Actor, mission: str) -> Mapping[str, object] | None:
    """Chart, table and score of the nearest ring; None where no source watches the country."""
    ahead = [row for row in queries.forecasts(actor, mission) if row.ring_km == RINGS_KM[0]]
    rates = [row for row in queries.rates(actor, mission) if row.ring_km == RINGS_KM[0]]
    if not ahead or not rates:
        return {"rows": []}
    own = {row.horizon_days: scored(row) for row in queries.scores(actor, mission) if row.result.get("scored")}
    return {
        "chart": chart(ahead, rates[0]),
        "rows": [(row, own.get(row.horizon_days)) for row in ahead],
        "verdicts": verdicts(own),
        "mission": mission,
        "origin": ahead[0].origin,
    }


def verdicts(own: Mapping[int, Scored]) -> list[tuple[str, str]]:
    """Horizons of which the same may be said, with the sentence."""
    grouped: dict[str, list[str]] = {}
    for horizon in sorted(own):
        grouped.setdefault(own[horizon].sentence, []).append(str(horizon))
    return [(", ".join(days), sentence) for sentence, days in grouped.items()]


def chart(ahead: list[ForecastRow], rate: RateRow) -> dict[str, object]:
    """Weekly counts of the past year and the fan ahead, both as occurrences a week."""
    origin = ahead[0].origin
    now = int(datetime(origin.year, origin.month, origin.day, tzinfo=UTC).timestamp())
    weeks = len(rate.history)
    past = [[now - (weeks - 1 - i) * WEEK_S, n] for i, n in enumerate(rate.history)]
    fan = [
        [
            now + row.horizon_days * 86_400,
            *(round(v * 7 / row.horizon_days, 2) for v in (row.mean, row.low80, row.high80)),
        ]
        for row in ahead
        if row.horizon_days >= DRAWN_FROM_DAYS
    ]
    labels = {
        "history": _("Occurrences a week"),
        "forecast": _("Forecast, a week"),
        "low": _("80 % from"),
        "high": _("80 % to"),
        "when": _("Week to"),
        "table": _("The same figures as a table"),
    }
    return {"history": past, "forecast": fan, "labels": labels}


def scored(row: ScoreRow) -> Scored:
    """A back-test as a line with its sentence."""
    result = row.result
    beside = {one["baseline"]: one for one in result["beside"]}
    return Scored(
        row.horizon_days,
        result["crps"],
        beside["last_value"]["crps"],
        beside["historical_mean"]["crps"],
        result["coverage80"],
        result["claimed80"],
        result["brier"],
        result["origins"],
        result["scored"],
        *verdict(beside),
    )


def verdict(beside: Mapping[str, Mapping[str, object]]) -> tuple[str, str]:
    """What may honestly be said, short and as a sentence; where the method does not beat a baseline it says which."""
    names = {"historical_mean": _("the historical mean"), "last_value": _("the last value")}
    said = {name: str(beside[key]["verdict"]) for key, name in names.items()}
    worse = _(" and ").join(name for name, word in said.items() if word == "worse")
    level = _(" and ").join(name for name, word in said.items() if word == "no_better")
    if worse:
        return _("worse than %(n)s") % {"n": worse}, _("Worse than %(n)s: use that instead.") % {"n": worse}
    if level:
        return _("no better than %(n)s") % {"n": level}, _("No better than %(n)s.") % {"n": level}
    if "too_little" in said.values():
        return _("too few windows"), _("Too few windows to say whether this beats a naive forecast.")
    return _("better than both"), _("Better than the historical mean and the last value.")
