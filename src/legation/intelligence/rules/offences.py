"""What do police count, in which of our words, and does it rise? Figures of an area and month, never single happenings.

A figure stands beside the threat profile and enters neither it nor the rates: those count happenings that sources tell
of near a mission, a few a month; police count reports of a whole city, thousands a month. Added to each other they
would make a level of whoever publishes most. What a figure can say is whether crime of a kind rises: that is shown.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from legation.intelligence.rules.signals import IntArray
from legation.intelligence.rules.trend import Trend, Window, trends

QUARTER = Window("3_months", 3, 12)
"""Three months against the twelve before: the year before holds every season once."""

NEAR_KM = 50.0
"""An area whose middle is farther away is another city."""

OLD_MONTHS = 6
"""Figures whose latest month is older say nothing of now, and are shown as old."""


@dataclass(frozen=True, slots=True)
class Offence:
    """One row. words: what police tables in several languages call it, in small letters."""

    word: str
    words: tuple[str, ...]


OFFENCES: tuple[Offence, ...] = (
    Offence("homicide", ("murder", "homicidio", "homicidio doloso", "meurtre")),
    Offence("assault", ("wounding", "violence", "lesiones", "lesiones dolosas", "coups et blessures")),
    Offence("kidnapping", ("abduction", "secuestro", "enlèvement")),
    Offence("robbery", ("mugging", "robo con violencia", "asalto", "vol avec violence")),
    Offence("burglary", ("housebreaking", "robo a casa habitación", "cambriolage")),
    Offence("vehicle_theft", ("car theft", "carjacking", "robo de vehículo", "vol de véhicule")),
    Offence("theft", ("larceny", "pickpocketing", "robo", "hurto", "vol")),
    Offence("fraud", ("fraude", "escroquerie")),
    Offence("drugs", ("drug offences", "narcomenudeo", "stupéfiants")),
    Offence("road_deaths", ("traffic deaths", "muertes viales", "tués sur la route")),
)

OFFENCE_OF: dict[str, str] = {word: row.word for row in OFFENCES for word in (row.word.replace("_", " "), *row.words)}
"""A police table's word, in small letters → ours."""


@dataclass(frozen=True, slots=True)
class Course:
    """How a figure runs: the last month, the last twelve together, and three months against the twelve before."""

    latest: int
    year: int
    trend: Trend
    ratio: float
    low: float
    high: float


def course(months: Sequence[int | None]) -> Course:
    """months: counts, the latest first; None where the police gave none. A gap in fifteen months allows no trend."""
    known = [0 if one is None else one for one in months]
    year = sum(known[:12])
    needed = QUARTER.recent_weeks + QUARTER.before_weeks
    if len(months) < needed or any(one is None for one in months[:needed]):
        return Course(known[0] if known else 0, year, Trend.NOTHING_TO_COMPARE, 0.0, 0.0, 0.0)
    counts: IntArray = np.array([known[:needed]], dtype=np.int64)
    found = trends(counts, QUARTER)
    ratio, low, high = (float(one[0]) for one in (found.ratio, found.low, found.high))
    return Course(known[0], year, Trend(int(found.trend[0])), ratio, low, high)
