"""People at post as rows."""

from datetime import date
from typing import TYPE_CHECKING, ClassVar

from django.db import models

from legation.foundations.identity import Ref
from legation.missions.events.people import PersonCategory, PersonImage, PersonValue
from legation.platform.records import Record

if TYPE_CHECKING:
    from _typeshed import DataclassInstance


class Person(Record):
    """Somebody at post. sensitive: next of kin and special needs, sealed. operator_id: the account, `operator/…`."""

    name = models.CharField(max_length=160)
    category = models.CharField(max_length=30)
    post = models.CharField(max_length=120, blank=True, default="")
    staff_number = models.CharField(max_length=40, blank=True, default="", db_index=True)
    born = models.DateField(null=True)
    nationality = models.CharField(max_length=2, blank=True, default="")
    arrived = models.DateField(null=True)
    departs = models.DateField(null=True)
    principal_id = models.CharField(max_length=32, blank=True, default="", db_index=True)
    languages = models.CharField(max_length=160, blank=True, default="")
    warden_group = models.CharField(max_length=60, blank=True, default="")
    operator_id = models.CharField(max_length=50, blank=True, default="", db_index=True)
    sensitive = models.BinaryField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission_id", "name"], name="person_at_mission")]

    def __str__(self) -> str:
        return self.name

    @property
    def value(self) -> PersonValue:
        return PersonValue(
            name=self.name,
            category=PersonCategory(self.category),
            post=self.post,
            staff_number=self.staff_number,
            born=self.born,
            nationality=self.nationality,
            arrived=self.arrived,
            departs=self.departs,
            principal_id=self.principal_id,
            languages=self.languages,
            warden_group=self.warden_group,
        )

    def to_value(self) -> PersonImage:
        return PersonImage(PersonCategory(self.category))

    def personal(self) -> "dict[Ref, DataclassInstance]":
        """What `ctx.write` seals in the person's own part."""
        return {self.ref: self.value}

    def at_post(self, on: date) -> bool:
        return (self.arrived is None or self.arrived <= on) and (self.departs is None or on <= self.departs)
