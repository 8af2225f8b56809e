"""Which standing authorities stand, who may use them now, and which uses wait for their review?"""

from dataclasses import dataclass
from datetime import datetime

from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet
from legation.watch.events.roster import DutyKind
from legation.watch.events.standing import AuthorityState
from legation.watch.models.standing import AuthorityUse, StandingAuthority
from legation.watch.queries import roster
from legation.watch.rules.roster import DUTIES, OnCall


@dataclass(frozen=True, slots=True)
class Usable:
    """An authority in force. holder: who may use it now, empty where its duty has a hole; yours: this actor may."""

    row: StandingAuthority
    holder: str
    yours: bool


def authorities(actor: Actor, mission: str | None = None) -> MarkedQuerySet[StandingAuthority]:
    """All visible ones (at one mission), those that stand first."""
    rows = StandingAuthority.objects.visible_to(actor)
    if mission is not None:
        rows = rows.filter(mission_id=mission)
    return rows.order_by("-state", "until")


def authority(actor: Actor, key: str) -> StandingAuthority:
    """One. Raises NotVisible."""
    row = StandingAuthority.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def usable(actor: Actor, mission: str, now: datetime) -> list[Usable]:
    """Those in force at a mission, with who may use each now."""
    rows = authorities(actor, mission).filter(state=AuthorityState.STANDING, until__gt=now)
    found = [(row, holder(actor, row, now)) for row in rows]
    return [Usable(row, who, who == actor.id) for row, who in found]


def holder(actor: Actor, row: StandingAuthority, now: datetime) -> str:
    """Who may use it at `now`."""
    if row.person:
        return row.person
    found = called(actor, row, now)
    return found.who if found else ""


def called(actor: Actor, row: StandingAuthority, now: datetime) -> OnCall | None:
    """Who holds the duty that it is signed for."""
    duty = DutyKind(row.duty)
    return roster.on_call(actor, None if DUTIES[duty].headquarters else row.mission_id, duty, now)


def uses(actor: Actor, *, authority: str = "", waiting: bool = False) -> MarkedQuerySet[AuthorityUse]:
    """Uses, the latest first; of one authority, or only those that wait for their review."""
    rows = AuthorityUse.objects.visible_to(actor).order_by("-used_at")
    if authority:
        rows = rows.filter(authority_id=authority)
    return rows.filter(verdict="") if waiting else rows


def one_use(actor: Actor, key: str) -> AuthorityUse:
    """One use. Raises NotVisible."""
    row = AuthorityUse.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row
