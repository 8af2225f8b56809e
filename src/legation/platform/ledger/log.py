"""How does an act get into the record, and how is the record read?

`append` is called inside the act's transaction as its last statement: what was decided and what is recorded commit
together. Positions are assigned under a lock held to commit, so a reader whose cursor stands at n never misses one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper

from legation.foundations.identity import EntryId, Ref
from legation.platform.ledger import body as bodies
from legation.platform.ledger import checkpoints, genesis, leaf, words
from legation.platform.ledger.body import Body, Draft
from legation.platform.ledger.checkpoints import LedgerRefused
from legation.platform.ledger.models import Entry, Node, PartKey, SealedPart, SubjectRow, Tile, WordRow
from legation.platform.ledger.tree import Frontier
from legation.platform.secrets.node import NodeKeys, held
from legation.platform.secrets.sealing import Sealed

__all__ = ["Delivered", "Draft", "append", "entries_after", "history", "open_body", "read"]

APPEND_LOCK = 0x4C45_4447_4552  # "LEDGER": the key of PostgreSQL's advisory lock; any constant of our own will do
PARTS_MAX = 256
SUBJECTS_MAX = 1 << 20


class Erased(Exception):
    """The part was erased with its key; what is left is the proof that it stood here."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """An entry as readers get it. `position` is its order of arrival in this database: the cursor of subscribers."""

    position: int
    entry_id: EntryId
    node: str
    recorded_at: datetime
    marking_id: int
    body: Body

    @property
    def fact(self) -> str:
        return self.body.fact


def append(drafts: Sequence[Draft], *, recorded_at: datetime) -> list[EntryId]:
    """Record these acts, in order, in the open transaction. Returns their entry ids.

    recorded_at: the wall clock; where it runs behind the latest entry, that entry's time is used, so that time in
    the record never goes back. Raises NodeSealed without keys, LedgerRefused outside a transaction or after a
    roll-back of the database.
    """
    if not drafts:
        return []
    if not connection.in_atomic_block:
        raise LedgerRefused("a ledger entry is written inside the transaction of its act; call it through @act")
    keys = held()
    with connection.cursor() as cursor:
        node = _lock_head(cursor, keys, recorded_at)
        _append(cursor, node, keys, drafts, recorded_at)
    return [draft.entry_id for draft in drafts]


def _lock_head(cursor: CursorWrapper, keys: NodeKeys, recorded_at: datetime) -> Node:
    """Our node's row under the append lock (SQLite: the write lock is held); the log is founded on first use."""
    if connection.vendor == "postgresql":
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [APPEND_LOCK])
    node = _read_head(cursor)
    if node is None:
        node = Node(id=0, name=keys.name, kind=keys.kind, public_key=keys.public_key, own=True)
        checkpoints.refuse_rolled_back(node, keys)
        checkpoints.found(keys)
        node.save(force_insert=True)
        _append(cursor, node, keys, [genesis.draft(keys, recorded_at)], recorded_at)
    elif node.name != keys.name:
        raise LedgerRefused(
            f"this database is the record of node {node.name}, but the keys are those of {keys.name}; "
            "set LEGATION_KEYS to the folder that belongs to it"
        )
    else:
        checkpoints.refuse_rolled_back(node, keys)
    transaction.on_commit(checkpoints.note_commit)
    return node


def _read_head(cursor: CursorWrapper) -> Node | None:
    """Our node's row, past the ORM: every single act reads it, and the ORM would cost as much as all the rest."""
    cursor.execute(f"SELECT {', '.join(_HEAD)} FROM platform_node WHERE own")  # noqa: S608  # our own names
    row = cursor.fetchone()
    if row is None:
        return None
    node = Node(**dict(zip(_HEAD, row, strict=True)), own=True)
    if node.recorded_at and node.recorded_at.tzinfo is None:  # SQLite keeps times in UTC and says no zone
        node.recorded_at = node.recorded_at.replace(tzinfo=UTC)
    return node


_HEAD = ("id", "name", "kind", "public_key", "size", "frontier", "recorded_at")


