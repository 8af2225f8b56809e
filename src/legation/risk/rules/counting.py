"""How many occurrences came near each mission, day by day? Rings around missions, and where the sources look at all."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from legation.foundations.place import chord_of_km, unit_vectors
from legation.foundations.time import DAY_S
from legation.risk.rules.series import PRECISION_RADII, RINGS_KM, FloatArray, IntArray, Series

COUNTRY_KM = 0.0
"""The ring that has no radius: everything in the receiving state."""
LONGEST_S = 31 * DAY_S
"""A row that spans more than a month sums up a season; it is no event of a day and enters no count."""
HISTORY_AT_MOST_DAYS = 3653
"""Ten years: the longest memory (480 days) has forgotten all but a two-hundredth of what is older."""
# A country counts as watched once thirty occurrences have come within half a year: fewer are news that happened to be
# read or rows of a world-wide sample, and from those no rate of quiet days can be had. It is watched from the first
# month on that has at least a
# fiftieth of its busiest month: single rows of a world-wide sample years before a source begins would otherwise make
# false quiet years, and a historical mean that is easily beaten.
WATCHED_EVENTS, WATCHED_DAYS = 30, 183
BEGUN_DAYS, BEGUN_SHARE = 30, 0.02
SAME_PLACE_DEGREES = 0.25
"""Missions within about 25 km of each other see nearly the same events; in scores they count once."""
ALL_THREATS = -1


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Missions as columns of one length; nan where the place is not known. region: what they borrow strength within."""

    id: tuple[str, ...]
    latitude: FloatArray
    longitude: FloatArray
    country: tuple[str, ...]
    region: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Happened:
    """Occurrences as columns of one length, all known before the origin. day: days since 1970 on which they ended."""

    day: IntArray
    span_s: IntArray
    latitude: FloatArray
    longitude: FloatArray
    precision_km: FloatArray
    country: tuple[str, ...]
    threat: IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Counted:
    """Series with what each row is: mission (position in Places), ring (0 country), threat code (ALL_THREATS)."""

    series: Series
    mission: IntArray
    ring_km: FloatArray
    threat: IntArray


def watched_since(happened: Happened, countries: Sequence[str]) -> dict[str, int]:
    """Country → first day from which its occurrences are a history; a country that is missing here has none."""
    names = np.array(happened.country, dtype=object)
    since = {}
    for country in set(countries) - {""}:
        days = np.sort(happened.day[(names == country) & (happened.span_s <= LONGEST_S)])
        if len(days) < WATCHED_EVENTS or int(days[-1] - days[0]) < WATCHED_DAYS:
            continue
        if int((days[WATCHED_EVENTS - 1 :] - days[: len(days) - WATCHED_EVENTS + 1]).min()) > WATCHED_DAYS:
            continue
        month = (days - days[0]) // BEGUN_DAYS
        begun = np.flatnonzero(np.bincount(month) >= BEGUN_SHARE * np.bincount(month).max())[0]
        start = int(days[month >= begun][0])
        if int(days[-1]) - start >= WATCHED_DAYS:
            since[country] = start
    return since


def _pairs(places: Places, happened: Happened, radius_km: float) -> tuple[IntArray, IntArray]:
    """Mission and occurrence positions that lie within the radius and are placed well enough for it.

    Where a source gives a point without saying how exactly, it is taken at its word, as the threat profile does.
    """
    at = np.flatnonzero(np.isfinite(places.latitude) & np.isfinite(places.longitude))
    precise = np.nan_to_num(happened.precision_km, nan=0.0) <= PRECISION_RADII * radius_km
    on = np.flatnonzero(precise & np.isfinite(happened.latitude) & np.isfinite(happened.longitude))
    if not len(at) or not len(on):
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    tree = cKDTree(unit_vectors(happened.latitude[on], happened.longitude[on]))
    centres = unit_vectors(places.latitude[at], places.longitude[at])
    near: list[list[int]] = np.asarray(tree.query_ball_point(centres, chord_of_km(radius_km)), dtype=object).tolist()
    sizes = np.array([len(found) for found in near], dtype=np.int64)
    events = np.concatenate([np.asarray(found, dtype=np.int64) for found in near]) if sizes.sum() else at[:0]
    return np.repeat(at, sizes), on[events]


def _in_country(places: Places, happened: Happened) -> tuple[IntArray, IntArray]:
    names = np.array(happened.country, dtype=object)
    missions: list[IntArray] = []
    events: list[IntArray] = []
    by_country = {country: np.flatnonzero(names == country) for country in set(places.country) - {""}}
    for position, country in enumerate(places.country):
        found = by_country.get(country)
        if found is not None and len(found):
            missions.append(np.full(len(found), position, dtype=np.int64))
            events.append(found)
    if not missions:
        return np.empty(0, dtype=np.int64), np.empty(0, dtype=np.int64)
    return np.concatenate(missions), np.concatenate(events)


