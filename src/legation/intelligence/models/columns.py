"""How do rows become the columns that the rules count with?"""

from collections.abc import Iterable, Mapping

import numpy as np

from legation.foundations.threats import THREAT_CODES
from legation.intelligence.rules.occurrences import Occurrences
from legation.intelligence.rules.profile import GRADE_POINTS, Judged
from legation.intelligence.rules.signals import FloatArray

COLUMNS = (
    "threat", "kind", "start_s", "end_s", "known_s", "latitude", "longitude", "precision_km", "country", "place",
    "intensity", "n_signals", "n_origins", "credibility", "contradiction",
)  # fmt: skip
"""Fields that an occurrence's row and the rules' columns have in common."""

_TYPES: dict[str, type[np.generic]] = {
    "threat": np.int8, "start_s": np.int64, "end_s": np.int64, "known_s": np.int64, "latitude": np.float64,
    "longitude": np.float64, "precision_km": np.float64, "intensity": np.float64, "n_signals": np.int64,
    "n_origins": np.int64, "credibility": np.int8, "contradiction": np.int8,
}  # fmt: skip


def columns_of(rows: Iterable[tuple[object, ...]], keys: Mapping[int, str] | None = None) -> Occurrences:
    """Occurrence rows as `values_list("first", *COLUMNS)`. keys: number of the first signal -> its content key."""
    listed = list(zip(*rows, strict=True)) or [()] * (len(COLUMNS) + 1)
    by = dict(zip(("id", *COLUMNS), listed, strict=True))
    named = keys or {}
    columns: dict[str, object] = {"id": [named.get(int(str(number)), str(number)) for number in by["id"]]}
    for name in COLUMNS:
        kind = _TYPES.get(name)
        if kind is None:
            columns[name] = [str(value) for value in by[name]]
        else:
            columns[name] = np.array([np.nan if value is None else value for value in by[name]], dtype=kind)
    return Occurrences(**columns)  # type: ignore[arg-type]  # the columns of the same class


def graded_points(rows: Iterable[tuple[str | None, str, str, int]], row_of: Mapping[str, int]) -> FloatArray:
    """Points of the latest gradings. rows: mission, class, side, value, oldest first. (m, 10)."""
    points = np.zeros((len(row_of), len(THREAT_CODES)))
    latest: dict[tuple[int, int, str], int] = {}
    column = {one.value: i for i, one in enumerate(THREAT_CODES)}
    for mission, threat, judged, value in rows:
        if mission is not None and mission in row_of:
            latest[row_of[mission], column[threat], judged] = value
    for (row, at, judged), value in latest.items():
        points[row, at] += GRADE_POINTS[Judged(judged), value]
    return points
