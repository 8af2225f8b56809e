"""Who must hear of it? Rooms that read the ledger as it grows, each with a cursor that commits with its effect."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db import models, transaction

from legation.foundations.identity import EntryId
from legation.platform.ledger.log import Delivered, entries_after, head
from legation.platform.writing import Urgency, writing

TRIES = 5


class Cursor(models.Model):
    """How far a subscriber has read."""

    name = models.CharField(max_length=80, primary_key=True)
    position = models.BigIntegerField(default=-1)
    tries = models.PositiveSmallIntegerField(default=0)


class Parked(models.Model):
    """An entry that a subscriber could not take after five tries; it stays here until a person retries it."""

    subscriber = models.CharField(max_length=80)
    entry_id = models.CharField(max_length=32)
    position = models.BigIntegerField()
    fault = models.CharField(max_length=400)
    parked_at = models.DateTimeField(auto_now_add=True)


type Hear = Callable[[Delivered], None]


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A function that hears facts whose name begins with one of `facts`, or entries that carry a `word`."""

    name: str
    facts: tuple[str, ...]
    word: str
    hear: Hear


_subscribers: dict[str, Subscriber] = {}


def subscribe(name: str, *facts: str, word: str = "") -> Callable[[Hear], Hear]:
    """Register a subscriber: `facts` are names without version, as `missions.PostureChanged`; `word` is `alarm`,
    `evidence` or empty.

    It must be idempotent by entry id and act only through acts.
    """

    def mark(hear: Hear) -> Hear:
        _subscribers[name] = Subscriber(name, tuple(f"{fact}/" for fact in facts), word, hear)
        return hear

    return mark


def deliver_all(limit: int = 500) -> int:
    """Let every subscriber read on. Returns how many entries were heard."""
    return sum(_deliver(subscriber, limit) for subscriber in _subscribers.values())


def _deliver(subscriber: Subscriber, limit: int) -> int:
    cursor, _ = Cursor.objects.get_or_create(name=subscriber.name)
    last, heard = head(), 0
    if cursor.position >= last:
        return 0
    for entry in entries_after(cursor.position, facts=subscriber.facts, word=subscriber.word, limit=limit):
        if not _hand_over(subscriber, cursor, entry):
            return heard
        heard += 1
    if heard < limit and cursor.position < last:  # nothing more up to there concerns it: do not look again
        with writing(Urgency.BATCH):
            _move(cursor, last)
    return heard


def _hand_over(subscriber: Subscriber, cursor: Cursor, entry: Delivered) -> bool:
    try:
        with writing(Urgency.BATCH):
            subscriber.hear(entry)
            _move(cursor, entry.position)
        return True
    except Exception as fault:  # noqa: BLE001  # counted, tried again, then parked where a person sees it
        cursor.tries += 1
        cursor.save(update_fields=["tries"])
        if cursor.tries < TRIES:
            return False
        with transaction.atomic():
            Parked.objects.create(
                subscriber=subscriber.name,
                entry_id=entry.entry_id,
                position=entry.position,
                fault=repr(fault)[:400],
            )
            _move(cursor, entry.position)
        return True


def _move(cursor: Cursor, position: int) -> None:
    cursor.position, cursor.tries = position, 0
    cursor.save(update_fields=["position", "tries"])


def retry(parked_id: int, read: Callable[[EntryId], Delivered]) -> None:
    """Hand a parked entry over once more; it leaves the list where that succeeds."""
    row = Parked.objects.get(pk=parked_id)
    with writing(Urgency.PERSON):
        _subscribers[row.subscriber].hear(read(EntryId(row.entry_id)))
        row.delete()
