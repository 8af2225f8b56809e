"""Which signals speak of one happening? They become one occurrence, the same whatever the order in which they came.

Method: compare only neighbours in space and time (blocks.py), score each pair (pairs.py), take pairs above the cut-off
as edges; connected signals are a cluster, and each cluster is joined strongest pair first under limits (Kruskal 1956
with constraints). A cluster's outcome depends on its own signals alone: that is why adding a batch touches no other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from scipy.spatial import cKDTree

from legation.foundations.place import EARTH_RADIUS_KM, unit_vectors
from legation.foundations.threats import ThreatClass
from legation.intelligence.rules.blocks import BANDS, Band, band_of
from legation.intelligence.rules.kinds import kind_numbers
from legation.intelligence.rules.occurrences import Occurrences, occurrences_of
from legation.intelligence.rules.pairs import CUT_OFF, Prepared, score_pairs
from legation.intelligence.rules.signals import BoolArray, CodeArray, FloatArray, IntArray, Signals, SourceTraits

_HAZARD = list(ThreatClass).index(ThreatClass.HAZARD)
_PAIRS_AT_ONCE = 200_000  # bounds memory: about 100 bytes a pair


@dataclass(frozen=True, slots=True)
class Constraints:
    """A person's decisions, by content key: these two are one happening, these two are not. They outlast re-fusion."""

    same: frozenset[tuple[str, str]] = field(default_factory=frozenset)
    different: frozenset[tuple[str, str]] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True, eq=False)
class Received:
    """Signals with what joining must know beside them. keys: (n,) content keys; source: (n,) position in sources."""

    signals: Signals
    keys: list[str]
    source: IntArray
    sources: tuple[SourceTraits, ...]

    def __len__(self) -> int:
        return len(self.keys)

    @classmethod
    def concatenate(cls, parts: Sequence["Received"]) -> "Received":
        """All rows of parts that share one tuple of sources."""
        signals = Signals.concatenate([part.signals for part in parts])
        source = np.concatenate([part.source for part in parts])
        return cls(signals, [key for part in parts for key in part.keys], source, parts[0].sources)

    def take(self, index: IntArray) -> "Received":
        """The rows at these positions."""
        rows = index.tolist()
        return Received(self.signals.take(index), [self.keys[i] for i in rows], self.source[index], self.sources)


@dataclass(frozen=True, slots=True, eq=False)
class Fused:
    """occurrence: (n,) position in occurrences of each signal, -1 for those of no threat class.

    cluster: (n,) the lowest content key among all signals connected to each, "" for those of no threat class: whoever
    re-fuses a signal re-fuses its whole cluster.
    """

    occurrences: Occurrences
    occurrence: IntArray
    cluster: list[str]
    contradictory: tuple[tuple[str, str], ...] = ()  # decisions "different" that a "same" overrules


@dataclass(frozen=True, slots=True, eq=False)
class Edges:
    """Pairs above the cut-off, (m,) positions and points."""

    left: IntArray
    right: IntArray
    points: FloatArray


def fuse(received: Received, constraints: Constraints = Constraints()) -> Fused:
    """Join signals into occurrences. Repeated content keys count once: the first row of a key stands for all."""
    first, back = _once(received.keys)
    if len(first) < len(received):
        once = fuse(received.take(first), constraints)
        again = back.tolist()
        clusters = [once.cluster[i] for i in again]
        return Fused(once.occurrences, once.occurrence[back], clusters, once.contradictory)
    prepared = Prepared.of(received.signals, received.source)
    edges = find_edges(received, prepared)
    same, apart = _decided(received.keys, constraints)
    cluster_number = _components(len(received), edges, same)
    group, overruled = _join(received, prepared, edges, same, apart)
    eligible = received.signals.threat >= 0
    occurrences, occurrence = occurrences_of(
        received.signals, received.keys, prepared, received.sources, group, eligible
    )
    clusters = _cluster_keys(received.keys, cluster_number, eligible)
    return Fused(occurrences, occurrence, clusters, tuple((received.keys[i], received.keys[j]) for i, j in overruled))


