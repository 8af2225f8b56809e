"""Protocols, their versions, and who has read them, as rows."""

from typing import ClassVar

from django.db import models

from legation.foundations.threats import ThreatClass
from legation.law.events.protocols import (
    ChangedBy,
    ProtocolImage,
    ProtocolKind,
    ReceiptImage,
    VersionImage,
)
from legation.platform.records import Record


class Protocol(Record):
    """A policy, procedure or standing order, at one mission or for the whole service (no mission)."""

    title = models.CharField(max_length=160)
    kind = models.CharField(max_length=20)
    against = models.CharField(max_length=30)
    owner = models.CharField(max_length=45)
    norm = models.CharField(max_length=60, blank=True, default="")
    readers = models.CharField(max_length=200)
    within_days = models.PositiveSmallIntegerField()
    review_at = models.DateTimeField()
    in_force = models.PositiveSmallIntegerField(default=0)
    ended = models.BooleanField(default=False)
    reading_lapsed = models.BooleanField(default=False)
    review_lapsed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.title

    @property
    def reader_roles(self) -> frozenset[str]:
        return frozenset(filter(None, self.readers.split(",")))

    @property
    def reading_key(self) -> str:
        return f"law.reading/{self.pk}"

    @property
    def review_key(self) -> str:
        return f"law.review/{self.pk}"

    def to_value(self) -> ProtocolImage:
        return ProtocolImage(
            self.title,
            ProtocolKind(self.kind),
            ThreatClass(self.against),
            self.owner,
            self.norm,
            self.readers,
            self.within_days,
            self.review_at,
            self.in_force,
            self.ended,
        )


class ProtocolVersion(Record):
    """One version as it was published. Only the one whose number the protocol names is in force."""

    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    changed_by = models.CharField(max_length=12)
    reason = models.CharField(max_length=400)
    because_of = models.CharField(max_length=100, blank=True, default="")
    published_by = models.CharField(max_length=45)
    published_at = models.DateTimeField()
    read_by = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["protocol", "number"], name="one_version_per_number")]

    def to_value(self) -> VersionImage:
        return VersionImage(
            str(self.protocol_id),
            self.number,
            self.text,
            ChangedBy(self.changed_by),
            self.reason,
            self.because_of,
            self.published_by,
            self.published_at,
            self.read_by,
        )


class Receipt(Record):
    """One reader read and understood one version. reader: the actor id of his account, never a name."""

    protocol = models.ForeignKey(Protocol, on_delete=models.PROTECT, related_name="receipts")
    number = models.PositiveSmallIntegerField()
    reader = models.CharField(max_length=45, db_index=True)
    read_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["protocol", "number", "reader"], name="read_once")]

    def to_value(self) -> ReceiptImage:
        return ReceiptImage(str(self.protocol_id), self.number, self.reader, self.read_at)
