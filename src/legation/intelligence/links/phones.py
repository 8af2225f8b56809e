"""What did a telephone keep for us? A sealed envelope with its signature: who sent it, when he says, and the report.

Sealed at once to the node (ECDH on P-256, HKDF-SHA-256, AES-256-GCM), so that who finds the telephone reads nothing.
Sources: FIPS 186-5, RFC 5869, NIST SP 800-56A and 800-38D; the same shapes as W3C Web Cryptography.
"""

import base64
import binascii
import json
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_der_private_key,
    load_der_public_key,
)

from legation.intelligence.links.own import Said
from legation.intelligence.rules.everyday import Told

FORM = "legation.tell/1"
ONCE = bytes(12)
"""The nonce. A fixed one is safe: each envelope has an ephemeral key, and so an encryption key, of its own."""

SEALED_BYTES_MAX = 4 << 20
"""A line of text and one photograph that the page has made small."""


class BadEnvelope(ValueError):
    """It is not an envelope of this form, was not signed by this telephone, or does not open here."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """As it was posted. base: the version of the record that it builds on; 0, since a report is a new one."""

    phone: str
    command: str
    claimed_ms: int
    base: int
    box: bytes
    sealed: bytes
    signature: bytes

    @property
    def header(self) -> bytes:
        """What is said openly and signed with the rest."""
        return f"{FORM}\n{self.phone}\n{self.command}\n{self.claimed_ms}\n{self.base}\n".encode()


@dataclass(frozen=True, slots=True)
class Kept:
    """What was inside: the report, at which mission, and its photograph or b""."""

    said: Said
    mission: str
    photograph: bytes


def envelope(body: bytes) -> Envelope:
    """The envelope of a posted body. Raises BadEnvelope."""
    try:
        said = json.loads(body)
        found = Envelope(
            phone=str(said["phone"]),
            command=str(said["command"]),
            claimed_ms=int(said["claimed_ms"]),
            base=int(said["base"]),
            box=_bytes(said["box"]),
            sealed=_bytes(said["sealed"]),
            signature=_bytes(said["signature"]),
        )
    except (ValueError, KeyError, TypeError, RecursionError, binascii.Error):
        raise BadEnvelope("this is no envelope of the page that tells") from None
    clock_ms_max = 4_102_444_800_000  # the year 2100: beyond it a clock is broken and a date would overflow
    if len(found.sealed) > SEALED_BYTES_MAX or found.base or not 0 < found.claimed_ms < clock_ms_max:
        raise BadEnvelope("this envelope is too large, or says an impossible time or version")
    if not (found.command.isalnum() and 16 <= len(found.command) <= 64):
        raise BadEnvelope("a command has an id of 16 to 64 letters and digits")
    return found


def check_key(public_key: str) -> str:
    """The key in base64 as it is kept. Raises BadEnvelope where it is not a P-256 key."""
    return base64.b64encode(
        _public(_bytes(public_key)).public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    ).decode("ascii")


def check_signature(one: Envelope, public_key: str) -> None:
    """Raises BadEnvelope where the telephone with this key did not sign it."""
    if len(one.signature) != 64:
        raise BadEnvelope("a signature has 64 bytes")
    r, s = (int.from_bytes(one.signature[at : at + 32], "big") for at in (0, 32))
    try:
        _public(_bytes(public_key)).verify(
            encode_dss_signature(r, s), one.header + one.box + one.sealed, ec.ECDSA(SHA256())
        )
    except InvalidSignature:
        raise BadEnvelope("this telephone did not sign it") from None


def new_box() -> tuple[str, bytes]:
    """A key pair: the public half in base64, the private half in DER."""
    private = ec.generate_private_key(ec.SECP256R1())
    public = private.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return base64.b64encode(public).decode("ascii"), private.private_bytes(
        Encoding.DER, PrivateFormat.PKCS8, NoEncryption()
    )


def opened(one: Envelope, private_der: bytes) -> Kept:
    """What is inside. Raises BadEnvelope."""
    private = load_der_private_key(private_der, None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise BadEnvelope("the key of this node is of another kind")
    try:
        shared = private.exchange(ec.ECDH(), _public(one.box))
        key = HKDF(SHA256(), 32, None, one.header).derive(shared)
        plain = AESGCM(key).decrypt(ONCE, one.sealed, one.header)
    except InvalidTag:
        raise BadEnvelope("it does not open with the key of this node") from None
    return _kept(plain, one)


def _kept(plain: bytes, one: Envelope) -> Kept:
    length = int.from_bytes(plain[:4], "big")
    try:
        said = json.loads(plain[4 : 4 + length])
        report = Said(
            told=Told(str(said["told"])),
            text=str(said["text"]),
            minutes_ago=int(said["minutes_ago"]),
            place=str(said["place"]),
            latitude=_degrees(said["latitude"], 90),
            longitude=_degrees(said["longitude"], 180),
            radius_m=None if said["radius_m"] is None else float(said["radius_m"]),
            command=one.command,
            claimed_ms=one.claimed_ms,
        )
        return Kept(report, str(said["mission"]), plain[4 + length :])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadEnvelope("what is inside is no report") from None


def _degrees(value: object, most: float) -> float | None:
    if value is None:
        return None
    degrees = float(str(value))
    if not -most <= degrees <= most:
        raise BadEnvelope("that place is not on Earth")
    return degrees


def _public(der: bytes) -> ec.EllipticCurvePublicKey:
    try:
        key = load_der_public_key(der)
    except ValueError:
        raise BadEnvelope("this is no public key") from None
    if not isinstance(key, ec.EllipticCurvePublicKey) or not isinstance(key.curve, ec.SECP256R1):
        raise BadEnvelope("this key is not on P-256")
    return key


def _bytes(text: object) -> bytes:
    return base64.b64decode(str(text), validate=True)


class MemoryPhone:
    """The twin for tests: a telephone that seals and signs as the page does."""

    def __init__(self) -> None:
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.id, self.box = "", ""

    @property
    def public_key(self) -> str:
        der = self._key.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return base64.b64encode(der).decode("ascii")

    def kept(
        self, mission: str, command: str, claimed_ms: int, *, photograph: bytes = b"", **more: object
    ) -> dict[str, object]:
        """The body that is posted once there is a line."""
        values: dict[str, object] = {
            "told": "surveillance", "mission": mission, "text": "A grey car", "minutes_ago": 0, "place": "",
            "latitude": None, "longitude": None, "radius_m": None,
        }  # fmt: skip
        inside = json.dumps(values | more).encode()
        once = ec.generate_private_key(ec.SECP256R1())
        box = once.public_key().public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        shape = Envelope(self.id, command, claimed_ms, 0, box, b"", b"")
        key = HKDF(SHA256(), 32, None, shape.header).derive(once.exchange(ec.ECDH(), _public(_bytes(self.box))))
        sealed = AESGCM(key).encrypt(ONCE, len(inside).to_bytes(4, "big") + inside + photograph, shape.header)
        return {
            "phone": self.id, "command": command, "claimed_ms": claimed_ms, "base": 0,
            "box": base64.b64encode(box).decode(), "sealed": base64.b64encode(sealed).decode(),
            "signature": base64.b64encode(self._signed(shape.header + box + sealed)).decode(),
        }  # fmt: skip

    def _signed(self, data: bytes) -> bytes:
        from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

        r, s = decode_dss_signature(self._key.sign(data, ec.ECDSA(SHA256())))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
