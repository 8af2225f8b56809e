"""Sources, signals, what could not be read, occurrences, pictures of threat, and what people judged, as rows."""

from typing import ClassVar

from django.db import models

from legation.foundations.grading import Reliability
from legation.foundations.identity import Ref
from legation.foundations.markings import Marking
from legation.foundations.threats import THREAT_CODES, ThreatClass, ThreatLevel
from legation.foundations.time import DAY_S, epoch_s
from legation.intelligence.events import (
    DecisionImage,
    DecisionKind,
    GradingImage,
    SourceImage,
    SourceMethod,
    SourceValue,
    TripwireImage,
)
from legation.intelligence.models.actors import Mention, SpokenName, ThreatActor
from legation.intelligence.models.beliefs import Belief
from legation.intelligence.models.briefs import Brief, BriefCopy, Receipt
from legation.intelligence.models.calendar import CalendarDay
from legation.intelligence.models.figures import PoliceFigure
from legation.intelligence.models.reports import HeldReport, LetterBox, OwnReport, Phone
from legation.intelligence.models.requirements import Agency, Answer, Requirement
from legation.intelligence.models.reviews import Review
from legation.intelligence.rules import tripwires
from legation.intelligence.rules.profile import Graded, Judged
from legation.intelligence.rules.signals import SourceTraits
from legation.platform.records import Projection, Record, Stream

__all__ = [
    "Agency",
    "Answer",
    "Aside",
    "Belief",
    "Block",
    "Brief",
    "BriefCopy",
    "CalendarDay",
    "Decision",
    "Grading",
    "HeldReport",
    "LetterBox",
    "Mention",
    "Occurrence",
    "Outranked",
    "OwnReport",
    "Phone",
    "Picture",
    "PoliceFigure",
    "Receipt",
    "Requirement",
    "Review",
    "Signal",
    "Source",
    "SpokenName",
    "ThreatActor",
    "Tripwire",
]


class Source(Record):
    """Where signals come from. number: what the rows of its signals carry, never used again."""

    number = models.PositiveSmallIntegerField(unique=True)
    name = models.CharField(max_length=120, unique=True)
    collector = models.CharField(max_length=30)
    reliability = models.CharField(max_length=1)
    cadence_s = models.PositiveIntegerField()
    owner = models.CharField(max_length=120)
    ceiling = models.CharField(max_length=200)
    address = models.CharField(max_length=500, blank=True, default="")
    enabled = models.BooleanField(default=True)
    lists_happenings = models.BooleanField(default=False)
    last_heard_at = models.DateTimeField(null=True)
    method = models.CharField(max_length=20, default=SourceMethod.OPEN.value)
    site = models.CharField(max_length=32, blank=True, default="")

    def __str__(self) -> str:
        return self.name

    @property
    def traits(self) -> SourceTraits:
        return SourceTraits(self.name, Reliability(self.reliability), self.lists_happenings)

    @property
    def cadence_days(self) -> float:
        return self.cadence_s / DAY_S

    @property
    def highest(self) -> Marking:
        return Marking.parse(self.ceiling)

    @property
    def value(self) -> SourceValue:
        return SourceValue(
            self.name,
            self.collector,
            self.reliability,
            self.cadence_s,
            self.owner,
            self.ceiling,
            self.address,
            self.enabled,
            self.lists_happenings,
            SourceMethod(self.method),
            self.site,
        )

    def to_value(self) -> SourceImage:
        return SourceImage(self.value, self.number, self.last_heard_at)


class Block(models.Model):
    """Words and raw bytes of neighbouring signals; who may read them is decided by the signals' own rows."""

    id = models.BigAutoField(primary_key=True, help_text="The number of its first signal")
    data = models.BinaryField()


class Signal(Stream):
    """One thing said by one source; numbers here, words in its block.

    key: 16 bytes of the content; item: a hash of source and the source's own id, the same for later versions;
    neighbourhood: where and when fusion looks; cluster, occurrence: numbers of signals, -1 for signals of no class.
    """

    id = models.BigAutoField(primary_key=True)
    source = models.PositiveSmallIntegerField()
    block = models.BigIntegerField()
    key = models.BinaryField(max_length=16, unique=True)
    item = models.BigIntegerField(db_index=True)
    neighbourhood = models.BigIntegerField(db_index=True)
    cluster = models.BigIntegerField(db_index=True)
    occurrence = models.BigIntegerField(db_index=True)
    occurred_s = models.BigIntegerField()
    ended_s = models.BigIntegerField()
    published_s = models.BigIntegerField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    precision_km = models.FloatField(null=True)
    country = models.CharField(max_length=2)
    threat = models.SmallIntegerField()
    kind = models.CharField(max_length=30)
    intensity = models.FloatField()
    mission_id = models.CharField(max_length=32, null=True)  # hardly ever given: its index would be a million nothings

    @property
    def threat_class(self) -> ThreatClass | None:
        return THREAT_CODES[self.threat] if self.threat >= 0 else None


