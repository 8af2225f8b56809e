"""How great is the risk of one threat class at one mission, and why? Additive points, present and residual.

Source: the steps of the UN Security Risk Management process (programme, threat, vulnerability, likelihood, impact,
measures, present and residual risk); the points are the house's own tables in `points`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from math import floor, fsum, log10

from legation.foundations.causes import Cause
from legation.foundations.identity import MissionId, Ref
from legation.foundations.threats import Aspect, ThreatClass
from legation.foundations.words import Evidence
from legation.risk.rules import points as table
from legation.risk.rules.matrix import Risk, risk_of
from legation.risk.rules.measures import MeasureState, MeasureValue
from legation.risk.rules.points import Criticality, Degree


@dataclass(frozen=True, slots=True)
class Judged:
    """A degree entered by a person: who, why, and the record that holds it."""

    degree: Degree
    reason: str
    by: Ref | None = None
    subject: Ref | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """Occurrences of the class expected within 30 days: mean and 80 % interval, near (25 km) and around (25–100 km).

    signals: the occurrences behind the figure, each already a cause; their points are shares that add to 1.
    """

    near: float = 0.0
    near_low: float = 0.0
    near_high: float = 0.0
    around: float = 0.0
    observed_days: float = 0.0
    observed_events: int = 0
    signals: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    """Everything the assessment of one threat class in one area of one mission rests on."""

    mission: MissionId
    area: str
    threat: ThreatClass
    activity: Activity = Activity()
    intent: Judged | None = None
    capability: Judged | None = None
    inhibiting: Judged | None = None
    vulnerability: Judged | None = None
    people: int | None = None
    criticality: Criticality = Criticality.ORDINARY
    measures: tuple[MeasureValue, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Assessed:
    """The answer: where the risk stands, where the chosen measures would bring it, and both trees of causes.

    present_high and present_low: the same tables read at the ends of the activity's 80 % interval.
    """

    scenario: Scenario
    present: Risk
    residual: Risk
    present_low: Risk
    present_high: Risk
    likelihood: Cause
    impact: Cause
    residual_likelihood: Cause
    residual_impact: Cause


def _total(code: str, causes: list[Cause]) -> Cause:
    """A node whose points are, by construction, the sum of its children."""
    return Cause(code, fsum(cause.points for cause in causes), children=tuple(causes))


NEXT_TO_NOTHING = 0.005
"""Less than once in five hundred months is said as nothing."""


def said(value: float) -> float:
    """A figure as it is said: two significant digits, whole from ten on, because no rate is known better."""
    if value < NEXT_TO_NOTHING:
        return 0.0
    return round(value, max(0, 1 - floor(log10(value)))) if value < 100 else round(value, -1)


def activity_points(near: float, around: float) -> tuple[float, float]:
    """Points of the two rings, read from the printed tables."""
    return table.look_up(table.ACTIVITY_NEAR, near), table.look_up(table.ACTIVITY_AROUND, around)


def _activity(activity: Activity) -> list[Cause]:
    near, around = activity_points(activity.near, activity.around)
    shares = tuple(
        Cause(s.code, near * s.points, s.params, s.subject, s.children) for s in activity.signals if near > 0
    )
    return [
        Cause(
            "activity_near",
            near,
            {
                "expected": said(activity.near),
                "low": said(activity.near_low),
                "high": said(activity.near_high),
                "events": activity.observed_events,
                "days": round(activity.observed_days),
            },
            children=shares,
        ),
        Cause("activity_around", around, {"expected": said(activity.around)}),
    ]


def _judged(code: str, judged: Judged | None, points: dict[Degree, float], otherwise: float) -> Cause:
    if judged is None:
        return Cause(f"{code}_unjudged", otherwise)
    by = {"by": str(judged.by)} if judged.by else {}
    return Cause(
        code,
        points[judged.degree],
        {"degree": judged.degree.name.lower(), "reason": judged.reason, **by},
        judged.subject,
    )


def evidence_causes(evidence: Iterable[Evidence], scenario: Scenario, aspects: frozenset[Aspect]) -> list[Cause]:
    """Points that other rooms' evidence adds; the latest per speaker, subject and aspect, strength 0 withdraws.

    Every room speaks through this one function: what R2 brings (findings, drills, sensors) needs no other change.
    """
    latest: dict[tuple[str, Ref, Aspect], Evidence] = {}
    for item in sorted(evidence, key=lambda e: e.observed_at):
        if item.mission == scenario.mission and item.threat == scenario.threat and item.aspect in aspects:
            latest[item.speaker, item.subject, item.aspect] = item
    return [
        Cause(
            "evidence",
            item.strength,
            {
                "speaker": item.speaker,
                "aspect": item.aspect.value,
                "said": ", ".join(str(value).replace("_", " ") for value in item.params.values()),
            },
            item.subject,
        )
        for item in latest.values()
        if item.strength
    ]


def _measures(scenario: Scenario, aspects: frozenset[Aspect], states: frozenset[MeasureState]) -> list[Cause]:
    return [
        Cause(
            "measure",
            -measure.removed,
            {
                "title": measure.title,
                "layer": measure.layer.value,
                "means": measure.means.value,
                "state": measure.state.value,
                "points": measure.points,
                "effectiveness": measure.effectiveness.name.lower(),
                "norm": measure.norm,
            },
            Ref("Measure", measure.id),
        )
        for measure in scenario.measures
        if measure.state in states and measure.aspect in aspects and measure.helps(scenario.threat)
    ]


_LIKELIHOOD = frozenset({Aspect.THREAT, Aspect.VULNERABILITY})
_IMPACT = frozenset({Aspect.IMPACT})
_PRESENT = frozenset({MeasureState.IN_FORCE})
_RESIDUAL = frozenset({MeasureState.IN_FORCE, MeasureState.CHOSEN})


def likelihood_causes(scenario: Scenario, states: frozenset[MeasureState] = _PRESENT) -> Cause:
    """The tree whose points are the likelihood: threat, vulnerability, evidence, minus measures in these states."""
    threat = _activity(scenario.activity)
    threat.append(_judged("intent", scenario.intent, table.INTENT, table.INTENT_UNJUDGED))
    threat.append(_judged("capability", scenario.capability, table.CAPABILITY, table.CAPABILITY_UNJUDGED))
    threat.append(_judged("inhibiting", scenario.inhibiting, table.INHIBITING, 0.0))
    threat += evidence_causes(scenario.evidence, scenario, frozenset({Aspect.THREAT}))
    weak = [_judged("vulnerability", scenario.vulnerability, table.VULNERABILITY, table.VULNERABILITY_UNJUDGED)]
    weak += evidence_causes(scenario.evidence, scenario, frozenset({Aspect.VULNERABILITY}))
    branches = [_total("threat", threat), _total("vulnerability_total", weak)]
    if measures := _measures(scenario, _LIKELIHOOD, states):
        branches.append(_total("measures", measures))
    return _total("likelihood", branches)


def impact_causes(scenario: Scenario, states: frozenset[MeasureState] = _PRESENT) -> Cause:
    """The tree whose points are the impact: severity, exposure, criticality, evidence, minus measures."""
    people = scenario.people
    exposure = (
        Cause("exposure_unknown", table.EXPOSURE_UNKNOWN)
        if people is None
        else Cause("exposure", table.look_up(table.EXPOSURE, people), {"people": people})
    )
    causes = [
        Cause("severity", table.SEVERITY[scenario.threat], {"threat": scenario.threat.value}),
        exposure,
        Cause("criticality", table.CRITICALITY[scenario.criticality], {"level": scenario.criticality.name.lower()}),
        *evidence_causes(scenario.evidence, scenario, _IMPACT),
    ]
    if measures := _measures(scenario, _IMPACT, states):
        causes.append(_total("measures", measures))
    return _total("impact", causes)


def assess(scenario: Scenario) -> Assessed:
    """Present and residual risk of one scenario with the causes of both."""
    likelihood, impact = likelihood_causes(scenario), impact_causes(scenario)
    later, softer = likelihood_causes(scenario, _RESIDUAL), impact_causes(scenario, _RESIDUAL)
    activity = scenario.activity
    stands = sum(activity_points(activity.near, activity.around))
    low = likelihood.points - stands + sum(activity_points(min(activity.near_low, activity.near), activity.around))
    high = likelihood.points - stands + sum(activity_points(max(activity.near_high, activity.near), activity.around))
    return Assessed(
        scenario,
        present=risk_of(likelihood.points, impact.points),
        residual=risk_of(later.points, softer.points),
        present_low=risk_of(low, impact.points),
        present_high=risk_of(high, impact.points),
        likelihood=likelihood,
        impact=impact,
        residual_likelihood=later,
        residual_impact=softer,
    )


def main_cause(assessed: Assessed) -> Cause:
    """The single cause with the most points on likelihood: what a one-line summary names."""
    leaves = [c for branch in assessed.likelihood.children for c in branch.children]
    return max(leaves, key=lambda c: c.points)
