"""Residences as rows: premises where somebody lives, held against the minimum standard."""

from datetime import datetime

from django.db import models

from legation.missions.events.residences import Answer, Found, ResidenceImage, Waived
from legation.platform.records import Record


class Residence(Record):
    """One residence. found, waived: lists of the lines of the survey and of the waivers; residents: ids of persons."""

    premises = models.OneToOneField("missions.Premises", on_delete=models.PROTECT, related_name="residence")
    address = models.CharField(max_length=500, blank=True, default="")
    residents = models.JSONField(default=list)
    surveyed_at = models.DateTimeField(null=True)
    surveyed_by = models.CharField(max_length=45, blank=True, default="")
    survey_until = models.DateTimeField(null=True)
    found = models.JSONField(default=list)
    waived = models.JSONField(default=list)
    patrol = models.CharField(max_length=200, blank=True, default="")
    alarm = models.CharField(max_length=200, blank=True, default="")
    lapsed = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.address

    @property
    def lines(self) -> tuple[Found, ...]:
        return tuple(Found(code, Answer(answer), note) for code, answer, note in self.found)

    @lines.setter
    def lines(self, found: tuple[Found, ...]) -> None:
        self.found = [[one.criterion, one.answer.value, one.note] for one in found]

    @property
    def waivers(self) -> tuple[Waived, ...]:
        return tuple(
            Waived(code, approver, measure, datetime.fromisoformat(until))
            for code, approver, measure, until in self.waived
        )

    @waivers.setter
    def waivers(self, waived: tuple[Waived, ...]) -> None:
        self.waived = [[one.criterion, one.approver, one.measure, one.until.isoformat()] for one in waived]

    @property
    def look_key(self) -> str:
        return f"missions.residence/{self.pk}"

    def to_value(self) -> ResidenceImage:
        return ResidenceImage(
            premises_id=str(self.premises_id),
            address=self.address,
            residents=tuple(self.residents),
            surveyed_at=self.surveyed_at,
            surveyed_by=self.surveyed_by,
            survey_until=self.survey_until,
            found=self.lines,
            waived=self.waivers,
            patrol=self.patrol,
            alarm=self.alarm,
            lapsed=self.lapsed,
        )
