"""Checks of criteria and waivers as rows."""

from typing import ClassVar

from django.db import models

from legation.law.events.standards import CheckImage, WaiverImage, WaiverState
from legation.law.rules.standards import in_short
from legation.platform.records import Record


class Check(Record):
    """Whether one premises meets one criterion; the latest look replaces the one before, which stays in the ledger."""

    premises_id = models.CharField(max_length=32)
    criterion = models.CharField(max_length=60)
    met = models.BooleanField()
    flags = models.CharField(max_length=200, blank=True, default="")
    note = models.CharField(max_length=400, blank=True, default="")
    checked_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["premises_id", "criterion"], name="one_check_per_criterion")
        ]

    @property
    def said(self) -> str:
        """The criterion in a word or two, as lists show it."""
        return in_short(self.criterion)

    @property
    def flagged(self) -> tuple[str, ...]:
        return tuple(flag for flag in self.flags.split(",") if flag)

    @property
    def deadline_key(self) -> str:
        return f"law.check/{self.pk}"

    def to_value(self) -> CheckImage:
        return CheckImage(self.premises_id, self.criterion, self.met, self.flagged, self.note, self.checked_at)


class Waiver(Record):
    """Leave not to meet a criterion for a time, with what protects instead."""

    check_of = models.ForeignKey(Check, on_delete=models.PROTECT, related_name="waivers")
    premises_id = models.CharField(max_length=32)
    criterion = models.CharField(max_length=60)
    reason = models.CharField(max_length=400)
    instead = models.CharField(max_length=400)
    applicant = models.CharField(max_length=100)
    applicant_name = models.CharField(max_length=120)
    approver = models.CharField(max_length=100, blank=True, default="")
    approver_name = models.CharField(max_length=120, blank=True, default="")
    until = models.DateTimeField()
    state = models.CharField(max_length=10, default=WaiverState.APPLIED.value)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission_id", "state", "until"], name="law_waivers")]

    @property
    def deadline_key(self) -> str:
        return f"law.waiver/{self.pk}"

    @property
    def said(self) -> str:
        """The criterion in a word or two, as lists show it."""
        return in_short(self.criterion)

    @property
    def review_key(self) -> str:
        return f"law.waiver_review/{self.pk}"

    def to_value(self) -> WaiverImage:
        return WaiverImage(
            str(self.check_of_id),
            self.premises_id,
            self.criterion,
            self.reason,
            self.instead,
            self.applicant,
            self.approver,
            self.until,
            WaiverState(self.state),
        )
