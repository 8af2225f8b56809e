"""A watch that changes hands, and the lines of the shift log, as rows."""

from typing import ClassVar

import msgspec
from django.db import models

from legation.platform.records import Record
from legation.watch.events.handing import HandOverImage, NoteImage, OpenItem
from legation.watch.events.roster import DutyKind


class HandOver(Record):
    """What was open when the outgoing one gave the watch away, frozen; accepted_at is empty until it is accepted."""

    duty = models.CharField(max_length=30)
    shift_id = models.CharField(max_length=32, db_index=True)
    outgoing = models.CharField(max_length=60)
    incoming = models.CharField(max_length=60)
    offered_at = models.DateTimeField()
    answer_by = models.DateTimeField()
    note = models.CharField(max_length=2000, blank=True, default="")
    items = models.JSONField(default=list)
    withheld = models.PositiveSmallIntegerField(default=0)
    accepted_at = models.DateTimeField(null=True)

    @property
    def open_items(self) -> tuple[OpenItem, ...]:
        return msgspec.convert(self.items, tuple[OpenItem, ...])

    @property
    def deadline_key(self) -> str:
        return f"watch.hand_over/{self.pk}"

    def to_value(self) -> HandOverImage:
        return HandOverImage(
            DutyKind(self.duty),
            self.shift_id,
            self.outgoing,
            self.incoming,
            self.offered_at,
            self.note,
            self.open_items,
            self.withheld,
            self.accepted_at,
        )


class ShiftNote(Record):
    """A line of the shift log of a place."""

    by = models.CharField(max_length=60)
    at = models.DateTimeField()
    text = models.CharField(max_length=2000)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission_id", "at"], name="shift_log")]

    def to_value(self) -> NoteImage:
        return NoteImage(self.by, self.at, self.text)
