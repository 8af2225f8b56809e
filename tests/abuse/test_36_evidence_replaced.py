"""Abuse 36: an evidence file is exchanged after it was hashed. It is written once and read against its name."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests import given

from legation.platform import blobs
from legation.platform.secrets import keyfiles, node


@pytest.fixture(autouse=True)
def keys(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[node.NodeKeys]:
    given.keys()
    monkeypatch.setattr(keyfiles.create, "__kwdefaults__", {"passphrase": None, "cost": 2**4})
    yield node.create(tmp_path / "home", tmp_path / "keys", kind="demonstration")
    node.forget()


def path_of(keys: node.NodeKeys, blob: blobs.Blob) -> Path:
    assert keys.home is not None
    return keys.home / "blobs" / blob.name[:2] / blob.name


PHOTO = b"what the camera saw" * 100_000


class Exchanging(io.BytesIO):
    """A source that gives other bytes to whoever reads it twice: the classic race between check and use."""

    reads = 0

    def read(self, size: int | None = -1) -> bytes:
        self.reads += 1
        return super().read(size)


def test_the_source_is_read_once_and_hashed_as_it_is_sealed(keys: node.NodeKeys) -> None:
    source = Exchanging(PHOTO)
    blob = blobs.keep(source)
    assert source.tell() == len(PHOTO)
    source.seek(0)
    source.write(b"X" * 1000)
    assert b"".join(blobs.read(blob.name)) == PHOTO


@pytest.mark.parametrize("at", [5, 1000, -5])
def test_a_byte_changed_on_the_disk_is_refused_before_the_end(keys: node.NodeKeys, at: int) -> None:
    blob = blobs.keep(io.BytesIO(PHOTO))
    path = path_of(keys, blob)
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.chmod(0o600)
    path.write_bytes(bytes(content))
    with pytest.raises(blobs.BlobRefused, match="altered"):
        list(blobs.read(blob.name))


def test_another_sealed_attachment_in_its_place_is_refused(keys: node.NodeKeys) -> None:
    """With its key row copied too: every byte is authentic, and it is not what the record names."""
    one, other = blobs.keep(io.BytesIO(PHOTO)), blobs.keep(io.BytesIO(b"another photograph"))
    path_of(keys, one).chmod(0o600)
    path_of(keys, one).write_bytes(path_of(keys, other).read_bytes())
    with pytest.raises(blobs.BlobRefused):
        list(blobs.read(one.name))
    stolen = blobs.BlobKey.objects.get(pk=other.name).wrapped
    blobs.BlobKey.objects.filter(pk=one.name).update(wrapped=stolen)
    with pytest.raises(blobs.BlobRefused):
        list(blobs.read(one.name))


def test_a_cut_file_is_refused_and_no_last_piece_is_given(keys: node.NodeKeys) -> None:
    blob = blobs.keep(io.BytesIO(PHOTO))
    path = path_of(keys, blob)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[: 1 << 20])
    got: list[bytes] = []
    with pytest.raises(blobs.BlobRefused, match="altered"):
        got.extend(blobs.read(blob.name))
    assert b"".join(got) != PHOTO


def test_the_name_says_nothing_without_the_node_key(keys: node.NodeKeys) -> None:
    """The control: an unkeyed hash would let anyone ask whether a known photograph is kept here."""
    blob = blobs.keep(io.BytesIO(PHOTO))
    assert blob.name != blob.sha256
