"""Things in custody as rows."""

from typing import ClassVar

from django.db import models

from legation.missions.events.custody import AssetImage, AssetKind, AssetState
from legation.platform.records import Record


class Asset(Record):
    """A thing that one person answers for. A combination itself has no field here, and never gets one."""

    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=120)
    mark = models.CharField(max_length=80)
    premises_id = models.CharField(max_length=32, blank=True, default="")
    place = models.CharField(max_length=120, blank=True, default="")
    custodian = models.CharField(max_length=45)
    receiver = models.CharField(max_length=45, blank=True, default="")
    proposed_by = models.CharField(max_length=45, blank=True, default="")
    state = models.CharField(max_length=20, default=AssetState.HELD.value)
    last_seen_at = models.DateTimeField(null=True)
    last_seen_by = models.CharField(max_length=45, blank=True, default="")
    count_due_at = models.DateTimeField()
    overdue = models.BooleanField(default=False)
    volume = models.FloatField(default=0)
    unit = models.CharField(max_length=10, blank=True, default="")
    combination_changed_at = models.DateTimeField(null=True)
    combination_due_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission_id", "state"], name="assets_of_mission")]

    def __str__(self) -> str:
        return self.name

    @property
    def asset_kind(self) -> AssetKind:
        return AssetKind(self.kind)

    @property
    def standing(self) -> AssetState:
        return AssetState(self.state)

    @property
    def count_key(self) -> str:
        return f"missions.count/{self.pk}"

    @property
    def combination_key(self) -> str:
        return f"missions.combination/{self.pk}"

    def to_value(self) -> AssetImage:
        return AssetImage(
            kind=self.asset_kind,
            name=self.name,
            mark=self.mark,
            premises_id=self.premises_id,
            place=self.place,
            custodian=self.custodian,
            receiver=self.receiver,
            proposed_by=self.proposed_by,
            state=self.standing,
            last_seen_at=self.last_seen_at,
            last_seen_by=self.last_seen_by,
            count_due_at=self.count_due_at,
            overdue=self.overdue,
            volume=self.volume,
            unit=self.unit,
            combination_changed_at=self.combination_changed_at,
            combination_due_at=self.combination_due_at,
            note=self.note,
        )
