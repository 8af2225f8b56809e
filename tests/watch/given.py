"""Worlds for the watch floor: alarms raised by an act, heard by the worker."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tests import given

from legation.foundations.identity import MissionId
from legation.foundations.words import Alarm, Severity
from legation.missions import published as missions
from legation.missions.models import Mission
from legation.platform import clock
from legation.platform.act import Context
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import House, claim_house
from legation.platform.subscribers import deliver_all
from legation.watch.actions import roster, standing
from legation.watch.events.roster import DutyKind
from legation.watch.events.standing import AuthorityKind
from legation.watch.models import QueuedAlarm, Shift, StandingAuthority
from legation.watch.rules.roster import Turn
from legation.watch.rules.standing import Signed


@dataclass(frozen=True, slots=True)
class Noticed:
    """A fact that only these tests announce."""

    what: str


@given.unlisted("runtime.advance")
def _notice(ctx: Context, house: House, alarm: Alarm) -> None:
    ctx.announce(Noticed(alarm.kind), mission=alarm.mission, words=[alarm], subjects=[alarm.subject])


def raised(mission: Mission, *, key: str = "k", severity: Severity = Severity.URGENT) -> None:
    """An alarm as some room raises it."""
    alarm = Alarm(MissionId(mission.pk), "test.shelling", severity, mission.ref, key, {"km": 5})
    _notice(claim_house("runtime.advance", given.local()), alarm)


def queued(mission: Mission, **how: object) -> QueuedAlarm:
    """The same, standing in the queue."""
    raised(mission, **how)  # type: ignore[arg-type]
    deliver_all()
    return QueuedAlarm.objects.filter(kind="test.shelling").exclude(state="closed").latest("pk")


def planned(
    planner: Actor, mission: Mission | None, duty: DutyKind, who: Actor, begins: datetime, ends: datetime
) -> Shift:
    """One turn at a mission, or at headquarters."""
    verb = "watch.plan_roster"
    claimed = missions.claimed(planner, mission.pk, verb) if mission else claim_house(verb, planner)
    return roster.plan(claimed, [Turn(duty, who.id, begins, ends)])[0]


def authority(
    head: Actor, mission: Mission, *, kind: AuthorityKind = AuthorityKind.RAISE_POSTURE, level: int = 4
) -> StandingAuthority:
    """What the duty officer may do at once for thirty days."""
    until = clock.as_of() + timedelta(days=30)
    wanted = Signed(kind, level, DutyKind.DUTY_OFFICER, "", until, "Shots within 500 m", "VCDR 22")
    return standing.sign(missions.claimed(head, mission.pk, "watch.sign_authority"), wanted)
