"""Could the record have been rewritten since? Signed tree heads, kept outside the database.

After a commit, at most once a second, the head of the tree is signed and appended with fsync to `checkpoints.log` in
the data folder. A database that no longer contains the last checkpoint has been rolled back or rewritten, and nothing
is appended to it until a person has reconciled it. Format: C2SP signed note and tlog-checkpoint, one per line.
"""

import base64
import fcntl
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import IO

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from legation.platform import clock
from legation.platform.ledger import leaf, proofs
from legation.platform.ledger.models import Node
from legation.platform.ledger.tree import Frontier
from legation.platform.secrets import places
from legation.platform.secrets.keyfiles import name_of
from legation.platform.secrets.node import NodeKeys, held

FILE = "checkpoints.log"
INTERVAL_S = 1.0
"""A checkpoint costs one fsync beside the database's own; once a second bounds both the cost and the interval in
which an edit would be found only by the next witness."""

TAIL_BYTES = 4096  # some fifteen lines; the last one decides


class LedgerRefused(Exception):
    """Nothing can be recorded, so nothing may be done; the message says what to do."""


class RolledBack(LedgerRefused):
    """The database does not contain what this node has signed."""


class NotACheckpoint(Exception):
    """The text is not a checkpoint, or its signature does not fit."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """A signed tree head. kind: `checkpoint`, or `rollback` where a person declared that the log goes on from here."""

    kind: str
    node: str
    size: int
    root: bytes
    time: str
    signature: bytes = b""

    @property
    def text(self) -> bytes:
        """What is signed."""
        origin = f"legation/{self.node}" if self.kind == "checkpoint" else f"legation/{self.node}/{self.kind}"
        return f"{origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\ntime {self.time}\n".encode()

    @property
    def line(self) -> str:
        root, signature = base64.b64encode(self.root).decode(), base64.b64encode(self.signature).decode()
        return f"{self.kind}/1 {self.node} {self.size} {root} {self.time} {signature}"

    def note(self, public_key: bytes) -> str:
        """As a C2SP signed note: what is printed, or shown to other software."""
        name = self.text.split(b"\n", 1)[0]
        key_id = sha256(name + b"\n\x01" + public_key).digest()[:4]
        signed = base64.b64encode(key_id + self.signature).decode()
        return f"{self.text.decode()}\n— {name.decode()} {signed}\n"

    @classmethod
    def parse(cls, text: str) -> "Checkpoint":
        """Read a line of the log. Raises NotACheckpoint."""
        try:
            word, node, size, root, at, signature = text.split(" ")
            kind = {"checkpoint/1": "checkpoint", "rollback/1": "rollback"}[word]
            decoded = base64.b64decode(root, validate=True), base64.b64decode(signature, validate=True)
            return cls(kind, node, int(size), decoded[0], at, decoded[1])
        except (ValueError, KeyError) as fault:
            raise NotACheckpoint(f"not a checkpoint: {text[:80]!r}") from fault

    def verify(self, public_key: bytes) -> None:
        """Raises NotACheckpoint unless this key signed it and the node's name is this key's."""
        try:
            Ed25519PublicKey.from_public_bytes(public_key).verify(self.signature, self.text)
        except InvalidSignature as fault:
            raise NotACheckpoint(f"the signature of the checkpoint at {self.size} does not fit") from fault
        if name_of(public_key) != self.node:
            raise NotACheckpoint(f"node {self.node} is not named after this key")


def sign(keys: NodeKeys, kind: str, size: int, root: bytes, at: datetime) -> Checkpoint:
    bare = Checkpoint(kind, keys.name, size, root, leaf.stamp(at))
    return Checkpoint(kind, keys.name, size, root, bare.time, keys.sign(bare.text))


def found(keys: NodeKeys) -> None:
    """Make the log's file before the first entry commits; from then on its absence is a fault."""
    if keys.home is not None:
        with _opened(keys.home / FILE):
            places.sync_folder(keys.home)


_last = threading.local()
faults: dict[str, str] = {}
"""What keeps checkpoints from being written, by node name; shown on the ledger page, tried again every second."""


def note_commit() -> None:
    """After a commit: sign the head unless this thread did so within the last second."""
    if time.monotonic() - getattr(_last, "at", -INTERVAL_S) >= INTERVAL_S:
        _last.at = time.monotonic()
        sign_if_due()


def sign_if_due() -> Checkpoint | None:
    """Sign the head if the log has grown and the last checkpoint is a second old; the worker asks every turn."""
    return _sign(INTERVAL_S)


def sign_now() -> Checkpoint | None:
    """Sign the head if the log has grown at all: before an export, and when a process stops."""
    return _sign(0.0)


def _sign(interval_s: float) -> Checkpoint | None:
    keys = held()
    if keys.home is None or not (keys.home / FILE).exists():
        return None
    try:
        with _opened(keys.home / FILE) as file:
            made = _sign_head(file, keys, clock.wall(), interval_s)
        faults.pop(keys.name, None)
    except OSError as fault:  # a full disk: the act has committed, its checkpoint follows as soon as there is room
        faults[keys.name] = f"checkpoints cannot be written: {fault}"
        return None
    except RolledBack as fault:
        faults[keys.name] = str(fault)
        return None
    return made


