"""A node made again from its two backup files is the same node; one file alone opens nothing."""

import io
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import given as always
from hypothesis import strategies as st
from tests.platform.given import START, Visitor, draft, record, record_many
from tests.platform.test_erasure import ANA

from legation.platform import backup, blobs, clock
from legation.platform.authority.markings import forget
from legation.platform.ledger import checkpoints, erasure, log
from legation.platform.ledger.models import PartKey
from legation.platform.secrets import keyfiles, node

QUICK = 2**4


@pytest.fixture
def live(transactional_db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[node.NodeKeys]:
    """A real node on disk with some acts, personal data and an attachment."""
    monkeypatch.setattr(clock, "wall", lambda: START)
    monkeypatch.setattr(keyfiles.create, "__kwdefaults__", {"passphrase": None, "cost": QUICK})
    forget()
    log.forget_names()
    keys = node.create(tmp_path / "home", tmp_path / "keys", kind="real", passphrase="correct horse")
    record_many(40)
    record(draft(99, gate="CANARY-BODY", personal={ANA: Visitor("Ana", "CANARY-ANA")}))
    with transaction.atomic():
        blobs.keep(io.BytesIO(b"CANARY-PHOTO" * 1000))
    yield keys
    node.forget()


def made(tmp_path: Path) -> backup.Backup:
    return backup.backup(tmp_path / "data.backup", tmp_path / "keys.backup")


def restored(tmp_path: Path, **opened: object) -> backup.Backup:
    given: dict[str, object] = opened or {"passphrase": "correct horse"}
    return backup.restore(
        tmp_path / "data.backup",
        tmp_path / "keys.backup",
        tmp_path / "new",
        tmp_path / "new-keys",
        **given,  # type: ignore[arg-type]
    )


def test_a_restored_node_has_the_same_record_keys_and_attachments(live: node.NodeKeys, tmp_path: Path) -> None:
    done = made(tmp_path)
    again = restored(tmp_path)
    assert (again.entries, again.root) == (done.entries, done.root) == (42, done.root)
    with closing(sqlite3.connect(tmp_path / "new" / backup.DATABASE)) as database:
        assert database.execute("SELECT count(*) FROM platform_partkey").fetchone()[0] == PartKey.objects.count()
        assert database.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    files = {str(path.relative_to(tmp_path / "home")) for path in (tmp_path / "home").rglob("*") if path.is_file()}
    again_files = {str(path.relative_to(tmp_path / "new")) for path in (tmp_path / "new").rglob("*") if path.is_file()}
    assert again_files == files | {backup.DATABASE}
    assert (tmp_path / "new").stat().st_mode & 0o077 == 0


def test_a_wrong_passphrase_and_a_used_folder_are_refused(live: node.NodeKeys, tmp_path: Path) -> None:
    made(tmp_path)
    with pytest.raises(keyfiles.KeysRefused, match="does not open"):
        restored(tmp_path, passphrase="wrong")
    restored(tmp_path)
    with pytest.raises(backup.BackupRefused, match="already holds a node"):
        restored(tmp_path)
    with pytest.raises(backup.BackupRefused, match="exists already"):
        made(tmp_path)


def test_what_was_erased_before_the_keys_were_backed_up_stays_erased(live: node.NodeKeys, tmp_path: Path) -> None:
    """An older data file with a newer key file: the part comes back sealed, and nothing opens it."""
    made(tmp_path)
    erasure.erase(ANA)
    (tmp_path / "keys.backup").unlink()
    (tmp_path / "data.backup").rename(tmp_path / "old.backup")
    made(tmp_path)
    (tmp_path / "data.backup").unlink()
    (tmp_path / "old.backup").rename(tmp_path / "data.backup")
    restored(tmp_path)
    with closing(sqlite3.connect(tmp_path / "new" / backup.DATABASE)) as database:
        (part,) = database.execute("SELECT id FROM platform_sealedpart").fetchall()
        assert database.execute("SELECT count(*) FROM platform_partkey WHERE id = ?", part).fetchone() == (0,)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
@always(data=st.data())
def test_any_flipped_bit_or_cut_of_either_file_is_found(
    live: node.NodeKeys, tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("backup")
    made(folder)
    path = folder / data.draw(st.sampled_from(["data.backup", "keys.backup"]))
    content = bytearray(path.read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        del content[at:]
    else:
        content[at] ^= 1 << data.draw(st.integers(0, 7))
    path.write_bytes(bytes(content))
    with pytest.raises((backup.BackupRefused, keyfiles.KeysRefused, KeyError, ValueError)):
        restored(folder)


def test_a_record_altered_before_the_backup_does_not_restore(live: node.NodeKeys, tmp_path: Path) -> None:
    checkpoints.sign_now()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE platform_entry SET recorded_at = '2018-02-05 05:00:00' WHERE position = 7")
    made(tmp_path)
    with pytest.raises(backup.BackupRefused, match="differs from the head"):
        restored(tmp_path)


def test_attachments_are_kept_once_sealed_and_given_back(live: node.NodeKeys, tmp_path: Path) -> None:
    content = bytes(range(256)) * 10_000
    one, two = blobs.keep(io.BytesIO(content)), blobs.keep(io.BytesIO(content))
    assert one == two
    assert one.length == len(content)
    assert b"".join(blobs.read(one.name)) == content
    (path,) = (tmp_path / "home" / "blobs").glob(f"??/{one.name}")
    assert content[:64] not in path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o400
    assert list((tmp_path / "home" / "blobs" / "incoming").iterdir()) == []
    with pytest.raises(blobs.BlobRefused, match="longer than"):
        blobs.keep(io.BytesIO(content), limit=1000)
    assert list((tmp_path / "home" / "blobs" / "incoming").iterdir()) == []
    blobs.erase(one.name)
    with pytest.raises(blobs.BlobRefused, match="erased"):
        list(blobs.read(one.name))
    with pytest.raises(blobs.BlobRefused, match="not the name"):
        list(blobs.read("../../etc/passwd"))
