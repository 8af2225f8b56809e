"""What did the demonstration's missions ask of their host states? Four requests in different states, and one entry."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from legation.foundations.markings import Classification, Marking, Tlp
from legation.law.actions import entering
from legation.law.actions import host as actions
from legation.law.events.entering import Capacity, Given, Outsider, Part
from legation.law.events.host import HandoverMeans, Language, RequestKind, RequestState, Step, Wording
from legation.law.models import HostRequest, PremisesEntry
from legation.law.rules import host as rules
from legation.missions.models import Mission
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import of_operator, service
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim

MARKING = Marking(Classification.RESTRICTED, Tlp.AMBER)
SAYS_SO = "Demonstration: "


@dataclass(frozen=True, slots=True)
class Story:
    """One request: where, what, how its note is worded, and how far it went."""

    country: str
    kind: RequestKind
    subject: str
    assessment: str
    language: Language
    wording: Wording
    far: RequestState


STORIES: tuple[Story, ...] = (
    Story(
        "SY",
        RequestKind.POLICE_PROTECTION,
        "Two officers at the chancery gate at all hours",
        SAYS_SO + "the post is left at night; the street is open to cars then",
        Language.AR,
        Wording("وجود شرطيين أمام بوابة مبنى السفارة على مدار الساعة"),
        RequestState.DELIVERED,
    ),
    Story(
        "SY",
        RequestKind.BAG_CLEARANCE,
        "Bag of 3 February, two packages, held at the airport",
        SAYS_SO + "the third delay since December",
        Language.FR,
        Wording("deux colis arrivés le 3 février 2018"),
        RequestState.ANSWERED,
    ),
    Story(
        "MX",
        RequestKind.EXTRA_PATROL,
        "Patrols past the residences in the evening",
        SAYS_SO + "two burglaries in a month, both on Fridays",
        Language.ES,
        Wording("rondas al anochecer, en particular los viernes"),
        RequestState.NOT_KEPT,
    ),
    Story(
        "MM",
        RequestKind.RADIO_TRANSMITTER,
        "VHF base station in the chancery",
        SAYS_SO + "the network was cut twice",
        Language.EN,
        Wording("one VHF base station of 25 W with a roof aerial"),
        RequestState.NUMBERED,
    ),
)


def ask(state: str, now: datetime) -> int:
    """Ask what the stories say, once; by the security officer of the demonstration. Returns the number of requests."""
    local = service(ServiceAccount.LOCAL)
    if HostRequest.objects.visible_to(local).exists():
        return 0
    own = Mission.objects.visible_to(local).filter(sending_state__iexact=state).order_by("title")
    at = {row.receiving_code: row.pk for row in own if row.kind == "embassy"}
    told = [story for story in STORIES if story.country in at]
    for story in told:
        _tell(story, at[story.country], now)
    if "SY" in at:
        _visit(at["SY"], now)
    return len(told)


def _tell(story: Story, mission: str, now: datetime) -> None:
    asked = actions.Asked(story.kind, rules.ground_of(story.kind, "embassy"), story.subject, story.assessment)
    key = actions.ask_host(claim(Mission, mission, "law.ask_host", _rso()), asked, marking=MARKING).pk
    numbering = claim(HostRequest, key, "law.number_note", _rso())
    actions.number_note(numbering, Step.NUMBER, {story.language: story.wording}, first=14)
    if story.far is RequestState.NUMBERED:
        return
    handed = actions.HandedOver(
        HandoverMeans.BY_HAND, now, "stamp of the registry", "Registry (demonstration)", "Protocol"
    )
    actions.deliver_note(claim(HostRequest, key, "law.deliver_note", _rso()), handed)
    if story.far is RequestState.DELIVERED:
        return
    promised = (now + timedelta(days=4)).date() if story.far is RequestState.ANSWERED else None
    said = actions.Answered(SAYS_SO + "the ministry will see to it", "to see to it", promised)
    actions.record_answer(claim(HostRequest, key, "law.record_answer", _rso()), said)
    if story.far is RequestState.NOT_KEPT:
        judging = claim(HostRequest, key, "law.judge_promise", _rso())
        actions.judge_promise(judging, story.far, why=SAYS_SO + "no patrol was seen on two Fridays")


def _visit(mission: str, now: datetime) -> None:
    said = entering.Entering(
        Part.OFFICES,
        given=Given.CONSENT,
        capacity=Capacity.HEAD,
        how="by telephone",
        rooms="ground floor, accompanied",
        purpose=SAYS_SO + "inspection of the fire hydrant",
        until=now + timedelta(hours=2),
        inside=True,
        outsiders=(Outsider("Inspector (demonstration)", "Fire brigade"),),
    )
    key = entering.log_entry(claim(Mission, mission, "law.log_entry", _rso()), said).pk
    entering.mark_left(claim(PremisesEntry, key, "law.mark_left", _rso()))


def _rso() -> Actor:
    """Made anew for each claim: a marking that was first used a moment ago is among those he may read."""
    return of_operator(Operator.objects.get(user__username="rso"))
