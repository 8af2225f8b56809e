"""Assessments, measures, delegations and acceptances as rows, and the figures computed from them."""

from typing import ClassVar

from django.db import models

from legation.foundations.identity import MissionId, RecordId, Ref
from legation.foundations.layers import Layer, Means
from legation.foundations.threats import Aspect, ThreatClass
from legation.law.events.limits import Use
from legation.platform.records import Projection, Record
from legation.risk.events import AcceptanceImage, AssessmentImage, DeclinedPostureImage, DelegationImage, MeasureImage
from legation.risk.rules.acceptance import AcceptanceState, AcceptanceValue, DelegationValue
from legation.risk.rules.assessment import Judged
from legation.risk.rules.matrix import Band
from legation.risk.rules.measures import MeasureState, MeasureValue
from legation.risk.rules.points import Criticality, Degree, Effectiveness
from legation.risk.rules.programme import ProgrammeCriticality


class Assessment(Record):
    """What a person entered about one threat class at one mission."""

    threat = models.CharField(max_length=30)
    area = models.CharField(max_length=120, blank=True, default="")
    vulnerability = models.PositiveSmallIntegerField(null=True)
    vulnerability_reason = models.CharField(max_length=400, blank=True, default="")
    people = models.PositiveIntegerField(null=True)
    criticality = models.PositiveSmallIntegerField(default=int(Criticality.ORDINARY))
    programme = models.PositiveSmallIntegerField(default=int(ProgrammeCriticality.PC3))
    impact_reason = models.CharField(max_length=400, blank=True, default="")
    assessed_by = models.CharField(max_length=100)
    assessed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mission_id", "threat", "area"], name="one_assessment_per_scenario")
        ]

    @property
    def threat_class(self) -> ThreatClass:
        return ThreatClass(self.threat)

    @property
    def judged(self) -> Judged | None:
        """The vulnerability as the rules take it; None where it was left open."""
        if self.vulnerability is None:
            return None
        return Judged(Degree(self.vulnerability), self.vulnerability_reason, subject=self.ref)

    def to_value(self) -> AssessmentImage:
        return AssessmentImage(
            self.threat_class,
            self.area,
            self.vulnerability,
            self.vulnerability_reason,
            self.people,
            self.criticality,
            self.programme,
            self.impact_reason,
            self.assessed_by,
            self.assessed_at,
        )


class Measure(Record):
    """Something that lowers a risk at one mission, with its cost and the norm it rests on."""

    title = models.CharField(max_length=160)
    layer = models.CharField(max_length=10)
    means = models.CharField(max_length=12)
    aspect = models.CharField(max_length=14)
    points = models.FloatField()
    effectiveness = models.PositiveSmallIntegerField(default=int(Effectiveness.CLAIMED))
    state = models.CharField(max_length=10, default=MeasureState.PROPOSED.value)
    cost = models.FloatField(default=0)
    currency = models.CharField(max_length=3, default="USD")
    norm = models.CharField(max_length=160)
    norm_cited = models.CharField(max_length=160, blank=True, default="")
    uses = models.CharField(max_length=200, blank=True, default="")
    threats = models.CharField(max_length=200, blank=True, default="")

    @property
    def value(self) -> MeasureValue:
        return MeasureValue(
            RecordId(self.pk),
            MissionId(self.mission_id or ""),
            self.title,
            Layer(self.layer),
            Means(self.means),
            Aspect(self.aspect),
            self.points,
            Effectiveness(self.effectiveness),
            MeasureState(self.state),
            self.cost,
            self.currency,
            self.rests_on,
            self.threat_classes,
        )

    @property
    def rests_on(self) -> str:
        """The norm as a person cites it; what was written before the register of norms stands as it was written."""
        return self.norm_cited or self.norm

    @property
    def norm_ref(self) -> Ref | None:
        return Ref("Norm", self.norm) if self.norm_cited else None

    @property
    def used(self) -> tuple[Use, ...]:
        """What it uses that host law has a say in."""
        return tuple(Use(word) for word in self.uses.split(",") if word)

    @property
    def threat_classes(self) -> tuple[ThreatClass, ...]:
        return tuple(ThreatClass(word) for word in self.threats.split(",") if word)

    def to_value(self) -> MeasureImage:
        return MeasureImage(
            self.title,
            Layer(self.layer),
            Means(self.means),
            Aspect(self.aspect),
            self.points,
            self.effectiveness,
            self.state,
            self.cost,
            self.currency,
            self.norm,
            self.threat_classes,
            self.used,
        )


class Delegation(Record):
    """Who may accept how much risk at this mission, until when."""

    person = models.CharField(max_length=100)
    person_name = models.CharField(max_length=120)
    max_band = models.PositiveSmallIntegerField()
    until = models.DateTimeField()
    withdrawn = models.BooleanField(default=False)

    @property
    def value(self) -> DelegationValue:
        return DelegationValue(
            RecordId(self.pk),
            self.person,
            MissionId(self.mission_id or ""),
            Band(self.max_band),
            self.until,
            self.withdrawn,
        )

    def to_value(self) -> DelegationImage:
        return DelegationImage(self.person, self.person_name, self.max_band, self.until, self.withdrawn)


