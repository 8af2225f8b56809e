"""Where does this node keep its state, and the secret with which it signs cookies?

A data directory that others can read, or a default secret, would undo every other protection, so both are made here.
"""

import os
import secrets
from pathlib import Path

from legation.platform.secrets.places import home, keys_folder

__all__ = ["home", "keys_folder", "secret_text"]

SECRET_BYTES = 48  # 384 bits, above the 256 that Django's HMAC can use


def secret_text(directory: Path, name: str) -> str:
    """The secret kept in `directory/name`, made on first use, readable by this account only."""
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = directory / name
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="ascii").strip()
    fresh = secrets.token_urlsafe(SECRET_BYTES)
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(fresh + "\n")
        out.flush()
        os.fsync(out.fileno())
    return fresh
