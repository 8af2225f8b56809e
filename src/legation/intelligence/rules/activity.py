"""How much is going on around each mission? Sums of weighted occurrences, kept so that a change costs only itself.

Weights fall by half in a fixed time, so a sum taken at one instant is carried to the next by one factor per kind: what
was added need not be read again. An occurrence that changes is taken out as it was and put in as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from legation.foundations.place import EARTH_RADIUS_KM, chord_of_km, unit_vectors
from legation.foundations.threats import THREAT_CODES
from legation.intelligence.rules.occurrences import Occurrences
from legation.intelligence.rules.signals import BoolArray, FloatArray, IntArray
from legation.intelligence.rules.weights import (
    AT_THE_MISSION,
    IN_THE_CITY,
    IN_THE_COUNTRY,
    IN_THE_REGION,
    NATIONWIDE,
    NATIONWIDE_REACH_KM,
    SLOT_CLASS,
    SLOT_HALF_LIFE_S,
    SLOT_REACH_KM,
    SLOTS,
    VAGUE_SHARE,
    WITHIN_REACH,
    anchors_s,
    slots,
    strengths,
)

_AT_ONCE_NEAR, _AT_ONCE_FAR = 10_000, 2_000
"""Occurrences compared at once: bounds memory where a capital has hundreds of missions and a storm reaches 500 km."""

_WEEK_S = 7 * 86_400


@dataclass(frozen=True, slots=True, eq=False)
class Missions:
    """Missions as columns, (m,). nan where a mission's place is unknown: then only its country counts."""

    id: list[str]
    latitude: FloatArray
    longitude: FloatArray
    country: list[str]  # receiving state, alpha-2

    def __len__(self) -> int:
        return len(self.id)

    def take(self, index: IntArray) -> "Missions":
        """The missions at these positions."""
        rows = index.tolist()
        ids, countries = [self.id[i] for i in rows], [self.country[i] for i in rows]
        return Missions(ids, self.latitude[index], self.longitude[index], countries)


@dataclass(frozen=True, slots=True, eq=False)
class Near:
    """Missions and occurrences within reach of one another, (k,) each. distance_km allows for vague places."""

    mission: IntArray
    occurrence: IntArray
    distance_km: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Activity:
    """sums: (m, SLOTS) weighted occurrences around each mission at the instant as_of_s."""

    missions: Missions
    sums: FloatArray
    as_of_s: int

    @classmethod
    def none(cls, missions: Missions, as_of_s: int) -> "Activity":
        """Nothing has happened yet."""
        return cls(missions, np.zeros((len(missions), SLOTS)), as_of_s)

    def at(self, now_s: int) -> "Activity":
        """The same occurrences, older. now_s: not before as_of_s."""
        factor = np.exp2(-(now_s - self.as_of_s) / SLOT_HALF_LIFE_S)
        return Activity(self.missions, self.sums * factor, now_s)

    def with_occurrences(self, added: Occurrences, *, removed: Occurrences | None = None) -> "Activity":
        """These put in and, as they were, taken out. Sums that cancel to noise are zero."""
        sums = self.sums.copy()
        _add(sums, self.missions, added, self.as_of_s, 1.0)
        if removed is not None and len(removed):
            _add(sums, self.missions, removed, self.as_of_s, -1.0)
        sums[sums < 1e-9] = 0.0  # the lightest occurrence that can be read counts 1e-4 after a year
        return Activity(self.missions, sums, self.as_of_s)

    def by_class(self) -> FloatArray:
        """Sums per threat class. (m, 10)."""
        result: FloatArray = self.sums @ _CLASS_OF_SLOT
        return result


_CLASS_OF_SLOT = np.eye(len(THREAT_CODES))[SLOT_CLASS]


def nearness_weights(o: Occurrences, occurrence: IntArray, distance_km: FloatArray, same: BoolArray) -> FloatArray:
    """The weight of NEARNESS for pairs. occurrence: (k,) rows of o; distance_km: (k,); same: (k,) same country."""
    reach = SLOT_REACH_KM[slots(o)][occurrence]
    nationwide = reach >= NATIONWIDE_REACH_KM
    bands = (AT_THE_MISSION, IN_THE_CITY, IN_THE_REGION, WITHIN_REACH)
    conditions = [distance_km <= band.within_km for band in bands]
    close = np.select(conditions, [band.weight for band in bands], 0.0)
    close = np.where((distance_km <= reach) & ~nationwide, close, 0.0)
    far = np.where(same, np.where(nationwide, NATIONWIDE.weight, IN_THE_COUNTRY.weight), 0.0)
    result: FloatArray = np.maximum(close, far)
    return result


