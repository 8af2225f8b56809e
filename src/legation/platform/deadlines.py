"""What must be done by then? Deadlines as rows, fired once by the worker, through crash, restart and clock jumps."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from django.db import models

from legation.foundations.identity import EntryId, Ref
from legation.foundations.words import Due
from legation.platform.records import Projection
from legation.platform.writing import Urgency, writing

TRIES = 5
"""After so many failures a deadline is parked where a person sees it; it is never dropped."""


class Deadline(Projection):
    """One Due word, standing until it is fired or settled. The same key replaces."""

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=32)
    owner = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    caused_by = models.CharField(max_length=32)
    fired_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["fired_at", "due_at"], name="deadline_due")]

    @property
    def subject(self) -> Ref:
        return Ref(self.subject_type, self.subject_id)


@dataclass(frozen=True, slots=True)
class Fired:
    """What a handler is told: whose deadline ran out, when it was due, and which entry set it."""

    kind: str
    key: str
    subject: Ref
    mission: str | None
    owner: str
    due_at: datetime
    caused_by: EntryId


type Handler = Callable[[Fired], None]
_handlers: dict[str, Handler] = {}


def when_due(kind: str) -> Callable[[Handler], Handler]:
    """Register the one handler of a kind of deadline. It acts as a service account, through acts."""

    def mark(handler: Handler) -> Handler:
        _handlers[kind] = handler
        return handler

    return mark


def stand(due: Due, *, marking_id: int, caused_by: EntryId) -> None:
    """Write the row of a Due word; called where the ledger indexes words, in the act's transaction."""
    Deadline.objects.update_or_create(
        key=due.key,
        defaults={
            "kind": due.kind,
            "mission_id": due.mission,
            "marking_id": marking_id,
            "subject_type": due.subject.type,
            "subject_id": due.subject.id,
            "owner": due.owner,
            "due_at": due.due_at,
            "caused_by": caused_by,
            "fired_at": None,
            "tries": 0,
            "fault": "",
        },
    )


def settle(key: str) -> None:
    """What was due is done; called inside the act that did it."""
    Deadline.objects.filter(key=key, fired_at__isnull=True).delete()


def fire_due(now: datetime, limit: int = 100) -> int:
    """Fire what is due at `now`, oldest first, each in its own transaction with its effect. Returns how many."""
    due = Deadline.objects.filter(fired_at__isnull=True, due_at__lte=now, tries__lt=TRIES).order_by("due_at", "pk")
    return sum(_fire(int(pk), now) for pk in due.values_list("pk", flat=True)[:limit])


def parked() -> "models.QuerySet[Deadline]":
    """Deadlines whose handler failed too often: a person must look."""
    return Deadline.objects.filter(fired_at__isnull=True, tries__gte=TRIES)


def _fire(pk: int, now: datetime) -> bool:
    try:
        with writing(Urgency.ALARM):
            row = Deadline.objects.select_for_update().filter(pk=pk, fired_at__isnull=True).first()
            if row is None:
                return False
            handler = _handlers.get(row.kind)
            if handler is None:
                raise LookupError(f"no room handles deadlines of kind {row.kind}")
            row.fired_at = now
            row.save(update_fields=["fired_at"])
            handler(
                Fired(row.kind, row.key, row.subject, row.mission_id, row.owner, row.due_at, EntryId(row.caused_by))
            )
        return True
    except Exception as fault:  # noqa: BLE001  # any fault of a handler is kept on the row and tried again
        Deadline.objects.filter(pk=pk).update(tries=models.F("tries") + 1, fault=repr(fault)[:400])
        return False
