"""The forward calendar as rows."""

from typing import ClassVar

from django.db import models

from legation.intelligence.events.calendar import DayKind, DayValue
from legation.platform.records import Record


class CalendarDay(Record):
    """A day ahead that may bear on threat, in one country, at one mission, or everywhere."""

    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20)
    first = models.DateField()
    last = models.DateField()
    country = models.CharField(max_length=2, blank=True, default="")
    threats = models.JSONField(default=list)
    why = models.CharField(max_length=400, blank=True, default="")
    source = models.CharField(max_length=200)
    external_id = models.CharField(max_length=64)
    estimated = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["country", "first"], name="calendar_country")]
        constraints: ClassVar = [models.UniqueConstraint(fields=["external_id"], name="calendar_once")]

    def __str__(self) -> str:
        return self.title

    @property
    def day_kind(self) -> DayKind:
        return DayKind(self.kind)

    def to_value(self) -> DayValue:
        return DayValue(
            self.title,
            self.day_kind,
            self.first,
            self.last,
            self.country,
            tuple(self.threats),
            self.why,
            self.source,
            self.external_id,
            self.estimated,
        )
