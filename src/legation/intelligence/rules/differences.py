"""What do the sources of one happening say differently? Field by field, each beyond its tolerance; nothing is averaged.

Two signals differ where no reading of their own precision lets both be right. The tolerances are a table with reasons;
the page prints it as it stands.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import combinations

from legation.foundations.place import Point, distance_km
from legation.foundations.time import DAY_S, from_epoch_s
from legation.intelligence.rules.corroboration import Contradiction
from legation.intelligence.rules.pairs import GRAVITY_FAR, parties_of


class Field(StrEnum):
    """On what signals can differ."""

    WITHDRAWN = "withdrawn"  # a later message of the same sender takes it back or gives the all-clear
    DECIDED = "decided"  # a person decided that some of them speak of another happening
    PLACE = "place"  # where it happened
    TIME = "time"  # when it happened
    DEATHS = "deaths"  # how many died
    GRAVITY = "gravity"  # how grave it was, by the kind's own scale
    KIND = "kind"  # what it was
    ACTORS = "actors"  # who did it

    @property
    def code(self) -> str:
        """The code of its sentence."""
        return f"difference.{self.value}"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far two signals may lie apart on a field before they differ, and why no less and no more."""

    field: Field
    tolerance: str
    why: str


TOLERANCES: tuple[Tolerance, ...] = (
    Tolerance(Field.WITHDRAWN, "none", "whether it still stands is asked before anything else; nobody verified it"),
    Tolerance(Field.DECIDED, "none", "a person looked at both and knows more than the fields"),
    Tolerance(Field.PLACE, "both radii together", "within its radius each may be right; beyond, another route"),
    Tolerance(Field.TIME, "one day between the spans", "local days and UTC days differ by up to one; shifts by none"),
    Tolerance(Field.DEATHS, "twice, and three or more", "counts of a first day double without anybody being wrong"),
    Tolerance(Field.GRAVITY, "0.30 of the scale", "a third of the scale: about one death against five"),
    Tolerance(Field.KIND, "none within the class", "coders' vocabularies differ; it decides which measure fits"),
    Tolerance(Field.ACTORS, "one party in common", "a name left out is no denial; no name in common is"),
)
"""In the order of what a decision depends on: whether, where, when, how grave, what, who."""

RANK: dict[Field, int] = {row.field: at for at, row in enumerate(TOLERANCES)}
BIT_OF: dict[Field, Contradiction] = {
    Field.PLACE: Contradiction.PLACE,
    Field.TIME: Contradiction.TIME,
    Field.GRAVITY: Contradiction.GRAVITY,
    Field.KIND: Contradiction.KIND,
}
"""What fusion notes on an occurrence by itself."""

