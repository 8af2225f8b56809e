"""How do a node's keys lie on disk? Two small JSON files: the node key under a passphrase, the signing key under it."""

import base64
import json
import os
import secrets
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Literal

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from legation.platform.secrets import places, shares

type Kind = Literal["real", "demonstration"]

NODE_FILE = "node.key"
SIGNING_FILE = "signing.key"
PASSPHRASE_FILE = "passphrase"  # noqa: S105  # a file name

SCRYPT_COST = 2**16
"""64 MiB and about a fifth of a second per guess (r = 8, p = 1): twice what RFC 7914 names for interactive use,
because a node starts rarely and its key file may be stolen."""

NAME_DIGITS = 32
"""A node's name is 128 bits of the hash of its public key: too many to find a second key for the same name."""


class KeysRefused(Exception):
    """The keys cannot be made or opened; the message says what to do."""


def name_of(public_key: bytes) -> str:
    """The node's name, fixed by its public key."""
    return sha256(public_key).hexdigest()[:NAME_DIGITS]


def create(folder: Path, *, kind: Kind, passphrase: str | None = None, cost: int = SCRYPT_COST) -> None:
    """Make the keys of a new node. Raises KeysRefused where there are some already.

    Without a passphrase a random one is written beside the keys: whoever can read that folder can then open the
    node. That is meant for demonstrations.
    """
    places.make_private(folder)
    if (folder / NODE_FILE).exists():
        raise KeysRefused(f"{folder} already holds a node's keys; choose another folder with LEGATION_KEYS")
    if passphrase is None:
        passphrase = secrets.token_urlsafe(32)
        places.write_durably(folder / PASSPHRASE_FILE, passphrase.encode() + b"\n")
    node_key, signing = secrets.token_bytes(32), Ed25519PrivateKey.generate()
    public = signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    about = {"kind": kind, "node": name_of(public), "public_key": public.hex()}
    _write(folder / SIGNING_FILE, {**about, "sealed": _seal(node_key, about, signing.private_bytes_raw())})
    _write_node_key(folder, about, node_key, passphrase, cost)


def change_passphrase(folder: Path, node_key: bytes, passphrase: str, *, cost: int = SCRYPT_COST) -> None:
    """Wrap the same node key anew, and drop the passphrase file if there was one."""
    about = {key: str(value) for key, value in _read(folder / SIGNING_FILE).items() if key != "sealed"}
    _write_node_key(folder, about, node_key, passphrase, cost)
    (folder / PASSPHRASE_FILE).unlink(missing_ok=True)


def open_with_passphrase(folder: Path, passphrase: str) -> bytes:
    """The node key. Raises KeysRefused for a wrong passphrase or a damaged file."""
    held = _read(folder / NODE_FILE)
    about = {key: str(held[key]) for key in ("kind", "node", "public_key")}
    salt, cost = bytes.fromhex(str(held["salt"])), int(str(held["cost"]))
    try:
        return _open(_stretch(passphrase, salt, cost), about, str(held["sealed"]))
    except InvalidTag:
        raise KeysRefused(
            "the passphrase does not open this node's key; check it, or use the custodians' shares"
        ) from None


def open_with_shares(texts: Sequence[str]) -> bytes:
    """The node key from the custodians' shares. Raises KeysRefused."""
    try:
        return shares.combine(texts)
    except shares.ShareRefused as fault:
        raise KeysRefused(str(fault)) from fault


def open_signing_key(folder: Path, node_key: bytes) -> tuple[Ed25519PrivateKey, Kind]:
    """The signing key and the node's kind. Raises KeysRefused where this node key is not its own."""
    held = _read(folder / SIGNING_FILE)
    about = {key: str(held[key]) for key in ("kind", "node", "public_key")}
    try:
        signing = Ed25519PrivateKey.from_private_bytes(_open(node_key, about, str(held["sealed"])))
    except InvalidTag:
        raise KeysRefused(
            f"{folder / SIGNING_FILE} was altered or belongs to another node; restore the key folder from its backup"
        ) from None
    return signing, "real" if about["kind"] == "real" else "demonstration"


def find_passphrase(folder: Path) -> str | None:
    """From LEGATION_PASSPHRASE, the file LEGATION_PASSPHRASE_FILE names, or the demonstration's own file."""
    spoken = os.environ.get("LEGATION_PASSPHRASE")
    if spoken:
        return spoken
    named = os.environ.get("LEGATION_PASSPHRASE_FILE")
    path = Path(named) if named else folder / PASSPHRASE_FILE
    return path.read_text(encoding="utf-8").rstrip("\n") if path.exists() else None


def find_shares() -> list[str]:
    """The shares in the files that LEGATION_SHARES lists, joined by colons."""
    named = os.environ.get("LEGATION_SHARES")
    return [Path(path).read_text(encoding="ascii").strip() for path in named.split(os.pathsep)] if named else []


def destroy(folder: Path) -> None:
    """Overwrite and remove every file of the key folder. On flash memory old blocks may survive the overwriting."""
    for path in sorted(folder.iterdir()) if folder.exists() else []:
        if path.is_file():
            with path.open("r+b") as file:
                file.write(os.urandom(path.stat().st_size))
                file.flush()
                os.fsync(file.fileno())
            path.unlink()
    if folder.exists():
        places.sync_folder(folder)


def _write_node_key(folder: Path, about: dict[str, str], node_key: bytes, passphrase: str, cost: int) -> None:
    salt = os.urandom(16)
    sealed = _seal(_stretch(passphrase, salt, cost), about, node_key)
    _write(folder / NODE_FILE, {**about, "cost": cost, "salt": salt.hex(), "sealed": sealed})


def _stretch(passphrase: str, salt: bytes, cost: int) -> bytes:
    return Scrypt(salt=salt, length=32, n=cost, r=8, p=1).derive(passphrase.encode())


def _seal(key: bytes, about: dict[str, str], secret: bytes) -> str:
    nonce = os.urandom(12)
    return base64.b64encode(nonce + AESGCM(key).encrypt(nonce, secret, _bind(about))).decode()


def _open(key: bytes, about: dict[str, str], sealed: str) -> bytes:
    raw = base64.b64decode(sealed)
    return AESGCM(key).decrypt(raw[:12], raw[12:], _bind(about))


def _bind(about: dict[str, str]) -> bytes:
    """The public fields are authenticated with the secret: none can be exchanged."""
    return json.dumps(about, sort_keys=True).encode()


def _write(path: Path, content: dict[str, str | int]) -> None:
    places.write_durably(path, json.dumps({"format": "legation-key/1", **content}, indent=1).encode() + b"\n")


def _read(path: Path) -> dict[str, str | int]:
    try:
        content = json.loads(path.read_bytes())
        if not isinstance(content, dict) or content.pop("format", "") != "legation-key/1":
            raise ValueError
    except FileNotFoundError:
        raise KeysRefused(
            f"the key file {path} is missing; set LEGATION_KEYS to where it is, or restore it from its backup"
        ) from None
    except ValueError:
        raise KeysRefused(f"{path} is damaged; restore the key folder from its backup") from None
    return content
