"""Where is the place that a report names? A gazetteer answers by coordinates, by name in any script, or says why not.

Names are compared after NFKC, case folding and removal of marks; Arabic and Cyrillic forms are entries of their own.
Source of rows: GeoNames (cities above 15,000 people, alternate names).
"""

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

import numpy as np
from scipy.spatial import cKDTree

from legation.foundations.place import chord_of_km, unit_vectors
from legation.intelligence.rules.signals import BoolArray, FloatArray, IntArray

PEOPLE_PER_KM2 = 4000.0
"""A dense town; Aleppo, Marseille and Recife lie between 3,000 and 7,000. Turns population into a town's radius."""

LEAST_RADIUS_KM = 3.0
"""Nobody says 'in the town' meaning better than this; it is also what UCDP's exact places are worth."""

CLEAR_WINNER = 3.0
"""Of several towns of one name the largest is meant where it has this many times the people of the next:
Paris (France) has 85 times Paris (Texas) and Tripoli (Libya) 5 times Tripoli (Lebanon); Springfields stay untold."""

OTHER_NAME = 0.2
"""What a town's people count where the word is only one of its other names: Kandahar was an Alexandria too."""

NEAREST_KM = 60.0
"""A point is said to be near a town within this; beyond, it stays without a name."""

REGION_KM = 120.0
"""A province known only by its chief town: the same figure as for UCDP's where_prec 4."""

_REGION_WORDS = "governorate|province|state|region|oblast|prefecture|county|department|muhafazat"
_TOWN_WORDS = "city|town|village|municipality|district|area|suburb|neighbou?rhood|commune|camp|capital|downtown|centre"
_REGION = re.compile(rf"\b(?:{_REGION_WORDS})\b")
_GENERIC = re.compile(rf"\b(?:{_REGION_WORDS}|{_TOWN_WORDS}|of|the)\b")
_SPACES = re.compile(r"[\s\-'’`ʼ\.]+")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_ARABIC_PREFIXES = "وفبلك"  # and, so, in, to, like: written onto the word that follows


class How(StrEnum):
    """How a place was found, or why it was not; codes with a sentence in a template."""

    COORDINATES = "coordinates"
    NAME = "name"
    REGION = "region"
    COUNTRY = "country"
    NO_PLACE_GIVEN = "no_place_given"
    UNKNOWN_NAME = "unknown_name"
    AMBIGUOUS = "ambiguous_name"


@dataclass(frozen=True, slots=True)
class Placed:
    """One answer. latitude and longitude are nan where unplaced; `matched` is the name that decided."""

    latitude: float
    longitude: float
    precision_km: float
    country: str
    matched: str
    how: How


@dataclass(frozen=True, slots=True, eq=False)
class PlacedColumns:
    """Answers for a batch, all (n,)."""

    latitude: FloatArray
    longitude: FloatArray
    precision_km: FloatArray
    country: list[str]
    matched: list[str]
    how: list[How]