DEATHS_TIMES, DEATHS_LEAST = 2.0, 3.0
_DEATHS = re.compile(r"\bdeaths?: (\d{1,7})(?: \(lowest (\d{1,7}), highest (\d{1,7})\))?", re.IGNORECASE)
_KILLED = re.compile(
    r"\b(\d{1,7}) (?:\w+ ){0,2}(?:killed|dead)\b|\b(?:killed|killing) (?:\w+ )?(\d{1,7})\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Statement:
    """What one signal says. Epoch seconds, degrees, km; None and "" mean not said. withdrawn: who took it back."""

    key: str
    source: int
    start_s: int
    end_s: int
    kind: str
    intensity: float
    latitude: float | None = None
    longitude: float | None = None
    precision_km: float | None = None
    place: str = ""
    actors: str = ""
    deaths: tuple[int, int] | None = None
    withdrawn: str = ""


@dataclass(frozen=True, slots=True)
class Side:
    """One version and the signals that tell it."""

    said: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A field on which at least two signals differ, with every version told, in order of the signals."""

    field: Field
    sides: tuple[Side, ...]


def deaths_said(text: str) -> tuple[int, int] | None:
    """Lowest and highest number of deaths that a text gives; None where it gives none."""
    if found := _DEATHS.search(text):
        best, low, high = (int(part) if part else None for part in found.groups())
        assert best is not None
        return (min(best, best if low is None else low), max(best, best if high is None else high))
    if found := _KILLED.search(text):
        number = int(found.group(1) or found.group(2))
        return number, number
    return None


def differ(a: Statement, b: Statement) -> frozenset[Field]:
    """The fields on which two signals cannot both be right."""
    found: set[Field] = set()
    if _far(a, b):
        found.add(Field.PLACE)
    if max(a.start_s, b.start_s) - min(a.end_s, b.end_s) > DAY_S:
        found.add(Field.TIME)
    if a.deaths and b.deaths and _counts_apart(a.deaths, b.deaths):
        found.add(Field.DEATHS)
    elif not (a.deaths and b.deaths) and abs(a.intensity - b.intensity) > GRAVITY_FAR:
        found.add(Field.GRAVITY)
    if a.kind and b.kind and a.kind != b.kind:
        found.add(Field.KIND)
    ours, theirs = parties_of(a.actors, a.place), parties_of(b.actors, b.place)
    if ours and theirs and not ours & theirs:
        found.add(Field.ACTORS)
    return frozenset(found)


def differences(statements: Sequence[Statement], apart: frozenset[tuple[str, str]] = frozenset()) -> list[Difference]:
    """On what these signals differ, the most telling first. apart: pairs of keys that a person decided to be different.

    Every signal that says anything of such a field is shown with its version, those that agree together.
    """
    found: set[Field] = set()
    for a, b in combinations(statements, 2):
        found |= differ(a, b)
        if (a.key, b.key) in apart or (b.key, a.key) in apart:
            found.add(Field.DECIDED)
    if any(one.withdrawn for one in statements):
        found.add(Field.WITHDRAWN)
    return [Difference(field, _sides(field, statements)) for field in sorted(found, key=RANK.__getitem__)]


def fields_of(contradiction: Contradiction) -> list[Field]:
    """What fusion noted on an occurrence, the most telling first."""
    return sorted((field for field, bit in BIT_OF.items() if contradiction & bit), key=RANK.__getitem__)


def _far(a: Statement, b: Statement) -> bool:
    if a.latitude is None or a.longitude is None or b.latitude is None or b.longitude is None:
        return False
    away = distance_km(Point(a.latitude, a.longitude), Point(b.latitude, b.longitude))
    return away > _radius(a) + _radius(b)


def _radius(one: Statement) -> float:
    return 25.0 if one.precision_km is None else one.precision_km  # a point without a radius is taken for a district


def _counts_apart(a: tuple[int, int], b: tuple[int, int]) -> bool:
    lower, upper = sorted((a, b))
    gap = upper[0] - lower[1]
    return gap >= DEATHS_LEAST and upper[0] > DEATHS_TIMES * max(1, lower[1])


def _sides(field: Field, statements: Sequence[Statement]) -> tuple[Side, ...]:
    told: dict[str, list[str]] = {}
    for one in statements:
        if said := _said(field, one):
            told.setdefault(said, []).append(one.key)
    return tuple(Side(said, tuple(keys)) for said, keys in told.items())


def _said(field: Field, one: Statement) -> str:
    """The version of one signal in figures and names, which need no translation."""
    match field:
        case Field.PLACE if one.latitude is not None and one.longitude is not None:
            where = f"{one.latitude:.3f}, {one.longitude:.3f} ± {_radius(one):g} km"
            return f"{one.place} ({where})" if one.place else where
        case Field.TIME:
            start, end = (f"{from_epoch_s(s):%Y-%m-%d %H:%M}" for s in (one.start_s, one.end_s))
            return start if start == end else f"{start} – {end}"
        case Field.DEATHS if one.deaths:
            low, high = one.deaths
            return str(low) if low == high else f"{low}–{high}"
        case Field.GRAVITY:
            return f"{one.intensity:.2f}"
        case Field.KIND:
            return one.kind.replace("_", " ")
        case Field.ACTORS:
            return one.actors
        case Field.WITHDRAWN:
            return one.withdrawn
        case _:
            return ""
