"""By when a judgement is looked at again, as rows."""

from typing import ClassVar

from django.db import models

from legation.foundations.threats import ThreatLevel
from legation.intelligence.events.reviews import ReviewImage
from legation.platform.records import Record


class Review(Record):
    """One class at one mission, at the level that what is openly marked gives. pulled: by what, or empty."""

    threat = models.CharField(max_length=30)
    level = models.PositiveSmallIntegerField()
    looked_at = models.DateTimeField()
    looked_by = models.CharField(max_length=120, blank=True, default="")
    due_at = models.DateTimeField(db_index=True)
    pulled = models.CharField(max_length=20, blank=True, default="")
    note = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["mission_id", "threat"], name="review_once")]

    @property
    def reads(self) -> ThreatLevel:
        return ThreatLevel(self.level)

    @property
    def deadline_key(self) -> str:
        return f"intelligence.review/{self.id}"

    def to_value(self) -> ReviewImage:
        return ReviewImage(self.threat, self.level, self.looked_at, self.due_at, self.pulled, self.note)
