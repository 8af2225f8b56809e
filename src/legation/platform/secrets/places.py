"""Where do data and keys lie, and may anyone else read them there?"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path

OTHERS = stat.S_IRWXG | stat.S_IRWXO


class UnsafePlace(Exception):
    """A folder or file lies where it must not, or others may read it; the message says what to do."""


def home() -> Path:
    """The data folder: LEGATION_HOME, or ~/.local/share/legation."""
    return Path(os.environ.get("LEGATION_HOME") or Path.home() / ".local/share/legation").expanduser().absolute()


def keys_folder() -> Path:
    """The key folder, apart from the data so that a copy of one is not a copy of both: LEGATION_KEYS."""
    named = os.environ.get("LEGATION_KEYS")
    return Path(named).expanduser().absolute() if named else home().with_name(home().name + "-keys")


def make_private(folder: Path) -> None:
    """Make the folder with access for its owner alone, whatever the umask."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)


def refuse_unsafe(data: Path, keys: Path) -> None:
    """Raises UnsafePlace where others may read data or keys, or the keys lie inside the data."""
    if keys == data or data in keys.parents:
        raise UnsafePlace(
            f"{keys} lies inside the data folder, so every copy of the data would carry its keys; "
            "set LEGATION_KEYS to a folder elsewhere"
        )
    for place in _private(data, keys):
        mode = place.stat().st_mode
        if mode & OTHERS:
            wanted = "700" if place.is_dir() else "600"
            raise UnsafePlace(f"others may read {place} (mode {stat.S_IMODE(mode):03o}); run: chmod {wanted} {place}")
        if place.stat().st_uid not in (os.geteuid(), 0):
            raise UnsafePlace(f"{place} belongs to another user; run as its owner, or chown it to this one")


def _private(data: Path, keys: Path) -> Iterator[Path]:
    """The folders themselves (a closed folder closes what is below it) and every key file."""
    if data.exists():
        yield data
    if keys.exists():
        yield keys
        yield from (child for child in keys.iterdir() if child.is_file())


def write_durably(path: Path, data: bytes, *, mode: int = 0o600) -> None:
    """Replace a file so that after a power cut either the old or the new one is there, whole."""
    beside = path.with_name(path.name + ".new")
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder durable."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
