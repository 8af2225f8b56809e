"""Which one hash stands for the whole log, and how is a part of it proved? The Merkle tree of RFC 6962 / RFC 9162 §2.1.

Pure: hashes in, hashes out. A subtree is named by its height and its index among subtrees of that height.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()

TILE_HEIGHT = 4
"""Every fourth height is kept: a proof in a log of a million reads five runs of at most 16 hashes, and the kept
hashes add one row for every fifteen entries."""

type Subtree = Callable[[int, int], bytes]
"""(height, index) -> root of that full subtree; height 0 is a leaf hash."""


class ProofBroken(Exception):
    """The proof does not lead to the root that was claimed."""


def leaf_hash(data: bytes) -> bytes:
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


@dataclass(frozen=True, slots=True)
class Tiled:
    """A full subtree of height `level` × TILE_HEIGHT that an append has just completed."""

    level: int
    index: int
    hash: bytes


@dataclass(slots=True)
class Frontier:
    """The right edge of a tree: all that is needed to append to it and to know its root.

    roots: height -> root of the full subtree at the edge; one for each set bit of size.
    """

    size: int = 0
    roots: dict[int, bytes] = field(default_factory=dict)

    @classmethod
    def parse(cls, size: int, packed: bytes) -> "Frontier":
        """The reverse of `pack`. Raises ValueError where the bytes do not fit the size."""
        heights = [height for height in reversed(range(size.bit_length())) if size >> height & 1]
        if len(packed) != HASH_BYTES * len(heights):
            raise ValueError(f"a tree of {size} leaves has {len(heights)} edge hashes, not {len(packed)} bytes")
        pieces = (packed[i : i + HASH_BYTES] for i in range(0, len(packed), HASH_BYTES))
        return cls(size, dict(zip(heights, pieces, strict=True)))

    def pack(self) -> bytes:
        """The edge hashes, tallest subtree first."""
        return b"".join(self.roots[height] for height in sorted(self.roots, reverse=True))

    def extend(self, leaves: Sequence[bytes]) -> list[Tiled]:
        """Append leaf hashes, level by level for all of them at once. Returns the tiles this completed."""
        tiles: list[Tiled] = []
        nodes, old, new = list(leaves), self.size, self.size + len(leaves)
        edge: dict[int, bytes] = {}
        for height in range(new.bit_length()):
            first = old >> height  # the index of nodes[0] among subtrees of this height
            if height and height % TILE_HEIGHT == 0:
                level = height // TILE_HEIGHT
                tiles.extend(Tiled(level, first + i, node) for i, node in enumerate(nodes))
            if new >> height & 1:
                edge[height] = nodes[-1] if nodes else self.roots[height]
            if nodes and first & 1:
                nodes.insert(0, self.roots[height])
            pairs = iter(nodes)
            nodes = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]
        self.size, self.roots = new, edge
        return tiles

    def root(self) -> bytes:
        """The tree head: the edge folded from its smallest subtree to its tallest."""
        if not self.size:
            return EMPTY_ROOT
        smallest, *taller = (self.roots[height] for height in sorted(self.roots))
        for left in taller:
            smallest = node_hash(left, smallest)
        return smallest


def fold(hashes: Sequence[bytes]) -> bytes:
    """The root of a run of 2^k sibling hashes."""
    row = list(hashes)
    while len(row) > 1:
        pairs = iter(row)
        row = [node_hash(left, right) for left, right in zip(pairs, pairs, strict=True)]
    return row[0]


def range_root(start: int, end: int, subtree: Subtree) -> bytes:
    """Root over leaves start ≤ i < end, where start is a multiple of the largest power of two below the length."""
    if start == end:
        return EMPTY_ROOT
    width = end - start
    if width & (width - 1) == 0:
        height = width.bit_length() - 1
        return subtree(height, start >> height)
    split = start + _split(width)
    return node_hash(range_root(start, split, subtree), range_root(split, end, subtree))


def inclusion_proof(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """Siblings from leaf to root, RFC 6962 §2.1.1. Raises ValueError for an index outside the tree."""
    if not 0 <= index < size:
        raise ValueError(f"there is no entry {index} in a log of {size}")
    steps: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        split = start + _split(end - start)
        if index < split:
            steps.append(range_root(split, end, subtree))
            end = split
        else:
            steps.append(range_root(start, split, subtree))
            start = split
    return steps[::-1]


def consistency_proof(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """What shows that the log of size `new` begins with the log of size `old`, RFC 6962 §2.1.2."""
    if not 0 < old <= new:
        raise ValueError(f"a log of {old} entries is not the beginning of one of {new}")
    return list(_consistency(old, 0, new, subtree, whole=True))


def _consistency(old: int, start: int, end: int, subtree: Subtree, *, whole: bool) -> Iterator[bytes]:
    if old == end - start:
        if not whole:
            yield range_root(start, end, subtree)
        return
    split = _split(end - start)
    if old <= split:
        yield from _consistency(old, start, start + split, subtree, whole=whole)
        yield range_root(start + split, end, subtree)
    else:
        yield from _consistency(old - split, start + split, end, subtree, whole=False)
        yield range_root(start, start + split, subtree)


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> None:
    """Raises ProofBroken unless the proof leads from leaf to root. Source: RFC 9162 §2.1.3.2."""
    if not 0 <= index < size:
        raise ProofBroken(f"entry {index} is not in a log of {size}")
    number, last, found = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise ProofBroken("the proof is longer than the tree is tall")
        if number & 1 or number == last:
            found = node_hash(step, found)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = node_hash(found, step)
        number, last = number >> 1, last >> 1
    if last or found != root:
        raise ProofBroken(f"the proof of entry {index} does not lead to the root of the log of {size}")


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, proof: Sequence[bytes]) -> None:
    """Raises ProofBroken unless the older log is the beginning of the newer. Source: RFC 9162 §2.1.4.2."""
    if not 0 < old <= new:
        raise ProofBroken(f"a log of {old} entries is not the beginning of one of {new}")
    if old == new:
        if proof or old_root != new_root:
            raise ProofBroken(f"two roots are claimed for the log of {old}")
        return
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        raise ProofBroken("the proof is empty")
    number, last = old - 1, new - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    before = after = path[0]
    for step in path[1:]:
        if last == 0:
            raise ProofBroken("the proof is longer than the tree is tall")
        if number & 1 or number == last:
            before, after = node_hash(step, before), node_hash(step, after)
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            after = node_hash(after, step)
        number, last = number >> 1, last >> 1
    if last or before != old_root or after != new_root:
        raise ProofBroken(f"the log of {new} does not begin with the log of {old}")


def _split(width: int) -> int:
    """The largest power of two smaller than width."""
    return 1 << (width - 1).bit_length() - 1
