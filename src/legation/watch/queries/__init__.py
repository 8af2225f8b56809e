"""What stands in the queue for this actor?"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.actors import names_of
from legation.platform.ledger.words import counts
from legation.platform.records import MarkedQuerySet
from legation.watch.events import AlarmState
from legation.watch.models import QueuedAlarm
from legation.watch.rules.alarms import called_at


@dataclass(frozen=True, slots=True)
class Standing:
    """An alarm as the queue shows it. left: until somebody else is called, negative when over. called: the name of
    the person it stands with, empty where a whole role is called; calls_next: a duty of the chain."""

    row: QueuedAlarm
    count: int
    left: timedelta
    called: str
    calls_next: str

    @property
    def hot(self) -> bool:
        """Nobody has it in hand and the limit is near: a sixth of an hour."""
        return self.row.state == AlarmState.STANDING and self.left < timedelta(minutes=10)


def queue(actor: Actor, *, mission: str | None = None) -> list[Standing]:
    """Open alarms, the gravest first, then the one whose limit is nearest."""
    rows = _open(actor).order_by("-severity", "due_at")
    if mission:
        rows = rows.filter(mission_id=mission)
    found = list(rows[:200])
    repeated = counts([row.word_key for row in found])
    now = clock.as_of()
    names = names_of({row.called for row in found if row.called})
    return [
        Standing(row, repeated.get(row.word_key, 1), row.due_at - now, names.get(row.called, ""), _next(row))
        for row in found
    ]


def alarm(actor: Actor, key: str) -> QueuedAlarm:
    """One alarm, closed ones too. Raises NotVisible."""
    row = QueuedAlarm.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def count(actor: Actor) -> int:
    """How many alarms are open."""
    return _open(actor).count()


def oldest(actor: Actor) -> datetime | None:
    """When the oldest open alarm was raised."""
    row = _open(actor).order_by("raised_at").first()
    return row.raised_at if row else None


def closed_since(actor: Actor, since: datetime) -> MarkedQuerySet[QueuedAlarm]:
    """Alarms closed since an instant, latest first."""
    return QueuedAlarm.objects.visible_to(actor).filter(closed_at__gte=since).order_by("-closed_at")


def _next(row: QueuedAlarm) -> str:
    return called_at(row.step + 1, at_mission=bool(row.mission_id)).duties[0].value


def _open(actor: Actor) -> MarkedQuerySet[QueuedAlarm]:
    return QueuedAlarm.objects.visible_to(actor).exclude(state=AlarmState.CLOSED)


def open_of_kind(actor: Actor, kind: str, mission: str | None) -> list[QueuedAlarm]:
    """Open alarms of one kind at a mission, or of none."""
    return list(_open(actor).filter(kind=kind, mission_id=mission))
