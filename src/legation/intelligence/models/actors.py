"""The register of threat actors, and which names the signals speak, as rows."""

from typing import ClassVar

from django.db import models

from legation.intelligence.events.actors import ActorImage, ActorKind, ActorValue
from legation.platform.records import Projection, Record


class ThreatActor(Record):
    """A body that does harm or may: what it wants, how, how far it reaches, and by which names it is spoken of."""

    name = models.CharField(max_length=200)
    aliases = models.JSONField(default=list)
    kind = models.CharField(max_length=20)
    aims = models.CharField(max_length=2000, blank=True, default="")
    countries = models.JSONField(default=list)
    missions = models.JSONField(default=list)
    radius_km = models.FloatField(default=0)
    methods = models.JSONField(default=list)
    stix_id = models.CharField(max_length=80, blank=True, default="")
    ucdp_id = models.CharField(max_length=20, blank=True, default="")
    review_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name

    @property
    def value(self) -> ActorValue:
        return ActorValue(
            self.name,
            tuple(self.aliases),
            ActorKind(self.kind),
            self.aims,
            tuple(self.countries),
            tuple(self.missions),
            self.radius_km,
            tuple(self.methods),
            self.stix_id,
            self.ucdp_id,
        )

    @property
    def review_key(self) -> str:
        return f"intelligence.actor/{self.pk}"

    def to_value(self) -> ActorImage:
        return ActorImage(self.value, self.review_at)


class SpokenName(Projection):
    """A name that signals of one marking give to an actor. normal: as rules/actors normalises it."""

    normal = models.CharField(max_length=200)
    spoken = models.CharField(max_length=200)
    marking = models.ForeignKey("platform.MarkingRow", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["normal", "marking"], name="spoken_name_once")]

    def __str__(self) -> str:
        return self.spoken


class Mention(Projection):
    """A signal that gives a name. Its marking is the signal's."""

    name = models.ForeignKey(SpokenName, on_delete=models.CASCADE, related_name="mentions", db_index=False)
    signal = models.BigIntegerField()
    mission_id = models.CharField(max_length=32, null=True)
    marking = models.ForeignKey("platform.MarkingRow", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["name", "signal"], name="mention_once")]
        indexes: ClassVar = [models.Index(fields=["signal"], name="mention_signal")]

    def __str__(self) -> str:
        return str(self.signal)
