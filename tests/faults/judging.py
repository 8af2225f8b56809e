"""What is left after a fault? The acknowledged acts that are missing, and whether the rest is whole."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from os import environ
from pathlib import Path

from legation.platform import backup
from legation.platform.secrets import node

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Judgement:
    """acknowledged: what the child printed; lost: of these, what is gone; faults: what is not whole."""

    acknowledged: int
    lost: int
    faults: list[str] = field(default_factory=list)


def environment(home: Path, **more: str) -> dict[str, str]:
    inherited = {key: value for key, value in environ.items() if not key.startswith(("LEGATION_", "DJANGO_"))}
    return inherited | {"LEGATION_HOME": str(home), "PYTHONPATH": f"{ROOT}:{ROOT / 'src'}"} | more


def child(*words: str) -> list[str]:
    return [sys.executable, "-m", "tests.faults.writer", *words]


def prepare(home: Path) -> None:
    """A node made once; every trial works on a copy."""
    done = subprocess.run(
        child("prepare"), env=environment(home), cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr


def acknowledged(output: bytes) -> list[tuple[str, str]]:
    """(entry id, mission's external id) of every whole line that the child printed."""
    lines = output.decode().split("\n")[:-1]
    return [(parts[0], parts[1]) for parts in (line.split() for line in lines) if len(parts) == 2]


def judge(home: Path, printed: Iterable[tuple[str, str]]) -> Judgement:
    """Open the database as a restart would; count what is missing, then check the record and its images."""
    acked = list(printed)
    faults: list[str] = []
    try:
        with closing(sqlite3.connect(home / backup.DATABASE)) as database:
            entries = {row[0] for row in database.execute("SELECT entry_id FROM platform_entry")}
            missions = [row[0] for row in database.execute("SELECT external_id FROM missions_mission")]
            state = database.execute("PRAGMA integrity_check").fetchone()[0]
    except sqlite3.DatabaseError as fault:
        return Judgement(len(acked), len(acked), [repr(fault)])
    if state != "ok":
        faults.append(f"integrity: {state}")
    if len(missions) != len(set(missions)):
        faults.append("a mission stands twice")
    acts = max(0, len(entries) - 1)  # entry 0 founds the node, in the first act's own transaction
    if acts != len(missions):
        faults.append(f"{acts} acts are recorded and {len(missions)} rows were written")
    lost = [one for one in acked if one[0] not in entries or one[1] not in missions]
    if not lost:
        faults += _record_faults(home)
    return Judgement(len(acked), len(lost), faults)


def _record_faults(home: Path) -> list[str]:
    keys = node.unlock(home, home.with_name(home.name + "-keys"))
    try:
        backup.verify_files(home, keys, backup.quiet)
    except backup.BackupRefused as fault:
        return [str(fault)]
    return []
