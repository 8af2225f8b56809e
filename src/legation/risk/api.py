"""Risks over HTTP with JSON."""

from datetime import date, datetime
from typing import Annotated, ClassVar

from django.http import HttpRequest
from ninja import Header, Query, Router, Schema, Status

from legation.foundations.layers import Layer, Means
from legation.foundations.threats import Aspect, ThreatClass
from legation.law.events.limits import Use
from legation.missions import published as missions
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.platform.idempotency import once
from legation.risk import actions, queries
from legation.risk.models import Acceptance, Assessment, Measure
from legation.risk.rules.measures import MeasureState
from legation.risk.rules.points import Criticality, Degree, Effectiveness
from legation.risk.rules.programme import ProgrammeCriticality

router = Router(tags=["risk"])

Key = Annotated[str, Header(max_length=100)]


class ScenarioOut(Schema):
    """Risk of one threat class at one mission; bands 1 low to 5 unacceptable, likelihood and impact in points."""

    mission_id: str
    threat: str
    present_band: int
    low_band: int
    high_band: int
    residual_band: int
    present_likelihood: float
    present_impact: float
    residual_likelihood: float
    residual_impact: float
    cause: str
    computed_at: datetime


class ForecastOut(Schema):
    """Occurrences expected within a ring (0 km: the country) in the days after the origin."""

    ring_km: float
    origin: date
    horizon_days: int
    mean: float
    low50: float
    high50: float
    low80: float
    high80: float
    at_least_one: float


class AssessmentIn(Schema):
    """What a person enters; degrees 0 none to 3 high, programme criticality 1–4."""

    model_config: ClassVar = {"extra": "forbid"}
    threat: ThreatClass
    vulnerability: Degree | None = None
    vulnerability_reason: str = ""
    people: int | None = None
    criticality: Criticality = Criticality.ORDINARY
    programme: ProgrammeCriticality = ProgrammeCriticality.PC3
    impact_reason: str = ""


class AssessmentOut(Schema):
    """An assessment as recorded."""

    id: str
    mission_id: str
    threat: str
    vulnerability: int | None
    vulnerability_reason: str
    people: int | None
    criticality: int
    programme: int
    impact_reason: str
    assessed_at: datetime


class MeasureIn(Schema):
    """A measure to propose. norm: a code or citation of the register; uses: what host law has a say in."""

    model_config: ClassVar = {"extra": "forbid"}
    title: str
    layer: Layer
    means: Means
    aspect: Aspect
    points: float
    effectiveness: Effectiveness = Effectiveness.CLAIMED
    cost: float = 0
    currency: str = "USD"
    norm: str
    threats: tuple[ThreatClass, ...] = ()
    uses: tuple[Use, ...] = ()


class MeasureOut(Schema):
    """A measure as recorded."""

    id: str
    mission_id: str
    title: str
    layer: str
    means: str
    aspect: str
    points: float
    effectiveness: int
    state: str
    cost: float
    currency: str
    norm: str
    rests_on: str
    uses: str


class StateIn(Schema):
    """The next state of a measure."""

    model_config: ClassVar = {"extra": "forbid"}
    state: MeasureState
    effectiveness: Effectiveness | None = None


class AcceptIn(Schema):
    """Until when the residual risk is accepted, and why."""

    model_config: ClassVar = {"extra": "forbid"}
    until: datetime
    reason: str


class AcceptanceOut(Schema):
    """An acceptance; bands 1–5."""

    id: str
    mission_id: str
    threat: str
    person_name: str
    accepted_band: int
    present_band: int
    until: datetime
    reason: str
    state: str


class DeclineIn(Schema):
    """Why the posture stays as it is."""

    model_config: ClassVar = {"extra": "forbid"}
    reason: str


class DeclinedOut(Schema):
    """A declined proposal."""

    id: str
    proposed: int
    current: int
    reason: str


@router.get("/scenarios", response=list[ScenarioOut])
def index(request: HttpRequest, mission: str = "", limit: Annotated[int, Query(ge=1, le=1000)] = 200) -> object:
    """Visible scenarios, the greatest present risk first."""
    actor = actor_of(request)
    check_verb("risk.read", actor)
    return queries.scenarios(actor, mission or None)[:limit]