def _append(cursor: CursorWrapper, node: Node, keys: NodeKeys, drafts: Sequence[Draft], recorded_at: datetime) -> None:
    at = max(recorded_at, node.recorded_at) if node.recorded_at else recorded_at
    cursor.execute("SELECT coalesce(max(id), -1) + 1 FROM platform_entry")
    first = int(cursor.fetchone()[0])
    sealed = _seal(node, keys, drafts)
    stamp, when = leaf.stamp(at), connection.ops.adapt_datetimefield_value(at)
    entries, leaves, part_keys = list[tuple[Any, ...]](), list[bytes](), list[tuple[int, bytes]]()
    subjects, parts = list[tuple[Any, ...]](), list[tuple[Any, ...]]()
    node_id, name, size = node.id, node.name, node.size
    for number, draft in enumerate(drafts):
        entry, position = first + number, size + number
        own = [next(sealed)]
        for i, ref in enumerate(draft.personal, 1):
            own.append(next(sealed))
            parts.append((entry * PARTS_MAX + i, entry, ref.type, ref.id, own[i].ciphertext))
        commitments = [part.commitment for part in own]
        hashed = leaf.leaf(leaf.line(name, position, draft.entry_id, stamp, commitments))
        leaves.append(hashed)
        # In the order of _ENTRY.
        place = (entry, node_id, position, draft.entry_id, when, hashed, b"".join(commitments))
        about = (draft.fact_name, draft.actor, draft.mission, draft.marking_id, draft.caused_by)
        entries.append((*place, *about, own[0].ciphertext))
        for i, ref in enumerate(draft.subjects):
            subjects.append((entry * SUBJECTS_MAX + i, entry, ref.type, ref.id))
        for i, part in enumerate(own):
            part_keys.append((entry * PARTS_MAX + i, part.wrapped))
    frontier = Frontier.parse(node.size, bytes(node.frontier))
    tiles = frontier.extend(leaves)
    _insert(cursor, Entry, _ENTRY, entries)
    _insert(cursor, PartKey, ("id", "wrapped"), part_keys)
    _insert(cursor, SubjectRow, ("id", "entry_id", "type", "key"), subjects)
    _insert(cursor, SealedPart, ("id", "entry_id", "type", "key", "sealed"), parts)
    _insert(cursor, Tile, ("node_id", "level", "index", "hash"), [(node_id, t.level, t.index, t.hash) for t in tiles])
    node.size, node.frontier, node.recorded_at = frontier.size, frontier.pack(), at
    cursor.execute(
        "UPDATE platform_node SET size = %s, frontier = %s, recorded_at = %s WHERE id = %s",
        [node.size, node.frontier, when, node.pk],
    )
    words.index(((first + number, draft) for number, draft in enumerate(drafts) if draft.words), keys.sealer)


_ENTRY = (
    "id",
    "node_id",
    "position",
    "entry_id",
    "recorded_at",
    "leaf",
    "commitments",
    "fact",
    "actor",
    "mission",
    "marking_id",
    "caused_by",
    "body",
)


def _seal(node: Node, keys: NodeKeys, drafts: Sequence[Draft]) -> Iterator[Sealed]:
    parts: list[tuple[bytes, bytes]] = []
    for draft in drafts:
        if len(draft.personal) >= PARTS_MAX or len(draft.subjects) >= SUBJECTS_MAX:
            raise LedgerRefused(
                f"{draft.fact_name} concerns {len(draft.personal)} people and {len(draft.subjects)} records; "
                f"one act takes fewer than {PARTS_MAX} and {SUBJECTS_MAX}: write several"
            )
        parts.append((leaf.place(node.name, draft.entry_id, 0), bodies.encode(draft)))
        for number, (ref, value) in enumerate(draft.personal.items(), 1):
            parts.append((leaf.place(node.name, draft.entry_id, number), bodies.encode_personal(ref, value)))
    return keys.sealer.seal_all(parts)


