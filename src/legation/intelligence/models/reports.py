"""What members of staff reported, as rows."""

from typing import ClassVar

from django.db import models

from legation.intelligence.events.reports import HeldReportImage, OwnReportImage, PhoneImage
from legation.intelligence.rules.everyday import Told
from legation.platform.records import Record


class OwnReport(Record):
    """A report by a member of staff: his words are in its signal, his name is his operator's, here and nowhere else.

    command: the sender's own id. seen_by, answered_by: names of officers, for the reporter.
    """

    told = models.CharField(max_length=20)
    reporter = models.CharField(max_length=60, db_index=True, help_text="Actor id; empty once erased")
    command = models.CharField(max_length=64)
    signal = models.CharField(max_length=32, unique=True)
    occurred_at = models.DateTimeField()
    claimed_at = models.DateTimeField(null=True)
    received_at = models.DateTimeField()
    waited_s = models.PositiveIntegerField(default=0, help_text="By the machine's clock, on a telephone without a line")
    photograph = models.CharField(max_length=64, blank=True, default="")
    seen_at = models.DateTimeField(null=True)
    seen_by = models.CharField(max_length=150, blank=True, default="")
    outcome = models.CharField(max_length=400, blank=True, default="")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.CharField(max_length=150, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission_id", "received_at"], name="own_report_mission")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["reporter", "command"], name="own_report_once")]

    def __str__(self) -> str:
        return self.told

    @property
    def what(self) -> Told:
        return Told(self.told)

    def to_value(self) -> OwnReportImage:
        return OwnReportImage(
            self.told,
            self.signal,
            self.occurred_at,
            self.claimed_at,
            self.received_at,
            self.photograph,
            self.seen_at,
            self.outcome,
            self.answered_at,
        )


class Phone(Record):
    """A telephone that may send what its owner reported without a line. Its private key never leaves it."""

    operator = models.CharField(max_length=60, db_index=True, help_text="Actor id")
    public_key = models.CharField(max_length=200)
    registered_at = models.DateTimeField(help_text="By the machine's clock, as is its expiry")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.pk

    def to_value(self) -> PhoneImage:
        return PhoneImage(self.operator, self.public_key, self.registered_at, self.expires_at, self.revoked_at)


class HeldReport(Record):
    """A report from a telephone that a person must look at. sealed: as it came, openable by this node alone."""

    phone = models.CharField(max_length=32)
    reporter = models.CharField(max_length=60, help_text="Actor id; empty once erased")
    command = models.CharField(max_length=64)
    reason = models.CharField(max_length=40)
    claimed_at = models.DateTimeField()
    received_at = models.DateTimeField()
    sealed = models.BinaryField()
    digest = models.CharField(max_length=64)
    state = models.CharField(max_length=10, default="waiting", help_text="waiting, taken or refused")
    note = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["phone", "command"], name="held_report_once")]

    def __str__(self) -> str:
        return self.reason

    def to_value(self) -> HeldReportImage:
        return HeldReportImage(
            self.phone,
            self.command,
            self.reason,
            self.claimed_at,
            self.received_at,
            self.digest,
            self.state,
            self.note,
        )


class LetterBox(models.Model):
    """The key pair to which telephones seal reports: the public half they hold, the private half under the node key."""

    public_key = models.CharField(max_length=200)
    wrapped = models.BinaryField()
