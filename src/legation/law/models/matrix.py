"""Who holds which duty at a mission, as rows."""

from typing import ClassVar

from django.db import models

from legation.foundations.identity import Ref
from legation.law.events.matrix import Holder, HoldingImage
from legation.law.rules.matrix import Held
from legation.platform.records import Record


class Holding(Record):
    """One holder of one duty, or of a part of it. A person stands by id; his name is asked for when it is shown."""

    subject_type = models.CharField(max_length=20)
    subject_id = models.CharField(max_length=60)
    title = models.CharField(max_length=200, blank=True, default="")
    part = models.CharField(max_length=80, blank=True, default="")
    holder = models.CharField(max_length=16)
    office = models.CharField(max_length=120, blank=True, default="")
    person_id = models.CharField(max_length=32, blank=True, default="")
    since = models.DateTimeField()
    released = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission_id", "released"], name="law_holdings")]

    @property
    def subject(self) -> Ref:
        return Ref(self.subject_type, self.subject_id)

    @property
    def value(self) -> Held:
        return Held(self.subject, self.part, Holder(self.holder), self.office, self.person_id)

    def to_value(self) -> HoldingImage:
        return HoldingImage(
            str(self.subject),
            self.title,
            self.part,
            Holder(self.holder),
            self.office,
            self.person_id,
            self.since,
            self.released,
        )