def find_edges(received: Received, prepared: Prepared, *, new: BoolArray | None = None) -> Edges:
    """All pairs above the cut-off; with `new` (n,) only pairs of which at least one is new."""
    lefts, rights, totals = [], [], []
    for left, right in _candidates(received, new):
        points, _ = score_pairs(prepared, left, right)
        keep = points >= CUT_OFF
        lefts.append(left[keep])
        rights.append(right[keep])
        totals.append(points[keep])
    none = np.empty(0, dtype=np.int64)
    return Edges(
        np.concatenate([none, *lefts]), np.concatenate([none, *rights]), np.concatenate([np.empty(0), *totals])
    )


def touched_clusters(old: Received, clusters: Sequence[str], new: Received, constraints: Constraints) -> set[str]:
    """The clusters among `old` (the neighbours of `new`, with the cluster of each) that must be fused again with it."""
    both = Received.concatenate([old, new])
    is_new = np.arange(len(both)) >= len(old)
    edges = find_edges(both, Prepared.of(both.signals, both.source), new=is_new)
    known = dict(zip(old.keys, clusters, strict=True))
    rows = np.concatenate([edges.left, edges.right])
    touched = {clusters[row] for row in rows[rows < len(old)].tolist()}
    fresh = set(new.keys)
    for one, other in constraints.same:
        touched |= {known[a] for a, b in ((one, other), (other, one)) if a in known and (b in fresh or b in known)}
    touched |= {known[key] for key in fresh if key in known}
    return touched


def _candidates(received: Received, new: BoolArray | None) -> Iterator[tuple[IntArray, IntArray]]:
    """Pairs near enough in space and time to be scored, in runs of bounded length; left < right."""
    s = received.signals
    kind = kind_numbers(s.kind)
    band = band_of(kind)
    usable = (s.threat >= 0) & (kind >= 0)
    apart = np.array([source.rows_are_happenings for source in received.sources], dtype=np.bool_)
    for number, limits in enumerate(BANDS):
        for threat in np.unique(s.threat[usable & (band == number)]).tolist():
            rows = np.flatnonzero(usable & (band == number) & (s.threat == threat))
            for left, right in _near(received, rows, limits, apart, new):
                keep = _plausible(received, left, right, wide=number == 2 and threat != _HAZARD)
                yield np.minimum(left, right)[keep], np.maximum(left, right)[keep]
    yield from _same_items(received, usable, apart)


def _near(
    received: Received, rows: IntArray, limits: Band, apart: BoolArray, new: BoolArray | None
) -> Iterator[tuple[IntArray, IntArray]]:
    """Neighbouring pairs of one threat class and band; rows of one source that lists happenings are never paired."""
    lists_happenings = apart[received.source[rows]]
    if lists_happenings.all() and len(np.unique(received.source[rows])) == 1:
        return
    coordinates = _coordinates(received.signals, rows, limits)
    groups = [np.flatnonzero(~lists_happenings)]
    groups += [np.flatnonzero(received.source[rows] == one) for one in np.flatnonzero(apart).tolist()]
    trees = [(group, cKDTree(coordinates[group])) for group in groups if len(group)]
    for at, (group, tree) in enumerate(trees):
        if not lists_happenings[group[0]]:
            found = tree.query_pairs(1.0, p=np.inf, output_type="ndarray").astype(np.int64)
            yield from _runs(rows[group[found[:, 0]]], rows[group[found[:, 1]]], new)
        for other, other_tree in trees[at + 1 :]:
            met = tree.sparse_distance_matrix(other_tree, 1.0, p=np.inf, output_type="ndarray")
            yield from _runs(rows[group[met["i"]]], rows[other[met["j"]]], new)


