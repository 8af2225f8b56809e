"""What was erased stands nowhere in the node's files: not in the database, its free pages, or its write-ahead log."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.faults.judging import ROOT, environment, prepare


@pytest.fixture
def home(tmp_path: Path) -> Path:
    prepare(tmp_path / "home")
    return tmp_path / "home"


def run(home: Path, *words: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.erasing", *words],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_no_byte_of_an_erased_part_or_its_key_is_left(home: Path) -> None:
    found = run(home)
    assert found["parts"] == 5
    assert sum(found["before"].values()) >= 10, "ten strings were to be found before"
    assert found["after"] == {}


def test_the_control_without_overwriting_leaves_them(home: Path) -> None:
    assert run(home, "insecure")["after"]
