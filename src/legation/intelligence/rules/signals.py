"""What did a source say? Signals as columns, so that one item is a batch of one and a million are the same code."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from typing import Self

import numpy as np
from numpy.typing import NDArray

from legation.foundations.grading import Reliability
from legation.foundations.threats import THREAT_CODES

type IntArray = NDArray[np.int64]
type CodeArray = NDArray[np.int8]
type FloatArray = NDArray[np.float64]
type BoolArray = NDArray[np.bool_]

NO_THREAT = -1
"""The threat code of a signal that speaks of none of the classes: kept, never profiled."""

_DTYPES: dict[str, type[np.generic]] = {
    "occurred_s": np.int64,
    "ended_s": np.int64,
    "published_s": np.int64,
    "latitude": np.float64,
    "longitude": np.float64,
    "precision_km": np.float64,
    "threat": np.int8,
    "intensity": np.float64,
}


class BadColumns(ValueError):
    """Columns that cannot be signals; the message names the column, the first bad row and what was expected."""


@dataclass(frozen=True, slots=True, eq=False)
class Signals:
    """Columns, all of length n. Raises BadColumns where lengths, types or values cannot be.

    Times are epoch seconds, angles degrees, distances km; nan or "" means unknown.
    """

    external_id: list[str]  # the source's own id, or a hash of the content
    occurred_s: IntArray  # start of the happening
    ended_s: IntArray  # end; = occurred_s where unknown
    published_s: IntArray  # when the source said it; for retrospective coded data = ended_s
    latitude: FloatArray
    longitude: FloatArray
    precision_km: FloatArray  # radius within which it happened
    country: list[str]  # ISO 3166-1 alpha-2
    place: list[str]  # place name as given
    threat: CodeArray  # position in THREAT_CODES, NO_THREAT = none of them
    kind: list[str]  # word of the table in kinds.py, "" = none
    intensity: FloatArray  # 0..1, how grave by the kind's own scale
    actors: list[str]  # "; "-joined
    title: list[str]
    text: list[str]
    origin: list[str]  # the independent origin behind the item; corroboration counts origins
    url: list[str]
    raw: list[bytes]  # the item's bytes as they came

    def __post_init__(self) -> None:
        n = len(self.external_id)
        for column in fields(self):
            values = getattr(self, column.name)
            if len(values) != n:
                raise BadColumns(f"{column.name} has {len(values)} rows, external_id has {n}; make them equal")
            wanted = _DTYPES.get(column.name)
            if wanted is not None and values.dtype != wanted:
                raise BadColumns(f"{column.name} is {values.dtype}; give {np.dtype(wanted)}")
        for name, bad in self._impossible().items():
            if bad.any():
                raise BadColumns(f"{name} at row {int(np.argmax(bad))}: {_EXPECTED[name]}")

    def _impossible(self) -> dict[str, BoolArray]:
        return {
            "latitude": np.abs(self.latitude) > 90,
            "longitude": np.abs(self.longitude) > 180,
            "one_coordinate": np.isnan(self.latitude) != np.isnan(self.longitude),
            "precision_km": self.precision_km < 0,
            "ended_s": self.ended_s < self.occurred_s,
            "threat": (self.threat < NO_THREAT) | (self.threat >= len(THREAT_CODES)),
            "intensity": ~((self.intensity >= 0) & (self.intensity <= 1)),
        }

    def __len__(self) -> int:
        return len(self.external_id)

    @classmethod
    def empty(cls) -> Self:
        """No signals."""
        return cls._of({c.name: np.empty(0, _DTYPES[c.name]) if c.name in _DTYPES else [] for c in fields(cls)})

    @classmethod
    def _of(cls, columns: dict[str, object]) -> Self:
        return cls(**columns)  # type: ignore[arg-type]  # __post_init__ checks each column's type

    @classmethod
    def concatenate(cls, parts: Sequence["Signals"]) -> Self:
        """All rows of all parts, in order."""
        columns: dict[str, object] = {}
        for column in fields(cls):
            values = [getattr(part, column.name) for part in parts]
            if column.name in _DTYPES:
                columns[column.name] = np.concatenate([*values, np.empty(0, _DTYPES[column.name])])
            else:
                columns[column.name] = [item for one in values for item in one]
        return cls._of(columns)

    def take(self, index: IntArray | BoolArray) -> Self:
        """The rows at these positions (any order, repeats allowed), or where a mask of length n is true."""
        rows = np.flatnonzero(index) if index.dtype == np.bool_ else index
        listed = rows.tolist()
        columns: dict[str, object] = {}
        for column in fields(self):
            values = getattr(self, column.name)
            columns[column.name] = values[rows] if column.name in _DTYPES else [values[i] for i in listed]
        return self._of(columns)


_EXPECTED = {
    "latitude": "outside -90..90 degrees",
    "longitude": "outside -180..180 degrees",
    "one_coordinate": "latitude without longitude or the reverse; give both or neither",
    "precision_km": "a radius cannot be negative; give nan where unknown",
    "ended_s": "ends before it starts",
    "threat": f"not a code of THREAT_CODES; give {NO_THREAT} for none",
    "intensity": "outside 0..1; use the scales in kinds.py",
}


@dataclass(frozen=True, slots=True)
class Quarantined:
    """An item that could not be read. `reason` is a code with a sentence and advice in a table."""

    where: str  # "line 12", "item 3"
    reason: str
    params: dict[str, str]
    raw: bytes


@dataclass(frozen=True, slots=True)
class Collected:
    """What one reading gave: nothing that was read is lost, it is in one of the two."""

    signals: Signals
    quarantined: list[Quarantined] = field(default_factory=list)
    items: int = -1  # how many items became signals, where one item can become several; -1 = one signal each

    @property
    def accepted(self) -> int:
        """How many items became signals."""
        return len(self.signals) if self.items < 0 else self.items


@dataclass(frozen=True, slots=True)
class SourceTraits:
    """What joining must know of a source.

    rows_are_happenings: each external id is one happening already (retrospective coding, instrument catalogues), so two
    of its rows with different ids are never joined with each other. False for feeds that repeat themselves.
    """

    name: str
    reliability: Reliability = Reliability.F
    rows_are_happenings: bool = False


def content_keys(source: str, signals: Signals) -> list[str]:
    """The key of each item: 32 hex digits of source, external id and bytes; the same item always has the same key."""
    start = hashlib.blake2b(source.encode() + b"\x00", digest_size=16)
    keys = []
    for external_id, raw in zip(signals.external_id, signals.raw, strict=True):
        one = start.copy()
        one.update(external_id.encode("utf-8", "surrogatepass"))
        one.update(b"\x00")
        one.update(raw)
        keys.append(one.hexdigest())
    return keys
