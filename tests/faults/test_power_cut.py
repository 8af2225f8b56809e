"""The power goes while acts are being acknowledged: nothing acknowledged is lost, and the record verifies.

Method: the data folder lies on a file system of its own (ext4 on a loop device). The child is stopped, the file
system is shut down without writing its journal (FS_IOC_SHUTDOWN, NOLOGFLUSH), unmounted, mounted again (the journal
is replayed) and judged. `kill -9` would prove nothing: the kernel keeps what was written.
The failing control weakens SQLite to synchronous=OFF after start-up and must lose. Needs root and loop devices.
"""

import fcntl
import os
import random
import shutil
import signal
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from tests.faults.judging import ROOT, Judgement, acknowledged, child, environment, judge, prepare

FS_IOC_SHUTDOWN = 0x8004587D
NO_LOG_FLUSH = 2
IMAGE_MB = 256


def sh(*words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(words, check=check, capture_output=True, text=True)


class Disk:
    """A file system that can lose its power."""

    def __init__(self, folder: Path) -> None:
        self.image, self.mount = folder / "disk.img", folder / "disk"
        self.mount.mkdir(exist_ok=True)

    def format(self) -> None:
        self.image.unlink(missing_ok=True)
        with self.image.open("wb") as file:
            file.truncate(IMAGE_MB << 20)
        sh("mkfs.ext4", "-q", "-F", str(self.image))
        self.attach()

    def attach(self) -> None:
        sh("mount", "-o", "loop", str(self.image), str(self.mount))

    def detach(self) -> None:
        for _ in range(100):
            if sh("umount", str(self.mount), check=False).returncode == 0:
                return
            time.sleep(0.05)
        pytest.fail(f"{self.mount} cannot be unmounted")

    def cut(self) -> None:
        handle = os.open(self.mount, os.O_RDONLY)
        fcntl.ioctl(handle, FS_IOC_SHUTDOWN, struct.pack("I", NO_LOG_FLUSH))
        os.close(handle)


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Disk]:
    if os.geteuid() != 0 or not shutil.which("mkfs.ext4"):
        pytest.skip("cutting the power needs root and mkfs.ext4: run this as root, or in CI's privileged job")
    made = Disk(tmp_path_factory.mktemp("powercut"))
    try:
        made.format()
    except subprocess.CalledProcessError as fault:
        pytest.skip(f"no loop device can be mounted here ({fault.stderr.strip()}): the power cannot be cut")
    made.detach()
    yield made
    with suppress(subprocess.CalledProcessError):
        sh("umount", str(made.mount), check=False)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A node made once."""
    folder = tmp_path_factory.mktemp("node")
    prepare(folder / "home")
    return folder


def trial(disk: Disk, template: Path, chance: random.Random, synchronous: str) -> Judgement:
    """One power cut under the product's own action path."""
    disk.format()
    sh("cp", "-a", f"{template}/home", f"{template}/home-keys", str(disk.mount))
    sh("sync", "-f", str(disk.mount))
    home = disk.mount / "home"
    more = {"LEGATION_TEST_SYNCHRONOUS": synchronous} if synchronous else {}
    process = subprocess.Popen(
        child("act"), env=environment(home, **more), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n", process.communicate()[1].decode()[-2000:]
    time.sleep(0.3 + chance.random() * 0.7)
    process.send_signal(signal.SIGSTOP)
    while _state(process.pid) not in "TZ":
        time.sleep(0.0005)
    disk.cut()
    process.kill()
    output = process.communicate()[0]
    disk.detach()
    disk.attach()
    try:
        return judge(home, acknowledged(output))
    finally:
        disk.detach()


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]


def test_no_acknowledged_act_is_lost_when_the_power_goes(
    disk: Disk, template: Path, tries: Callable[[int, int], int], seed: int
) -> None:
    chance, cuts = random.Random(seed), tries(4, 200)
    found = [trial(disk, template, chance, "") for _ in range(cuts)]
    acks, lost = sum(one.acknowledged for one in found), sum(one.lost for one in found)
    print(f"power cuts {cuts}, acknowledged {acks}, lost {lost}, seed {seed}")
    assert acks > 10 * cuts, "too few acts were acknowledged for the cuts to prove anything"
    assert lost == 0
    assert [fault for one in found for fault in one.faults] == []


def test_the_control_with_a_weaker_promise_loses(
    disk: Disk, template: Path, tries: Callable[[int, int], int], seed: int
) -> None:
    """If this passes without loss, the rig cuts nothing and the test above proves nothing."""
    chance, cuts = random.Random(seed + 1), tries(2, 40)
    found = [trial(disk, template, chance, "OFF") for _ in range(cuts)]
    acks, lost = sum(one.acknowledged for one in found), sum(one.lost for one in found)
    print(f"control: power cuts {cuts}, acknowledged {acks}, lost {lost}, seed {seed + 1}")
    assert lost > 0
