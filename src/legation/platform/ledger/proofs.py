"""What proves that one entry stands in the record, or that a newer record begins with an older one? Read from tiles."""

import base64
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.db import connection

from legation.platform.ledger import leaf, tree
from legation.platform.ledger.models import Entry, Node
from legation.platform.ledger.tree import TILE_HEIGHT, Subtree

WIDTH = 1 << TILE_HEIGHT


type Run = tuple[int, int]
"""(level, number): 16 siblings of one level; level 0 are leaves."""


class TileReader:
    """Subtree roots of one node's log, read in runs of 16 siblings, each run once."""

    def __init__(self, node: Node, runs: Iterable[Run] = ()) -> None:
        """`runs` are read at once; others when they are asked for."""
        self._node = node
        self._runs: dict[Run, dict[int, bytes]] = {}
        self._read(set(runs))

    def __call__(self, height: int, index: int) -> bytes:
        """The root of a full subtree. Raises KeyError where the database has lost it."""
        level, first, count = _siblings(height, index)
        if (level, first // WIDTH) not in self._runs:
            self._read({(level, first // WIDTH)})
        run = self._runs[level, first // WIDTH]
        return run[first] if count == 1 else tree.fold([run[i] for i in range(first, first + count)])

    def _read(self, runs: set[Run]) -> None:
        with connection.cursor() as cursor:
            for level, number in runs:
                start, end = number * WIDTH, (number + 1) * WIDTH - 1
                if level:
                    cursor.execute(_TILES, [self._node.pk, level, start, end])
                else:
                    cursor.execute(_LEAVES, [self._node.pk, start, end])
                self._runs[level, number] = {index: bytes(found) for index, found in cursor.fetchall()}


# One statement a run: joined by OR they would make SQLite read the whole table of tiles.
_TILES = 'SELECT "index", hash FROM platform_tile WHERE node_id = %s AND level = %s AND "index" BETWEEN %s AND %s'
_LEAVES = "SELECT position, leaf FROM platform_entry WHERE node_id = %s AND position BETWEEN %s AND %s"


def _siblings(height: int, index: int) -> tuple[int, int, int]:
    """(level, first, count) of the kept hashes that make up a subtree."""
    level, above = divmod(height, TILE_HEIGHT)
    return level, index << above, 1 << above


def _runs_of(walk: Callable[[Subtree], object]) -> set[Run]:
    """Which runs a proof will read: the same walk over the tree, with nothing in it."""
    runs: set[Run] = set()

    def note(height: int, index: int) -> bytes:
        level, first, _ = _siblings(height, index)
        runs.add((level, first // WIDTH))
        return b""

    walk(note)
    return runs


def root_at(node: Node, size: int) -> bytes | None:
    """The root over the first `size` entries, or None where the database has lost some."""
    try:
        runs = _runs_of(lambda subtree: tree.range_root(0, size, subtree))
        return tree.range_root(0, size, TileReader(node, runs))
    except KeyError:
        return None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Proof that an entry stands in the log under a signed head; checked by `verify_ledger.py --receipt`."""

    line: str
    position: int
    size: int
    proof: list[bytes]
    checkpoint: str

    @property
    def text(self) -> str:
        """As a file: the public line, the siblings, the signed head."""
        steps = [f"step {base64.b64encode(step).decode()}" for step in self.proof]
        return "\n".join(["legation-receipt/1", self.line, *steps, self.checkpoint, ""])


def public_line(entry: Entry, node: str) -> str:
    """The entry's line, rebuilt from its columns."""
    commitments = leaf.split_commitments(bytes(entry.commitments))
    return leaf.line(node, entry.position, entry.entry_id, leaf.stamp(entry.recorded_at), commitments)


def inclusion(node: Node, position: int, size: int) -> list[bytes]:
    """Siblings from leaf to the root of the first `size` entries. Raises ValueError, KeyError."""
    runs = _runs_of(lambda subtree: tree.inclusion_proof(position, size, subtree))
    return tree.inclusion_proof(position, size, TileReader(node, runs))


def consistency(node: Node, old: int, new: int) -> list[bytes]:
    """What shows a witness that nothing before `old` has changed. Raises ValueError, KeyError."""
    runs = _runs_of(lambda subtree: tree.consistency_proof(old, new, subtree))
    return tree.consistency_proof(old, new, TileReader(node, runs))


def receipt(entry: Entry, *, size: int, checkpoint: str) -> Receipt:
    """The receipt of an entry under the checkpoint over `size` entries. Raises ValueError where it came later."""
    node = Node.objects.get(pk=entry.node_id)
    proof = inclusion(node, entry.position, size)
    return Receipt(public_line(entry, node.name), entry.position, size, proof, checkpoint)