def _coordinates(s: Signals, rows: IntArray, limits: Band) -> FloatArray:
    """Space and time scaled so that reach is 1; the unplaced stand in corners of their own, by country."""
    from_centre = unit_vectors(s.latitude[rows], s.longitude[rows]) * (EARTH_RADIUS_KM / limits.within_km)
    unplaced = np.flatnonzero(np.isnan(from_centre[:, 0]))
    if len(unplaced):
        codes = {code: 1e6 + 10.0 * i for i, code in enumerate(sorted(set(s.country)))}
        listed = rows.tolist()
        from_centre[unplaced] = np.array([[codes[s.country[listed[i]]]] * 3 for i in unplaced.tolist()])
    return np.column_stack([from_centre, s.occurred_s[rows] / (limits.within_hours * 3600)])


def _runs(left: IntArray, right: IntArray, new: BoolArray | None) -> Iterator[tuple[IntArray, IntArray]]:
    if new is not None:
        keep = new[left] | new[right]
        left, right = left[keep], right[keep]
    for start in range(0, len(left), _PAIRS_AT_ONCE):
        yield left[start : start + _PAIRS_AT_ONCE], right[start : start + _PAIRS_AT_ONCE]


def _plausible(received: Received, left: IntArray, right: IntArray, *, wide: bool) -> BoolArray:
    """Over wide reaches two known, different countries rule a pair out (a storm may cross, a decree does not)."""
    if not wide or not len(left):
        return np.ones(len(left), dtype=np.bool_)
    country = received.signals.country
    pairs = zip(left.tolist(), right.tolist(), strict=True)
    return np.fromiter((country[a] == country[b] or not (country[a] and country[b]) for a, b in pairs), np.bool_)


def _same_items(received: Received, usable: BoolArray, apart: BoolArray) -> Iterator[tuple[IntArray, IntArray]]:
    """Later versions of one item of a source that lists happenings: the only pairs within such a source."""
    rows = np.flatnonzero(usable & apart[received.source])
    ids = received.signals.external_id
    frame = pl.DataFrame({"row": rows, "source": received.source[rows], "id": [ids[i] for i in rows.tolist()]})
    repeated = frame.filter(pl.struct("source", "id").is_duplicated()).sort("source", "id", "row")
    chain = repeated.with_columns(before=pl.col("row").shift(1).over("source", "id")).drop_nulls("before")
    if len(chain):
        yield chain["before"].to_numpy(), chain["row"].to_numpy()


def _once(keys: list[str]) -> tuple[IntArray, IntArray]:
    """Positions of the first row of each key, and for each row the position among those."""
    if len(set(keys)) == len(keys):
        every = np.arange(len(keys))
        return every, every
    number: dict[str, int] = {}
    first: list[int] = []
    back = np.empty(len(keys), dtype=np.int64)
    for row, key in enumerate(keys):
        if key not in number:
            number[key] = len(first)
            first.append(row)
        back[row] = number[key]
    return np.asarray(first, dtype=np.int64), back


def _decided(keys: list[str], constraints: Constraints) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    if not (constraints.same or constraints.different):
        return [], []
    wanted = {key for pairs in (constraints.same, constraints.different) for pair in pairs for key in pair}
    row_of = {key: row for row, key in enumerate(keys) if key in wanted}
    same = [(row_of[a], row_of[b]) for a, b in sorted(constraints.same) if a in row_of and b in row_of]
    different = [(row_of[a], row_of[b]) for a, b in sorted(constraints.different) if a in row_of and b in row_of]
    return same, different


def _components(n: int, edges: Edges, same: list[tuple[int, int]]) -> dict[int, int]:
    """Root of each row that has any edge."""
    parent: dict[int, int] = {}
    pairs = zip(edges.left.tolist(), edges.right.tolist(), strict=True)
    for a, b in [*pairs, *same]:
        _union(parent, a, b)
    return {row: _root(parent, row) for row in list(parent)}