@router.get("/{mission}/explain/{threat}", response=dict[str, object])
def explain(request: HttpRequest, mission: str, threat: str) -> object:
    """The tree of causes of one scenario, present and residual."""
    actor = actor_of(request)
    check_verb("risk.read", actor)
    return queries.tree(queries.explain(actor, mission, queries.threat_named(threat)))


@router.get("/{mission}/forecasts", response=list[ForecastOut])
def forecasts(request: HttpRequest, mission: str) -> object:
    """The latest forecasts of one mission."""
    actor = actor_of(request)
    check_verb("risk.read", actor)
    return queries.forecasts(actor, missions.mission(actor, mission).id)


@router.get("/{mission}/measures", response=list[MeasureOut])
def measures(request: HttpRequest, mission: str) -> object:
    """Measures of one mission."""
    actor = actor_of(request)
    check_verb("risk.read", actor)
    return queries.measures(actor, missions.mission(actor, mission).id)


@router.post("/{mission}/assessments", response={200: AssessmentOut, 201: AssessmentOut})
def assess(request: HttpRequest, mission: str, body: AssessmentIn, idempotency_key: Key = "") -> object:
    """Enter vulnerability and impact of one threat class."""
    actor = actor_of(request)
    claimed = missions.claimed(actor, mission, "risk.assess")
    entered = actions.Entered(**body.dict())
    payload = mission.encode() + request.body
    done = once(actor, "risk.assess", idempotency_key, payload, lambda: actions.assess(claimed, entered).pk)
    return Status(201 if done.fresh else 200, queries.assessment(actor, done.reference))


@router.post("/{mission}/measures", response={200: MeasureOut, 201: MeasureOut})
def add_measure(request: HttpRequest, mission: str, body: MeasureIn, idempotency_key: Key = "") -> object:
    """Propose a measure."""
    actor = actor_of(request)
    claimed = missions.claimed(actor, mission, "risk.add_measure")
    stated = actions.Stated(**body.dict())
    payload = mission.encode() + request.body
    done = once(actor, "risk.add_measure", idempotency_key, payload, lambda: actions.add_measure(claimed, stated).pk)
    return Status(201 if done.fresh else 200, queries.measure(actor, done.reference))


@router.post("/{mission}/posture/decline", response=DeclinedOut)
def decline(request: HttpRequest, mission: str, body: DeclineIn) -> object:
    """Answer the posture that risk calls for with no, and why."""
    claimed = missions.claimed(actor_of(request), mission, "risk.decline_posture")
    return actions.decline_posture(claimed, reason=body.reason)


@router.post("/measures/{key}/state", response=MeasureOut)
def set_measure(request: HttpRequest, key: str, body: StateIn, idempotency_key: Key = "") -> object:
    """Choose a measure, put it in force, withdraw it, or say how far it is proven."""
    actor = actor_of(request)
    claimed = claim(Measure, key, "risk.set_measure", actor)

    def run() -> str:
        return str(actions.set_measure_state(claimed, body.state, effectiveness=body.effectiveness).pk)

    done = once(actor, "risk.set_measure", idempotency_key, key.encode() + request.body, run)
    return queries.measure(actor, done.reference)


@router.post("/assessments/{key}/accept", response={200: AcceptanceOut, 201: AcceptanceOut})
def accept(request: HttpRequest, key: str, body: AcceptIn, idempotency_key: Key = "") -> object:
    """Accept the residual risk of an assessment, within one's delegation."""
    actor = actor_of(request)
    claimed = claim(Assessment, key, "risk.accept", actor)

    def run() -> str:
        return str(actions.accept(claimed, until=body.until, reason=body.reason).pk)

    done = once(actor, "risk.accept", idempotency_key, key.encode() + request.body, run)
    return Status(201 if done.fresh else 200, queries.acceptance(actor, done.reference))


@router.post("/acceptances/{key}/withdraw", response=AcceptanceOut)
def withdraw(request: HttpRequest, key: str, idempotency_key: Key = "") -> object:
    """Take an acceptance back."""
    actor = actor_of(request)
    claimed = claim(Acceptance, key, "risk.withdraw_acceptance", actor)

    def run() -> str:
        return str(actions.withdraw_acceptance(claimed).pk)

    done = once(actor, "risk.withdraw_acceptance", idempotency_key, key.encode(), run)
    return queries.acceptance(actor, done.reference)
