"""What members of staff reported, as rows."""

from typing import ClassVar

from django.db import models

from legation.intelligence.events.reports import OwnReportImage
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
