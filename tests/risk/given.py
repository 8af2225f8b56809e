"""Worlds for the risk room's tests: values for the rules, acts for the rest."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import numpy as np
from hypothesis import strategies as st
from tests.given import local
from tests.intelligence.given import collected, source
from tests.law.given import conventions

from legation.foundations.identity import MissionId, RecordId, Ref
from legation.foundations.layers import Layer, Means
from legation.foundations.threats import Aspect, ThreatClass
from legation.foundations.words import Evidence
from legation.intelligence.links.ucdp import MemoryUcdp
from legation.intelligence.models import Source
from legation.missions import published
from legation.missions.models import Mission
from legation.platform import clock
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.writing import Urgency, writing
from legation.risk import actions
from legation.risk.models import Acceptance, Assessment, Delegation, Measure
from legation.risk.rules.assessment import Activity, Judged, Scenario
from legation.risk.rules.matrix import Band
from legation.risk.rules.measures import MeasureState, MeasureValue
from legation.risk.rules.points import Criticality, Degree, Effectiveness
from legation.risk.rules.programme import ProgrammeCriticality
from legation.risk.rules.series import Series

NOW = datetime(2018, 2, 5, 6, tzinfo=UTC)
DAMASCUS = MissionId("m" * 32)


def a_measure(
    *,
    points: float = 10,
    aspect: Aspect = Aspect.VULNERABILITY,
    state: MeasureState = MeasureState.PROPOSED,
    effectiveness: Effectiveness = Effectiveness.PROVEN,
    cost: float = 1000,
    title: str = "North wall anti-climb",
    norm: str = "VCDR 22",
    threats: tuple[ThreatClass, ...] = (),
) -> MeasureValue:
    return MeasureValue(
        RecordId(title[:8]),
        DAMASCUS,
        title,
        Layer.DELAY,
        Means.PHYSICAL,
        aspect,
        points,
        effectiveness,
        state,
        cost,
        "CHF",
        norm,
        threats,
    )


def an_evidence(
    strength: float, *, aspect: Aspect = Aspect.VULNERABILITY, subject: str = "1", hour: int = 1
) -> Evidence:
    return Evidence(
        "audits",
        Ref("Finding", subject),
        aspect,
        ThreatClass.ARMED_CONFLICT,
        DAMASCUS,
        strength,
        NOW.replace(hour=hour),
        {"title": "hatch lock"},
    )


degrees = st.none() | st.builds(Judged, st.sampled_from(Degree), st.just("seen"))
measures = st.builds(
    a_measure,
    points=st.floats(0.5, 30),
    aspect=st.sampled_from(Aspect),
    state=st.sampled_from(MeasureState),
    effectiveness=st.sampled_from(Effectiveness),
)
evidences = st.builds(
    an_evidence,
    st.floats(-20, 20),
    aspect=st.sampled_from(Aspect),
    subject=st.sampled_from("abc"),
    hour=st.integers(0, 23),
)
scenarios = st.builds(
    Scenario,
    mission=st.just(DAMASCUS),
    area=st.just("Damascus"),
    threat=st.just(ThreatClass.ARMED_CONFLICT),
    activity=st.builds(
        Activity,
        near=st.floats(0, 100),
        near_low=st.floats(0, 10),
        near_high=st.floats(0, 200),
        around=st.floats(0, 99),
    ),
    intent=degrees,
    capability=degrees,
    inhibiting=degrees,
    vulnerability=degrees,
    people=st.none() | st.integers(0, 500),
    criticality=st.sampled_from(Criticality),
    measures=st.lists(measures, max_size=4).map(tuple),
    evidence=st.lists(evidences, max_size=4).map(tuple),
)


def a_series(rate_per_day: list[float], *, days: int = 1200, seed: int = 7, covered_from: int = 0) -> Series:
    """Poisson counts with a seed, one row per rate, all of one pool."""
    draw = np.random.default_rng(seed)
    counts = draw.poisson(np.array(rate_per_day)[:, None], (len(rate_per_day), days)).astype(np.float64)
    counts[:, :covered_from] = 0
    n = len(rate_per_day)
    return Series(counts, 15_000, np.full(n, covered_from, dtype=np.int64), np.zeros(n, dtype=np.int64))


def a_demonstration(at: datetime = NOW) -> None:
    """The house lives at this instant; the machine's clock is left alone."""
    with writing(Urgency.PERSON):
        clock.start_demonstration(at)


def a_war(*, days: int = 400, until: date = date(2018, 2, 4), latitude: str = "33.51") -> None:
    """Fighting near Damascus every second day for so many days, read by one source."""
    told = MemoryUcdp()
    for back in range(0, days, 2):
        day = (until - timedelta(days=back)).isoformat()
        told.add(latitude=latitude, longitude="36.29", date_start=day, date_end=day)
    known = Source.objects.filter(name="Test ucdp").first()
    collected(known or source(), told.table(), "war")


def reforecast() -> actions.Recomputed:
    """Everything computed by the worker."""
    return actions.reforecast(claim_house("risk.reforecast", service(ServiceAccount.WORKER)))


def entered(
    *, threat: ThreatClass = ThreatClass.ARMED_CONFLICT, programme: ProgrammeCriticality = ProgrammeCriticality.PC1
) -> actions.Entered:
    """An assessment that raises Damascus to a high risk and more."""
    return actions.Entered(threat, Degree.HIGH, "street side", 60, Criticality.ORDINARY, programme, "roll of January")


def assessed(actor: Actor, mission: Mission, **how: object) -> Assessment:
    """The same, recorded by this person."""
    claimed = published.claimed(actor, mission.pk, "risk.assess")
    return actions.assess(claimed, entered(**how))  # type: ignore[arg-type]


def stated(**changes: object) -> actions.Stated:
    """A wall."""
    plain = actions.Stated(
        "North wall anti-climb",
        Layer.DELAY,
        Means.PHYSICAL,
        Aspect.VULNERABILITY,
        20.0,
        Effectiveness.PROVEN,
        38_000,
        "CHF",
        "vcdr-22-2",
    )
    return replace(plain, **changes)  # type: ignore[arg-type]


def measured(actor: Actor, mission: Mission, **changes: object) -> Measure:
    """The wall, proposed by this person; the conventions are loaded before."""
    conventions()
    return actions.add_measure(published.claimed(actor, mission.pk, "risk.add_measure"), stated(**changes))


def delegated(mission: Mission, person: Actor, band: Band, *, by: Actor | None = None, days: int = 90) -> Delegation:
    """The right to accept, given by the ministry's line or by this person."""
    claimed = published.claimed(by or local(), mission.pk, "risk.delegate")
    until = clock.as_of() + timedelta(days=days)
    return actions.delegate(claimed, person=person.id, person_name=person.name, max_band=band, until=until)


def accepted(actor: Actor, assessment: Assessment, *, days: int = 20) -> Acceptance:
    """The residual risk accepted by this person."""
    until = clock.as_of() + timedelta(days=days)
    return actions.accept(claim(Assessment, assessment.pk, "risk.accept", actor), until=until, reason="consular work")
