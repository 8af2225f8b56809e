"""Worlds for the risk room's tests: values for the rules, acts for the rest."""

from datetime import UTC, datetime

import numpy as np
from hypothesis import strategies as st

from legation.foundations.identity import MissionId, RecordId, Ref
from legation.foundations.layers import Layer, Means
from legation.foundations.threats import Aspect, ThreatClass
from legation.foundations.words import Evidence
from legation.risk.rules.assessment import Activity, Judged, Scenario
from legation.risk.rules.measures import MeasureState, MeasureValue
from legation.risk.rules.points import Criticality, Degree, Effectiveness
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
