"""What is open when a watch ends, and what stands in the shift log?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from legation.foundations.markings import Marking
from legation.platform.authority.actor import Actor, NotVisible, ServiceAccount
from legation.platform.authority.actors import of_id, service
from legation.platform.authority.markings import marking_of
from legation.platform.deadlines import Deadline
from legation.platform.records import MarkedQuerySet
from legation.watch.events import AlarmState
from legation.watch.events.handing import ItemKind, OpenItem
from legation.watch.models import AuthorityUse, QueuedAlarm
from legation.watch.models.handing import HandOver, ShiftNote
from legation.watch.queries import roster, standing
from legation.watch.rules.handing import DUE_WITHIN
from legation.watch.rules.roster import AHEAD, Turn

MOST = 200
ALARM_LIMIT = "watch.alarm_limit"


@dataclass(frozen=True, slots=True)
class Open:
    """What is handed over, how it is marked in all, and how many open things are marked too highly for that page."""

    items: tuple[OpenItem, ...]
    marking: Marking
    withheld: int


def open_at(actor: Actor, incoming: str, place: str | None, now: datetime) -> Open:
    """What is open at a place (at headquarters: everywhere) and both persons may read.

    The worker must be able to read the page too, because it escalates what nobody accepts; what is marked above that
    is counted, and told in person.
    """
    shared = actor.markings & of_id(incoming).markings & service(ServiceAccount.WORKER).markings
    alarms = QueuedAlarm.objects.visible_to(actor).exclude(state=AlarmState.CLOSED)
    dues = Deadline.objects.visible_to(actor).filter(fired_at=None, due_at__lte=now + DUE_WITHIN)
    uses = standing.uses(actor, waiting=True)
    if place is not None:
        alarms, dues, uses = (
            alarms.filter(mission_id=place),
            dues.filter(mission_id=place),
            uses.filter(mission_id=place),
        )
    alarms = alarms.order_by("-severity", "due_at")[:MOST]
    dues = dues.exclude(kind=ALARM_LIMIT).order_by("due_at")[:MOST]
    found = [
        *((row.marking_id, OpenItem(ItemKind.ALARM, row.kind, row.params, str(row.ref), row.due_at)) for row in alarms),
        *((row.marking_id, _review(row)) for row in uses[:MOST]),
        *((row.marking_id, OpenItem(ItemKind.DUE, row.kind, {}, str(row.subject), row.due_at)) for row in dues),
    ]
    kept = [(marking, item) for marking, item in found if marking in shared]
    marking = roster.MARKING
    for key in {marking for marking, _ in kept}:
        marking = marking.join(marking_of(key))
    return Open((*(item for _, item in kept), *_gaps(actor, place, now)), marking, len(found) - len(kept))


def _review(row: AuthorityUse) -> OpenItem:
    params: dict[str, str | int | float] = {"kind": row.kind, "level": row.level, "by": "", "reason": row.reason}
    return OpenItem(ItemKind.REVIEW, "watch.AuthorityUsed", params, str(row.ref), row.review_by)


def _gaps(actor: Actor, place: str | None, now: datetime) -> Iterable[OpenItem]:
    for gap in roster.roster(actor, place, now).gaps(now, now + AHEAD):
        params: dict[str, str | int | float] = {"duty": gap.duty.value, "gap": gap.kind.value, "who": ""}
        params |= {"from": f"{gap.begins:%d %b %H:%M}", "until": f"{gap.ends:%d %b %H:%M}"}
        yield OpenItem(ItemKind.GAP, "watch.roster_gap", params, f"Roster/{place or 'headquarters'}", gap.begins)


def hand_over(actor: Actor, key: str) -> HandOver:
    """One. Raises NotVisible."""
    row = HandOver.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def hand_overs(actor: Actor, place: str | None) -> MarkedQuerySet[HandOver]:
    """Those of a place, the latest first."""
    return HandOver.objects.visible_to(actor).filter(mission_id=place).order_by("-offered_at")


def waiting_for(actor: Actor) -> list[HandOver]:
    """Watches given to this person that he has not accepted."""
    return list(HandOver.objects.visible_to(actor).filter(incoming=actor.id, accepted_at=None).order_by("answer_by"))


def offered(actor: Actor, shift: str) -> HandOver | None:
    """The hand-over of this turn, where it was offered."""
    return HandOver.objects.visible_to(actor).filter(shift_id=shift).first()


def next_after(actor: Actor, place: str | None, turn: Turn) -> str:
    """Whose turn follows on the same duty."""
    later = roster.shifts_at(actor, place).filter(duty=turn.duty.value, ends__gt=turn.ends).first()
    return later.who if later else ""


def log(actor: Actor, place: str | None, since: datetime) -> MarkedQuerySet[ShiftNote]:
    """The shift log of a place since then, the latest first."""
    return ShiftNote.objects.visible_to(actor).filter(mission_id=place, at__gte=since).order_by("-at")


def plain(item: OpenItem) -> object:
    """An item as the row keeps it."""
    return msgspec.to_builtins(item)
