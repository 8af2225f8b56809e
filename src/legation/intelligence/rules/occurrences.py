"""What happened, as far as its signals say? One row per happening, made from the signals joined into it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np

from legation.foundations.grading import Credibility, Reliability
from legation.intelligence.rules.corroboration import (
    Contradiction,
    contradictions,
    credibility_of,
    independent_origins,
    origins_named,
)
from legation.intelligence.rules.pairs import Prepared
from legation.intelligence.rules.signals import BoolArray, CodeArray, FloatArray, IntArray, Signals, SourceTraits


@dataclass(frozen=True, slots=True, eq=False)
class Occurrences:
    """Columns, all (m,), ordered by id.

    id: 32 hex digits, the content key of the signal that told of it first; it stays while later signals join.
    credibility: 1–6, admiralty code. contradiction: bits of corroboration.Contradiction.
    """

    id: list[str]
    threat: CodeArray
    kind: list[str]
    start_s: IntArray
    end_s: IntArray
    known_s: IntArray  # when the first of its signals was published: nothing is known of it before
    latitude: FloatArray
    longitude: FloatArray
    precision_km: FloatArray
    country: list[str]
    place: list[str]
    intensity: FloatArray
    n_signals: IntArray
    n_origins: IntArray
    credibility: CodeArray
    contradiction: CodeArray

    def __len__(self) -> int:
        return len(self.id)

    def take(self, index: IntArray | BoolArray) -> "Occurrences":
        """The rows at these positions, or where a mask of length m is true."""
        rows = np.flatnonzero(index) if index.dtype == np.bool_ else index
        listed = rows.tolist()
        columns: dict[str, object] = {}
        for column in fields(self):
            values = getattr(self, column.name)
            columns[column.name] = [values[i] for i in listed] if isinstance(values, list) else values[rows]
        return Occurrences(**columns)  # type: ignore[arg-type]  # columns are those of the same class


@dataclass(frozen=True, slots=True)
class _Told:
    """What a group of joined signals amounts to: which row speaks for what."""

    first: int  # gives the id
    placed: int  # gives the place: the most precise
    graded: int  # gives kind and gravity: the most reliable, then the first
    start_s: int
    end_s: int
    known_s: int
    n_signals: int
    n_origins: int
    credibility: int
    contradiction: int


def occurrences_of(
    s: Signals,
    keys: list[str],
    prepared: Prepared,
    sources: tuple[SourceTraits, ...],
    group: dict[int, int],
    eligible: BoolArray,
) -> tuple[Occurrences, IntArray]:
    """The occurrences and, for each signal, the position of its own (-1 where not eligible).

    group: the group number of rows that are joined with another; every other eligible row stands alone.
    """
    members: dict[int, list[int]] = {}
    for row, number in group.items():
        if eligible[row]:
            members.setdefault(number, []).append(row)
    together = [sorted(rows, key=lambda r: (int(s.published_s[r]), keys[r])) for rows in members.values()]
    told = [_tell(s, prepared, sources, rows) for rows in together]
    alone_mask = eligible.copy()
    alone_mask[list(group)] = False
    alone = np.flatnonzero(alone_mask)

    first = np.concatenate([alone, _column(told, "first")])
    order = np.argsort(np.array([keys[i] for i in first.tolist()], dtype="S32"), kind="stable")
    occurrence = np.full(len(keys), -1, dtype=np.int64)
    rank = np.empty(len(order), dtype=np.int64)
    rank[order] = np.arange(len(order))
    occurrence[alone] = rank[: len(alone)]
    for at, rows in enumerate(together):
        occurrence[rows] = rank[len(alone) + at]
    return _columns(s, keys, sources, prepared, alone, told, order), occurrence


def _columns(
    s: Signals,
    keys: list[str],
    sources: tuple[SourceTraits, ...],
    prepared: Prepared,
    alone: IntArray,
    told: list[_Told],
    order: IntArray,
) -> Occurrences:
    def both(values: IntArray, name: str) -> IntArray:
        return np.concatenate([values, _column(told, name)])[order]

    first, placed, graded = (both(alone, name) for name in ("first", "placed", "graded"))
    ones = np.ones(len(alone), dtype=np.int64)
    named, alone_credibility = _alone(s, sources, prepared, alone)
    at_first, at_placed, at_graded = first.tolist(), placed.tolist(), graded.tolist()
    return Occurrences(
        id=[keys[i] for i in at_first],
        threat=s.threat[graded],
        kind=[s.kind[i] for i in at_graded],
        start_s=both(s.occurred_s[alone], "start_s"),
        end_s=both(s.ended_s[alone], "end_s"),
        known_s=both(s.published_s[alone], "known_s"),
        latitude=s.latitude[placed],
        longitude=s.longitude[placed],
        precision_km=s.precision_km[placed],
        country=[s.country[i] for i in at_placed],
        place=[s.place[i] for i in at_placed],
        intensity=s.intensity[graded],
        n_signals=both(ones, "n_signals"),
        n_origins=both(named, "n_origins"),
        credibility=both(alone_credibility, "credibility").astype(np.int8),
        contradiction=both(0 * ones, "contradiction").astype(np.int8),
    )


def _alone(
    s: Signals, sources: tuple[SourceTraits, ...], prepared: Prepared, alone: IntArray
) -> tuple[IntArray, IntArray]:
    """Number of origins and credibility of signals that stand alone; each is looked up once per distinct case."""
    origin = s.origin
    counts = {text: max(1, len(origins_named(text))) for text in set(origin)}
    named = np.fromiter((counts[origin[i]] for i in alone.tolist()), dtype=np.int64, count=len(alone))
    most = int(named.max(initial=1))
    table = np.array(
        [[int(credibility_of(n, [one.reliability], Contradiction.NONE)) for n in range(most + 1)] for one in sources],
        dtype=np.int64,
    ).reshape(len(sources), most + 1)
    return named, table[prepared.source[alone], named]


def _tell(s: Signals, p: Prepared, sources: tuple[SourceTraits, ...], rows: Sequence[int]) -> _Told:
    """rows: in order of publication. Of several versions of one item only the last speaks."""
    latest = {(int(p.source[r]), s.external_id[r]): r for r in rows}
    every, rows = rows, sorted(latest.values(), key=rows.index)
    trust = [sources[int(p.source[r])].reliability for r in rows]
    contradiction = contradictions(p, rows)
    origins = independent_origins(p, rows)
    judged = [-1.0 if t is Reliability.F else t.weight for t in trust]
    best = int(np.argmax(judged))
    radius = [float("inf") if np.isnan(s.latitude[r]) else float(p.precision_km[r]) for r in rows]
    at = np.asarray(rows)
    return _Told(
        first=every[0],
        placed=rows[int(np.argmin(radius))],
        graded=rows[best],
        start_s=int(s.occurred_s[at].min()),
        end_s=int(s.ended_s[at].max()),
        known_s=int(s.published_s[every[0]]),
        n_signals=len(every),
        n_origins=origins,
        credibility=int(credibility_of(origins, trust, contradiction)),
        contradiction=int(contradiction),
    )


def _column(told: list[_Told], name: str) -> IntArray:
    return np.array([getattr(one, name) for one in told], dtype=np.int64)


def credibility_weights() -> FloatArray:
    """Weight of each credibility by its digit; position 0 is unused. (7,)."""
    return np.array([0.0, *(Credibility(str(digit)).weight for digit in range(1, 7))])
