"""What does the public line of an entry say? One canonical text line; its hash is the leaf of the tree.

It binds the sealed parts by salted commitments and says nothing of their content.
"""

from collections.abc import Sequence
from datetime import UTC, datetime

from legation.foundations.time import utc
from legation.platform.ledger import tree

FORMAT = "leaf/1"


def stamp(instant: datetime) -> str:
    """UTC to the microsecond, always 27 characters, so that text order is time order."""
    return utc(instant).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_stamp(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)


def line(node: str, position: int, entry_id: str, recorded_at: str, commitments: Sequence[bytes]) -> str:
    """`leaf/1 node position entry-id recorded-at commitment,commitment…`; the first commitment is the body's."""
    return f"{FORMAT} {node} {position} {entry_id} {recorded_at} {','.join([c.hex() for c in commitments])}"


def leaf(text: str) -> bytes:
    return tree.leaf_hash(text.encode())


def split_commitments(packed: bytes) -> list[bytes]:
    return [packed[i : i + tree.HASH_BYTES] for i in range(0, len(packed), tree.HASH_BYTES)]


def place(node: str, entry_id: str, part: int) -> bytes:
    """What a sealed part is bound to: it opens nowhere else."""
    return b"%s/%s/%d" % (node.encode(), entry_id.encode(), part)
