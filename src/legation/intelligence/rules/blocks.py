"""Which signals could possibly speak of one happening? Only those in the same or adjoining blocks are compared.

A block is a threat class, a band of reach, some days and a cube of space. Cubes cut through the globe rather than cells
drawn on it: no seam at the date line, no special pole, and a million points take two divisions.
"""

from dataclasses import dataclass

import numpy as np
from scipy.spatial import cKDTree

from legation.foundations.place import EARTH_RADIUS_KM, unit_vectors
from legation.intelligence.rules.kinds import KINDS
from legation.intelligence.rules.signals import BoolArray, CodeArray, FloatArray, IntArray

DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Band:
    """How far apart in space and time two reports of one happening may lie, by the reach of their kinds.

    within_km and within_hours bound what is compared and how far an occurrence may stretch. Blocks (cube_km, days) are
    at least twice as large, so that all neighbours lie in the blocks of the sixteen corners around a signal; three
    times as large, so that these corners mostly lie in two or three of them.
    """

    name: str
    up_to_km: float  # kinds whose same_km is at most this
    within_km: float
    within_hours: float
    cube_km: float
    days: int


BANDS: tuple[Band, ...] = (
    Band("local", 30, 45, 72, 288, 18),  # street to district: clashes, bombs, protests; 45 km for vague places
    Band("regional", 200, 250, 168, 1024, 28),  # quakes, floods, storms, crises of a country
    Band("wide", 2000, 900, 168, 2700, 28),  # cyclones on their track, states' acts; the country must agree as well
)

_SAME_KM = np.array([kind.same_km for kind in KINDS] + [0.0])
_BAND = np.array([next(i for i, band in enumerate(BANDS) if km <= band.up_to_km) for km in _SAME_KM], dtype=np.int8)
_EPOCH_DAY_ZERO = 100 * 366  # blocks count from about 1870, so that no day's number is negative
_UNPLACED = 255  # in all three cube numbers: signals without a point are compared within their own country only
_AXIS_BITS, _TIME_BITS = 8, 20
SPACE_BITS = 3 * _AXIS_BITS
"""The low bits of a key tell where; the high ones which class, band and days, so that those lie together in order."""


def band_of(kind_number: CodeArray) -> CodeArray:
    """The band of each kind (position in KINDS, -1 = none of them). (n,) -> (n,) index into BANDS."""
    result: CodeArray = _BAND[kind_number]
    return result


def block_keys(
    threat: CodeArray, kind_number: CodeArray, start_s: IntArray, lat: FloatArray, lon: FloatArray
) -> IntArray:
    """The block of each signal as one number; -1 for signals of no threat class, which join nothing. (n,) each."""
    band = band_of(kind_number)
    xyz = _cubes(band, lat, lon)
    day = start_s // DAY_S + _EPOCH_DAY_ZERO
    keys = _pack(threat, band, np.maximum(day, 0) // _days(band), xyz)
    keys[(threat < 0) | (kind_number < 0)] = -1
    return keys


def neighbour_keys(
    threat: CodeArray, kind_number: CodeArray, start_s: IntArray, lat: FloatArray, lon: FloatArray
) -> IntArray:
    """Every block that may hold a signal near enough to one of these, each once, sorted."""
    use = (threat >= 0) & (kind_number >= 0)
    band = band_of(kind_number)[use]
    keys: list[IntArray] = []
    xyz_km = unit_vectors(lat[use], lon[use]) * EARTH_RADIUS_KM
    cube, reach = _of_band(band, "cube_km"), _of_band(band, "within_km")
    reach_s = (_of_band(band, "within_hours") * 3600).astype(np.int64)
    for corner in np.ndindex(2, 2, 2, 2):
        sign = np.array(corner) * 2 - 1
        day = (start_s[use] + sign[3] * reach_s) // DAY_S + _EPOCH_DAY_ZERO
        xyz = _numbers(xyz_km + sign[:3] * reach[:, None], cube)
        keys.append(_pack(threat[use], band, np.maximum(day, 0) // _days(band), xyz))
    return np.unique(np.concatenate(keys)) if keys else np.empty(0, dtype=np.int64)


def within_reach(
    seeds: tuple[IntArray, IntArray, FloatArray, FloatArray], others: tuple[IntArray, IntArray, FloatArray, FloatArray]
) -> BoolArray:
    """Which of the others lie within reach of any seed: same class and band, near in time and space. (n,).

    Both: block keys, start in epoch seconds, latitude, longitude. The unplaced are near one another, and to no others.
    """
    found = np.zeros(len(others[0]), dtype=np.bool_)
    sort_of, other_sort = seeds[0] >> (SPACE_BITS + _TIME_BITS), others[0] >> (SPACE_BITS + _TIME_BITS)
    for sort in np.unique(other_sort).tolist():
        limits = BANDS[sort & 3]
        here, there = np.flatnonzero(sort_of == sort), np.flatnonzero(other_sort == sort)
        if sort < 0 or not len(here):
            continue
        tree = cKDTree(_scaled(seeds, here, limits))
        away, _ = tree.query(_scaled(others, there, limits), distance_upper_bound=1.0 + 1e-9, p=np.inf)
        found[there] = np.isfinite(away)
    return found


def _scaled(columns: tuple[IntArray, IntArray, FloatArray, FloatArray], rows: IntArray, limits: Band) -> FloatArray:
    _, start_s, lat, lon = columns
    space = unit_vectors(lat[rows], lon[rows]) * (EARTH_RADIUS_KM / limits.within_km)
    space = np.nan_to_num(space, nan=1e6)
    return np.column_stack([space, start_s[rows] / (limits.within_hours * 3600)])


def _cubes(band: CodeArray, lat: FloatArray, lon: FloatArray) -> IntArray:
    return _numbers(unit_vectors(lat, lon) * EARTH_RADIUS_KM, _of_band(band, "cube_km"))


def _numbers(xyz_km: FloatArray, cube_km: FloatArray) -> IntArray:
    unplaced: BoolArray = np.isnan(xyz_km[:, 0])
    shifted = np.floor((np.nan_to_num(xyz_km) + EARTH_RADIUS_KM + 1000.0) / cube_km[:, None]).astype(np.int64)
    shifted[unplaced] = _UNPLACED
    return shifted


def _pack(threat: CodeArray, band: CodeArray, time: IntArray, xyz: IntArray) -> IntArray:
    key = (threat.astype(np.int64) << 2) | band.astype(np.int64)
    key = (key << _TIME_BITS) | time
    for axis in range(3):
        key = (key << _AXIS_BITS) | xyz[:, axis]
    return key


def _of_band(band: CodeArray, what: str) -> FloatArray:
    return np.array([getattr(one, what) for one in BANDS], dtype=np.float64)[band]


def _days(band: CodeArray) -> IntArray:
    return np.array([one.days for one in BANDS], dtype=np.int64)[band]
