"""The alarm queue as rows."""

from typing import ClassVar

from django.db import models

from legation.foundations.identity import Ref
from legation.foundations.words import Severity
from legation.platform.records import Record
from legation.watch.events import AlarmImage, AlarmState
from legation.watch.models.handing import HandOver, ShiftNote
from legation.watch.models.roster import KeptDuty, Leave, Shift
from legation.watch.models.standing import AuthorityUse, StandingAuthority

__all__ = ["AuthorityUse", "HandOver", "KeptDuty", "Leave", "QueuedAlarm", "Shift", "ShiftNote", "StandingAuthority"]


class QueuedAlarm(Record):
    """One alarm a person must deal with. Repeats of it raise the count of its word, never a second row."""

    kind = models.CharField(max_length=80)
    severity = models.PositiveSmallIntegerField()
    word_key = models.CharField(max_length=400)
    subject_type = models.CharField(max_length=40)
    subject_id = models.CharField(max_length=64)
    params = models.JSONField(default=dict)
    state = models.CharField(max_length=10, default=AlarmState.STANDING.value)
    step = models.PositiveSmallIntegerField(default=0)
    called = models.CharField(max_length=60, blank=True, default="")
    called_as = models.CharField(max_length=30, blank=True, default="")
    hole = models.BooleanField(default=False)
    taken_by = models.CharField(max_length=100, blank=True, default="")
    raised_at = models.DateTimeField()
    due_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, blank=True, default="")
    note = models.CharField(max_length=400, blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["word_key"], condition=~models.Q(state="closed"), name="one_open_alarm_per_key"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["state", "due_at"], name="watch_queue")]

    @property
    def subject(self) -> Ref:
        return Ref(self.subject_type, self.subject_id)

    @property
    def level(self) -> Severity:
        return Severity(self.severity)

    @property
    def deadline_key(self) -> str:
        return f"watch.alarm/{self.pk}"

    def to_value(self) -> AlarmImage:
        return AlarmImage(
            self.kind,
            self.severity,
            self.word_key,
            AlarmState(self.state),
            self.step,
            self.taken_by,
            self.due_at,
            self.outcome,
            self.note,
            self.called,
            self.called_as,
            self.hole,
        )