def _insert(
    cursor: CursorWrapper, model: type[models.Model], columns: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    if rows:
        cursor.executemany(_insertion(model, tuple(columns)), rows)


@cache
def _insertion(model: type[models.Model], columns: tuple[str, ...]) -> str:
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    return f"INSERT INTO {table} ({names}) VALUES ({', '.join(['%s'] * len(columns))})"  # noqa: S608  # our own names


def open_body(entry: Entry) -> Body:
    """The entry's body. Raises Erased, SealBroken, NodeSealed."""
    return bodies.decode(open_part(entry, 0)[1])


def open_part(entry: Entry, number: int) -> tuple[bytes, bytes]:
    """Salt and plaintext of one part (0 is the body). Raises Erased, SealBroken, NodeSealed."""
    part_id = entry.pk * PARTS_MAX + number
    wrapped = PartKey.objects.filter(pk=part_id).values_list("wrapped", flat=True).first()
    ciphertext: bytes | memoryview | None = entry.body
    if number:
        ciphertext = SealedPart.objects.filter(pk=part_id).values_list("sealed", flat=True).first()
    if wrapped is None or ciphertext is None:
        raise Erased(f"part {number} of entry {entry.entry_id} was erased")
    place = leaf.place(_name_of(entry.node_id), entry.entry_id, number)
    return held().sealer.open(place, bytes(wrapped), bytes(ciphertext))


def personal_of(entry: Entry) -> dict[Ref, dict[str, object]]:
    """What the entry holds of data subjects; those erased are not there."""
    found: dict[Ref, dict[str, object]] = {}
    for part in SealedPart.objects.filter(entry=entry).only("id", "type", "key"):
        _, plaintext = open_part(entry, part.pk % PARTS_MAX)
        found[Ref(part.type, part.key)] = bodies.decode_personal(plaintext)
    return found


def read(entry_id: EntryId) -> Delivered:
    """One entry by its id. Raises Entry.DoesNotExist."""
    return deliver(Entry.objects.get(entry_id=entry_id))


def deliver(entry: Entry) -> Delivered:
    return Delivered(
        entry.pk,
        EntryId(entry.entry_id),
        _name_of(entry.node_id),
        entry.recorded_at,
        entry.marking_id,
        open_body(entry),
    )


def entries_after(cursor: int, *, facts: Iterable[str] = (), word: str = "", limit: int = 500) -> list[Delivered]:
    """Up to `limit` entries after the cursor whose fact begins with one of `facts` (all where none), oldest first.

    word: only entries that carry this word; repeats of an alarm are found under the latest of them.
    """
    wanted = models.Q()
    if word:
        wanted = models.Q(pk__in=WordRow.objects.filter(word=word, entry_id__gt=cursor).values("entry_id"))
    begun = models.Q()
    for start in facts:
        begun |= models.Q(fact__startswith=start)
    wanted &= begun
    return [deliver(entry) for entry in Entry.objects.filter(wanted, pk__gt=cursor).order_by("pk")[:limit]]


def head() -> int:
    """The cursor of the latest entry, -1 where there is none."""
    last = Entry.objects.aggregate(last=models.Max("pk"))["last"]
    return -1 if last is None else int(last)


def history(
    subject: Ref,
    *,
    marking_ids: Iterable[int],
    missions: Iterable[str] | None,
    before: int | None = None,
    limit: int = 50,
) -> list[Entry]:
    """Entries about a record that one with these markings and missions (None: all) may open, newest first.

    A mission's history is all that was done there: what its own entries are about may be a risk, a line, an alarm.
    """
    about = SubjectRow.objects.filter(type=subject.type, key=subject.id)
    wanted = models.Q(pk__in=about.values("entry_id"))
    if subject.type == "Mission":
        wanted |= models.Q(mission=subject.id)
    seen = Entry.objects.filter(wanted, marking_id__in=list(marking_ids))
    if before is not None:
        seen = seen.filter(pk__lt=before)
    if missions is not None:
        seen = seen.filter(models.Q(mission__in=list(missions)) | models.Q(mission__isnull=True))
    return list(seen.order_by("-pk")[:limit])


_names: dict[int, str] = {}


def _name_of(node_id: int) -> str:
    """A node's name; a row of this table never changes its name, so it is remembered."""
    name = _names.get(node_id)
    if name is None:
        name = _names[node_id] = Node.objects.values_list("name", flat=True).get(pk=node_id)
    return name


def forget_names() -> None:
    """A test, or a restore, has put another database in place."""
    _names.clear()
