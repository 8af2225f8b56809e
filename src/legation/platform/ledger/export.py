"""What is handed to someone who trusts none of our software? Public lines, signed heads, opened parts, one text file.

`verify_ledger.py` at the root of the project reads it with Python's standard library alone.
"""

import base64
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import IO

from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.ledger import checkpoints, leaf, log, proofs
from legation.platform.ledger.checkpoints import Checkpoint, LedgerRefused
from legation.platform.ledger.models import Entry, Node, SealedPart
from legation.platform.ledger.tree import Frontier
from legation.platform.secrets.node import NodeKeys, held

FORMAT = "legation-ledger-export/1"
ROWS = 2_000  # entries fetched at once: a few megabytes

type Lines = Iterator[str]


def write(
    out: IO[bytes], *, opened_for: Actor | None = None, only: frozenset[str] | None = None, personal: bool = False
) -> int:
    """Write the whole record up to a head signed now. Returns the number of entries.

    opened_for: also open what this actor may read (the evidence pack); with `only`, no other entries than these; with
    `personal`, their personal parts too.
    Entry 0 is always opened: it names the node's key. Raises LedgerRefused where there is no record yet.
    """
    node = Node.objects.filter(own=True).first()
    if node is None:
        raise LedgerRefused("there is no record here yet; it begins with the first act")
    signed = _signed_heads(node, held())
    size = signed[-1][1].size
    file = _Digested(out)
    for line in _lines(node, size, signed, opened_for, only=only, personal=personal):
        file.write(line)
    file.write(f"end/1 {file.lines} {file.digest.hexdigest()}")
    return size


class _Digested:
    """Lines on their way out, counted and hashed."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out, self.lines, self.digest = out, 0, sha256()

    def write(self, line: str) -> None:
        raw = line.encode() + b"\n"
        self._out.write(raw)
        self.digest.update(raw)
        self.lines += 1


def _lines(
    node: Node,
    size: int,
    signed: list[tuple[int, Checkpoint, str]],
    actor: Actor | None,
    *,
    only: frozenset[str] | None,
    personal: bool,
) -> Lines:
    yield f"{FORMAT} {node.name} {size}"
    heads = iter([*signed, (size + 1, None, "")])
    at, _, text = next(heads)
    while at == 0:
        yield text
        at, _, text = next(heads)
    for entry in own_entries(node, size):
        yield proofs.public_line(entry, node.name)
        wanted = only is None or entry.entry_id in only
        if entry.position == 0 or (wanted and actor is not None and _may_open(entry, actor)):
            yield from _opened(entry, personal=personal)
        while at == entry.position + 1:
            yield text
            at, _, text = next(heads)


def own_entries(node: Node, size: int) -> Iterable[Entry]:
    for start in range(0, size, ROWS):
        rows = Entry.objects.filter(node=node, position__gte=start, position__lt=min(size, start + ROWS))
        yield from rows.order_by("position")


def _may_open(entry: Entry, actor: Actor) -> bool:
    at_mission = actor.missions is None or entry.mission is None or entry.mission in actor.missions
    return entry.marking_id in actor.markings and at_mission


def _opened(entry: Entry, *, personal: bool) -> Lines:
    numbers = [0]
    if personal:
        numbers += [
            part % log.PARTS_MAX for part in SealedPart.objects.filter(entry=entry).values_list("pk", flat=True)
        ]
    for number in numbers:
        salt, text = log.open_part(entry, number)
        yield f"open/1 {entry.position} {number} {salt.hex()} {base64.b64encode(text).decode()}"


def _signed_heads(node: Node, keys: NodeKeys) -> list[tuple[int, Checkpoint, str]]:
    """(size, head, its line) in order of size; heads of a branch that was lost are shown where that was declared."""
    if keys.home is None:
        root = Frontier.parse(node.size, bytes(node.frontier)).root()
        only = checkpoints.sign(
            keys, "checkpoint", node.size, root, max(clock.wall(), node.recorded_at or clock.wall())
        )
        return [(only.size, only, only.line)]
    checkpoints.sign_now()
    standing: list[tuple[int, Checkpoint, str]] = []
    for head in checkpoints.every(keys.home):
        if head.kind == "rollback":
            gone = [old for _, old, text in standing if old.size > head.size and not text.startswith("lost/1")]
            standing = [(at, old, text) for at, old, text in standing if at <= head.size]
            standing += [(head.size, old, old.line.replace(f"{old.kind}/1", "lost/1", 1)) for old in gone]
        standing.append((head.size, head, head.line))
    node.refresh_from_db()  # after the heads were read: an act may have come between, and its head be among them
    if not standing or standing[-1][1].size > node.size:
        raise LedgerRefused(
            checkpoints.faults.get(keys.name)
            or "the record has no signed head that it contains; run: legation ledger verify"
        )
    return standing


def leaf_of(entry: Entry, node: Node) -> bytes:
    """The leaf that the entry's columns give today; differs from the recorded one where a column was edited."""
    return leaf.leaf(proofs.public_line(entry, node.name))
