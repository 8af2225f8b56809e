"""Which occurrences do the signals make now? Only what a new signal or decision touches is made again.

At each marking occurrences are made from the signals that it may read, and from no others: nothing is inferred from a
row about a signal that its reader may not see.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection

from legation.foundations.markings import OPEN, Marking
from legation.intelligence.actions.storing import AT_ONCE, KEYS_AT_ONCE, Stored, load, numbers_of, sources
from legation.intelligence.models import Decision, Occurrence, Outranked, Signal
from legation.intelligence.models.columns import COLUMNS, columns_of
from legation.intelligence.rules.blocks import block_keys, neighbour_keys, within_reach
from legation.intelligence.rules.fusion import Constraints, Fused, Received, fuse, touched_clusters
from legation.intelligence.rules.kinds import kind_numbers
from legation.intelligence.rules.occurrences import Occurrences
from legation.intelligence.rules.signals import IntArray
from legation.platform.authority.markings import intern, readable_by
from legation.platform.authority.models import MarkingRow


@dataclass(frozen=True, slots=True, eq=False)
class Remade:
    """Occurrences of open marking as they were and as they are; at other markings only how many."""

    before: Occurrences
    after: Occurrences
    elsewhere: int = 0


def remake_around(numbers: Sequence[int], marking: Marking) -> Remade:
    """Make again what these stored signals, all of one marking, touch: at their marking and at those above it."""
    seeds = _load_all(numbers)
    return _and_above(seeds, _remake(seeds, marking)[0], marking)


def take_in(seeds: Stored, marking: Marking, store: Callable[[IntArray, IntArray], None]) -> Remade:
    """The same for signals that are not stored yet; `store` writes them, given the cluster and occurrence of each."""
    made, cluster, occurrence = _remake(seeds, marking, new=True)
    store(cluster, occurrence)
    return _and_above(seeds, made, marking)


def _and_above(seeds: Stored, made: Remade, marking: Marking) -> Remade:
    """Make again what the seeds, stored by now, touch at the markings above theirs."""
    elsewhere = 0
    for higher in _markings_above(seeds, marking):
        above = _near(seeds, readable_by(higher) - readable_by(marking), None)
        if len(above):
            elsewhere += len(_remake(_load_all(above.tolist()), higher)[0].after)
    if marking != OPEN:
        return Remade(no_occurrences(), no_occurrences(), elsewhere + len(made.after))
    return Remade(made.before, made.after, elsewhere)


def constraints_for(level: Marking) -> Constraints:
    """Every decision of a person that this marking may read."""
    same: set[tuple[str, str]] = set()
    different: set[tuple[str, str]] = set()
    for row in Decision.objects.filter(marking_id__in=readable_by(level)):
        (same if row.kind == "same" else different).update((str(a), str(b)) for a, b in row.pairs)
    return Constraints(frozenset(same), frozenset(different))


def no_occurrences() -> Occurrences:
    """None at all."""
    return columns_of([])


def _load_all(numbers: Sequence[int]) -> Stored:
    parts = [load(Signal.objects.filter(pk__in=some)) for some in _runs(sorted(set(numbers)))]
    return _joined(parts) if parts else load(Signal.objects.none())


def _joined(parts: Sequence[Stored]) -> Stored:
    if len(parts) == 1:
        return parts[0]
    return Stored(
        Received.concatenate([p.received for p in parts]),
        np.concatenate([p.number for p in parts]),
        np.concatenate([p.cluster for p in parts]),
        np.concatenate([p.occurrence for p in parts]),
        np.concatenate([p.marking for p in parts]),
        np.concatenate([p.item for p in parts]),
    )


def _remake(seeds: Stored, level: Marking, *, new: bool = False) -> tuple[Remade, IntArray, IntArray]:
    """Fuse the seeds with every cluster they touch, at one marking, and write what came of it but for new seeds.

    Beside what was made: the cluster and occurrence of each seed. (n,) numbers, -1 for none.
    """
    readable, constraints = readable_by(level), constraints_for(level)
    old = _load_all(_near(seeds, readable, set(seeds.number.tolist())).tolist())
    members = seeds
    if len(old) or constraints.same:
        labels = [str(c) for c in old.cluster.tolist()]
        touched = touched_clusters(old.received, labels, seeds.received, constraints) if len(old) else set()
        touched |= {str(c) for c in seeds.cluster.tolist() if c >= 0}
        touched |= _decided_elsewhere(seeds, constraints)
        if touched:
            rows = _of_clusters({int(c) for c in touched}, readable) - set(seeds.number.tolist())
            if rows:
                members = _joined([seeds, _load_all(sorted(rows))])
    made, cluster, occurrence = _write(members, fuse(members.received, constraints), level, len(seeds) if new else 0)
    return made, cluster[: len(seeds)], occurrence[: len(seeds)]


def _decided_elsewhere(seeds: Stored, constraints: Constraints) -> set[str]:
    """Clusters of signals that a person joined to one of the seeds, however far away they lie."""
    keys = set(seeds.received.keys)
    wanted = {b for a, b in constraints.same if a in keys} | {a for a, b in constraints.same if b in keys}
    numbers = numbers_of(wanted - keys)
    found = Signal.objects.filter(pk__in=list(numbers.values())).values_list("cluster", flat=True)
    return {str(cluster) for cluster in found}


def _near(seeds: Stored, markings: frozenset[int], without: set[int] | None) -> IntArray:
    """Numbers of the signals that lie where fusion must look, of these markings.

    A source that lists happenings is never joined with itself but for later versions of one item, so of its own
    rows only those are read.
    """
    s = seeds.received.signals
    kind = kind_numbers(s.kind)
    columns = (s.threat, kind, s.occurred_s, s.latitude, s.longitude)
    at = np.unique(seeds.received.source)
    alone = len(at) == 1 and seeds.received.sources[int(at[0])].rows_are_happenings
    own = list(sources()[0])[int(at[0])] if alone else -1
    near = _in_blocks(neighbour_keys(*columns), own)
    near = near[np.isin(near["marking"], list(markings))]
    places = (near["block"], near["start_s"], near["latitude"], near["longitude"])
    near = near[within_reach((block_keys(*columns), s.occurred_s, s.latitude, s.longitude), places)]
    found = set(near["number"].tolist())
    if alone:
        found |= _other_versions(seeds, markings)
    return np.array(sorted(found - (without or set())), dtype=np.int64)


_SELECT_PLACED = (
    "SELECT id, neighbourhood, occurred_s, latitude, longitude, marking_id FROM intelligence_signal"
    " WHERE neighbourhood IN"
)
_SELECT_VERSIONS = "SELECT id, marking_id FROM intelligence_signal WHERE item IN"
_PLACED = np.dtype(
    {
        "names": ["number", "block", "start_s", "latitude", "longitude", "marking"],
        "formats": ["i8", "i8", "i8", "f8", "f8", "i8"],
    }
)


def _in_blocks(keys: IntArray, own: int) -> "np.ndarray[tuple[int], np.dtype[np.void]]":
    """The signals in these blocks that are not of the source `own`, as _PLACED; their words are not read.

    Markings are sorted out afterwards: told of them, a planner without statistics reads the index of markings, which
    is the whole table.
    """
    rows: list[tuple[object, ...]] = []
    with connection.cursor() as cursor:
        for some in _runs(keys.tolist(), KEYS_AT_ONCE):
            sql = f"{_SELECT_PLACED} ({', '.join(['%s'] * len(some))}) AND source <> %s"
            cursor.execute(sql, [*some, own])
            rows += cursor.fetchall()
    return np.array(rows, dtype=_PLACED)


def _other_versions(seeds: Stored, markings: frozenset[int]) -> set[int]:
    """Numbers of the stored signals that are versions of the same items."""
    found: set[int] = set()
    with connection.cursor() as cursor:
        for some in _runs(seeds.item.tolist(), KEYS_AT_ONCE):
            cursor.execute(f"{_SELECT_VERSIONS} ({', '.join(['%s'] * len(some))})", some)
            found.update(number for number, marking in cursor.fetchall() if marking in markings)
    return found


def _of_clusters(clusters: set[int], markings: frozenset[int]) -> set[int]:
    found: set[int] = set()
    for some in _runs(sorted(clusters)):
        found.update(Signal.objects.filter(cluster__in=some, marking_id__in=markings).values_list("pk", flat=True))
    return found


def _markings_above(seeds: Stored, marking: Marking) -> list[Marking]:
    """Markings in use that cover this one and have signals of their own where the seeds lie; lowest first."""
    higher = [row for row in MarkingRow.objects.all() if row.value != marking and row.value.covers(marking)]
    above = [row.value for row in higher if Signal.objects.filter(marking_id=row.pk).exists()]
    return sorted(above, key=lambda one: (int(one.classification), int(one.tlp), len(one.compartments)))


def _write(members: Stored, fused: Fused, level: Marking, n_new: int) -> tuple[Remade, IntArray, IntArray]:
    """Replace the occurrences of these signals at this marking; the first n_new of them are not stored yet."""
    level_id = intern(level)
    number_of = dict(zip(members.received.keys, members.number.tolist(), strict=True))
    own = members.marking == level_id
    before = _take_out(np.unique(members.occurrence[own & (members.occurrence >= 0)]).tolist(), level_id)
    firsts = np.array([number_of[key] for key in fused.occurrences.id], dtype=np.int64)
    has_own = np.zeros(len(firsts), dtype=np.bool_)
    at = fused.occurrence
    has_own[at[own & (at >= 0)]] = True
    cluster = np.fromiter((number_of[key] if key else -1 for key in fused.cluster), np.int64, count=len(members))
    occurrence = np.where(at >= 0, firsts[np.maximum(at, 0)], -1) if len(firsts) else at
    made = fused.occurrences.take(np.flatnonzero(has_own))
    stored = np.flatnonzero(own & (np.arange(len(members)) >= n_new))
    changes = zip(cluster[stored].tolist(), occurrence[stored].tolist(), members.number[stored].tolist(), strict=True)
    rows = [(first, level_id, *values) for first, values in zip(firsts[has_own].tolist(), _values(made), strict=True)]
    names = ("first", "marking_id", *COLUMNS)
    into = f"INSERT INTO intelligence_occurrence ({', '.join(names)}) VALUES ({', '.join(['%s'] * len(names))})"  # noqa: S608  # our own column names
    with connection.cursor() as cursor:
        cursor.executemany(into, rows)
        cursor.executemany("UPDATE intelligence_signal SET cluster = %s, occurrence = %s WHERE id = %s", list(changes))
    if level != OPEN:
        _outrank(members, at, firsts.tolist(), has_own.tolist(), own.tolist(), level_id)
    return Remade(before, made), cluster, occurrence


def _take_out(firsts: list[int], level_id: int) -> Occurrences:
    """Delete these occurrences of this marking; what they said, for the sums they must leave."""
    said: list[tuple[object, ...]] = []
    for some in _runs(firsts):
        rows = Occurrence.objects.filter(first__in=some, marking_id=level_id)
        said += rows.values_list("first", *COLUMNS)
        rows.delete()
    return columns_of(said)


def _outrank(
    members: Stored, at: IntArray, firsts: list[int], has_own: list[bool], own: list[bool], level_id: int
) -> None:
    """Note for which rows of lower markings the new ones stand."""
    higher = dict(Occurrence.objects.filter(marking_id=level_id, first__in=firsts).values_list("first", "pk"))
    rows = [
        Outranked(higher_id=higher[firsts[o]], lower=lower, signal=number, marking_id=level_id)
        for o, lower, number, mine in zip(
            at.tolist(), members.occurrence.tolist(), members.number.tolist(), own, strict=True
        )
        if o >= 0 and has_own[o] and not mine and lower >= 0
    ]
    Outranked.objects.bulk_create(rows)


def _values(o: Occurrences) -> Iterable[tuple[object, ...]]:
    columns: list[list[object]] = []
    for name in COLUMNS:
        column = getattr(o, name)
        values = column if isinstance(column, list) else column.tolist()
        if name in ("latitude", "longitude", "precision_km", "intensity"):
            values = [None if v != v else round(v, 5) for v in values]
        columns.append([v[:300] for v in values] if name == "place" else values)
    return zip(*columns, strict=True)


def _runs[T](values: Sequence[T], at_once: int = AT_ONCE) -> Iterable[Sequence[T]]:
    for start in range(0, len(values), at_once):
        yield values[start : start + at_once]
