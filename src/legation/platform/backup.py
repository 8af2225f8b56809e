"""How does a node survive the loss of its machine? Two sealed files: the data without its keys, and the keys apart.

The data file opens with the node key, the key file with the passphrase or the custodians' shares. Who finds one of
them has nothing; keys are kept for a shorter time than data, or a restore would bring back what was erased.
"""

import base64
import io
import json
import os
import secrets
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, cast

from django.db import connection

from legation.platform import blobs, clock
from legation.platform.ledger import checkpoints, leaf, tree, witness
from legation.platform.ledger.checkpoints import Checkpoint
from legation.platform.secrets import keyfiles, places
from legation.platform.secrets.node import NodeKeys, held
from legation.platform.secrets.sealing import KEY_BYTES, SealBroken
from legation.platform.secrets.streams import OpeningReader, SealingWriter

FORMAT = "legation-backup/1"
DATABASE = "legation.sqlite3"
KEY_TABLES = {"platform_partkey": ("id", "wrapped"), "platform_blobkey": ("name", "wrapped")}
"""What opens sealed parts and blobs; these rows travel in the key file only."""

KEPT_APART = (keyfiles.NODE_FILE, keyfiles.SIGNING_FILE)
HEADER_BYTES_MAX = 64_000
PAGES = 2_000  # copied between two looks at the progress; 8 MB, some milliseconds in which writers wait

type Progress = Callable[[str, int, int], None]
"""(what is being done, done, of): shown on anything over two seconds."""


class BackupRefused(Exception):
    """The backup cannot be made or restored; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What was written."""

    data: Path
    keys: Path
    entries: int
    root: str


def quiet(what: str, done: int, of: int) -> None:
    """Show nothing."""


def backup(data: Path, keys: Path, *, progress: Progress = quiet) -> Backup:
    """Write both files. Raises BackupRefused where one exists already, or the database is not SQLite."""
    own = held()
    home = own.home
    if home is None or own.folder is None:
        raise BackupRefused("keys that live only in memory belong to no data folder; there is nothing to back up")
    if connection.vendor != "sqlite":
        raise BackupRefused("on PostgreSQL use pg_basebackup for the data, and copy the key folder apart from it")
    if connection.in_atomic_block:
        raise BackupRefused("a backup cannot be made inside an act; call it from the command line")
    for path in (data, keys):
        if path.exists():
            raise BackupRefused(f"{path} exists already; name another file")
    checkpoints.sign_now()
    # The heads first: the copy of the database, made after, then contains at least the last of them.
    heads = (home / checkpoints.FILE).read_bytes()
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=home) as folder:
        copy = Path(folder) / DATABASE
        _copy_database(copy, progress)
        part_keys = _take_keys_out(copy)
        entries, root = _head(copy)
        progress("sealing the keys", 0, 1)
        _write_sealed(keys, own, "keys", lambda out: _write_keys(out, part_keys))
        _write_sealed(data, own, "data", lambda out: _write_data(out, home, copy, heads, progress))
    return Backup(data, keys, entries, root)


def restore(
    data: Path,
    keys: Path,
    home: Path,
    folder: Path,
    *,
    passphrase: str | None = None,
    shares: Sequence[str] = (),
    progress: Progress = quiet,
) -> Backup:
    """Make a node again in an empty home and key folder, and verify it against its own signed heads.

    Raises BackupRefused where something is in the way or does not verify, KeysRefused where nothing opens the keys.
    """
    if (home / DATABASE).exists() or (folder / keyfiles.NODE_FILE).exists():
        raise BackupRefused(f"{home} or {folder} already holds a node; restore into empty folders")
    places.make_private(home)
    places.make_private(folder)
    try:
        own = _restore_keys(keys, home, folder, passphrase, shares)
        with _opened(data, own, "data") as source:
            _read_data(source, home, progress)
        with _opened(keys, own, "keys") as source:
            _put_keys_back(home / DATABASE, json.loads(source.read()))
        entries, root = verify_files(home, own, progress)
    except BaseException:
        for half in (home / DATABASE, *(folder / name for name in KEPT_APART)):
            half.unlink(missing_ok=True)  # half a node must not be taken for one, and must not block the next try
        raise
    places.sync_folder(home)
    return Backup(data, keys, entries, root)


