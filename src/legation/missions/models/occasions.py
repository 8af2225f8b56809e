"""Visits and receptions as rows, and their guests."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from legation.foundations.identity import Ref
from legation.missions.events.occasions import (
    GuestImage,
    GuestValue,
    OccasionImage,
    OccasionKind,
    RunLine,
    Ticked,
)
from legation.platform.records import Record

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Occasion(Record):
    """A visit of a principal, or a reception. run: lines of [time, what, who]; ticked: lines of [code, note]."""

    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=160)
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    place = models.CharField(max_length=160)
    principal = models.CharField(max_length=120, blank=True, default="")
    host = models.CharField(max_length=45, blank=True, default="")
    run = models.JSONField(default=list)
    ticked = models.JSONField(default=list)
    forget_at = models.DateTimeField()
    forgotten = models.BooleanField(default=False)
    came = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.title

    @property
    def lines(self) -> tuple[RunLine, ...]:
        return tuple(RunLine(*line) for line in self.run)

    @property
    def ticks(self) -> tuple[Ticked, ...]:
        return tuple(Ticked(*one) for one in self.ticked)

    @property
    def forget_key(self) -> str:
        return f"missions.guests/{self.pk}"

    def to_value(self) -> OccasionImage:
        return OccasionImage(
            OccasionKind(self.kind),
            self.title,
            self.begins_at,
            self.ends_at,
            self.place,
            self.principal,
            self.host,
            self.lines,
            self.ticks,
            self.forget_at,
            self.forgotten,
        )


class Guest(Record):
    """An outsider who is expected; his name stands in this row and in his own sealed part, and goes from both."""

    occasion = models.ForeignKey(Occasion, on_delete=models.PROTECT, related_name="guests")
    name = models.CharField(max_length=120)
    office = models.CharField(max_length=120, blank=True, default="")
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["occasion", "name"], name="guests_by_name")]

    def __str__(self) -> str:
        return self.name

    def to_value(self) -> GuestImage:
        return GuestImage(str(self.occasion_id), self.arrived_at)

    def personal(self) -> "dict[Ref, DataclassInstance]":
        """What `ctx.write` seals in the guest's own part."""
        return {self.ref: GuestValue(self.name, self.office)}
