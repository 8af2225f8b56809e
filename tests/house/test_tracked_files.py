"""Is what is committed ours to publish: no machine paths, no secrets, no registry addresses, locks with hashes?"""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from tests.house.building import ROOT, say

TEXT = {".py", ".md", ".toml", ".csv", ".json", ".ts", ".mjs", ".css", ".html", ".lock", ".in", ".txt", ".yml", ""}

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:home|Users|root|work|opt|mnt)/[\w.-]+/")
REGISTRY = re.compile(r"pythonh" + r"osted|p" + r"ypi\.(?:org|python)|registry\.n" + r"pmjs|deb\.d" + r"ebian")
SECRET = re.compile(
    r"-----BEGIN [A-Z ]*PRIVATE KEY-----|AKIA[0-9A-Z]{16}|ghp_[A-Za-z0-9]{36}|otpauth://totp/\S+secret=[A-Z2-7]{16}"
)


@cache
def committed() -> tuple[Path, ...]:
    """Tracked files; in a copy without git, all files that git would track."""
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git clone: what is tracked cannot be told")
    return tuple(ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file())


@cache
def texts() -> tuple[tuple[str, str], ...]:
    return tuple(
        (str(path.relative_to(ROOT)), path.read_text(encoding="utf-8", errors="replace"))
        for path in committed()
        if path.suffix in TEXT and path.stat().st_size < 2_000_000
    )


def found(pattern: re.Pattern[str], advice: str, files: tuple[tuple[str, str], ...]) -> list[str]:
    return [
        f"{name}: {match.group(0)[:60]} — {advice}" for name, text in files for match in [pattern.search(text)] if match
    ]


def test_no_machine_path_is_tracked() -> None:
    faults = found(MACHINE_PATH, "a path of one machine; start from the project's root", texts())
    assert not faults, say(faults)


def test_no_registry_address_is_tracked() -> None:
    faults = found(REGISTRY, "locks carry hashes; each machine knows its own registry", texts())
    assert not faults, say(faults)


def test_no_secret_is_tracked() -> None:
    faults = found(SECRET, "take it out and change it: it is in the history now", texts())
    assert not faults, say(faults)


@pytest.mark.parametrize("lock", sorted((ROOT / "requirements").glob("*.lock")), ids=lambda p: p.name)
def test_every_locked_package_carries_hashes(lock: Path) -> None:
    blocks = re.findall(
        r"^([A-Za-z0-9_.\-\[\]]+==[^\n]*(?:\n    [^\n]*)*)", lock.read_text(encoding="utf-8"), re.MULTILINE
    )
    assert blocks
    faults = [
        f"{lock.name}: {block.split()[0]} has no hash; run make lock"
        for block in blocks
        if "--hash=sha256:" not in block
    ]
    assert not faults, say(faults)


@pytest.mark.parametrize("source", sorted((ROOT / "requirements").glob("*.in")), ids=lambda p: p.name)
def test_every_wanted_package_is_locked(source: Path) -> None:
    lock = source.with_suffix(".lock").read_text(encoding="utf-8").lower()
    wanted = re.findall(r"^([A-Za-z][\w.-]*)", source.read_text(encoding="utf-8"), re.MULTILINE)
    faults = [
        f"{source.name} wants {name}, {source.stem}.lock has it not: run make lock"
        for name in wanted
        if f"\n{name.lower().replace('_', '-')}==" not in "\n" + lock
    ]
    assert not faults, say(faults)


def test_every_package_that_a_node_runs_on_is_credited() -> None:
    notice = (ROOT / "NOTICE.md").read_text(encoding="utf-8").lower()
    locked = re.findall(
        r"^([a-z0-9._-]+)==", (ROOT / "requirements" / "base.lock").read_text(encoding="utf-8"), re.MULTILINE
    )
    # Parts of a package that is named: its bindings, its core, its compiled runtime.
    wanted = {re.sub(r"-(bindings|core|runtime-32)$", "", name) for name in locked}
    faults = [
        f"NOTICE.md does not name {name}: add it under its licence" for name in sorted(wanted) if name not in notice
    ]
    assert not faults, say(faults)


def test_the_front_end_is_pinned_without_addresses() -> None:
    lock = ROOT / "package-lock.json"
    assert '"resolved"' not in lock.read_text(encoding="utf-8"), (
        "run npm with the project's .npmrc (omit-lockfile-registry-resolved)"
    )
    manifest = (ROOT / "package.json").read_text(encoding="utf-8")
    loose = re.findall(r'"([\w@/.-]+)": "[\^~*>]', manifest)
    assert not loose, f"package.json: pin {loose} to one version"


def test_nothing_built_or_fetched_is_tracked() -> None:
    faults = [
        str(p.relative_to(ROOT))
        for p in committed()
        if {"node_modules", "built", "dist"} & set(p.parts) or p.suffix in {".pyc", ".sqlite3"}
    ]
    assert not faults, say(faults)


def test_the_rules_of_tracked_files_can_fail() -> None:
    assert found(MACHINE_PATH, "", (("a.md", "see /ho" + "me/someone/legation"),))
    assert found(REGISTRY, "", (("a.lock", "https://p" + "ypi.org/simple"),))
    assert found(SECRET, "", (("a.py", "-----BEGIN PRIV" + "ATE KEY-----"),))
