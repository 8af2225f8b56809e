"""Which days lie ahead of a mission, and what happened near it on such days before, as far as this reader may see?"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
from django.db.models import Q

from legation.foundations.place import Point, distances_km
from legation.foundations.time import from_epoch_s
from legation.intelligence.models.calendar import CalendarDay
from legation.intelligence.queries import around
from legation.intelligence.rules.calendar import RINGS_KM, Before, before, earlier
from legation.intelligence.rules.signals import FloatArray, IntArray
from legation.missions import published as missions
from legation.missions.published import MissionSeen
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet

COVERED_LEAST = timedelta(days=300)
"""Less history than this says nothing of the same day a year ago."""


@dataclass(frozen=True, slots=True)
class DayAhead:
    """A day of the calendar, in how many days, and by ring what happened on such days before; none where unknown."""

    row: CalendarDay
    in_days: int
    before: tuple[Before, ...]

    @property
    def unusual(self) -> bool:
        return any(one.unusual for one in self.before)


@dataclass(frozen=True, slots=True)
class _Near:
    """What happened near a mission: starts and distances, and since when anything is known."""

    start_s: IntArray
    away_km: FloatArray
    since: date


def calendar(actor: Actor, *, days: int = 90, country: str = "", mission: str = "") -> "MarkedQuerySet[CalendarDay]":
    """Days that lie ahead or have begun and not ended, the next first; of one country or mission where named."""
    today = clock.as_of().date()
    rows = CalendarDay.objects.visible_to(actor).filter(last__gte=today, first__lte=today + timedelta(days=days))
    if mission:
        rows = rows.filter(Q(mission_id=mission) | Q(mission_id__isnull=True, country__in=["", country]))
    elif country:
        rows = rows.filter(country__in=["", country])
    return rows.order_by("first", "title", "id")


def calendar_day(actor: Actor, key: str) -> CalendarDay:
    """One day. Raises NotVisible."""
    found = CalendarDay.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def ahead(actor: Actor, mission: str, *, days: int) -> list[DayAhead]:
    """What lies ahead of a mission within so many days, each with what happened near it on such days before."""
    seen = missions.mission(actor, mission)
    rows = list(calendar(actor, days=days, country=seen.receiving_code, mission=str(seen.id)))
    if not rows:
        return []
    today = clock.as_of().date()
    near = _near(actor, seen)
    named = _named(actor, rows)
    return [
        DayAhead(row, max(0, (row.first - today).days), _before(row, near, named[row.title], today)) for row in rows
    ]


def _near(actor: Actor, seen: MissionSeen) -> _Near | None:
    """None where the mission has no place, or nothing is known for long enough."""
    if seen.latitude is None or seen.longitude is None:
        return None
    found = around(actor, seen)
    away = distances_km(found.latitude, found.longitude, Point(seen.latitude, seen.longitude))
    inside = away <= max(RINGS_KM)
    if not inside.any():
        return None
    start_s = found.start_s[inside]
    since = from_epoch_s(int(start_s.min())).date()
    if clock.as_of().date() - since < COVERED_LEAST:
        return None
    return _Near(start_s, np.asarray(away[inside]), since)


def _named(actor: Actor, rows: Sequence[CalendarDay]) -> dict[str, list[tuple[date, date]]]:
    """By title, when days of that title were before: feasts of the moon move."""
    found: dict[str, list[tuple[date, date]]] = defaultdict(list)
    past = CalendarDay.objects.visible_to(actor).filter(title__in={row.title for row in rows})
    for title, first, last, country in past.values_list("title", "first", "last", "country"):
        if country in {row.country for row in rows}:
            found[title].append((first, last))
    return found


def _before(
    row: CalendarDay, near: _Near | None, named: Sequence[tuple[date, date]], today: date
) -> tuple[Before, ...]:
    if near is None:
        return ()
    days = earlier(row.first, row.last, near.since, named)
    return before(days, near.start_s, near.away_km, near.since, today) if days else ()


def day_fields(row: CalendarDay) -> dict[str, object]:
    """A day as programs get it."""
    return {
        "id": row.pk,
        "title": row.title,
        "kind": row.kind,
        "first": row.first,
        "last": row.last,
        "country": row.country,
        "mission": row.mission_id,
        "threats": row.threats,
        "why": row.why,
        "source": row.source,
        "estimated": row.estimated,
    }


def ahead_fields(one: DayAhead) -> dict[str, object]:
    """A day ahead of a mission as programs get it."""
    told = [
        {"ring_km": b.ring_km, "count": b.count, "expected": b.expected, "years": b.years, "chance": b.chance}
        for b in one.before
    ]
    return day_fields(one.row) | {"in_days": one.in_days, "before": told}
