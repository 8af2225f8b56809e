"""Has another node shown everyone the same history? A witness signs a head only where it continues the one before.

Two heads of one size with different roots, both signed by one node, are themselves the proof of a split view.
Source: C2SP tlog-cosignature: the witness signs the time and the whole checkpoint text.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from legation.platform import clock
from legation.platform.ledger import leaf, tree
from legation.platform.ledger.checkpoints import Checkpoint
from legation.platform.secrets import places
from legation.platform.secrets.node import NodeKeys

FILE = "witnessed.log"


class SplitView(Exception):
    """The node signed two histories. `heads` are both lines: keep them, they prove it."""

    def __init__(self, heads: tuple[str, str]) -> None:
        super().__init__(f"this head does not continue the one witnessed before; keep both as evidence: {heads}")
        self.heads = heads


class Stale(Exception):
    """The head is older than one already witnessed: the node may have been rolled back."""


@dataclass(frozen=True, slots=True)
class Cosignature:
    """A witness's signature over a head, and the head's own line."""

    witness: str
    time: str
    signature: bytes
    head: str

    @property
    def line(self) -> str:
        return f"witness/1 {self.witness} {self.time} {self.signature.hex()} {self.head}"

    @classmethod
    def parse(cls, text: str) -> "Cosignature":
        """Raises ValueError for anything else."""
        word, witness, time, signature, head = text.strip().split(" ", 4)
        if word != "witness/1":
            raise ValueError("not a witness's line")
        return cls(witness, time, bytes.fromhex(signature), head)


def message(head: Checkpoint, time: str) -> bytes:
    """What a witness signs."""
    return f"cosignature/v1\ntime {time}\n".encode() + head.text


def cosign(keys: NodeKeys, head_line: str, public_key: bytes, proof: list[bytes]) -> Cosignature:
    """Sign another node's head, if it is signed by its key and continues the last head witnessed here.

    proof: consistency from the last witnessed size to this one (empty for the first).
    Raises NotACheckpoint for a false signature, Stale for an older head, SplitView where the history differs.
    """
    head = Checkpoint.parse(head_line)
    head.verify(public_key)
    home = keys.home
    before = last_seen(home, head.node) if home else None
    if before is not None:
        _refuse_discontinuous(before, head, proof)
    time = leaf.stamp(clock.wall())
    made = Cosignature(keys.name, time, keys.sign(message(head, time)), head.line)
    if home:
        _append(home / FILE, made.line)
    return made


def last_seen(home: Path, node: str) -> Checkpoint | None:
    """The last head of this node that was witnessed here."""
    path = home / FILE
    if not path.exists():
        return None
    heads = (Checkpoint.parse(Cosignature.parse(text).head) for text in path.read_text("ascii").splitlines())
    return max((head for head in heads if head.node == node), key=lambda head: head.size, default=None)


def _refuse_discontinuous(before: Checkpoint, head: Checkpoint, proof: list[bytes]) -> None:
    if head.size < before.size:
        raise Stale(f"a head over {before.size} entries was witnessed on {before.time}; this one has {head.size}")
    try:
        tree.verify_consistency(before.size, head.size, before.root, head.root, proof)
    except tree.ProofBroken as fault:
        raise SplitView((before.line, head.line)) from fault


def _append(path: Path, line: str) -> None:
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "ab") as file:
        file.write(line.encode() + b"\n")
        file.flush()
        os.fsync(file.fileno())
    places.sync_folder(path.parent)