def _sign_head(file: IO[bytes], keys: NodeKeys, now: datetime, interval_s: float) -> Checkpoint | None:
    last = _tail(file)
    if last is not None and 0 <= (now - leaf.read_stamp(last.time)).total_seconds() < interval_s:
        return None
    node = Node.objects.filter(own=True).first()
    if node is None or node.size == (last.size if last else 0):
        return None
    at = max(now, node.recorded_at or now)
    if last is not None:
        _compare(node, last, keys)  # a node does not sign a history that contradicts what it has signed before
        at = max(at, leaf.read_stamp(last.time))
    made = sign(keys, "checkpoint", node.size, Frontier.parse(node.size, bytes(node.frontier)).root(), at)
    _write(file, made)
    return made


def latest(home: Path) -> Checkpoint | None:
    """The last signed head in the data folder."""
    path = home / FILE
    if not path.exists():
        return None
    with path.open("rb") as file:
        return _tail(file)


def every(home: Path) -> Iterator[Checkpoint]:
    """All checkpoints, oldest first; a last line torn by a power cut is left out."""
    path = home / FILE
    if path.exists():
        with path.open("rb") as file:
            for raw in file:
                if raw.endswith(b"\n"):
                    yield Checkpoint.parse(raw.decode().rstrip("\n"))


_checked: dict[str, tuple[int, int]] = {}


def refuse_rolled_back(node: Node, keys: NodeKeys) -> None:
    """Raises RolledBack unless the database contains the last checkpoint. Looked at again when the file has changed."""
    if keys.home is None:
        return
    path = keys.home / FILE
    try:
        look = path.stat()
    except FileNotFoundError:
        if node.size:
            raise RolledBack(
                f"{path} is missing, so nobody can tell whether the record was rewritten; put it back from a copy, "
                "or have an administrator run: legation ledger reconcile"
            ) from None
        return
    state = (look.st_size, look.st_mtime_ns)
    if _checked.get(keys.name) == state and node.size:
        return
    last = latest(keys.home)
    if last is not None:
        _compare(node, last, keys)
    _checked[keys.name] = state


def _compare(node: Node, last: Checkpoint, keys: NodeKeys) -> None:
    last.verify(keys.public_key)
    if node.size < last.size:
        raise RolledBack(
            f"this database holds {node.size} entries, but {last.size} were signed on {last.time}: it was rolled "
            "back. Restore the newer database, or have an administrator run: legation ledger reconcile"
        )
    if proofs.root_at(node, last.size) != last.root:
        raise RolledBack(
            f"the first {last.size} entries are not those signed on {last.time}: the record was rewritten. Run: "
            "legation ledger verify, and restore the database from a backup that verifies"
        )


def confront(text: str) -> None:
    """Hold the database against a checkpoint of ours kept elsewhere: printed, or at a witness.

    Where it does not contain it (the whole machine went back to a snapshot), the checkpoint joins our own log, so
    that every process refuses to append. Raises NotACheckpoint, RolledBack.
    """
    keys = held()
    shown = Checkpoint.parse(text.strip())
    shown.verify(keys.public_key)
    node = Node.objects.filter(own=True).first() or Node(size=0)
    try:
        _compare(node, shown, keys)
    except RolledBack:
        if keys.home is not None:
            with _opened(keys.home / FILE) as file:
                _write(file, shown)
            _checked.pop(keys.name, None)
        raise


def reconcile(now: datetime) -> Checkpoint:
    """A person accepts the database as it stands; the signed declaration stays in the log and in every export.

    What was lost remains visible: the checkpoints of the lost branch are kept above it.
    """
    keys = held()
    if keys.home is None:
        raise LedgerRefused("keys that live only in memory keep no checkpoints; there is nothing to reconcile")
    node = Node.objects.get(own=True)
    declared = sign(keys, "rollback", node.size, Frontier.parse(node.size, bytes(node.frontier)).root(), now)
    with _opened(keys.home / FILE) as file:
        _write(file, declared)
    _checked.pop(keys.name, None)
    return declared


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """The log for reading and appending, held by this process alone."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _tail(file: IO[bytes]) -> Checkpoint | None:
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - TAIL_BYTES))
    lines = file.read().split(b"\n")
    # What follows the last line feed was torn by a power cut; the commit it spoke of is in the database.
    return Checkpoint.parse(lines[-2].decode()) if len(lines) > 1 and lines[-2] else None


def _write(file: IO[bytes], made: Checkpoint) -> None:
    size = file.seek(0, os.SEEK_END)
    if size:
        file.seek(max(0, size - TAIL_BYTES))
        torn = len(file.read().rsplit(b"\n", 1)[-1])
        file.truncate(size - torn)
        file.seek(size - torn)
    file.write(made.line.encode() + b"\n")
    file.flush()
    os.fsync(file.fileno())
