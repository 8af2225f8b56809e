"""Abuse 17: a backup is stolen in the bag. One file shows nothing; both need the passphrase or two custodians."""

from pathlib import Path

import pytest
from tests.platform.test_backup import live, made, restored

from legation.platform.secrets import keyfiles, node

__all__ = ["live"]


def test_either_file_alone_shows_nothing(live: node.NodeKeys, tmp_path: Path) -> None:
    made(tmp_path)
    for name in ("data.backup", "keys.backup"):
        content = (tmp_path / name).read_bytes()
        for canary in (b"CANARY", b"Ana", b"gate 7", b"platform_entry"):
            assert canary not in content, f"{canary!r} stands in {name}"


def test_custodians_restore_without_the_passphrase(live: node.NodeKeys, tmp_path: Path) -> None:
    made(tmp_path)
    shares = node.share_out(tmp_path / "keys", "correct horse", needed=2, custodians=3)
    with pytest.raises(keyfiles.KeysRefused, match="1 shares were given and 2 are needed"):
        restored(tmp_path, shares=shares[:1])
    assert restored(tmp_path, shares=shares[1:]).entries == 42


def test_the_control_the_open_database_shows_what_the_backup_hides(live: node.NodeKeys, tmp_path: Path) -> None:
    """Live tables are in clear on the running machine; that is what the sealing of a backup is for."""
    made(tmp_path)
    restored(tmp_path)
    assert b"platform_entry" in (tmp_path / "new" / "legation.sqlite3").read_bytes()
