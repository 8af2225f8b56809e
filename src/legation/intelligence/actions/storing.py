"""How do signals get into the stream and out of it again? By columns, past the ORM, words packed in blocks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
"""Values in one IN list: SQLite allows 32,766 variables in present builds and 999 in old ones."""

NUMBERS = (
    "id", "source", "block", "occurred_s", "ended_s", "published_s", "latitude", "longitude", "precision_km",
    "country", "threat", "kind", "intensity", "key", "cluster", "occurrence", "marking_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """Signals out of the stream with what fusion left on them. All columns (n,), in order of number."""

    received: Received
    number: IntArray
    cluster: IntArray
    occurrence: IntArray
    marking: IntArray

    def __len__(self) -> int:
        return len(self.number)


def sources() -> tuple[dict[int, int], tuple[SourceTraits, ...]]:
    """Position of each source number in the tuple of traits, and the traits."""
    rows = list(Source.objects.order_by("number"))
    return {row.number: at for at, row in enumerate(rows)}, tuple(row.traits for row in rows)


def known_keys(keys: Sequence[str]) -> set[str]:
    """Those of the content keys that are in the stream."""
    found: set[str] = set()
    for some in _runs(keys):
        rows = Signal.objects.filter(key__in=[bytes.fromhex(key) for key in some]).values_list("key", flat=True)
        found.update(bytes(key).hex() for key in rows)
    return found


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


def append(signals: Signals, keys: Sequence[str], source: Source, *, mission: str | None, marking: int) -> int:
    """Write the rows and their blocks; fusion fills in cluster and occurrence afterwards. Returns the first number."""
    last = Signal.objects.aggregate(last=models.Max("id"))["last"]
    first = 1 if last is None else int(last) + 1
    n = len(signals)
    blocks = [(first + start, pack(_words(signals, start))) for start in range(0, n, BLOCK_ROWS)]
    places = neighbourhoods(signals).tolist()
    floats = [_nullable(column) for column in (signals.latitude, signals.longitude, signals.precision_km)]
    whole = [c.tolist() for c in (signals.occurred_s, signals.ended_s, signals.published_s, signals.threat)]
    gravity = np.round(signals.intensity, 3).tolist()
    rows = [
        (
            first + i, mission, marking, source.number, first + i - i % BLOCK_ROWS, bytes.fromhex(keys[i]),
            item_of(source.number, signals.external_id[i]), places[i], -1, -1, whole[0][i], whole[1][i], whole[2][i],
            floats[0][i], floats[1][i], floats[2][i], signals.country[i], whole[3][i], signals.kind[i], gravity[i],
        )
        for i in range(n)
    ]  # fmt: skip
    columns = (
        "id, mission_id, marking_id, source, block, key, item, neighbourhood, cluster, occurrence, occurred_s, ended_s,"
        " published_s, latitude, longitude, precision_km, country, threat, kind, intensity"
    )
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO intelligence_block (id, data) VALUES (%s, %s)", blocks)
        cursor.executemany(
            f"INSERT INTO intelligence_signal ({columns}) VALUES ({', '.join(['%s'] * 20)})",  # noqa: S608  # constants
            rows,
        )
    return first


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
    return Stored(received, whole(0), whole(14), whole(15), whole(16))


def load_numbers(numbers: Sequence[int]) -> list[Stored]:
    """load for any amount of numbers, in runs."""
    return [load(Signal.objects.filter(pk__in=some)) for some in _runs(sorted(set(numbers)))]


def put_aside(items: Sequence[Quarantined], source: Source, file: str, *, marking: int, now_s: int) -> int:
    """Keep what could not be read, each content once per source. Returns how many were new."""
    import zlib

    rows = [
        Aside(
            marking_id=marking,
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
    return [None if v != v else round(v, 5) for v in column.tolist()]


def _runs[T](values: Sequence[T]) -> Iterable[Sequence[T]]:
    for start in range(0, len(values), AT_ONCE):
        yield values[start : start + AT_ONCE]
