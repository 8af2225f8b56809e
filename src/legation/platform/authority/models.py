"""Markings in use, and the operators of this node."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from legation.foundations.markings import Classification, Marking, Tlp
from legation.platform.authority.events import OperatorImage
from legation.platform.records import Record


class MarkingRow(models.Model):
    """A marking, interned: rows carry its small id, and a reader is a set of such ids."""

    id = models.SmallAutoField(primary_key=True)
    classification = models.SmallIntegerField()
    tlp = models.SmallIntegerField()
    compartments = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["classification", "tlp", "compartments"], name="marking_once")
        ]

    def __str__(self) -> str:
        return str(self.value)

    @property
    def value(self) -> Marking:
        words = frozenset(filter(None, self.compartments.split(",")))
        return Marking(Classification(self.classification), Tlp(self.tlp), words)


class Operator(Record):
    """A person who signs in: roles, missions in scope, clearance. The password is the sign-in's, not kept here."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="operator")
    name = models.CharField(max_length=120)
    roles = models.CharField(max_length=200)
    scope = models.TextField(blank=True, default="", help_text="Mission ids, comma-separated; empty for every mission")
    clearance = models.CharField(max_length=200)
    active = models.BooleanField(default=True)

    def to_value(self) -> OperatorImage:
        return OperatorImage(
            name=self.name, roles=self.roles, scope=self.scope, clearance=self.clearance, active=self.active
        )


class PersonalKey(models.Model):
    """What `legation login` leaves with a person: its keyed digest is kept here, and it acts as him till it expires."""

    operator = models.ForeignKey(Operator, on_delete=models.CASCADE, related_name="keys")
    digest = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