class Aside(Stream):
    """An item that could not be read: its bytes, packed, with hash and reason. state: standing, read or dismissed."""

    source = models.PositiveSmallIntegerField(db_index=True)
    file = models.CharField(max_length=250)
    place = models.CharField(max_length=60)
    reason = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    digest = models.BinaryField(max_length=32)
    size = models.BigIntegerField()
    raw = models.BinaryField()
    at_s = models.BigIntegerField()
    state = models.CharField(max_length=10, default="standing")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["source", "digest"], name="aside_once")]


class Occurrence(Projection):
    """What happened, as the signals that its marking may read say. first: the signal that told of it first.

    Where signals of a higher marking speak of it too, there is a second row at that marking, and `Outranked` says
    which rows it stands for: a reader sees the highest that he may.
    """

    first = models.BigIntegerField(db_index=True)
    threat = models.SmallIntegerField()
    kind = models.CharField(max_length=30)
    start_s = models.BigIntegerField()
    end_s = models.BigIntegerField()
    known_s = models.BigIntegerField()
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    precision_km = models.FloatField(null=True)
    country = models.CharField(max_length=2)
    place = models.CharField(max_length=300)
    intensity = models.FloatField()
    n_signals = models.PositiveIntegerField()
    n_origins = models.PositiveIntegerField()
    credibility = models.SmallIntegerField()
    contradiction = models.SmallIntegerField()
    # Neither is indexed: one is hardly ever given, the other nearly always the same.
    mission_id = models.CharField(max_length=32, null=True)
    marking = models.ForeignKey("platform.MarkingRow", on_delete=models.PROTECT, related_name="+", db_index=False)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["country", "end_s"], name="occurrence_country"),
            models.Index(fields=["end_s"], name="occurrence_end"),
        ]


class Outranked(Projection):
    """`higher` (an occurrence) also counts this signal, whose own occurrence, `lower`, it therefore stands for."""

    higher = models.ForeignKey(Occurrence, on_delete=models.CASCADE, related_name="outranks")
    lower = models.BigIntegerField(db_index=True)
    signal = models.BigIntegerField()


class Picture(Projection):
    """How much goes on around one mission, from openly marked occurrences: sums by kind at an instant, (SLOTS,) f8."""

    stands = models.CharField(max_length=60, help_text="Degrees and country that it was counted for")
    as_of_s = models.BigIntegerField()
    sums = models.BinaryField()
    levels = models.BinaryField(help_text="Threat level by class when last looked at, one byte each")

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["mission_id"], name="picture_once")]


class Grading(Record):
    """What an analyst judges of intent, capability or inhibiting context; the latest of each stands."""

    threat = models.CharField(max_length=30)
    judged = models.CharField(max_length=12)
    value = models.PositiveSmallIntegerField()
    grade = models.CharField(max_length=2)
    note = models.CharField(max_length=2000)
    evidence = models.CharField(max_length=80, blank=True, default="")
    graded_at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["mission_id", "threat"], name="grading_mission")]

    @property
    def graded(self) -> Graded:
        evidence = Ref.parse(self.evidence) if self.evidence else self.ref
        return Graded(Judged(self.judged), self.value, self.note, evidence, epoch_s(self.graded_at))

    def to_value(self) -> GradingImage:
        return GradingImage(self.threat, self.judged, self.value, self.grade, self.note, self.evidence, self.graded_at)


class Decision(Record):
    """A person's word on what belongs together; fusion keeps it for ever."""

    kind = models.CharField(max_length=10)
    pairs = models.JSONField()
    reason = models.CharField(max_length=400)

    def to_value(self) -> DecisionImage:
        pairs = tuple((str(a), str(b)) for a, b in self.pairs)
        return DecisionImage(DecisionKind(self.kind), pairs, self.reason)


class Tripwire(Record):
    """A line drawn beforehand at one mission."""

    threat = models.CharField(max_length=30)
    condition = models.CharField(max_length=12, help_text="happenings or level")
    count = models.PositiveSmallIntegerField(default=0)
    within_km = models.FloatField(default=0)
    within_hours = models.FloatField(default=0)
    kind = models.CharField(max_length=30, blank=True, default="")
    level = models.PositiveSmallIntegerField(default=0)
    owner = models.CharField(max_length=120)
    lapses_at = models.DateTimeField()
    crossed_at = models.DateTimeField(null=True)

    @property
    def rule(self) -> tripwires.Tripwire:
        """The condition as the rules know it. Raises ValueError where it cannot be met."""
        threat = ThreatClass(self.threat)
        condition: tripwires.Condition
        if self.condition == "level":
            condition = tripwires.LevelReached(threat, ThreatLevel(self.level))
        else:
            condition = tripwires.Happenings(threat, self.count, self.within_km, self.within_hours, self.kind)
        return tripwires.Tripwire(condition, epoch_s(self.lapses_at))

    def to_value(self) -> TripwireImage:
        return TripwireImage(
            self.threat,
            self.condition,
            self.count,
            self.within_km,
            self.within_hours,
            self.kind,
            self.level,
            self.owner,
            self.lapses_at,
            self.crossed_at,
        )
