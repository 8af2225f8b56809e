"""Norms as rows, one for each edition of an instrument in which the wording changed."""

from typing import ClassVar

from django.db import models

from legation.law.events.norms import (
    Covers,
    Effect,
    InstrumentKind,
    InstrumentValue,
    NormImage,
    NormKind,
    NormValue,
    Party,
)
from legation.platform.records import Record


class Norm(Record):
    """One obligation in one wording. It stays when a later one replaces it, so that old records keep their ground."""

    code = models.CharField(max_length=60)
    instrument = models.CharField(max_length=40, db_index=True)
    instrument_kind = models.CharField(max_length=12)
    instrument_title = models.CharField(max_length=200)
    state = models.CharField(max_length=2, blank=True, default="")
    edition = models.CharField(max_length=40)
    in_force_from = models.DateField()
    until = models.DateField(null=True)
    article = models.CharField(max_length=20)
    paragraph = models.CharField(max_length=20, blank=True, default="")
    owes = models.CharField(max_length=16)
    owed_to = models.CharField(max_length=16)
    objects_said = models.CharField(max_length=200)
    kind = models.CharField(max_length=12)
    covers = models.CharField(max_length=10)
    words = models.CharField(max_length=600)
    keywords = models.CharField(max_length=400, blank=True, default="")
    may = models.CharField(max_length=400, blank=True, default="")
    may_not = models.CharField(max_length=400, blank=True, default="")
    effect = models.CharField(max_length=10, blank=True, default="")
    consent_of = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        indexes: ClassVar = [models.Index(fields=["code", "until"], name="law_norm_code")]

    def __str__(self) -> str:
        return self.cited

    @property
    def cited(self) -> str:
        """As a person cites it: VCDR art. 22(2)."""
        if self.instrument_kind == InstrumentKind.MINISTRY:
            return f"Ministry decision {self.article}"
        numbered = "".join(f"({part})" for part in self.paragraph.replace("(", " ").replace(")", " ").split())
        return f"{self.instrument.upper()} art. {self.article}{numbered}"

    @property
    def instrument_value(self) -> InstrumentValue:
        return InstrumentValue(
            self.instrument,
            InstrumentKind(self.instrument_kind),
            self.instrument_title,
            self.state,
            self.edition,
            self.in_force_from,
        )

    @property
    def value(self) -> NormValue:
        return NormValue(
            self.code,
            self.article,
            self.paragraph,
            Party(self.owes),
            Party(self.owed_to),
            _parted(self.objects_said),
            NormKind(self.kind),
            Covers(self.covers),
            self.words,
            _parted(self.keywords),
            self.may,
            self.may_not,
            Effect(self.effect),
            self.consent_of,
        )

    def bear(self, instrument: InstrumentValue, value: NormValue) -> "Norm":
        """Carry this wording of this instrument."""
        self.take(value)
        self.objects_said, self.keywords = "|".join(value.objects), "|".join(value.keywords)
        self.instrument, self.instrument_kind = instrument.code, instrument.kind
        self.instrument_title, self.state = instrument.title, instrument.state
        self.edition, self.in_force_from = instrument.edition, instrument.in_force_from
        return self

    def to_value(self) -> NormImage:
        return NormImage(self.instrument_value, self.value, self.until)


def _parted(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split("|") if word)
