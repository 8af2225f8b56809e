"""What do the demonstration's persons ask and write? Three questions to agencies, and one brief above and below a line.

The occurrences and figures in the brief are those of the replay; every judgement says that it is a demonstration.
"""

from dataclasses import replace
from datetime import datetime, timedelta

from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.threats import ThreatClass
from legation.intelligence.actions import ask_requirement, issue_brief, put_requirement, register_agency
from legation.intelligence.actions.requirements import Question
from legation.intelligence.models import Brief, Requirement
from legation.intelligence.rules.briefs import Composed, Item, Likelihood, Recipient, Section, Span
from legation.intelligence.rules.requirements import AgencyKind, Priority
from legation.missions.models import Mission
from legation.missions.published import MissionSeen
from legation.missions.published import mission as mission_seen
from legation.platform.authority.actor import Actor
from legation.platform.authority.actors import of_operator
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim, claim_house
from legation.runtime.desks import brief_material as material
from legation.runtime.desks.brief_material import Choice

SAYS_SO = "Demonstration judgement: "
LINE = Marking(tlp=Tlp.GREEN)
CLOSED = Marking(Classification.RESTRICTED, Tlp.AMBER)

AGENCIES = (
    ("Diplomatic police (demonstration)", AgencyKind.POLICE, "liaison desk, by telephone"),
    ("Mission of a partner (demonstration)", AgencyKind.PARTNER, "weekly meeting"),
)

QUESTIONS: tuple[tuple[str, str, ThreatClass, Priority, int, int], ...] = (
    (
        "Which streets near the chancery do the police mean to close on the day of the march?",
        "Whether the chancery opens that day",
        ThreatClass.CIVIL_UNREST,
        Priority.IMMEDIATE,
        0,
        1,
    ),
    (
        "Do partners move their families out of the north-eastern quarters?",
        "Posture of the mission, and leave for dependants",
        ThreatClass.ARMED_CONFLICT,
        Priority.PRIORITY,
        1,
        6,
    ),
    (
        "How many residences were broken into this quarter, and how?",
        "Whether residences get a second lock this year",
        ThreatClass.CRIME,
        Priority.ROUTINE,
        0,
        20,
    ),
)
"""Question, decision, class, priority, number of the agency, days until the answer is due."""


def fill(now: datetime) -> None:
    """Let the analyst ask and write, once."""
    analyst = of_operator(Operator.objects.get(user__username="analyst"))
    at = Mission.objects.visible_to(analyst).filter(receiving_code="SY", sending_state="Brazil").first()
    if at is None or Brief.objects.visible_to(analyst).exists():
        return
    if not Requirement.objects.visible_to(analyst).exists():
        ask(analyst, at, now)
    brief(analyst, mission_seen(analyst, at.pk), now)


def ask(analyst: Actor, at: Mission, now: datetime) -> None:
    house = "intelligence.register_agency"
    asked = [
        register_agency(claim_house(house, analyst), name=name, kind=kind, contact=contact)
        for name, kind, contact in AGENCIES
    ]
    for question, why, threat, priority, agency, days in QUESTIONS:
        claimed = claim(Mission, at.pk, "intelligence.put_requirement", analyst)
        row = put_requirement(claimed, Question(question, SAYS_SO + why, threat, priority))
        wanted = claim(Requirement, row.pk, "intelligence.ask_requirement", analyst)
        ask_requirement(wanted, agency=asked[agency], due_at=now + timedelta(days=days, hours=10))


def brief(analyst: Actor, at: MissionSeen, now: datetime) -> None:
    """A daily brief of the mission, its first line rewritten for below the line."""
    since = material.looked_from(Span.DAILY, now)
    chosen = [one for one in material.choices(analyst, [at], since) if one.proposed.reasons][:5]
    items = [
        Item(
            Section.JUDGEMENT,
            SAYS_SO + "fighting stays outside the inner city; the road to the airport is what to watch.",
            CLOSED,
            likelihood=Likelihood.LIKELY,
            below=SAYS_SO + "avoid the airport road after dark.",
        ),
        *(item_of(one) for one in chosen),
        *material.changed(analyst, [at], since),
        *material.ahead(analyst, [at], LINE),
        *material.still_asked(analyst, at.id),
        *material.to_come(analyst, at.id),
        *material.silent(analyst),
    ]
    if len(chosen) > 1:
        last = len(chosen)
        items[last] = replace(items[last], marking=CLOSED, below="")
    made = Composed(
        Span.DAILY,
        f"Daily brief, {at.name}, {now:%d %B %Y}",
        tuple(items),
        since,
        line=LINE,
        recipients=(Recipient(role="head_of_mission"), Recipient(role="rso"), Recipient(role="staff", must_read=False)),
    )
    issue_brief(claim(Mission, at.id, "intelligence.issue_brief", analyst), made)


def item_of(one: Choice) -> Item:
    return Item(Section.HAPPENED, one.facts, one.marking, one.title, subject=one.subject)
