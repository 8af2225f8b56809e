"""Entries of host officials into the premises, and what was said to them, as rows."""

from typing import TYPE_CHECKING, ClassVar

from django.db import models

from legation.foundations.identity import Ref
from legation.law.events.entering import Capacity, Emergency, EntryImage, EntryState, Given, Outsider, Part
from legation.platform.records import Record

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class PremisesEntry(Record):
    """Officials of the host state asked to enter, or entered. person_id: who of the mission spoke to them; outsiders:
    {id, name, office} of officials and witnesses, personal; witnesses: ids of people at post."""

    part = models.CharField(max_length=12)
    emergency = models.CharField(max_length=10)
    given = models.CharField(max_length=10)
    capacity = models.CharField(max_length=16)
    person_id = models.CharField(max_length=32, blank=True, default="")
    how = models.CharField(max_length=160, blank=True, default="")
    rooms = models.CharField(max_length=300, blank=True, default="")
    purpose = models.CharField(max_length=300, blank=True, default="")
    until = models.DateTimeField(null=True)
    state = models.CharField(max_length=8)
    asked_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True)
    left_at = models.DateTimeField(null=True)
    allowed = models.BooleanField()
    reason = models.CharField(max_length=60)
    norm = models.CharField(max_length=60, blank=True, default="")
    outsiders = models.JSONField(default=list)
    witnesses = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission_id", "-asked_at"], name="law_entries")]

    def __str__(self) -> str:
        return self.purpose or self.part

    @property
    def says(self) -> dict[str, str]:
        """What fills the sentence of `reason`: who could have consented."""
        consulate = self.norm.startswith("vccr")
        return {"who": "the head of post, his designee or the ambassador" if consulate else "the head of mission"}

    @property
    def deadline_key(self) -> str:
        return f"law.entry/{self.pk}"

    def personal(self) -> "dict[Ref, DataclassInstance]":
        """What `ctx.write` seals apart, a part for each outsider."""
        return {Ref("Outsider", one["id"]): Outsider(one["name"], one["office"]) for one in self.outsiders}

    def to_value(self) -> EntryImage:
        return EntryImage(
            Part(self.part),
            Emergency(self.emergency),
            Given(self.given),
            Capacity(self.capacity),
            self.person_id,
            self.how,
            self.rooms,
            self.purpose,
            self.until,
            EntryState(self.state),
            self.asked_at,
            self.entered_at,
            self.left_at,
            self.allowed,
            self.reason,
            self.norm,
            len(self.outsiders),
            tuple(self.witnesses),
        )