def normal_name(name: str) -> str:
    """The form in which names are compared: NFKC, case folded, marks and apostrophes gone, one space between words."""
    if not name.isascii():
        decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name))
        name = "".join(c for c in decomposed if not unicodedata.combining(c) and c != "ـ")
    return _SPACES.sub(" ", name.casefold()).strip()


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Frozen index over towns; build it once with `build`."""

    name: list[str]
    latitude: FloatArray
    longitude: FloatArray
    country: list[str]
    population: IntArray
    towns_by_name: dict[str, tuple[int, ...]]  # most populous first
    country_by_name: dict[str, str]
    country_point: dict[str, tuple[float, float, float]]  # latitude, longitude, radius km
    tree: cKDTree

    @classmethod
    def build(
        cls,
        *,
        name: Sequence[str],
        alternates: Sequence[Sequence[str]],
        latitude: FloatArray,
        longitude: FloatArray,
        country: Sequence[str],
        population: IntArray,
        country_names: Mapping[str, Sequence[str]],
    ) -> "Gazetteer":
        """All columns (n,); alternates: other names of each town; country_names: alpha-2 -> names in any language."""
        order = np.argsort(-population, kind="stable").tolist()
        found: dict[str, list[int]] = {}
        for row in order:
            for word in {normal_name(name[row]), *(normal_name(other) for other in alternates[row])}:
                found.setdefault(word, []).append(row)
        found.pop("", None)
        vectors = unit_vectors(latitude, longitude)
        return cls(
            name=list(name),
            latitude=latitude,
            longitude=longitude,
            country=list(country),
            population=population,
            towns_by_name={word: tuple(rows) for word, rows in found.items()},
            country_by_name={normal_name(n): code for code, names in country_names.items() for n in names},
            country_point=_country_points(vectors, list(country), population),
            tree=cKDTree(vectors),
        )

    def place(self, name: str, *, country: str = "") -> Placed:
        """The town, region or country that this name means; `country` (alpha-2) narrows the choice."""
        parts = [normal_name(part) for part in re.split(r"[,،;/]", name)]
        parts = [part for part in parts if part]
        if not parts:
            return self._country(country, "") if country else _unplaced(How.NO_PLACE_GIVEN, "", "")
        if len(parts) > 1 and parts[-1] in self.country_by_name:
            country = country or self.country_by_name[parts.pop()]
        answer: Placed | None = None
        for part in parts:
            found = self._town(part, country)
            if found is not None and found.how is not How.AMBIGUOUS:
                return found
            answer = answer or found
        if parts[0] in self.country_by_name:
            return self._country(self.country_by_name[parts[0]], parts[0])
        if country:
            return self._country(country, "")
        return answer or _unplaced(How.UNKNOWN_NAME, parts[0], country)

    def place_many(
        self,
        *,
        name: Sequence[str],
        country: Sequence[str],
        latitude: FloatArray,
        longitude: FloatArray,
        precision_km: FloatArray,
    ) -> PlacedColumns:
        """Coordinates stand where given, and get the country of the nearest town where none is given; names decide
        for the rest, each distinct (name, country) once. All columns (n,); nan and "" mean unknown."""
        lat, lon, precision = latitude.copy(), longitude.copy(), precision_km.copy()
        countries, matched = list(country), [""] * len(name)
        how = [How.COORDINATES] * len(name)
        given = ~np.isnan(latitude)
        self._name_points(given, lat, lon, countries, matched)
        precision[given & np.isnan(precision)] = LEAST_RADIUS_KM
        known: dict[tuple[str, str], Placed] = {}
        for row in np.flatnonzero(~given).tolist():
            asked = (name[row], country[row])
            answer = known.get(asked)
            if answer is None:
                answer = known[asked] = self.place(asked[0], country=asked[1])
            lat[row], lon[row], precision[row] = answer.latitude, answer.longitude, answer.precision_km
            countries[row], matched[row], how[row] = answer.country, answer.matched, answer.how
        return PlacedColumns(lat, lon, precision, countries, matched, how)

    def place_in_text(self, text: str, *, country: str = "") -> Placed:
        """The most populous town that a free text names, longest names first; in scripts with capitals only words that
        start with one count, and towns below 100,000 people only where the country is known."""
        best: Placed | None = None
        most = -1
        for phrase in _phrases(text[:4000]):
            rows = self.towns_by_name.get(normal_name(phrase), ())
            row = next((r for r in rows if not country or self.country[r] == country), None)
            if row is None or (not country and self.population[row] < 100_000):
                continue
            if self.population[row] > most:
                most, best = int(self.population[row]), self._at(row, phrase, How.NAME)
        if best is not None:
            return best
        return self._country(country, "") if country else _unplaced(How.UNKNOWN_NAME, "", "")

    def _name_points(
        self, given: BoolArray, lat: FloatArray, lon: FloatArray, countries: list[str], matched: list[str]
    ) -> None:
        """Country of the nearest town for points that have none; the name is only sought for these."""
        bare = [row for row in np.flatnonzero(given).tolist() if not countries[row]]
        if not bare:
            return
        at = np.asarray(bare)
        _, nearest = self.tree.query(unit_vectors(lat[at], lon[at]), distance_upper_bound=chord_of_km(NEAREST_KM))
        for row, town in zip(bare, np.asarray(nearest).tolist(), strict=True):
            if town < len(self.name):
                countries[row], matched[row] = self.country[town], self.name[town]

    def _town(self, part: str, country: str) -> Placed | None:
        region = _REGION.search(part) is not None
        bare = _SPACES.sub(" ", _GENERIC.sub(" ", part)).strip()
        for word in dict.fromkeys((part, bare)):
            rows = self.towns_by_name.get(word, ())
            if country:
                rows = tuple(r for r in rows if self.country[r] == country)
            if not rows:
                continue
            first = self._meant(word, rows, certain=bool(country))
            if first is None:
                return _unplaced(How.AMBIGUOUS, self.name[rows[0]], "")
            return self._at(first, self.name[first], How.REGION if region else How.NAME)
        return None

    def _meant(self, word: str, rows: tuple[int, ...], *, certain: bool) -> int | None:
        """The town of this name with the most people, a former or foreign name counting less; None where unclear."""
        ranked = sorted(
            ((int(self.population[r]) * (1.0 if normal_name(self.name[r]) == word else OTHER_NAME), -r) for r in rows),
            reverse=True,
        )
        if certain or len(ranked) == 1 or ranked[0][0] >= CLEAR_WINNER * max(1.0, ranked[1][0]):
            return -ranked[0][1]
        return None

    def _at(self, row: int, matched: str, how: How) -> Placed:
        radius = REGION_KM if how is How.REGION else town_radius_km(int(self.population[row]))
        return Placed(float(self.latitude[row]), float(self.longitude[row]), radius, self.country[row], matched, how)

    def _country(self, country: str, matched: str) -> Placed:
        point = self.country_point.get(country)
        if point is None:
            return _unplaced(How.UNKNOWN_NAME, matched, country)
        return Placed(point[0], point[1], point[2], country, matched or country, How.COUNTRY)


@lru_cache(maxsize=4096)
def town_radius_km(population: int) -> float:
    """The radius of a disc that holds so many people at PEOPLE_PER_KM2, at least LEAST_RADIUS_KM."""
    return max(LEAST_RADIUS_KM, math.sqrt(population / PEOPLE_PER_KM2 / math.pi))


def _unplaced(how: How, matched: str, country: str) -> Placed:
    return Placed(math.nan, math.nan, math.nan, country, matched, how)


def _country_points(
    vectors: FloatArray, country: list[str], population: IntArray
) -> dict[str, tuple[float, float, float]]:
    """Where the people of each country live on average, and the radius that holds nine tenths of its towns' people."""
    points: dict[str, tuple[float, float, float]] = {}
    codes = np.asarray(country)
    for code in sorted(set(country)):
        rows = np.flatnonzero(codes == code)
        weight = np.maximum(population[rows], 1).astype(np.float64)
        mean = (vectors[rows] * weight[:, None]).sum(axis=0)
        mean /= max(float(np.linalg.norm(mean)), 1e-12)
        away = np.arccos(np.clip(vectors[rows] @ mean, -1.0, 1.0)) * 6371.0
        order = np.argsort(away)
        held = np.searchsorted(np.cumsum(weight[order]), 0.9 * weight.sum())
        radius = max(LEAST_RADIUS_KM * 5, float(away[order][min(int(held), len(order) - 1)]))
        points[code] = (math.degrees(math.asin(mean[2])), math.degrees(math.atan2(mean[1], mean[0])), radius)
    return points


def _phrases(text: str) -> list[str]:
    """Runs of one to four neighbouring words that may be names, longest first."""
    words = [m.group() for m in _WORD.finditer(text)]
    names = [[w] if w[0].isupper() else [] if w[0].islower() else _without_prefix(w) for w in words]
    phrases: list[str] = []
    for length in (4, 3, 2):
        for start in range(len(words) - length + 1):
            if names[start] and names[start + length - 1]:
                tail = words[start + 1 : start + length]
                phrases.extend(" ".join([first, *tail]) for first in names[start])
    phrases.extend(one for choices in names for one in choices if len(one) >= 3)
    return phrases


def _without_prefix(word: str) -> list[str]:
    """The word as it stands and, in Arabic, without the particle written onto it."""
    if len(word) > 3 and word[0] in _ARABIC_PREFIXES:
        return [word, word[1:]]
    return [word]
