"""Who is on call in the demonstration? Marked persons in turn at the desk and the main missions, with one gap ahead."""

from datetime import datetime, timedelta

from legation.foundations.markings import Classification, Marking, Tlp
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actions import enrol
from legation.platform.authority.actor import Actor, NotVisible, Role, ServiceAccount
from legation.platform.authority.actors import of_operator, service
from legation.platform.authority.markings import intern
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim_house
from legation.watch.actions import roster, standing
from legation.watch.events.roster import DutyKind
from legation.watch.events.standing import AuthorityKind
from legation.watch.models.roster import KeptDuty
from legation.watch.queries.roster import MARKING
from legation.watch.rules.roster import WEEK, Turn, rotation
from legation.watch.rules.standing import Signed

CLEARED = Marking(Classification.SECRET, Tlp.RED)
NIGHT, SECOND, DEPUTY = "Night watch (demonstration)", "Second officer (demonstration)", "Deputy head (demonstration)"
MORE = ((NIGHT, Role.WATCH_OFFICER), (SECOND, Role.RSO), (DEPUTY, Role.HEAD_OF_MISSION))
"""Beside those who sign in: enough persons that turns can change hands."""
PLACES = ("Damascus", "Beirut", "Mexico City")
WEEKS = 5


def keep(now: datetime) -> int:
    """Plan five weeks from this Monday, sign one authority. Returns how many turns; nothing where it was done."""
    if KeptDuty.objects.exists():
        return 0
    intern(MARKING)  # before the actors are made, who carry the markings in use
    people = _people()
    people |= _enrolled(people)
    monday = now.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=now.weekday())
    done = _desk(people, monday) + sum(_mission(place, people, monday) for place in PLACES)
    _sign(people["head"], now)
    return done


def _desk(people: dict[str, Actor], monday: datetime) -> int:
    watch, night = people["watch"].id, people[NIGHT].id
    begins, until = monday + timedelta(hours=6), monday + WEEKS * WEEK
    turns = rotation(DutyKind.WATCH_OFFICER, [watch, night], begins, timedelta(hours=12), until)
    return len(roster.plan(claim_house("watch.plan_roster", people["watch"]), turns))


def _mission(place: str, people: dict[str, Actor], monday: datetime) -> int:
    """The officer on call changes weekly; at the first mission next week's Monday is nobody's."""
    head = people["head"]
    try:
        key = missions.find(head, place).id
    except (LookupError, NotVisible):
        return 0  # another state's demonstration has no mission there
    own, second, until = people["rso"].id, people[SECOND].id, monday + WEEKS * WEEK
    turns = list(rotation(DutyKind.RSO_ON_CALL, [own, second], monday, WEEK, until))
    if place == PLACES[0]:
        turns[1] = Turn(DutyKind.RSO_ON_CALL, second, monday + timedelta(days=8), turns[1].ends)
    claimed = missions.claimed(head, key, "watch.plan_roster")
    deputies = rotation(DutyKind.DEPUTY_HEAD, [head.id, people[DEPUTY].id], monday, 2 * WEEK, until)
    return len(roster.plan(claimed, turns)) + len(roster.plan(claimed, deputies))


def _sign(head: Actor, now: datetime) -> None:
    try:
        key = missions.find(head, PLACES[0]).id
    except (LookupError, NotVisible):
        return
    wanted = Signed(
        AuthorityKind.RAISE_POSTURE,
        4,
        DutyKind.RSO_ON_CALL,
        "",
        now + timedelta(days=90),
        "Shelling within five kilometres or an armed approach, where neither head nor deputy answers in 30 minutes.",
        "VCDR 22(2)",
    )
    standing.sign(missions.claimed(head, key, "watch.sign_authority"), wanted)


def _people() -> dict[str, Actor]:
    rows = Operator.objects.select_related("user").filter(user__username__in=["watch", "rso", "head"])
    return {row.user.username: of_operator(row) for row in rows}


def _enrolled(people: dict[str, Actor]) -> dict[str, Actor]:
    house = claim_house("authority.enrol", service(ServiceAccount.LOCAL))
    made = {
        name: enrol(house, username=f"roster-{n}", name=name, roles=frozenset({role.value}), clearance=CLEARED)
        for n, (name, role) in enumerate(MORE)
    }
    assert clock.is_demonstration()  # these persons exist nowhere else
    return {name: of_operator(row) for name, row in made.items()}
