"""Which keys does this process hold? The node's keys, unlocked at start, forgotten in one act.

The key files are looked at each time the keys are asked for: once one process has wiped them, the others forget
theirs at their next act.
"""

import getpass
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from legation.platform.secrets import keyfiles, places, shares
from legation.platform.secrets.keyfiles import KeysRefused, Kind
from legation.platform.secrets.sealing import PartSealer


class NodeSealed(Exception):
    """No key is unlocked in this process; the message says how to unlock it."""


@dataclass(frozen=True, slots=True)
class NodeKeys:
    """A node's unlocked keys.

    home: the data folder, where checkpoints are appended; None for keys that live only in memory.
    """

    kind: Kind
    sealer: PartSealer = field(repr=False)
    signing: Ed25519PrivateKey = field(repr=False)
    public_key: bytes
    name: str
    home: Path | None = None
    folder: Path | None = None

    @classmethod
    def made_of(
        cls,
        node_key: bytes,
        signing: Ed25519PrivateKey,
        kind: Kind,
        *,
        home: Path | None = None,
        folder: Path | None = None,
    ) -> "NodeKeys":
        public = signing.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
        return cls(kind, PartSealer(node_key), signing, public, keyfiles.name_of(public), home, folder)

    def sign(self, text: bytes) -> bytes:
        return self.signing.sign(text)


_door = threading.Lock()
_held: NodeKeys | None = None


def hold(keys: NodeKeys) -> None:
    """Use these keys in this process."""
    global _held  # noqa: PLW0603  # one process, one node: this is the one place that knows its keys
    with _door:
        _held = keys


def forget() -> None:
    """Drop the keys from this process; it can neither read nor write sealed parts until they are unlocked again."""
    global _held  # noqa: PLW0603  # as above
    with _door:
        _held = None


def held() -> NodeKeys:
    """The keys in use; unlocked now where environment or passphrase file allow it. Raises NodeSealed."""
    keys = _held
    if keys is None:
        try:
            keys = unlock(places.home(), places.keys_folder())
        except KeysRefused as fault:
            raise NodeSealed(str(fault)) from fault
        hold(keys)
    elif keys.folder is not None and not (keys.folder / keyfiles.NODE_FILE).exists():
        forget()
        raise NodeSealed("this node's keys have been wiped; nothing sealed can be read or written here")
    return keys


def unlock(home: Path, folder: Path, *, ask: bool = False) -> NodeKeys:
    """Open the key folder by shares, passphrase or, where `ask`, at the terminal.

    Raises UnsafePlace where others may read data or keys, KeysRefused where nothing opens them.
    """
    places.refuse_unsafe(home, folder)
    texts = keyfiles.find_shares()
    if texts:
        node_key = keyfiles.open_with_shares(texts)
    else:
        passphrase = keyfiles.find_passphrase(folder)
        if passphrase is None and ask and sys.stdin.isatty():
            passphrase = getpass.getpass("Passphrase of this node: ")
        if passphrase is None:
            raise KeysRefused(_advice(folder))
        node_key = keyfiles.open_with_passphrase(folder, passphrase)
    signing, kind = keyfiles.open_signing_key(folder, node_key)
    return NodeKeys.made_of(node_key, signing, kind, home=home, folder=folder)


def create(home: Path, folder: Path, *, kind: Kind, passphrase: str | None = None) -> NodeKeys:
    """Make a new node: data folder, key folder, keys. Raises KeysRefused where data is there but its keys are not.

    A real node needs a passphrase; only a demonstration may keep one in a file beside its keys.
    """
    if kind == "real" and not passphrase:
        raise KeysRefused("a real node needs a passphrase; set LEGATION_PASSPHRASE and start again")
    if not (folder / keyfiles.NODE_FILE).exists() and (home / "checkpoints.log").exists():
        raise KeysRefused(
            f"{home} holds a node's data but {folder} holds no keys; "
            "set LEGATION_KEYS to where they are, or restore them from their backup"
        )
    places.make_private(home)
    keyfiles.create(folder, kind=kind, passphrase=passphrase)
    node_key = keyfiles.open_with_passphrase(folder, passphrase or keyfiles.find_passphrase(folder) or "")
    signing, kind = keyfiles.open_signing_key(folder, node_key)
    keys = NodeKeys.made_of(node_key, signing, kind, home=home, folder=folder)
    hold(keys)
    return keys


def share_out(folder: Path, passphrase: str, *, needed: int, custodians: int) -> list[str]:
    """Split the node key among custodians; any `needed` of them can unlock or restore the node."""
    node_key = keyfiles.open_with_passphrase(folder, passphrase)
    return shares.split(node_key, needed=needed, custodians=custodians)


def in_memory(kind: Kind = "demonstration") -> NodeKeys:
    """Fresh keys that touch no disk: tests and benchmarks."""
    signing = Ed25519PrivateKey.generate()
    return NodeKeys.made_of(PartSealer.fresh_key(), signing, kind)


def wipe(folder: Path | None = None) -> None:
    """Destroy the keys on disk and forget them here. Everything sealed on this machine is unreadable from then on."""
    keys = _held
    target = folder or (keys.folder if keys else None) or places.keys_folder()
    forget()
    keyfiles.destroy(target)


def _advice(folder: Path) -> str:
    if not (folder / keyfiles.NODE_FILE).exists():
        return (
            f"there are no keys in {folder}; set LEGATION_KEYS to where they are, "
            "or make a new node with: legation demonstration load"
        )
    return (
        "this node is sealed; give its passphrase in LEGATION_PASSPHRASE, in the file that "
        "LEGATION_PASSPHRASE_FILE names, or the custodians' share files in LEGATION_SHARES"
    )
