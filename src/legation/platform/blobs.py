"""Where do attachments lie? In the data folder, sealed, written once, named by a keyed hash of their content.

The file and its folder are on the disk before the row that speaks of them commits. A blob's key lies in the database,
apart from the blob: erasing deletes both.
"""

import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import IO

from django.db import models

from legation.platform.secrets import places
from legation.platform.secrets.node import NodeKeys, held
from legation.platform.secrets.sealing import CHUNK_BYTES, KEY_BYTES, SealBroken
from legation.platform.secrets.streams import SealingWriter, opened

FOLDER = "blobs"
LIMIT_BYTES = 512 << 20
"""Half a gibibyte: an hour of surveillance video; what is longer is handed in by parts."""


class BlobKey(models.Model):
    """The key of one blob, wrapped by the node key. Backed up apart from the blobs."""

    name = models.CharField(max_length=64, primary_key=True)
    wrapped = models.BinaryField()


class BlobRefused(Exception):
    """The blob cannot be kept or given; the message says why."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A kept blob: its name here, the SHA-256 of its content (for custody papers; keep it sealed), its length."""

    name: str
    sha256: str
    length: int


def keep(source: IO[bytes], *, limit: int = LIMIT_BYTES) -> Blob:
    """Read to the end, hash while sealing, and keep. The same content is kept once.

    Called inside the transaction whose row will name it. Raises BlobRefused where it is longer than `limit`.
    """
    keys = held()
    incoming = _folder(keys) / "incoming"
    places.make_private(incoming)
    beside = incoming / secrets.token_hex(16)
    try:
        blob, key = _seal(source, beside, keys, limit)
        target = _path(keys, blob.name)
        if not BlobKey.objects.filter(pk=blob.name).exists() or not target.exists():
            places.make_private(target.parent)
            beside.replace(target)
            places.sync_folder(target.parent)
            places.sync_folder(target.parent.parent)
            wrapped = keys.sealer.seal_field(_place(blob.name), key)
            BlobKey.objects.update_or_create(name=blob.name, defaults={"wrapped": wrapped})
    finally:
        beside.unlink(missing_ok=True)
    return blob


def read(name: str) -> Iterator[bytes]:
    """The content, piece by piece; the last piece comes only after the whole agreed with the name.

    Raises BlobRefused where it is not here, was erased, or is not what was kept.
    """
    keys = held()
    row = BlobKey.objects.filter(pk=name).first()
    path = _path(keys, name)
    if row is None or not path.exists():
        raise BlobRefused("this attachment is not here: it was erased, or lies with another node")
    naming, before = keys.sealer.naming(), b""
    try:
        key = keys.sealer.open_field(_place(name), bytes(row.wrapped))
        with path.open("rb") as file:
            for chunk in opened(file, key):
                yield before
                naming.update(chunk)
                before = chunk
    except SealBroken as fault:
        raise BlobRefused(f"this attachment was altered on the disk; restore it from a backup ({fault})") from fault
    if naming.hexdigest() != name:
        raise BlobRefused("this attachment is not the one that was recorded; restore it from a backup")
    yield before


def erase(name: str) -> None:
    """Delete a blob and its key. Inside an act; the caller has asked for legal holds."""
    BlobKey.objects.filter(pk=name).delete()
    path = _path(held(), name)
    if path.exists():
        path.unlink()
        places.sync_folder(path.parent)


def _seal(source: IO[bytes], beside: Path, keys: NodeKeys, limit: int) -> tuple[Blob, bytes]:
    key, plain, naming, length = secrets.token_bytes(KEY_BYTES), sha256(), keys.sealer.naming(), 0
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as file:
        writer = SealingWriter(file, key)
        while chunk := source.read(CHUNK_BYTES):
            length += len(chunk)
            if length > limit:
                raise BlobRefused(f"this file is longer than {limit:,} bytes; hand it in by parts")
            plain.update(chunk)
            naming.update(chunk)
            writer.write(chunk)
        writer.close()
        file.flush()
        os.fsync(file.fileno())
    return Blob(naming.hexdigest(), plain.hexdigest(), length), key


def _folder(keys: NodeKeys) -> Path:
    if keys.home is None:
        raise BlobRefused("keys that live only in memory have no data folder to keep attachments in")
    return keys.home / FOLDER


def _path(keys: NodeKeys, name: str) -> Path:
    """Two digits of the name make the folder: 256 folders keep each short."""
    if len(name) != 64 or not set(name) <= set("0123456789abcdef"):
        raise BlobRefused("this is not the name of an attachment")
    return _folder(keys) / name[:2] / name


def _place(name: str) -> bytes:
    return b"blob/" + name.encode()
