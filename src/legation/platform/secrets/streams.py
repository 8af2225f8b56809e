"""How is something long sealed: a photograph, a database? In chunks that cannot be dropped, repeated or reordered.

Each stream has a key of its own; a chunk's nonce is its number, and the last one says that it is the last.
"""

import struct
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from legation.platform.secrets.sealing import CHUNK_BYTES, NONCE_BYTES, SealBroken, chunk_place

_LENGTH = struct.Struct(">I")
_TAG_BYTES = 16


class SealingWriter:
    """A file to write plaintext into; sealed chunks go to `out`, which `close` leaves open after the last of them."""

    def __init__(self, out: IO[bytes], key: bytes, about: bytes = b"") -> None:
        self._out, self._cipher, self._about = out, AESGCM(key), about
        self._held, self._number = bytearray(), 0

    def write(self, data: bytes) -> int:
        self._held += data
        while len(self._held) > CHUNK_BYTES:
            self._seal(bytes(self._held[:CHUNK_BYTES]), last=False)
            del self._held[:CHUNK_BYTES]
        return len(data)

    def close(self) -> None:
        self._seal(bytes(self._held), last=True)
        self._held.clear()

    def _seal(self, chunk: bytes, *, last: bool) -> None:
        place = self._about + chunk_place(self._number, last=last)
        sealed = self._cipher.encrypt(_nonce(self._number), chunk, place)
        self._out.write(_LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


class OpeningReader:
    """A file to read the plaintext from. Raises SealBroken as soon as a chunk does not fit or the end is missing."""

    def __init__(self, source: IO[bytes], key: bytes, about: bytes = b"") -> None:
        self._chunks = opened(source, key, about)
        self._held = b""

    def read(self, size: int = -1) -> bytes:
        pieces, length = [self._held], len(self._held)
        while size < 0 or length < size:
            chunk = next(self._chunks, b"")
            if not chunk:
                break
            pieces.append(chunk)
            length += len(chunk)
        whole = b"".join(pieces)
        if size < 0:
            self._held = b""
            return whole
        self._held = whole[size:]
        return whole[:size]


def opened(source: IO[bytes], key: bytes, about: bytes = b"") -> Iterator[bytes]:
    """The plaintext, chunk by chunk. Raises SealBroken."""
    cipher, number, last = AESGCM(key), 0, False
    head = source.read(_LENGTH.size)
    while head:
        length = _LENGTH.unpack(head)[0] if len(head) == _LENGTH.size else 0
        sealed = source.read(length) if _TAG_BYTES <= length <= CHUNK_BYTES + _TAG_BYTES else b""
        head = source.read(_LENGTH.size)
        last = not head
        try:
            chunk = cipher.decrypt(_nonce(number), sealed, about + chunk_place(number, last=last))
        except (InvalidTag, ValueError) as fault:
            raise SealBroken(
                f"part {number} of the sealed file does not open: altered, cut off or another key"
            ) from fault
        number += 1
        yield chunk
    if not last:
        raise SealBroken("the sealed file is empty")


def _nonce(number: int) -> bytes:
    return number.to_bytes(NONCE_BYTES, "big")
