"""What do the demonstration's persons judge? Grades, lines, exposure, measures and delegations, each by its own act.

The records are real; these judgements are not anybody's. Each says so in its own words.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from legation.foundations.grading import Grade
from legation.foundations.layers import Layer, Means
from legation.foundations.threats import Aspect, ThreatClass
from legation.intelligence.actions import grade_threat, set_tripwire
from legation.intelligence.rules.profile import Judged
from legation.intelligence.rules.tripwires import Condition, Happenings
from legation.missions.models import Mission
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import of_operator, service
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim
from legation.risk.actions import Entered, Stated, add_measure, assess, delegate, set_measure_state
from legation.risk.rules.matrix import Band
from legation.risk.rules.measures import MeasureState
from legation.risk.rules.points import Criticality, Degree, Effectiveness
from legation.risk.rules.programme import ProgrammeCriticality

SAYS_SO = "Demonstration judgement: "

GRADES: tuple[tuple[str, ThreatClass, Judged, int, str, str], ...] = (
    ("SY", ThreatClass.ARMED_CONFLICT, Judged.INTENT, 2, "B2", "parties shell the capital, not this mission"),
    ("SY", ThreatClass.ARMED_CONFLICT, Judged.CAPABILITY, 4, "B1", "mortars and rockets reach every district"),
    ("SY", ThreatClass.TERRORISM, Judged.CAPABILITY, 3, "C2", "car bombs were used in the city"),
    ("MX", ThreatClass.ARMED_CONFLICT, Judged.CAPABILITY, 3, "B2", "armed groups act in the country at will"),
    ("MX", ThreatClass.ARMED_CONFLICT, Judged.INHIBITING, 1, "C3", "they avoid foreign missions"),
    ("MM", ThreatClass.ARMED_CONFLICT, Judged.INHIBITING, 2, "B3", "fighting stays in the border states"),
)
"""Receiving state, class, what is judged, its value, its grade, why."""

EXPOSURE: tuple[tuple[str, ThreatClass, Degree, int, Criticality, ProgrammeCriticality, str, str], ...] = (
    (
        "SY",
        ThreatClass.ARMED_CONFLICT,
        Degree.HIGH,
        14,
        Criticality.HIGH,
        ProgrammeCriticality.PC1,
        "windows on the street side, no shelter",
        "14 at post; consular protection rests on it",
    ),
    (
        "MX",
        ThreatClass.ARMED_CONFLICT,
        Degree.MODERATE,
        38,
        Criticality.ORDINARY,
        ProgrammeCriticality.PC3,
        "residences without patrols",
        "38 at post with families",
    ),
    (
        "MM",
        ThreatClass.ARMED_CONFLICT,
        Degree.LOW,
        9,
        Criticality.ORDINARY,
        ProgrammeCriticality.PC3,
        "far from the fighting",
        "9 at post",
    ),
)

MEASURES: tuple[tuple[str, Stated, MeasureState, Effectiveness], ...] = (
    (
        "SY",
        Stated(
            "Blast film and shutters, street side",
            Layer.DELAY,
            Means.PHYSICAL,
            Aspect.IMPACT,
            18.0,
            Effectiveness.CLAIMED,
            38_000,
            "BRL",
            "ministry-2",
            (ThreatClass.ARMED_CONFLICT, ThreatClass.TERRORISM),
        ),
        MeasureState.CHOSEN,
        Effectiveness.CLAIMED,
    ),
    (
        "SY",
        Stated(
            "Duck-and-cover drill every month",
            Layer.RESPOND,
            Means.PROCEDURAL,
            Aspect.VULNERABILITY,
            10.0,
            Effectiveness.TESTED,
            2_000,
            "BRL",
            "ministry-3",
            (),
        ),
        MeasureState.IN_FORCE,
        Effectiveness.TESTED,
    ),
    (
        "SY",
        Stated(
            "Relocate two families to the annex",
            Layer.DETER,
            Means.PROCEDURAL,
            Aspect.IMPACT,
            16.0,
            Effectiveness.CLAIMED,
            96_000,
            "BRL",
            "ministry-13",
            (ThreatClass.ARMED_CONFLICT,),
        ),
        MeasureState.PROPOSED,
        Effectiveness.CLAIMED,
    ),
    (
        "MX",
        Stated(
            "Police patrols at residences, asked for by note",
            Layer.DETER,
            Means.LEGAL,
            Aspect.VULNERABILITY,
            12.0,
            Effectiveness.CLAIMED,
            0,
            "BRL",
            "vcdr-30-1",
            (ThreatClass.ARMED_CONFLICT, ThreatClass.CRIME),
        ),
        MeasureState.CHOSEN,
        Effectiveness.CLAIMED,
    ),
)

DELEGATED: tuple[tuple[str, Band], ...] = (("rso", Band.MEDIUM), ("head", Band.HIGH))
"""The RSO may accept up to medium, the head of mission up to high; what is above goes to the capital."""


def lines() -> Iterator[tuple[str, Condition]]:
    """Tripwires by receiving state."""
    yield "SY", Happenings(ThreatClass.ARMED_CONFLICT, 3, within_km=10, within_hours=72)
    yield "MX", Happenings(ThreatClass.ARMED_CONFLICT, 2, within_km=25, within_hours=168)


def judge(state: str, now: datetime) -> int:
    """Let the persons judge the state's own missions where history ships. Returns the number of acts."""
    at = _own_missions(state)
    analyst, head, local = _person("analyst"), _person("head"), service(ServiceAccount.LOCAL)
    done = 0
    for country, threat, judged, value, grade, why in GRADES:
        for key in at.get(country, ()):
            claimed = claim(Mission, key, "intelligence.grade_threat", analyst)
            grade_threat(claimed, threat, judged, value, grade=Grade.parse(grade), note=SAYS_SO + why)
            done += 1
    for country, condition in lines():
        for key in at.get(country, ()):
            lapses = now + timedelta(days=180)
            set_tripwire(
                claim(Mission, key, "intelligence.set_tripwire", analyst), condition, owner=head.name, lapses_at=lapses
            )
            done += 1
    return done + _risks(at, head, local, now)