def count(places: Places, happened: Happened, origin_day: int, *, by_threat: bool) -> Counted:
    """Daily counts before `origin_day` around every mission in a watched country.

    by_threat: a row per threat class that occurred in the ring, otherwise one row of all classes per ring (also where
    none occurred: a quiet place in a watched country has a forecast too).
    """
    since = watched_since(happened, places.country)
    start = max(min(since.values(), default=origin_day), origin_day - HISTORY_AT_MOST_DAYS)
    days = max(origin_day - start, 1)
    usable = (happened.day < origin_day) & (happened.day >= start) & (happened.span_s <= LONGEST_S)
    usable &= happened.threat >= 0
    watched = np.array([country in since for country in places.country], dtype=np.bool_)
    rows: dict[tuple[int, float, int], FloatArray] = {}
    for ring in (*RINGS_KM, COUNTRY_KM):
        mission, event = _pairs(places, happened, ring) if ring else _in_country(places, happened)
        keep = usable[event] & watched[mission]
        mission, event = mission[keep], event[keep]
        threat = happened.threat[event] if by_threat else np.full(len(event), ALL_THREATS, dtype=np.int64)
        code = mission * 64 + threat + 1
        order = np.argsort(code, kind="stable")
        cells, starts = np.unique(code[order], return_index=True)
        for cell, members in zip(cells.tolist(), np.split(order, starts[1:]), strict=False):
            when = happened.day[event[members]] - start
            rows[cell // 64, ring, cell % 64 - 1] = np.bincount(when, minlength=days).astype(np.float64)
    if not by_threat:
        for position in np.flatnonzero(watched).tolist():
            for ring in (*RINGS_KM, COUNTRY_KM):
                rows.setdefault((position, ring, ALL_THREATS), np.zeros(days))
    return _stack(places, rows, since, start, days)


def _stack(
    places: Places,
    rows: dict[tuple[int, float, int], FloatArray],
    since: dict[str, int],
    start: int,
    days: int,
) -> Counted:
    keys = sorted(rows)
    pools: dict[tuple[str, float, int], int] = {}
    pool = [pools.setdefault((places.region[m], ring, threat), len(pools)) for m, ring, threat in keys]
    covered = [max(since[places.country[m]] - start, 0) for m, _, _ in keys]
    counts = np.array([rows[key] for key in keys]).reshape(len(keys), days)
    return Counted(
        Series(counts, start, np.array(covered, dtype=np.int64), np.array(pool, dtype=np.int64)),
        np.array([m for m, _, _ in keys], dtype=np.int64),
        np.array([ring for _, ring, _ in keys], dtype=np.float64),
        np.array([threat for _, _, threat in keys], dtype=np.int64),
    )


def distinct(series: Series) -> tuple[IntArray, IntArray]:
    """One position per different row, and for every row which of those it equals.

    Missions of one city see the same events: computed once, and counted once in every score.
    """
    known: dict[tuple[bytes, int, int], int] = {}
    first: list[int] = []
    same: list[int] = []
    for row, (since, pool) in enumerate(zip(series.covered_from.tolist(), series.pool.tolist(), strict=True)):
        key = (series.counts[row].tobytes(), since, pool)
        if key not in known:
            known[key] = len(first)
            first.append(row)
        same.append(known[key])
    return np.array(first, dtype=np.int64), np.array(same, dtype=np.int64)


def places_apart(places: Places, counted: Counted) -> IntArray:
    """A code per row, equal for rows of one ring and class whose missions lie in one cell of SAME_PLACE_DEGREES."""
    cells: dict[tuple[object, ...], int] = {}
    codes = []
    for mission, ring, threat in zip(
        counted.mission.tolist(), counted.ring_km.tolist(), counted.threat.tolist(), strict=True
    ):
        place: tuple[object, ...] = (places.country[mission],)
        if ring != COUNTRY_KM:
            degrees = (places.latitude[mission], places.longitude[mission])
            place += tuple("" if math.isnan(d) else round(d / SAME_PLACE_DEGREES) for d in degrees)
        codes.append(cells.setdefault((ring, threat, *place), len(cells)))
    return np.array(codes, dtype=np.int64)


def recent(places: Places, happened: Happened, origin_day: int, days: int) -> tuple[IntArray, IntArray, IntArray]:
    """Mission, threat and occurrence positions within the near ring in the last `days` days, newest first.

    What a rate is explained by, and all there is to go by where the country is not watched.
    """
    mission, event = _pairs(places, happened, RINGS_KM[0])
    fresh = (happened.day[event] >= origin_day - days) & (happened.day[event] < origin_day)
    fresh &= happened.threat[event] >= 0
    mission, event = mission[fresh], event[fresh]
    order = np.lexsort((event, -happened.day[event]))
    return mission[order], happened.threat[event[order]], event[order]