def _restore_keys(keys: Path, home: Path, folder: Path, passphrase: str | None, shares: Sequence[str]) -> NodeKeys:
    about = _header(keys)
    for name in KEPT_APART:
        if name not in about:
            raise BackupRefused(f"{keys} is not a key file; name the two files of one backup")
        places.write_durably(folder / name, base64.b64decode(str(about[name])))
    node_key = keyfiles.open_with_shares(shares) if shares else keyfiles.open_with_passphrase(folder, passphrase or "")
    signing, kind = keyfiles.open_signing_key(folder, node_key)
    return NodeKeys.made_of(node_key, signing, kind, home=home, folder=folder)


def _copy_database(copy: Path, progress: Progress) -> None:
    """SQLite's own backup: a consistent copy while others write."""
    connection.ensure_connection()

    def tell(_status: int, remaining: int, total: int) -> None:
        progress("copying the database", total - remaining, total)

    with closing(sqlite3.connect(copy)) as target:
        copy.chmod(0o600)
        connection.connection.backup(target, pages=PAGES, progress=tell)


def _take_keys_out(copy: Path) -> dict[str, list[list[str | int]]]:
    """The rows of the key tables, removed from the copy so that no byte of them stays in it."""
    taken: dict[str, list[list[str | int]]] = {}
    with closing(sqlite3.connect(copy, isolation_level=None)) as database:
        database.execute("PRAGMA secure_delete=ON")
        for table, (key, value) in KEY_TABLES.items():
            rows = database.execute(f"SELECT {key}, {value} FROM {table}")  # noqa: S608  # our own names
            taken[table] = [[key, base64.b64encode(wrapped).decode()] for key, wrapped in rows]
            database.execute(f"DELETE FROM {table}")  # noqa: S608
        database.execute("PRAGMA journal_mode=DELETE")
        database.execute("VACUUM")
    return taken


def _put_keys_back(path: Path, taken: dict[str, list[list[str | int]]]) -> None:
    with closing(sqlite3.connect(path)) as database, database:
        for table, names in KEY_TABLES.items():
            rows = ((key, base64.b64decode(str(wrapped))) for key, wrapped in taken[table])
            database.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES (?, ?)", rows)  # noqa: S608


def _head(copy: Path) -> tuple[int, str]:
    with closing(sqlite3.connect(copy)) as database:
        row = database.execute("SELECT size, frontier FROM platform_node WHERE own").fetchone()
    return (int(row[0]), tree.Frontier.parse(row[0], row[1]).root().hex()) if row else (0, tree.EMPTY_ROOT.hex())


def _write_sealed(path: Path, own: NodeKeys, what: str, write: Callable[[SealingWriter], None]) -> None:
    """A header line, then sealed chunks bound to it; on the disk before this returns."""
    key = secrets.token_bytes(KEY_BYTES)
    place = f"{FORMAT}/{own.name}/{what}".encode()
    about: dict[str, str] = {"format": FORMAT, "holds": what, "node": own.name, "made_at": leaf.stamp(clock.wall())}
    about["wrapped"] = base64.b64encode(own.sealer.seal_field(place, key)).decode()
    if what == "keys" and own.folder is not None:  # sealed by the passphrase already; they open the rest of this file
        about.update({name: base64.b64encode((own.folder / name).read_bytes()).decode() for name in KEPT_APART})
    header = json.dumps(about, sort_keys=True).encode() + b"\n"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(header)
        writer = SealingWriter(file, key, header)
        write(writer)
        writer.close()
        file.flush()
        os.fsync(file.fileno())
    places.sync_folder(path.absolute().parent)


def _write_keys(out: SealingWriter, part_keys: dict[str, list[list[str | int]]]) -> None:
    out.write(json.dumps(part_keys).encode())


