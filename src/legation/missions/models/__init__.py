"""Missions and their premises as rows."""

from typing import ClassVar

from django.db import models

from legation.foundations.place import Point
from legation.foundations.posture import Posture, PostureLevel
from legation.missions.events import MissionImage, MissionKind, MissionValue, PremisesImage, PremisesKind
from legation.missions.models.assets import Asset
from legation.missions.models.occasions import Guest, Occasion
from legation.missions.models.people import Contact, CorrectionRequest, ErasureProposal, Person
from legation.missions.models.residences import Residence
from legation.platform.records import Record

__all__ = [
    "Asset",
    "Contact",
    "CorrectionRequest",
    "ErasureProposal",
    "Guest",
    "Mission",
    "Occasion",
    "Person",
    "Premises",
    "Residence",
]


class Mission(Record):
    """A mission of a sending state in a receiving state; its own id is its mission_id."""

    external_id = models.CharField(max_length=32, unique=True)
    kind = models.CharField(max_length=30)
    title = models.CharField(max_length=250)
    sending_state = models.CharField(max_length=120)
    sending_code = models.CharField(max_length=2, blank=True)
    receiving_state = models.CharField(max_length=120)
    receiving_code = models.CharField(max_length=2, blank=True, db_index=True)
    city = models.CharField(max_length=120, blank=True)
    jurisdictions = models.CharField(max_length=2000, blank=True)
    address = models.CharField(max_length=500, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    website = models.CharField(max_length=300, blank=True)
    posture_level = models.PositiveSmallIntegerField(default=int(PostureLevel.NORMAL))
    lockdown = models.BooleanField(default=False)
    posture_since = models.DateTimeField(null=True)
    posture_reason = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["sending_state", "receiving_state"], name="mission_states")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What people call it: the city, or the title where no city is known."""
        return self.city or self.title

    @property
    def point(self) -> Point | None:
        if self.latitude is None or self.longitude is None:
            return None
        return Point(self.latitude, self.longitude)

    @property
    def posture(self) -> Posture:
        return Posture(PostureLevel(self.posture_level), self.lockdown, self.posture_since, self.posture_reason)

    @property
    def value(self) -> MissionValue:
        return MissionValue(
            external_id=self.external_id,
            kind=MissionKind(self.kind),
            title=self.title,
            sending_state=self.sending_state,
            sending_code=self.sending_code,
            receiving_state=self.receiving_state,
            receiving_code=self.receiving_code,
            city=self.city,
            jurisdictions=self.jurisdictions,
            address=self.address,
            latitude=self.latitude,
            longitude=self.longitude,
            website=self.website,
        )

    def to_value(self) -> MissionImage:
        return MissionImage(self.value, self.posture_level, self.lockdown, self.posture_since, self.posture_reason)


class Premises(Record):
    """A building or address of a mission."""

    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=30)
    category = models.CharField(max_length=60, blank=True)
    address = models.CharField(max_length=500, blank=True)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    receives_public = models.BooleanField(default=False)

    def to_value(self) -> PremisesImage:
        return PremisesImage(
            self.name,
            PremisesKind(self.kind),
            self.category,
            self.address,
            self.latitude,
            self.longitude,
            self.receives_public,
        )
