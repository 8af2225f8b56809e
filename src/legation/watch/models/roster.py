"""The duty roster as rows: which duties are kept where, whose turn it is, who is away."""

from typing import ClassVar

from django.db import models

from legation.platform.records import Record
from legation.watch.events.roster import DutyKind, KeptDutyImage, LeaveImage, ShiftImage
from legation.watch.rules.roster import Away, Turn


class KeptDuty(Record):
    """A duty that a mission, or headquarters (no mission), keeps manned; only then is an empty hour a gap."""

    duty = models.CharField(max_length=30)
    kept = models.BooleanField(default=True)
    since = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mission_id", "duty"], name="duty_kept_once"),
            models.UniqueConstraint(
                fields=["duty"], condition=models.Q(mission_id__isnull=True), name="headquarters_duty_kept_once"
            ),
        ]

    def to_value(self) -> KeptDutyImage:
        return KeptDutyImage(DutyKind(self.duty), self.kept, self.since)


class Shift(Record):
    """One person's turn on a duty. who: the actor id of an operator, because an alarm must reach an account."""

    duty = models.CharField(max_length=30)
    who = models.CharField(max_length=60)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    cancelled = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission_id", "ends"], name="shift_by_place")]

    @property
    def turn(self) -> Turn:
        return Turn(DutyKind(self.duty), self.who, self.begins, self.ends, self.pk)

    def to_value(self) -> ShiftImage:
        return ShiftImage(DutyKind(self.duty), self.who, self.begins, self.ends, self.cancelled)


class Leave(Record):
    """One person away from this place, and who takes his turns."""

    who = models.CharField(max_length=60)
    begins = models.DateTimeField()
    ends = models.DateTimeField()
    deputy = models.CharField(max_length=60, blank=True, default="")
    withdrawn = models.BooleanField(default=False)

    @property
    def away(self) -> Away:
        return Away(self.who, self.begins, self.ends, self.deputy)

    def to_value(self) -> LeaveImage:
        return LeaveImage(self.who, self.begins, self.ends, self.deputy, self.withdrawn)
