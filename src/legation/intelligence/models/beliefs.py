"""Whom a person believes where sources differ, as rows."""

from django.db import models

from legation.intelligence.events.beliefs import BeliefImage
from legation.platform.records import Record


class Belief(Record):
    """A person's word on differing versions of one happening; the latest of each occurrence stands.

    occurrence: its key when this was said; the signal finds it again after fusion has made it anew.
    """

    occurrence = models.CharField(max_length=32, db_index=True)
    signal = models.CharField(max_length=32, db_index=True)
    reason = models.CharField(max_length=400)
    said_at = models.DateTimeField()
    said_by = models.CharField(max_length=60, help_text="Actor id")

    def __str__(self) -> str:
        return self.signal

    def to_value(self) -> BeliefImage:
        return BeliefImage(self.occurrence, self.signal, self.reason)
