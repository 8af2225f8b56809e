"""Is this node fit to start? Keys made or unlocked, tables up to date, and every unsafe setting refused."""

import os
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from legation.platform import clock
from legation.platform.ledger.models import Node
from legation.platform.secrets import keyfiles, node, places
from legation.platform.secrets.keyfiles import Kind
from legation.platform.secrets.node import NodeKeys

BUILT = datetime(2026, 11, 22, tzinfo=UTC)
"""No honest clock stands before the day this version was made."""


class NotFit(Exception):
    """The node must not start so; the message says what to do."""


def exists() -> bool:
    """True where keys of a node lie in the key folder."""
    return (settings.LEGATION_KEYS / keyfiles.NODE_FILE).exists()


def prepare(kind: Kind | None = None) -> NodeKeys:
    """Unlock the node, or make it where `kind` says which; bring the tables up to date; refuse what is unsafe.

    Raises NotFit, KeysRefused or UnsafePlace with what to do.
    """
    os.umask(0o077)
    home: Path = settings.LEGATION_HOME
    if exists():
        keys = node.unlock(home, settings.LEGATION_KEYS, ask=True)
        node.hold(keys)
    elif kind is None:
        raise NotFit("there is no node here yet; make one with: legation init, or see one with: make run")
    else:
        keys = node.create(home, settings.LEGATION_KEYS, kind=kind, passphrase=os.environ.get("LEGATION_PASSPHRASE"))
    if kind is not None and keys.kind != kind:
        raise NotFit(f"{home} is a {keys.kind} node for ever; set LEGATION_HOME to another folder for a {kind} one")
    faults = list(unsafe())
    if faults:
        raise NotFit("\n".join(faults))
    call_command("migrate", verbosity=0, interactive=False)
    call_command("createcachetable", verbosity=0)
    return keys


def unsafe() -> Iterator[str]:
    """What about this machine or its settings breaks a promise, each with what to do."""
    if clock.wall() < BUILT:
        yield f"the machine's clock stands before {BUILT:%d %B %Y}; set it, for every record carries its time"
    if settings.DEBUG:
        yield "Django's debug mode is on; it shows secrets on error pages"
    if len(settings.SECRET_KEY) < 40 or "insecure" in settings.SECRET_KEY:
        yield "the web secret is weak; delete web.key in the key folder and start again"
    try:
        places.refuse_unsafe(settings.LEGATION_HOME, settings.LEGATION_KEYS)
    except places.UnsafePlace as fault:
        yield str(fault)
    yield from _unsafe_sqlite() if connection.vendor == "sqlite" else _unsafe_postgresql()


def _unsafe_sqlite() -> Iterator[str]:
    if sqlite3.sqlite_version_info < (3, 37):
        yield f"SQLite {sqlite3.sqlite_version} is too old; 3.37 or later is needed"
    with connection.cursor() as cursor:
        for pragma, wanted in (("synchronous", (2, 3)), ("journal_mode", ("wal", "memory")), ("secure_delete", (1,))):
            found = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
            if found not in wanted:
                yield f"SQLite's {pragma} is {found}: acknowledged work could be lost; leave it as databases.py sets it"


def _unsafe_postgresql() -> Iterator[str]:
    with connection.cursor() as cursor:
        for name in ("fsync", "synchronous_commit", "full_page_writes"):
            cursor.execute("SELECT current_setting(%s)", [name])
            if cursor.fetchone()[0] == "off":
                yield f"PostgreSQL's {name} is off: what is acknowledged could be lost; set it on"


def is_demonstration() -> bool:
    """Entry 0 says for ever which kind of node this is."""
    return Node.objects.filter(own=True, kind="demonstration").exists()
