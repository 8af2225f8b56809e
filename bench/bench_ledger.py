#!/usr/bin/env python3
"""How fast is the record written, verified and proved? Ours with sealing beside pymerkle's SqliteTree without.

    .venv/bin/python bench/bench_ledger.py [--entries 1000000] [--peer PYTHON]

Unit: entries per CPU-second of the process that does the work. Both sides run on SQLite with synchronous=FULL and are
measured in turns; the best of the turns is printed, because other work on a shared machine only ever slows one down.
They do not do the same: an entry of ours seals its body under a key of its own, wraps that key, indexes its subject
and keeps tiles; pymerkle stores the bytes and their hash. pymerkle is GPL and therefore no dependency; for the
comparison make it a place of its own:  uv venv .tools/oracles && uv pip install --python .tools/oracles pymerkle
"""

import argparse
import os
import platform
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import ClassVar

ROOT = Path(__file__).parents[1]
HOME = Path(tempfile.mkdtemp(prefix="legation-bench-", dir=os.environ.get("BENCH_DIR") or ROOT.parent))
os.environ["LEGATION_HOME"] = str(HOME / "home")
os.environ["LEGATION_KEYS"] = str(HOME / "keys")
os.environ["DJANGO_SETTINGS_MODULE"] = "legation.runtime.settings"

import django  # noqa: E402  the data directory must be named first

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402

from legation.foundations.identity import EntryId, Ref  # noqa: E402
from legation.foundations.markings import OPEN  # noqa: E402
from legation.platform.authority.markings import intern  # noqa: E402
from legation.platform.ledger import checkpoints, export, log, proofs, tree  # noqa: E402
from legation.platform.ledger.models import Entry, Node  # noqa: E402
from legation.platform.secrets import node  # noqa: E402

BATCH = 1_000
TURNS = 5

PEER = """
import os, sys, tempfile, time, warnings
warnings.simplefilter("ignore")
import pymerkle
from pymerkle import SqliteTree
size, count, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
tree = SqliteTree(path)
tree.con.execute("pragma journal_mode=wal"); tree.con.execute("pragma synchronous=full")
data = [os.urandom(size) for _ in range(count)]
def per_s(work, n):
    at = time.process_time(); work(); return n / (time.process_time() - at)
many = per_s(lambda: tree.append_entries(data, 1000), count)
single = per_s(lambda: [tree.append_entry(one) for one in data[:300]], 300)
total = tree.get_size(); tree.get_root()
at = time.process_time(); tree.prove_inclusion(total // 2); cold = time.process_time() - at
print(pymerkle.__version__, many, single, cold * 1000, total)
"""


@dataclass(frozen=True, slots=True)
class Crossed:
    """An everyday fact: five fields."""

    version: ClassVar[int] = 1
    portal: str
    direction: str
    credential: str
    seconds: float
    granted: bool


@dataclass(frozen=True, slots=True)
class PortalImage:
    """A row image of everyday size."""

    name: str
    zone: str
    state: str
    crossed: int
    at: datetime


def drafts(first: int, count: int, at: datetime) -> list[log.Draft]:
    """Made-up acts with one subject, one image and about 450 bytes of body."""
    open_id = intern(OPEN)
    made = []
    for n in range(first, first + count):
        portal = Ref("Portal", f"{n % 97:032x}")
        fact = Crossed(f"Main gate, lane {n % 9}", "in", f"badge-{n % 4001:06}", n % 60 / 7, n % 50 != 0)
        image = PortalImage(f"Main gate, lane {n % 9}", "outer perimeter", "open", n, at)
        made.append(
            log.Draft(
                entry_id=EntryId(f"{n:032x}"),
                fact=fact,
                fact_name="access.Crossed/1",
                actor="0193b0f3a7c07000b000000000000001",
                mission="0193b0f3a7c07000b000000000000002",
                marking=OPEN,
                marking_id=open_id,
                occurred_at=at,
                subjects=[portal],
                images=[(portal, image)],
            )
        )
    return made


class World:
    """A node of its own, thrown away at the end."""

    def __init__(self) -> None:
        self.keys = node.create(HOME / "home", HOME / "keys", kind="demonstration")
        call_command("migrate", verbosity=0)
        self.next, self.at = 1, datetime.now(UTC)

    def append(self, count: int, batch: int) -> float:
        """Append and return CPU-seconds spent in appending; making the drafts is the caller's work, not counted."""
        spent = 0.0
        for _ in range(0, count, batch):
            ready = drafts(self.next, batch, self.at)
            self.next += batch
            begun = time.process_time()
            with transaction.atomic():
                log.append(ready, recorded_at=datetime.now(UTC))
            spent += time.process_time() - begun
        return spent


def best(turns: int, work: Callable[[], float]) -> float:
    return max(work() for _ in range(turns))


