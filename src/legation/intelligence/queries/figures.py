"""What do the police count around a mission, and does it rise?"""

from dataclasses import dataclass
from datetime import date

import numpy as np

from legation.foundations.place import Point, distances_km
from legation.intelligence.models import PoliceFigure
from legation.intelligence.rules.offences import NEAR_KM, OFFENCES, OLD_MONTHS, Course, course
from legation.missions.published import MissionSeen
from legation.platform import clock
from legation.platform.authority.actor import Actor

AREAS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Line:
    """One offence in one area."""

    offence: str
    course: Course


@dataclass(frozen=True, slots=True)
class Area:
    """An area near a mission. latest: the first day of its newest month; old: that says little of now."""

    area: str
    publisher: str
    distance_km: float
    latest: date
    old: bool
    lines: list[Line]


def near(actor: Actor, mission: MissionSeen) -> list[Area]:
    """The nearest areas with figures, each with its offences in the order of the table."""
    if mission.latitude is None or mission.longitude is None:
        return []
    today = clock.as_of().date()
    rows = list(PoliceFigure.objects.visible_to(actor).filter(country=mission.receiving_code, month__lte=today))
    by_area: dict[tuple[str, str], list[PoliceFigure]] = {}
    for row in rows:
        by_area.setdefault((row.publisher, row.area), []).append(row)
    found = [_area(key, some, mission, today) for key, some in by_area.items()]
    return sorted((one for one in found if one.distance_km <= NEAR_KM), key=lambda one: one.distance_km)[:AREAS_SHOWN]


def _area(key: tuple[str, str], rows: list[PoliceFigure], mission: MissionSeen, today: date) -> Area:
    here = Point(float(mission.latitude or 0), float(mission.longitude or 0))
    away = distances_km(np.array([rows[0].latitude]), np.array([rows[0].longitude]), here)
    newest = max(row.month for row in rows)
    months = [_back(newest, n) for n in range(15)]
    counts = {(row.offence, row.month): row.count for row in rows}
    offences = [one.word for one in OFFENCES if any(row.offence == one.word for row in rows)]
    lines = [Line(word, course([counts.get((word, month)) for month in months])) for word in offences]
    return Area(key[1], key[0], float(away[0]), newest, newest < _back(today.replace(day=1), OLD_MONTHS), lines)


def _back(month: date, n: int) -> date:
    whole = month.year * 12 + month.month - 1 - n
    return date(whole // 12, whole % 12 + 1, 1)