def near(missions: Missions, o: Occurrences) -> Iterator[Near]:
    """All pairs within reach, in runs of bounded size; nationwide kinds are not among them."""
    placed = ~np.isnan(missions.latitude)
    at = np.flatnonzero(placed)
    if not len(at) or not len(o):
        return
    tree = cKDTree(unit_vectors(missions.latitude[at], missions.longitude[at]))
    reach = SLOT_REACH_KM[slots(o)]
    usable = ~np.isnan(o.latitude) & (reach < NATIONWIDE_REACH_KM)
    local = reach <= IN_THE_REGION.within_km
    for rows, limit_km, at_once in (
        (np.flatnonzero(usable & local), IN_THE_REGION.within_km, _AT_ONCE_NEAR),
        (np.flatnonzero(usable & ~local), WITHIN_REACH.within_km, _AT_ONCE_FAR),
    ):
        for start in range(0, len(rows), at_once):
            run = rows[start : start + at_once]
            points = cKDTree(unit_vectors(o.latitude[run], o.longitude[run]))
            met = tree.sparse_distance_matrix(points, chord_of_km(limit_km), output_type="ndarray")
            away = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(1.0, met["v"] / 2))
            occurrence = run[met["j"]]
            vague = VAGUE_SHARE * np.nan_to_num(o.precision_km[occurrence])
            distance = np.maximum(away, vague)
            keep = distance <= np.minimum(limit_km, reach[occurrence])
            yield Near(at[met["i"]][keep], occurrence[keep], distance[keep])


def affected(missions: Missions, changed: Occurrences) -> BoolArray:
    """The missions whose activity these occurrences touch: within reach, or of the same country. (m,)."""
    countries = set(changed.country) - {""}
    touched = np.fromiter((country in countries for country in missions.country), np.bool_, count=len(missions))
    for run in near(missions, changed):
        touched[run.mission] = True
    return touched


def weekly_counts(missions: Missions, o: Occurrences, now_s: int, weeks: int) -> IntArray:
    """Occurrences within 100 km of each mission by class and week, the last week first. (m, 10, weeks).

    Week 0 is the seven days up to now_s. Only what was known by now_s is counted; nationwide kinds are not.
    """
    classes = len(THREAT_CODES)
    counts = np.zeros(len(missions) * classes * weeks, dtype=np.int64)
    ago = (now_s - 1 - o.start_s) // _WEEK_S
    known = (ago >= 0) & (ago < weeks) & (o.known_s <= now_s)
    for run in near(missions, o):
        keep = known[run.occurrence] & (run.distance_km <= IN_THE_REGION.within_km)
        mission, occurrence = run.mission[keep], run.occurrence[keep]
        cell = (mission * classes + o.threat[occurrence]) * weeks + ago[occurrence]
        counts += np.bincount(cell, minlength=len(counts))
    return counts.reshape(len(missions), classes, weeks)


def _add(sums: FloatArray, missions: Missions, o: Occurrences, now_s: int, sign: float) -> None:
    """Near pairs first, each with what it counts above its country's share; then that share for all of a country."""
    if not len(o):
        return
    slot = slots(o)
    age_s = np.maximum(0, now_s - anchors_s(o))
    weight = sign * strengths(o) * np.exp2(-age_s / SLOT_HALF_LIFE_S[slot])
    names = sorted({*missions.country, *o.country})
    number = {name: i for i, name in enumerate(names)}
    home = np.fromiter((number[c] for c in missions.country), np.int64, count=len(missions))
    where = np.fromiter((number[c] if c else -1 for c in o.country), np.int64, count=len(o))
    flat = sums.reshape(-1)
    for run in near(missions, o):
        same = home[run.mission] == where[run.occurrence]
        above = nearness_weights(o, run.occurrence, run.distance_km, same) - np.where(same, IN_THE_COUNTRY.weight, 0.0)
        np.add.at(flat, run.mission * SLOTS + slot[run.occurrence], above * weight[run.occurrence])
    nationwide = SLOT_REACH_KM[slot] >= NATIONWIDE_REACH_KM
    share = weight * np.where(nationwide, NATIONWIDE.weight, IN_THE_COUNTRY.weight)
    known = where >= 0
    cells = np.bincount(where[known] * SLOTS + slot[known], weights=share[known], minlength=len(names) * SLOTS)
    sums += cells.reshape(len(names), SLOTS)[home]