def peer(python: Path) -> tuple[str, float, float, float, int] | None:
    """(version, batched/CPU-s, single/CPU-s, proof ms, entries) of pymerkle, or None where it is not installed."""
    if not python.exists():
        return None
    folder = Path(tempfile.mkdtemp(dir=HOME))
    done = subprocess.run(
        [str(python), "-c", PEER, "450", "20000", str(folder / "peer.db")], capture_output=True, text=True, check=False
    )
    if done.returncode:
        print("pymerkle failed:", done.stderr[-300:])
        return None
    version, many, single, proof, total = done.stdout.split()
    return version, float(many), float(single), float(proof), int(total)


def verified(file: Path, key: str, entries: int) -> tuple[float, float, str]:
    """(entries per CPU-second, wall seconds, last line) of verify_ledger.py in a process of its own."""
    before, begun = os.times(), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-I", "-S", str(ROOT / "verify_ledger.py"), str(file), "--key", key],
        capture_output=True,
        text=True,
        check=False,
    )
    seconds, after = time.perf_counter() - begun, os.times()
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return entries / spent, seconds, done.stdout.strip().splitlines()[-1]


def proof_ms(world: World) -> tuple[float, float, int]:
    """(median, worst CPU-ms, hashes) of inclusion proofs read from the tables and verified, with cold readers."""
    own = Node.objects.get(own=True)
    root = tree.Frontier.parse(own.size, bytes(own.frontier)).root()
    times, longest = [], 0
    for i in range(101):
        position = (i * 7919) % own.size
        begun = time.thread_time()
        steps = proofs.inclusion(own, position, own.size)
        times.append((time.thread_time() - begun) * 1000)
        leaf = bytes(Entry.objects.values_list("leaf", flat=True).get(node=own, position=position))
        tree.verify_inclusion(leaf, position, own.size, steps, root)
        longest = max(longest, len(steps))
    times.sort()
    return times[len(times) // 2], times[-1], longest


def row(name: str, ours: str, theirs: str, ratio: str) -> None:
    print(f"{name:<34}{ours:>22}{theirs:>22}{ratio:>10}")


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--entries", type=int, default=100_000, help="size of the log that is verified and proved in")
    parser.add_argument("--peer", type=Path, default=ROOT / ".tools/oracles/bin/python")
    asked = parser.parse_args()
    world = World()
    print(
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version} WAL FULL, load {os.getloadavg()[0]:.1f}"
    )
    world.append(BATCH, BATCH)
    turns = [(5_000 / world.append(5_000, BATCH), peer(asked.peer)) for _ in range(TURNS)]
    single = best(TURNS, lambda: 300 / world.append(300, 1))
    found = [theirs for _, theirs in turns if theirs]
    version = f"pymerkle {found[0][0]}" if found else "pymerkle: not there"
    row("entries per CPU-second", "ours, sealed", version, "ratio")
    many = max(ours for ours, _ in turns)
    their_many, their_single = max((t[1] for t in found), default=0.0), max((t[2] for t in found), default=0.0)
    row("append, batches of 1,000", f"{many:,.0f}", _or_absent(their_many), _ratio(many, their_many))
    row("append, single acts", f"{single:,.0f}", _or_absent(their_single), _ratio(single, their_single))
    while (left := asked.entries - Node.objects.get(own=True).size) > 0:
        world.append(min(left, 50_000), min(left, BATCH))
    file = HOME / "record.txt"
    begun = time.process_time()
    with file.open("wb") as out:
        entries = export.write(out)
    written = entries / (time.process_time() - begun)
    per_s, seconds, said = verified(file, world.keys.public_key.hex(), entries)
    row(f"export {entries:,}", f"{written:,.0f}", "no export", "")
    row(f"verify {entries:,}, one process", f"{per_s:,.0f}", "no verifier", "")
    print(f"  {seconds:.2f} s with start-up, {file.stat().st_size / 1e6:,.0f} MB: {said}")
    median, worst, hashes = proof_ms(world)
    theirs = f"{found[0][3]:.2f} ms at {found[0][4]:,}" if found else "absent"
    row(f"inclusion proof at {entries:,}", f"{median:.2f} ms", theirs, "")
    print(f"  worst of 101: {worst:.2f} ms, at most {hashes} hashes, each verified against the root")
    heads = sum(1 for _ in checkpoints.every(HOME / "home"))
    database = sum(f.stat().st_size for f in (HOME / "home").glob("legation.sqlite3*"))
    print(f"  {heads} signed heads; database {database / entries:,.0f} bytes per entry")
    if not found:
        print("pymerkle is not installed: uv venv .tools/oracles && uv pip install --python .tools/oracles pymerkle")


def _or_absent(value: float) -> str:
    return f"{value:,.0f}" if value else "absent"


def _ratio(ours: float, theirs: float) -> str:
    return f"{ours / theirs:.2f}x" if theirs else ""


if __name__ == "__main__":
    try:
        main()
    finally:
        shutil.rmtree(HOME, ignore_errors=True)