def _write_data(out: SealingWriter, home: Path, copy: Path, heads: bytes, progress: Progress) -> None:
    kept = sorted(path for path in (home / blobs.FOLDER).glob("[0-9a-f][0-9a-f]/*") if path.is_file())
    with tarfile.open(fileobj=cast(IO[bytes], out), mode="w|") as archive:
        archive.add(copy, DATABASE)
        entry = tarfile.TarInfo(checkpoints.FILE)
        entry.size = len(heads)
        archive.addfile(entry, io.BytesIO(heads))
        if (home / witness.FILE).exists():
            archive.add(home / witness.FILE, witness.FILE)
        for number, path in enumerate(kept, 1):
            archive.add(path, str(path.relative_to(home)))
            progress("sealing attachments", number, len(kept))


def _read_data(source: OpeningReader, home: Path, progress: Progress) -> None:
    with tarfile.open(fileobj=cast(IO[bytes], source), mode="r|") as archive:
        for number, entry in enumerate(archive, 1):
            if not entry.isfile():
                raise BackupRefused(f"the backup holds {entry.name}, which is not a file; it was not made here")
            archive.extract(entry, home, filter="data")
            target = home / entry.name
            target.chmod(0o400 if target.parent.parent.name == blobs.FOLDER else 0o600)
            progress("restoring files", number, number)
    for private in {home, *(path.parent for path in home.rglob("*"))}:
        private.chmod(0o700)
    while source.read(1 << 20):  # the padding after the archive: the last chunk says that nothing is missing
        pass


def _header(path: Path) -> dict[str, object]:
    with path.open("rb") as file:
        line = file.readline(HEADER_BYTES_MAX)
    try:
        about = json.loads(line)
    except ValueError:
        about = {}
    if not isinstance(about, dict) or about.get("format") != FORMAT:
        raise BackupRefused(f"{path} is not a backup that this version can read")
    return about


@contextmanager
def _opened(path: Path, own: NodeKeys, what: str) -> Iterator[OpeningReader]:
    about = _header(path)
    if about.get("holds") != what or about.get("node") != own.name:
        raise BackupRefused(f"{path} is not the {what} file of node {own.name}; name the two files of one backup")
    place = f"{FORMAT}/{own.name}/{what}".encode()
    with path.open("rb") as file:
        header = file.readline(HEADER_BYTES_MAX)
        try:
            key = own.sealer.open_field(place, base64.b64decode(str(about["wrapped"])))
            yield OpeningReader(file, key, header)
        except (SealBroken, tarfile.TarError) as fault:
            raise BackupRefused(f"{path} was altered or cut off; take another copy ({fault})") from fault


def verify_files(home: Path, own: NodeKeys, progress: Progress) -> tuple[int, str]:
    """Every leaf from its columns, the tree, and every signed head; without Django, so also before it is set up."""
    heads = _standing(home)
    edge = tree.Frontier()
    with closing(sqlite3.connect(home / DATABASE)) as database:
        size, frontier = database.execute("SELECT size, frontier FROM platform_node WHERE own").fetchone() or (0, b"")
        rows = database.execute(
            "SELECT position, entry_id, recorded_at, commitments FROM platform_entry "
            "WHERE node_id = (SELECT id FROM platform_node WHERE own) ORDER BY position"
        )
        for position, entry_id, recorded_at, commitments in rows:
            stamp = leaf.stamp(datetime.fromisoformat(recorded_at).replace(tzinfo=UTC))
            text = leaf.line(own.name, position, entry_id, stamp, leaf.split_commitments(commitments))
            edge.extend([leaf.leaf(text)])
            head = heads.pop(edge.size, None)
            if head is not None:
                head.verify(own.public_key)
                if head.root != edge.root():
                    raise BackupRefused(f"the restored record differs from the head signed at {head.size} entries")
            if edge.size % PAGES == 0:
                progress("verifying the record", edge.size, size)
    if edge.size != size or edge.pack() != frontier or any(known > size for known in heads):
        raise BackupRefused("the restored record is not whole: entries that were signed are missing")
    return size, edge.root().hex()


def _standing(home: Path) -> dict[int, Checkpoint]:
    standing: dict[int, Checkpoint] = {}
    for head in checkpoints.every(home):
        if head.kind == "rollback":
            standing = {size: known for size, known in standing.items() if size <= head.size}
        standing[head.size] = head
    return standing
