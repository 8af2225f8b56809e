"""The process dies at its n-th write, or the disk is full: what was acknowledged stands, and nothing is half done."""

import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.faults.judging import ROOT, acknowledged, child, environment, judge, prepare

ACTS = 6
CALLS = {"pwrite64": 8 * ACTS, "fdatasync": ACTS}
"""What SQLite writes with, and how often at most for so many acts: a page or more each, and one sync per commit."""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("node")
    prepare(folder / "home")
    return folder


def copy(template: Path, to: Path) -> Path:
    for name in ("home", "home-keys"):
        shutil.copytree(template / name, to / name)
        (to / name).chmod(0o700)
    return to / "home"


def run(home: Path, *before: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*before, *child("act", str(ACTS))],
        env=environment(home),
        cwd=ROOT,
        capture_output=True,
        check=False,
        timeout=120,
    )


def traceable() -> bool:
    if not shutil.which("strace"):
        return False
    return subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False).returncode == 0


@pytest.mark.parametrize("call", CALLS)
def test_killed_at_any_write_nothing_acknowledged_is_lost_and_nothing_is_half_done(
    template: Path, tmp_path_factory: pytest.TempPathFactory, tries: Callable[[int, int], int], seed: int, call: str
) -> None:
    if not traceable():
        pytest.skip("killing a process at its n-th write needs strace with permission to trace")
    chance = random.Random(f"{seed} {call}")
    died = 0
    for _ in range(tries(2, 120)):
        home = copy(template, tmp_path_factory.mktemp("killed"))
        at = chance.randint(1, CALLS[call])
        inject = f"inject={call}:signal=KILL:when={at}"
        done = run(home, "strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", inject)
        died += done.returncode != 0
        first = judge(home, acknowledged(done.stdout))
        assert (first.lost, first.faults) == (0, []), f"killed at {call} {at}"
        again = run(home)
        assert again.returncode == 0, again.stderr.decode()[-2000:]
        both = acknowledged(done.stdout) + acknowledged(again.stdout)
        second = judge(home, both)
        assert (second.lost, second.faults) == (0, []), f"after the restart that followed {call} {at}"
    assert died, "no run was killed: the calls counted here are not those that are made"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    mount = tmp_path / "small"
    mount.mkdir()
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=6m,mode=700", "tmpfs", str(mount)], capture_output=True, check=False
    )
    if made.returncode:
        pytest.skip("a full disk needs a small file system to fill: run this as root")
    yield mount
    subprocess.run(["umount", str(mount)], check=False, capture_output=True)


def test_a_full_disk_refuses_acts_and_keeps_what_was_acknowledged(template: Path, small_disk: Path) -> None:
    home = copy(template, small_disk)
    filler = small_disk / "filler"
    free = shutil.disk_usage(small_disk).free
    filler.write_bytes(b"x" * max(0, free - 400_000))
    done = subprocess.run(
        child("act", "2000"), env=environment(home), cwd=ROOT, capture_output=True, check=False, timeout=120
    )
    assert done.returncode != 0
    assert b"full" in done.stderr or b"No space" in done.stderr
    acked = acknowledged(done.stdout)
    assert acked, "nothing was acknowledged before the disk was full"
    filler.unlink()
    found = judge(home, acked)
    assert (found.lost, found.faults) == (0, [])
    again = run(home)
    assert again.returncode == 0, again.stderr.decode()[-2000:]
    found = judge(home, acked + acknowledged(again.stdout))
    assert (found.lost, found.faults) == (0, [])


def test_a_killed_process_is_followed_by_one_that_goes_on(template: Path, tmp_path: Path) -> None:
    """The plain case without any tool: two runs on one folder are one record."""
    home = copy(template, tmp_path)
    one, two = run(home), run(home)
    assert (one.returncode, two.returncode) == (0, 0), one.stderr[-2000:] + two.stderr[-2000:]
    acked = acknowledged(one.stdout) + acknowledged(two.stdout)
    assert len(acked) == 2 * ACTS
    found = judge(home, acked)
    assert (found.acknowledged, found.lost, found.faults) == (2 * ACTS, 0, [])
    assert (home / "checkpoints.log").exists()


def test_two_processes_write_one_record(template: Path, tmp_path: Path) -> None:
    home, both = copy(template, tmp_path), list[subprocess.Popen[bytes]]()
    for prefix in ("A", "B"):
        both.append(
            subprocess.Popen(
                child("act", "40", prefix),
                env=environment(home),
                cwd=ROOT,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
        )
    answers = [process.communicate(timeout=120) for process in both]
    assert [process.returncode for process in both] == [0, 0], answers
    acked = [one for output, _ in answers for one in acknowledged(output)]
    assert len(acked) == 80
    found = judge(home, acked)
    assert (found.lost, found.faults) == (0, [])
