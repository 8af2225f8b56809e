"""What proves that one entry stands in the record, or that a newer record begins with an older one? Read from tiles."""

import base64
from dataclasses import dataclass

from legation.platform.ledger import leaf, tree
from legation.platform.ledger.models import Entry, Node, Tile
from legation.platform.ledger.tree import TILE_HEIGHT

WIDTH = 1 << TILE_HEIGHT


class TileReader:
    """Subtree roots of one node's log, read in runs of 16 siblings, each run once."""

    def __init__(self, node: Node) -> None:
        self._node = node
        self._runs: dict[tuple[int, int], dict[int, bytes]] = {}

    def __call__(self, height: int, index: int) -> bytes:
        """The root of a full subtree. Raises KeyError where the database has lost it."""
        level, above = divmod(height, TILE_HEIGHT)
        first = index << above
        run = self._run(level, first // WIDTH)
        if not above:
            return run[first]
        return tree.fold([run[i] for i in range(first, first + (1 << above))])

    def _run(self, level: int, number: int) -> dict[int, bytes]:
        run = self._runs.get((level, number))
        if run is None:
            start, end = number * WIDTH, (number + 1) * WIDTH
            run = self._runs[level, number] = self._tiles(level, start, end) if level else self._leaves(start, end)
        return run

    def _tiles(self, level: int, start: int, end: int) -> dict[int, bytes]:
        rows = Tile.objects.filter(node=self._node, level=level, index__gte=start, index__lt=end)
        return {int(index): bytes(root) for index, root in rows.values_list("index", "hash")}

    def _leaves(self, start: int, end: int) -> dict[int, bytes]:
        rows = Entry.objects.filter(node=self._node, position__gte=start, position__lt=end)
        return {int(position): bytes(found) for position, found in rows.values_list("position", "leaf")}


def root_at(node: Node, size: int) -> bytes | None:
    """The root over the first `size` entries, or None where the database has lost some."""
    try:
        return tree.range_root(0, size, TileReader(node))
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
    return tree.inclusion_proof(position, size, TileReader(node))


def consistency(node: Node, old: int, new: int) -> list[bytes]:
    """What shows a witness that nothing before `old` has changed. Raises ValueError, KeyError."""
    return tree.consistency_proof(old, new, TileReader(node))


def receipt(entry: Entry, *, size: int, checkpoint: str) -> Receipt:
    """The receipt of an entry under the checkpoint over `size` entries. Raises ValueError where it came later."""
    node = Node.objects.get(pk=entry.node_id)
    proof = inclusion(node, entry.position, size)
    return Receipt(public_line(entry, node.name), entry.position, size, proof, checkpoint)