def _cluster_keys(keys: list[str], root: dict[int, int], eligible: BoolArray) -> list[str]:
    lowest: dict[int, str] = {}
    for row, top in root.items():
        lowest[top] = min(lowest.get(top, keys[row]), keys[row])
    clusters = [key if ok else "" for key, ok in zip(keys, eligible.tolist(), strict=True)]
    for row, top in root.items():
        if eligible[row]:
            clusters[row] = lowest[top]
    return clusters


def _join(
    received: Received, p: Prepared, edges: Edges, same: list[tuple[int, int]], apart: list[tuple[int, int]]
) -> tuple[dict[int, int], list[tuple[int, int]]]:
    """Group of each row that is joined to another, and the decisions "different" that could not be kept."""
    groups = _Groups(received, p)
    for a, b in same:
        groups.force(a, b)
    overruled = [(a, b) for a, b in apart if groups.root(a) == groups.root(b)]
    groups.forbid([pair for pair in apart if pair not in set(overruled)])
    keys = received.keys
    ranked = sorted(
        zip(edges.points.tolist(), edges.left.tolist(), edges.right.tolist(), strict=True),
        key=lambda edge: (-edge[0], *sorted((keys[edge[1]], keys[edge[2]]))),
    )
    for _, a, b in ranked:
        groups.join(a, b)
    return groups.result(), overruled


class _Groups:
    """Signals joined so far, and what forbids joining more."""

    def __init__(self, received: Received, p: Prepared) -> None:
        self._received, self._p = received, p
        self._parent: dict[int, int] = {}
        self._members: dict[int, list[int]] = {}
        self._forbidden: dict[int, set[int]] = {}
        self._band: CodeArray = band_of(p.kind)

    def root(self, row: int) -> int:
        return _root(self._parent, row) if row in self._parent else row

    def members(self, root: int) -> list[int]:
        return self._members.get(root, [root])

    def force(self, a: int, b: int) -> None:
        one, other = self.root(a), self.root(b)
        if one == other:
            return
        together = self.members(one) + self.members(other)
        root = _union(self._parent, one, other)
        self._members.pop(one, None)
        self._members.pop(other, None)
        self._members[root] = together

    def forbid(self, pairs: list[tuple[int, int]]) -> None:
        for a, b in pairs:
            self._forbidden.setdefault(a, set()).add(b)
            self._forbidden.setdefault(b, set()).add(a)

    def join(self, a: int, b: int) -> None:
        one, other = self.root(a), self.root(b)
        if one != other and self._may(self.members(one), self.members(other)):
            self.force(one, other)

    def result(self) -> dict[int, int]:
        return {row: root for root, rows in self._members.items() for row in rows}

    def _may(self, ours: list[int], theirs: list[int]) -> bool:
        """No decision against it, no two happenings of one list, and not wider than the band allows."""
        against = set(theirs)
        if any(self._forbidden.get(row, set()) & against for row in ours):
            return False
        listed: dict[int, str] = {}
        ids = self._received.signals.external_id
        for row in ours + theirs:
            source = int(self._p.source[row])
            listing = self._received.sources[source].rows_are_happenings
            if listing and listed.setdefault(source, ids[row]) != ids[row]:
                return False
        at = np.asarray(ours + theirs)
        limits = BANDS[int(self._band[at].max())]
        if int(self._p.start_s[at].max() - self._p.start_s[at].min()) > limits.within_hours * 3600:
            return False
        xyz = self._p.xyz_km[at]
        return bool(np.isnan(xyz).any() or np.linalg.norm(xyz.max(axis=0) - xyz.min(axis=0)) <= limits.within_km)


def _root(parent: dict[int, int], row: int) -> int:
    while parent[row] != row:
        parent[row] = parent[parent[row]]
        row = parent[row]
    return row


def _union(parent: dict[int, int], a: int, b: int) -> int:
    one, other = (_root(parent, x) if x in parent else parent.setdefault(x, x) for x in (a, b))
    parent[max(one, other)] = min(one, other)
    return min(one, other)