class Acceptance(Record):
    """A residual risk that one delegated to do so accepted, until it expires or the risk rises."""

    assessment_id = models.CharField(max_length=32, db_index=True)
    threat = models.CharField(max_length=30)
    person = models.CharField(max_length=100)
    person_name = models.CharField(max_length=120)
    accepted_band = models.PositiveSmallIntegerField()
    present_band = models.PositiveSmallIntegerField()
    accepted_at = models.DateTimeField()
    until = models.DateTimeField()
    reason = models.CharField(max_length=400)
    state = models.CharField(max_length=10, default=AcceptanceState.HOLDS.value)

    @property
    def deadline_key(self) -> str:
        return f"risk.acceptance/{self.pk}"

    @property
    def value(self) -> AcceptanceValue:
        return AcceptanceValue(
            RecordId(self.pk),
            MissionId(self.mission_id or ""),
            RecordId(self.assessment_id),
            self.person,
            Band(self.accepted_band),
            Band(self.present_band),
            self.until,
            self.reason,
            AcceptanceState(self.state),
        )

    def to_value(self) -> AcceptanceImage:
        return AcceptanceImage(
            self.assessment_id,
            ThreatClass(self.threat),
            self.person,
            self.person_name,
            self.accepted_band,
            self.present_band,
            self.until,
            self.reason,
            self.state,
        )


class ActivityRow(Projection):
    """Occurrences of one class to be expected around one mission in 30 days, and what the figure rests on.

    level: 0 computed from openly marked inputs alone, 1 from all that the service reads.
    """

    level = models.PositiveSmallIntegerField(default=0)
    threat = models.CharField(max_length=30)
    near = models.FloatField()
    near_low = models.FloatField()
    near_high = models.FloatField()
    around = models.FloatField()
    days = models.FloatField()
    events = models.PositiveIntegerField()
    shares = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mission_id", "threat", "level"], name="one_activity_per_level")
        ]


class DeclinedPosture(Record):
    """A proposal to change the posture that a person declined, with his reason."""

    proposed = models.PositiveSmallIntegerField()
    current = models.PositiveSmallIntegerField()
    ground = models.CharField(max_length=400)
    reason = models.CharField(max_length=400)
    declined_by = models.CharField(max_length=60)
    declined_at = models.DateTimeField()

    def to_value(self) -> DeclinedPostureImage:
        return DeclinedPostureImage(
            self.proposed, self.current, self.ground, self.reason, self.declined_by, self.declined_at
        )


class ScenarioRow(Projection):
    """Present and residual risk of one threat class at one mission; rebuilt whenever an input changes.

    worst: the greatest of its mission at its level, which maps and lists read alone. A mission has rows at level 1
    where any of its figures differs there, and then it has all of them.
    """

    level = models.PositiveSmallIntegerField(default=0)
    threat = models.CharField(max_length=30)
    present_likelihood = models.FloatField()
    present_impact = models.FloatField()
    present_band = models.PositiveSmallIntegerField()
    low_band = models.PositiveSmallIntegerField()
    high_band = models.PositiveSmallIntegerField()
    residual_likelihood = models.FloatField()
    residual_impact = models.FloatField()
    residual_band = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=60)
    cause_params = models.JSONField(default=dict)
    computed_at = models.DateTimeField()
    worst = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mission_id", "threat", "level"], name="one_scenario_per_level")
        ]
        indexes: ClassVar = [
            models.Index(fields=["-present_band", "-present_likelihood"], name="risk_highest"),
            models.Index(fields=["worst", "level"], name="risk_worst"),
        ]

    @property
    def ref(self) -> Ref:
        return Ref("Scenario", f"{self.mission_id}.{self.threat}")

    @property
    def greatness(self) -> tuple[int, float]:
        """What orders risks: the band first, then all points."""
        return self.present_band, self.present_likelihood + self.present_impact


class BandDay(Projection):
    """The highest present band of a mission at the end of a day, for the change over a week."""

    level = models.PositiveSmallIntegerField(default=0)
    day = models.DateField()
    band = models.PositiveSmallIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["mission_id", "day", "level"], name="one_band_per_day")
        ]


class ForecastRow(Projection):
    """One forecast as it stood on the morning of a day, and what came of it once its window was over."""

    level = models.PositiveSmallIntegerField(default=0)
    ring_km = models.FloatField()
    origin = models.DateField()
    horizon_days = models.PositiveSmallIntegerField()
    mean = models.FloatField()
    size = models.FloatField()
    low50 = models.FloatField()
    high50 = models.FloatField()
    low80 = models.FloatField()
    high80 = models.FloatField()
    at_least_one = models.FloatField()
    last_value = models.FloatField()
    historical_mean = models.FloatField()
    same_as = models.CharField(max_length=32, blank=True, default="")
    came = models.FloatField(null=True)
    crps = models.FloatField(null=True)
    brier = models.FloatField(null=True)
    last_value_crps = models.FloatField(null=True)
    historical_mean_crps = models.FloatField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["mission_id", "ring_km", "origin", "horizon_days", "level"], name="one_forecast_per_origin"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["came", "origin"], name="forecast_unscored")]


class ScoreRow(Projection):
    """A rolling-origin back-test: of one mission's series, or of all different series together (mission_id None)."""

    level = models.PositiveSmallIntegerField(default=0)
    ring_km = models.FloatField()
    horizon_days = models.PositiveSmallIntegerField()
    until = models.DateField()
    result = models.JSONField()


class RateRow(Projection):
    """Occurrences a year around a mission with credible intervals and what the region lends."""

    level = models.PositiveSmallIntegerField(default=0)
    ring_km = models.FloatField()
    mean_year = models.FloatField()
    low80_year = models.FloatField()
    high80_year = models.FloatField()
    low95_year = models.FloatField()
    high95_year = models.FloatField()
    own_events = models.FloatField()
    own_days = models.FloatField()
    prior_mean_year = models.FloatField()
    prior_days = models.FloatField()
    history = models.JSONField(default=list)


class Computed(Projection):
    """How far the figures have read: the ledger entry and the day they were last computed for."""

    entry = models.BigIntegerField(default=-1)
    day = models.DateField(null=True)
    at = models.DateTimeField(null=True)
    backtested = models.DateField(null=True)
