#!/usr/bin/env python3
"""Was this record altered? Checks an exported ledger, or a receipt, with standard Python alone (3.11 or later).

    python verify_ledger.py EXPORT [--key HEX] [--checkpoint LINE-OR-FILE]... [--json]
    python verify_ledger.py --receipt RECEIPT --key HEX

It recomputes the Merkle tree (RFC 6962) over every public line, holds it against every signed checkpoint (Ed25519,
RFC 8032), checks that positions are whole and times never go back, and that every opened part is the text that was
committed to. The key decides whose record it is: give the one you were told (--key); without it the key that the
record itself names is used, and that proves only that the record agrees with itself.

Exit codes: 0 verified · 1 altered or damaged · 2 could not be read · 3 verified, but the node declared entries lost.
"""

import argparse
import base64
import binascii
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

HEADER = re.compile(r"legation-ledger-export/1 ([0-9a-f]{32}) (0|[1-9]\d*)")
TIME = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z"
AFTER_POSITION = rf"([0-9a-f]{{32}}) ({TIME}) ([0-9a-f]{{64}}(?:,[0-9a-f]{{64}})*)"
LEAF = re.compile(rf"leaf/1 ([0-9a-f]{{32}}) (0|[1-9]\d*) {AFTER_POSITION}")
REST = re.compile(AFTER_POSITION.encode() + rb"\n")
SIGNED_BY = rf"([A-Za-z0-9+/]{{43}}=) ({TIME}) ([A-Za-z0-9+/]{{86}}==)"
SIGNED = re.compile(rf"(checkpoint|rollback|lost)/1 ([0-9a-f]{{32}}) (0|[1-9]\d*) {SIGNED_BY}")
OPENED = re.compile(r"open/1 (0|[1-9]\d*) (\d{1,3}) ([0-9a-f]{32}) ([A-Za-z0-9+/]*={0,2})")
ENDED = re.compile(r"end/1 ([1-9]\d*) ([0-9a-f]{64})")

BACKDATED_S = 60
"""An entry may carry a time a little before the checkpoint that precedes it, because it waited for the write lock;
beyond a minute it was back-dated."""