def _risks(at: dict[str, list[str]], head: Actor, local: Actor, now: datetime) -> int:
    done = 0
    for country, threat, degree, people, criticality, programme, weak, exposed in EXPOSURE:
        entered = Entered(threat, degree, SAYS_SO + weak, people, criticality, programme, SAYS_SO + exposed)
        for key in at.get(country, ()):
            assess(claim(Mission, key, "risk.assess", head), entered)
            done += 1
    for country, stated, state, proven in MEASURES:
        for key in at.get(country, ()):
            row = add_measure(claim(Mission, key, "risk.add_measure", head), stated)
            if state is not MeasureState.PROPOSED:
                set_measure_state(
                    claim(type(row), row.pk, "risk.set_measure", head), MeasureState.CHOSEN, effectiveness=proven
                )
            if state is MeasureState.IN_FORCE:
                set_measure_state(claim(type(row), row.pk, "risk.set_measure", head), MeasureState.IN_FORCE)
            done += 1
    for username, band in DELEGATED:
        person = _person(username)
        for key in sorted(key for keys in at.values() for key in keys):
            delegate(
                claim(Mission, key, "risk.delegate", local),
                person=person.id,
                person_name=person.name,
                max_band=band,
                until=now + timedelta(days=365),
            )
            done += 1
    return done


def _own_missions(state: str) -> dict[str, list[str]]:
    rows = Mission.objects.visible_to(service(ServiceAccount.LOCAL)).filter(
        sending_state__iexact=state, receiving_code__in=("SY", "MX", "MM")
    )
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.receiving_code, []).append(row.pk)
    return found


def _person(username: str) -> Actor:
    return of_operator(Operator.objects.get(user__username=username))
