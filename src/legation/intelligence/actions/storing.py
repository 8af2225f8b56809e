"""How do signals get into the stream and out of it again? By columns, past the ORM, words packed in blocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b, sha256

import numpy as np
from django.db import connection, models

from legation.intelligence.models import Aside, Block, Signal, Source
from legation.intelligence.models.packing import BLOCK_ROWS, Words, pack, unpack
from legation.intelligence.rules.blocks import block_keys
from legation.intelligence.rules.fusion import Received
from legation.intelligence.rules.kinds import kind_numbers
from legation.intelligence.rules.signals import IntArray, Quarantined, Signals, SourceTraits

AT_ONCE = 900
"""Values in one IN list of the ORM, which looks at each of them several times."""

KEYS_AT_ONCE = 30_000
"""Values in one IN list of ours: below the 32,766 variables of SQLite and the 65,535 of PostgreSQL."""

NUMBERS = (
    "id", "source", "block", "occurred_s", "ended_s", "published_s", "latitude", "longitude", "precision_km",
    "country", "threat", "kind", "intensity", "key", "cluster", "occurrence", "marking_id", "item",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """Signals of the stream with what fusion left on them. All columns (n,), in order of number.

    item: what all versions of one item share. Of signals about to be stored, cluster and occurrence are -1.
    """

    received: Received
    number: IntArray
    cluster: IntArray
    occurrence: IntArray
    marking: IntArray
    item: IntArray

    def __len__(self) -> int:
        return len(self.number)


def sources() -> tuple[dict[int, int], tuple[SourceTraits, ...]]:
    """Position of each source number in the tuple of traits, and the traits."""
    rows = list(Source.objects.order_by("number"))
    return {row.number: at for at, row in enumerate(rows)}, tuple(row.traits for row in rows)


def known_keys(keys: Sequence[str]) -> set[str]:
    """Those of the content keys that are in the stream."""
    found: set[str] = set()
    with connection.cursor() as cursor:
        for some in _runs(keys, KEYS_AT_ONCE):
            cursor.execute(f"{_SELECT_KEYS} ({', '.join(['%s'] * len(some))})", [bytes.fromhex(key) for key in some])
            found.update(bytes(key).hex() for (key,) in cursor.fetchall())
    return found


_SELECT_KEYS = "SELECT key FROM intelligence_signal WHERE key IN"


def numbers_of(keys: Iterable[str]) -> dict[str, int]:
    """The number of each content key that is in the stream."""
    found: dict[str, int] = {}
    for some in _runs(list(keys)):
        rows = Signal.objects.filter(key__in=[bytes.fromhex(key) for key in some]).values_list("key", "id")
        found.update((bytes(key).hex(), number) for key, number in rows)
    return found


def neighbourhoods(signals: Signals) -> IntArray:
    """Where fusion looks for each signal. (n,)."""
    return block_keys(
        signals.threat, kind_numbers(signals.kind), signals.occurred_s, signals.latitude, signals.longitude
    )


def item_of(source: int, external_id: str) -> int:
    """A hash of 63 bits that all versions of one item share."""
    said = f"{source}\x00{external_id}".encode("utf-8", "surrogatepass")
    return int.from_bytes(blake2b(said, digest_size=8).digest(), "big") >> 1


def numbered(signals: Signals, keys: Sequence[str], source: Source, *, marking: int) -> Stored:
    """Signals as they will stand in the stream, with the numbers they will have; nothing is written yet."""
    last = Signal.objects.aggregate(last=models.Max("id"))["last"]
    n, first = len(signals), 1 if last is None else int(last) + 1
    where, traits = sources()
    rounded = replace(
        signals,
        latitude=np.round(signals.latitude, 5),
        longitude=np.round(signals.longitude, 5),
        precision_km=np.round(signals.precision_km, 5),
        intensity=np.round(signals.intensity, 3),
    )
    received = Received(rounded, list(keys), np.full(n, where[source.number], dtype=np.int64), traits)
    items = np.fromiter((item_of(source.number, one) for one in signals.external_id), np.int64, count=n)
    alone = np.full(n, -1, dtype=np.int64)
    return Stored(received, np.arange(first, first + n), alone, alone, np.full(n, marking, dtype=np.int64), items)


def append(rows: Stored, source: Source, *, mission: str | None, cluster: IntArray, occurrence: IntArray) -> None:
    """Write signals that `numbered` made, with the cluster and occurrence that fusion gave each. (n,) numbers."""
    signals, n, first = rows.received.signals, len(rows), int(rows.number[0])
    blocks = [(first + start, pack(_words(signals, start))) for start in range(0, n, BLOCK_ROWS)]
    columns: dict[str, Sequence[object]] = {
        "id": rows.number.tolist(),
        "mission_id": [mission] * n,
        "marking_id": rows.marking.tolist(),
        "source": [source.number] * n,
        "block": [number - (number - first) % BLOCK_ROWS for number in rows.number.tolist()],
        "key": [bytes.fromhex(key) for key in rows.received.keys],
        "item": rows.item.tolist(),
        "neighbourhood": neighbourhoods(signals).tolist(),
        "cluster": cluster.tolist(),
        "occurrence": occurrence.tolist(),
        "occurred_s": signals.occurred_s.tolist(),
        "ended_s": signals.ended_s.tolist(),
        "published_s": signals.published_s.tolist(),
        "latitude": _nullable(signals.latitude),
        "longitude": _nullable(signals.longitude),
        "precision_km": _nullable(signals.precision_km),
        "country": signals.country,
        "threat": signals.threat.tolist(),
        "kind": signals.kind,
        "intensity": signals.intensity.tolist(),
    }
    into = f"INSERT INTO intelligence_signal ({', '.join(columns)}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608  # our own column names
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO intelligence_block (id, data) VALUES (%s, %s)", blocks)
        cursor.executemany(into, list(zip(*columns.values(), strict=True)))


def load(rows: "models.QuerySet[Signal]") -> Stored:
    """These signals, whole, in order of number."""
    found = list(rows.order_by("id").values_list(*NUMBERS))
    where, traits = sources()
    packed = {
        block: bytes(data)
        for some in _runs(sorted({row[2] for row in found}))
        for block, data in Block.objects.filter(pk__in=some).values_list("pk", "data")
    }
    words = [unpack(packed[row[2]])[row[0] - row[2]] for row in found]
    columns = list(zip(*found, strict=True)) if found else [()] * len(NUMBERS)

    def whole(at: int) -> IntArray:
        return np.array(columns[at], dtype=np.int64)

    def real(at: int) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
        return np.array([np.nan if v is None else v for v in columns[at]], dtype=np.float64)

    signals = Signals(
        external_id=[w.external_id for w in words],
        occurred_s=whole(3),
        ended_s=whole(4),
        published_s=whole(5),
        latitude=real(6),
        longitude=real(7),
        precision_km=real(8),
        country=list(columns[9]),
        place=[w.place for w in words],
        threat=np.array(columns[10], dtype=np.int8),
        kind=list(columns[11]),
        intensity=real(12),
        actors=[w.actors for w in words],
        title=[w.title for w in words],
        text=[w.text for w in words],
        origin=[w.origin for w in words],
        url=[w.url for w in words],
        raw=[w.raw for w in words],
    )
    keys = [bytes(key).hex() for key in columns[13]]
    source = np.array([where[number] for number in columns[1]], dtype=np.int64)
    received = Received(signals, keys, source, traits)
    return Stored(received, whole(0), whole(14), whole(15), whole(16), whole(17))


def load_numbers(numbers: Sequence[int]) -> list[Stored]:
    """load for any amount of numbers, in runs."""
    return [load(Signal.objects.filter(pk__in=some)) for some in _runs(sorted(set(numbers)))]


def put_aside(
    items: Sequence[Quarantined], source: Source, file: str, *, marking: int, now_s: int, mission: str | None = None
) -> int:
    """Keep what could not be read, each content once per source. Returns how many were new."""
    import zlib

    rows = [
        Aside(
            marking_id=marking,
            mission_id=mission,
            source=source.number,
            file=file[:250],
            place=item.where[:60],
            reason=item.reason,
            params=item.params,
            digest=sha256(item.raw + item.where.encode()).digest(),
            size=len(item.raw),
            raw=zlib.compress(item.raw, 6),
            at_s=now_s,
        )
        for item in items
    ]
    before = Aside.objects.count()
    Aside.objects.bulk_create(rows, ignore_conflicts=True, batch_size=200)
    return Aside.objects.count() - before


def _words(s: Signals, start: int) -> list[Words]:
    rows = range(start, min(start + BLOCK_ROWS, len(s)))
    return [
        Words(s.external_id[i], s.place[i], s.actors[i], s.title[i], s.text[i], s.origin[i], s.url[i], s.raw[i])
        for i in rows
    ]


def _nullable(column: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> list[float | None]:
    return [None if v != v else v for v in column.tolist()]


def _runs[T](values: Sequence[T], at_once: int = AT_ONCE) -> Iterable[Sequence[T]]:
    for start in range(0, len(values), at_once):
        yield values[start : start + at_once]