# Ed25519, verification only. Source: RFC 8032 §5.1; extended coordinates of Hisil, Wong, Carter and Dawson (2008).

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, -1, P) % P
ROOT_OF_MINUS_ONE = pow(2, (P - 1) // 4, P)

Point = tuple[int, int, int, int]
IDENTITY: Point = (0, 1, 1, 0)


def add(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * p[3] * q[3] % P * D, 2 * p[2] * q[2]
    e, f, g, h = (b - a) % P, (d - c) % P, (d + c) % P, (b + a) % P
    return e * f % P, g * h % P, f * g % P, e * h % P


def decompress(raw: bytes) -> Point | None:
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & (1 << 255) - 1
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, -1, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT_OF_MINUS_ONE % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def compress(p: Point) -> bytes:
    inverse = pow(p[2], -1, P)
    x, y = p[0] * inverse % P, p[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


class FixedBase:
    """Multiples of one point, prepared by windows of four bits: a thousand checkpoints share one key."""

    def __init__(self, point: Point) -> None:
        self.rows: list[list[Point]] = []
        for _ in range(64):
            row = [IDENTITY]
            for _ in range(15):
                row.append(add(row[-1], point))
            self.rows.append(row)
            point = add(row[-1], point)

    def times(self, scalar: int) -> Point:
        result = IDENTITY
        for row in self.rows:
            if scalar & 15:
                result = add(result, row[scalar & 15])
            scalar >>= 4
        return result


BASE_Y = 4 * pow(5, -1, P) % P
BASE = FixedBase(decompress(BASE_Y.to_bytes(32, "little")) or IDENTITY)


class Key:
    """A public key that checks signatures."""

    def __init__(self, raw: bytes) -> None:
        point = decompress(raw) if len(raw) == 32 else None
        if point is None:
            raise Unreadable("the public key is not an Ed25519 key; it has 64 hex digits")
        x, y, z, t = point
        self.raw, self.negative = raw, FixedBase((P - x, y, z, P - t))
        self.node = hashlib.sha256(raw).hexdigest()[:32]

    def signed(self, text: bytes, signature: bytes) -> bool:
        s = int.from_bytes(signature[32:], "little")
        if len(signature) != 64 or s >= L:
            return False
        k = int.from_bytes(hashlib.sha512(signature[:32] + self.raw + text).digest(), "little") % L
        return compress(add(BASE.times(s), self.negative.times(k))) == signature[:32]


class Unreadable(Exception):
    """The input is not an export, a receipt or a key."""


class Fault(NamedTuple):
    """What was found, and where: entries `first` to `last`."""

    what: str
    first: int
    last: int

    def __str__(self) -> str:
        if self.first == self.last:
            return f"entry {self.first}: {self.what}"
        return f"between entries {self.first} and {self.last}: {self.what}"


class Signed(NamedTuple):
    """A checkpoint or a declaration of roll-back, as written."""

    kind: str
    node: str
    size: int
    root: bytes
    time: str
    signature: bytes

    @classmethod
    def read(cls, line: str) -> "Signed | None":
        found = SIGNED.fullmatch(line)
        if not found:
            return None
        kind, node, size, root, time, signature = found.groups()
        raw = base64.b64decode(root), base64.b64decode(signature)
        if base64.b64encode(raw[0]).decode() != root or base64.b64encode(raw[1]).decode() != signature:
            return None  # the spare bits of base64 carry nothing, so nothing may be changed in them
        return cls(kind, node, int(size), raw[0], time, raw[1])

    @property
    def text(self) -> bytes:
        origin = f"legation/{self.node}" + ("/rollback" if self.kind == "rollback" else "")
        return f"{origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\ntime {self.time}\n".encode()


class Tree:
    """The right edge of an RFC 6962 tree: enough to append and to know the root. Leaves are folded in by blocks."""

    BLOCK = 4096  # folding level by level costs one hash per leaf and little else

    def __init__(self) -> None:
        self.size = 0
        self.edge: dict[int, bytes] = {}  # height -> root of the full subtree at the edge
        self.waiting: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        self.waiting.append(leaf)
        self.size += 1
        if len(self.waiting) == self.BLOCK:
            self.fold()

    def fold(self) -> None:
        sha256, nodes, old = hashlib.sha256, self.waiting, self.size - len(self.waiting)
        edge: dict[int, bytes] = {}
        for height in range(self.size.bit_length()):
            if self.size >> height & 1:
                edge[height] = nodes[-1] if nodes else self.edge[height]
            if nodes and old >> height & 1:
                nodes = [self.edge[height], *nodes]
            pairs = iter(nodes)
            nodes = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]
        self.edge, self.waiting = edge, []

    def root(self) -> bytes:
        self.fold()
        if not self.edge:
            return hashlib.sha256(b"").digest()
        found, *larger = (self.edge[height] for height in sorted(self.edge))
        for left in larger:
            found = hashlib.sha256(b"\x01" + left + found).digest()
        return found


class Verifier:
    """Reads an export line by line; memory does not grow with it."""

    def __init__(self, key: Key | None, outside: Iterable[Signed]) -> None:
        self.key, self.given = key, key is not None
        self.outside = {one.size: one for one in outside}
        self.tree = Tree()
        self.faults: list[Fault] = []
        self.node, self.announced, self.kind = "", 0, ""
        self.begins, self.last_time, self.commitments = b"", b"", b""
        self.sure = 0  # entries before this one stand under a checkpoint whose root agrees
        self.signed_time = b""
        self.waiting: list[tuple[int, Signed]] = []
        self.counts = {"checkpoints": 0, "opened": 0}
        self.lost: list[str] = []
        self.signed_size = 0
        self.outside_met = 0

    def fault(self, what: str, first: int | None = None, last: int | None = None) -> None:
        at = self.tree.size if first is None else first
        self.faults.append(Fault(what, at, at if last is None else last))

    def run(self, lines: Iterator[bytes]) -> None:
        digest, ended = hashlib.sha256(), False
        self.header(next(lines, b""), digest)
        for number, raw in enumerate(lines, 1):
            if ended:
                self.fault("there is text after the end", max(0, self.tree.size - 1))
                break
            if raw.startswith(b"leaf/1 "):
                digest.update(raw)
                self.leaf_line(raw)
            elif raw.startswith(b"end/1 "):
                ended = True
                self.end(raw, number, digest.hexdigest())
            else:
                digest.update(raw)
                self.other_line(raw)
        if not ended:
            self.fault("the export breaks off before its end", self.sure, max(self.sure, self.tree.size))
        self.finish()

    def header(self, raw: bytes, digest: "hashlib._Hash") -> None:
        digest.update(raw)
        found = HEADER.fullmatch(_text(raw))
        if not found:
            raise Unreadable("this is not a ledger export: its first line must begin with legation-ledger-export/1")
        self.node, self.announced = found[1], int(found[2])
        self.begins = f"leaf/1 {self.node} ".encode()
        if self.key and self.key.node != self.node:
            self.fault(f"this is the record of node {self.node}, not of the key given (node {self.key.node})", 0)

    def leaf_line(self, raw: bytes) -> None:
        begins = b"%s%d " % (self.begins, self.tree.size)
        found = REST.fullmatch(raw, len(begins)) if raw.startswith(begins) else None
        if found is None:
            self.damaged_leaf(raw)
        else:
            self.leaf_time(found[2])
            self.commitments = found[3]
        self.tree.append(hashlib.sha256(b"\x00" + raw[:-1]).digest())
        outside = self.outside.get(self.tree.size)
        if outside is not None:
            self.outside_met += 1
            self.compare(outside, "the checkpoint you gave")

    def leaf_time(self, time: bytes) -> None:
        if time < self.last_time:
            self.fault(f"its time {time.decode()} is before that of the entry above, {self.last_time.decode()}")
        elif time < self.signed_time and _seconds_before(time, self.signed_time) > BACKDATED_S:
            self.fault(f"back-dated: {time.decode()} is before the checkpoint above it, {self.signed_time.decode()}")
        self.last_time = time

    def damaged_leaf(self, raw: bytes) -> None:
        """A line that is not the one expected here: say what is wrong with it."""
        found = LEAF.fullmatch(_text(raw)) if raw.endswith(b"\n") else None
        self.commitments = b""
        if found is None:
            self.fault("its public line is damaged")
            return
        node, number, _, time, commitments = found.groups()
        if node != self.node:
            self.fault(f"it belongs to another node, {node}")
        if number != str(self.tree.size):
            self.fault(f"the line of entry {number} stands here: entries are missing, doubled or reordered")
        self.leaf_time(time.encode())
        self.commitments = commitments.encode()

    def other_line(self, raw: bytes) -> None:
        text = _text(raw)
        found = OPENED.fullmatch(text)
        if found and raw[-1:] == b"\n":
            self.opened(found)
            return
        signed = Signed.read(text) if raw[-1:] == b"\n" else None
        if signed is None:
            self.fault("a line is damaged", self.sure, self.tree.size)
        elif signed.kind == "lost":
            self.lost.append(f"signed on {signed.time}: {signed.size} entries, no longer in this record")
            self.signature(signed._replace(kind="checkpoint"))
        else:
            self.signature(signed)
            self.compare(signed, f"the {signed.kind} signed on {signed.time}")
            self.counts["checkpoints"] += 1
            self.signed_time, self.signed_size = signed.time.encode(), signed.size
            if signed.kind == "rollback":
                self.lost.append(f"roll-back declared on {signed.time}: the record goes on from {signed.size} entries")

    def compare(self, signed: Signed, name: str) -> None:
        if signed.size != self.tree.size:
            self.fault(f"{name} speaks of {signed.size} entries", self.sure, max(self.sure, self.tree.size))
        elif signed.root != self.tree.root():
            first, last = self.sure, signed.size - 1
            self.fault(f"{name} does not fit these entries: they were altered", first, last)
        else:
            self.sure = signed.size
        if signed.time.encode() < self.signed_time:
            self.fault(f"{name} is older than the one above it", max(0, self.tree.size - 1))

    def signature(self, signed: Signed) -> None:
        if signed.node != self.node:
            self.fault(f"a checkpoint of another node, {signed.node}, stands here", max(0, self.tree.size - 1))
        if self.key is None:
            self.waiting.append((self.tree.size, signed))
        elif not self.key.signed(signed.text, signed.signature):
            first = min(self.sure, max(0, self.tree.size - 1))
            self.fault(f"the signature of the checkpoint at {signed.size} is false", first, max(0, self.tree.size - 1))

    def opened(self, found: "re.Match[str]") -> None:
        position, part, salt = int(found[1]), int(found[2]), bytes.fromhex(found[3])
        try:
            text = base64.b64decode(found[4], validate=True)
        except binascii.Error:
            text = b""
        here = self.tree.size - 1
        commitments = self.commitments.decode().split(",")
        if position != here or part >= len(commitments) or base64.b64encode(text).decode() != found[4]:
            self.fault(
                f"an opened part {part} of entry {position} stands at the wrong place or is damaged", max(0, here)
            )
            return
        if hashlib.sha256(salt + text).hexdigest() != commitments[part]:
            self.fault(f"its opened part {part} is not the text that was recorded", here)
            return
        self.counts["opened"] += 1
        if position == 0 and part == 0:
            self.founded(text)

    def founded(self, text: bytes) -> None:
        """Entry 0 names the node's kind and key."""
        said = json.loads(text)["said"]
        self.kind = said["kind"]
        named = Key(bytes.fromhex(said["public_key"]))
        if said["node"] != self.node or named.node != self.node:
            self.fault("entry 0 founds another node than the one this export names", 0)
        if self.key is None:
            self.key = named
            for size, signed in self.waiting:
                if not named.signed(signed.text, signed.signature):
                    self.fault(f"the signature of the checkpoint at {signed.size} is false", 0, max(0, size - 1))
            self.waiting.clear()

    def end(self, raw: bytes, number: int, digest: str) -> None:
        found = ENDED.fullmatch(_text(raw))
        if not found or int(found[1]) != number or found[2] != digest or raw[-1:] != b"\n":
            self.fault("the export's own digest does not fit: bytes were changed, added or removed", 0, self.tree.size)

    def finish(self) -> None:
        size = self.tree.size
        if size != self.announced:
            self.fault(
                f"the export announces {self.announced} entries and holds {size}", self.sure, max(self.sure, size)
            )
        if self.key is None:
            self.fault("entry 0 is not opened, so the record names no key; give one with --key", 0)
        if self.signed_size < size:
            self.fault(
                f"the last {size - self.signed_size} entries stand under no checkpoint", self.signed_size, size - 1
            )
        for one in self.outside.values():
            if self.key and not self.key.signed(one.text, one.signature):
                self.fault("a checkpoint you gave is not signed by this node", one.size - 1)
        for gone in (one for one in self.outside.values() if one.size > size):
            self.fault(
                f"the checkpoint you gave speaks of {gone.size} entries: the end was cut off", size, gone.size - 1
            )


def _text(raw: bytes) -> str:
    return raw.rstrip(b"\n").decode("ascii", errors="replace")


def _seconds_before(earlier: bytes, later: bytes) -> float:
    """How long `earlier` lies before `later`."""
    form = "%Y-%m-%dT%H:%M:%S.%fZ"
    first, second = (datetime.strptime(time.decode(), form).replace(tzinfo=UTC) for time in (earlier, later))
    return (second - first).total_seconds()


def verify_receipt(lines: list[str], key: Key) -> str:
    """A receipt proves that one entry stands under a signed head. Returns the sentence; raises Unreadable."""
    leaf = LEAF.fullmatch(lines[1]) if len(lines) > 2 and lines[0] == "legation-receipt/1" else None
    signed = Signed.read(lines[-1])
    if not leaf or not signed or signed.kind != "checkpoint":
        raise Unreadable("this is not a receipt")
    number, last = int(leaf[2]), signed.size - 1
    found = hashlib.sha256(b"\x00" + lines[1].encode()).digest()
    for line in lines[2:-1]:  # RFC 9162 §2.1.3.2
        step = base64.b64decode(line.removeprefix("step "), validate=True)
        if last == 0:
            return ""
        if number & 1 or number == last:
            found = hashlib.sha256(b"\x01" + step + found).digest()
            while not number & 1 and number:
                number, last = number >> 1, last >> 1
        else:
            found = hashlib.sha256(b"\x01" + found + step).digest()
        number, last = number >> 1, last >> 1
    sound = last == 0 and found == signed.root and leaf[1] == signed.node == key.node
    if not sound or not key.signed(signed.text, signed.signature):
        return ""
    return f"entry {leaf[3]}, recorded {leaf[4]}, stands in the record of node {key.node} as signed on {signed.time}"


def report(found: Verifier, *, as_json: bool) -> int:
    """Print what was verified, and what was not. Returns the exit code."""
    code = 1 if found.faults else 3 if found.lost else 0
    key = found.key.raw.hex() if found.key else ""
    if as_json:
        about = {"verified": not found.faults, "node": found.node, "kind": found.kind, "key": key}
        counts = {"key_given": found.given, "entries": found.tree.size, **found.counts}
        what = {"faults": [fault._asdict() for fault in found.faults], "declared_lost": found.lost}
        print(json.dumps({**about, **counts, **what}, indent=1))
        return code
    print(f"node         {found.node}" + (f" ({found.kind})" if found.kind else ""))
    print(f"key          {key or 'none'}")
    if not found.given:
        print("             as the record itself names it: compare it with one you were told by another way (--key)")
    print(f"entries      {found.tree.size:,}" + ("" if found.faults else ", positions whole, times in order"))
    given = f", and {found.outside_met} you gave" if found.outside else ""
    print(f"checkpoints  {found.counts['checkpoints']:,} signed heads{given}")
    print(f"opened       {found.counts['opened']:,} parts compared with what was committed to")
    for line in found.lost:
        print(f"DECLARED     {line}")
    for fault in found.faults[:20]:
        print(f"ALTERED      {fault}")
    if len(found.faults) > 20:
        print(f"             and {len(found.faults) - 20} more")
    print("NOT verified" if found.faults else "verified: nothing edited, deleted, reordered, cut off or back-dated")
    return code


def _outside(texts: list[str]) -> Iterator[Signed]:
    for text in texts:
        path = Path(text)
        lines = path.read_text("ascii").splitlines() if " " not in text and path.exists() else [text]
        for line in lines:
            signed = Signed.read(line.strip())
            if signed is None:
                raise Unreadable(f"not a checkpoint line: {line[:60]!r}")
            if signed.kind == "checkpoint":
                yield signed


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    parser.add_argument("export", nargs="?", type=Path, help="what `legation ledger export` wrote")
    parser.add_argument("--key", help="the node's public key, 64 hex digits, as you were told it")
    parser.add_argument("--checkpoint", action="append", default=[], help="a checkpoint line or file, kept apart")
    parser.add_argument("--receipt", type=Path, help="check one entry's receipt instead of an export")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    asked = parser.parse_args(arguments)
    try:
        key = Key(bytes.fromhex(asked.key)) if asked.key else None
        if asked.receipt:
            if key is None:
                raise Unreadable("a receipt is checked against a key: give it with --key")
            sentence = verify_receipt(asked.receipt.read_text("ascii").splitlines(), key)
            print(sentence or "NOT verified: the receipt does not lead to a head signed by this key")
            return 0 if sentence else 1
        if asked.export is None:
            raise Unreadable("name the export to check")
        found = Verifier(key, _outside(asked.checkpoint))
        with asked.export.open("rb", buffering=1 << 20) as file:
            found.run(iter(file))
    except (Unreadable, OSError, ValueError, KeyError) as fault:
        print(f"cannot be checked: {fault}", file=sys.stderr)
        return 2
    return report(found, as_json=asked.json)


if __name__ == "__main__":
    sys.exit(main())
