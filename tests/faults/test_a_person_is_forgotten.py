"""A person with a canary in every field is erased: no byte is left in the node's folder nor in a fresh backup."""

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


def run(home: Path, how: str = "") -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.forgetting", str(home.parent / f"backups{how}"), *filter(None, [how])],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_nothing_of_an_erased_person_is_left_and_the_record_still_verifies(home: Path) -> None:
    found = run(home)
    assert found["sealed"] >= 30, "parts and keys that were to be found before"
    assert sum(found["before"].values()) >= 20
    assert found["after"] == {}
    assert found["backup"]["found"] == {}
    assert found["backup"]["parts"]["canary"] == 0
    assert found["backup"]["parts"]["all"] >= 40, "the neighbours' parts still open"
    assert found["backup"]["same"]
    exported = home.parent / "record.txt"
    for words in (
        [sys.executable, "-m", "legation.runtime.cli", "ledger", "export", str(exported), "--opened"],
        [sys.executable, str(ROOT / "verify_ledger.py"), str(exported)],
    ):
        done = subprocess.run(words, env=environment(home), cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert b"CANARY" not in exported.read_bytes()


def test_the_control_without_overwriting_leaves_him_in_the_file(home: Path) -> None:
    assert run(home, "insecure")["after"]


def test_the_control_without_erasing_finds_him_everywhere(home: Path) -> None:
    found = run(home, "kept")
    assert found["after"]
    assert found["backup"]["found"]
    assert found["backup"]["parts"]["canary"] >= 10
