"""How is one part sealed, and what does the public record keep of it? AES-256-GCM under a key used once.

The record keeps SHA-256(salt ‖ plaintext): it binds the text, and once salt and key are gone it says nothing about it.
"""

import hmac
import os
from collections.abc import Iterator, Sequence
from hashlib import sha256
from typing import NamedTuple

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12

ONCE = bytes(NONCE_BYTES)
"""The nonce of a part. A fixed one is safe here, and only here: each part key seals exactly one part."""


class SealBroken(Exception):
    """The bytes were altered, moved to another place, or sealed under another key."""


class Sealed(NamedTuple):  # not a frozen dataclass: those cost a microsecond each, and a batch makes thousands
    """One sealed part: ciphertext, what the leaf says of it, and its wrapped key."""

    ciphertext: bytes
    commitment: bytes
    wrapped: bytes


def commit(salt: bytes, plaintext: bytes) -> bytes:
    return sha256(salt + plaintext).digest()


class PartSealer:
    """Seals parts under keys of their own, which the node key wraps.

    The wrap draws a random 96-bit nonce: NIST SP 800-38D allows 2^32 of them under one key, four thousand times the
    log this is sized for.
    """

    def __init__(self, node_key: bytes) -> None:
        self._wrap = AESGCM(node_key)
        self._naming = hmac.digest(node_key, b"names of blobs", "sha256")

    @staticmethod
    def fresh_key() -> bytes:
        return os.urandom(KEY_BYTES)

    def seal_all(self, parts: Sequence[tuple[bytes, bytes]]) -> Iterator[Sealed]:
        """Seal (place, plaintext) pairs. The place is authenticated: a part moved elsewhere does not open."""
        secret_bytes = KEY_BYTES + SALT_BYTES
        step = secret_bytes + NONCE_BYTES
        chance, wrap, at = os.urandom(len(parts) * step), self._wrap.encrypt, 0
        for place, plaintext in parts:
            secret, nonce = chance[at : at + secret_bytes], chance[at + secret_bytes : at + step]
            at += step
            ciphertext = AESGCM(secret[:KEY_BYTES]).encrypt(ONCE, plaintext, place)
            commitment = sha256(secret[KEY_BYTES:] + plaintext).digest()
            yield Sealed(ciphertext, commitment, nonce + wrap(nonce, secret, place))

    def unwrap(self, place: bytes, wrapped: bytes) -> tuple[bytes, bytes]:
        """Key and salt of a part. Raises SealBroken."""
        secret = self._open(self._wrap, wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], place)
        return secret[:KEY_BYTES], secret[KEY_BYTES:]

    def open(self, place: bytes, wrapped: bytes, ciphertext: bytes) -> tuple[bytes, bytes]:
        """Salt and plaintext of a part. Raises SealBroken."""
        key, salt = self.unwrap(place, wrapped)
        return salt, self._open(AESGCM(key), ONCE, ciphertext, place)

    def naming(self) -> "hmac.HMAC":
        """A keyed hash for names: without the node key a name says nothing about what it names."""
        return hmac.new(self._naming, digestmod="sha256")

    def seal_field(self, place: bytes, plaintext: bytes) -> bytes:
        """Seal one short value under the node key itself; for indexes that a person's erasure does not concern."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._wrap.encrypt(nonce, plaintext, place)

    def open_field(self, place: bytes, sealed: bytes) -> bytes:
        """The reverse of `seal_field`. Raises SealBroken."""
        return self._open(self._wrap, sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], place)

    @staticmethod
    def _open(cipher: AESGCM, nonce: bytes, ciphertext: bytes, place: bytes) -> bytes:
        try:
            return cipher.decrypt(nonce, ciphertext, place)
        except (InvalidTag, ValueError) as fault:
            raise SealBroken(
                f"{place.decode(errors='replace')} does not open: altered, or under another key"
            ) from fault


CHUNK_BYTES = 1 << 20
"""Streams are sealed a mebibyte at a time: small beside memory, large beside the 28 bytes each chunk costs."""


def chunk_place(number: int, *, last: bool) -> bytes:
    """What a chunk of a sealed stream is bound to, so that chunks cannot be dropped, repeated or reordered."""
    return b"chunk %d %s" % (number, b"last" if last else b"more")
