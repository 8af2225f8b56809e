"""Consents on record, under host-law limits, as rows."""

from typing import ClassVar

from django.db import models

from legation.law.events.limits import ConsentImage, ConsentState, Use
from legation.law.rules.limits import Consented
from legation.platform.records import Record


class Consent(Record):
    """A consent that a norm asks for, at one mission, for one kind of use."""

    use = models.CharField(max_length=30)
    norm = models.CharField(max_length=60)
    given_by = models.CharField(max_length=160)
    given_on = models.DateField()
    scope = models.CharField(max_length=300)
    until = models.DateTimeField(null=True)
    document = models.CharField(max_length=160)
    state = models.CharField(max_length=10, default=ConsentState.HOLDS.value)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission_id", "use", "state"], name="law_consents")]

    @property
    def deadline_key(self) -> str:
        return f"law.consent/{self.pk}"

    @property
    def value(self) -> Consented:
        return Consented(Use(self.use), self.norm, self.until, ConsentState(self.state))

    def to_value(self) -> ConsentImage:
        return ConsentImage(
            Use(self.use),
            self.norm,
            self.given_by,
            self.given_on,
            self.scope,
            self.until,
            self.document,
            ConsentState(self.state),
        )
