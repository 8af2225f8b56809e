"""Which database holds the records, and with which promises about a power cut?

SQLite by default, PostgreSQL where LEGATION_DATABASE names one. Acknowledged means durable in both.
Source: https://www.sqlite.org/pragma.html#pragma_synchronous, https://www.postgresql.org/docs/current/wal-async-commit.html
"""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

BUSY_MS = 10_000  # an act holds the lock 50 ms at most; two hundred of them may stand in line before we give up

SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL",
    "PRAGMA synchronous=FULL",  # a commit is on the disk before it is acknowledged
    "PRAGMA secure_delete=ON",  # erased means overwritten
    f"PRAGMA busy_timeout={BUSY_MS}",
    "PRAGMA temp_store=MEMORY",  # no sorted plaintext in /tmp
)


def sqlite(path: Path) -> dict[str, Any]:
    """Django's description of the node's own file."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "init_command": ";".join(SQLITE_PRAGMAS),
            "timeout": BUSY_MS / 1000,
            # A transaction that may write says so at its start: no reader is turned into a writer and then refused.
            "transaction_mode": "IMMEDIATE",
        },
    }


def postgresql(address: str) -> dict[str, Any]:
    """Django's description of `postgresql://user:password@host:port/name?sslmode=verify-full`."""
    parts = urlsplit(address)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ValueError(
            f"LEGATION_DATABASE is {parts.scheme or address!r}…; write postgresql://user:password@host:port/name"
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": "-c synchronous_commit=on", **dict(parse_qsl(parts.query))},
    }


def database(address: str, data: Path) -> dict[str, Any]:
    """The database of this node: `address` where there is one, else the file in the data directory."""
    return postgresql(address) if address else sqlite(data / "legation.sqlite3")
