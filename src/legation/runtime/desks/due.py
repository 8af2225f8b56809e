"""What must be done by when? Deadlines that stand, at the missions and markings of this reader."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from legation.foundations.identity import Ref
from legation.missions import published as missions
from legation.pages.panels import address_of
from legation.pages.sentences import in_words, known, sentence
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.deadlines import Deadline, parked

AHEAD = timedelta(days=30)
SHOWN = 8
ALARM = "watch.alarm_limit"  # deadlines of alarms stand in the alarm queue, with their clocks


@dataclass(frozen=True, slots=True)
class DueLine:
    """One deadline as a line. late: its time is over and nobody has done it."""

    what: str
    mission: str
    owner: str
    due_at: datetime
    late: bool
    url: str


def due(actor: Actor) -> list[DueLine]:
    """What is late or falls due within AHEAD, the next first."""
    now = clock.as_of()
    rows = Deadline.objects.visible_to(actor).filter(fired_at__isnull=True, due_at__lte=now + AHEAD)
    found = list(rows.exclude(kind=ALARM).order_by("due_at")[:SHOWN])
    keys = frozenset(str(row.mission_id) for row in found if row.mission_id)
    names = {str(one.id): one.name for one in missions.missions(actor, keys=keys)} if keys else {}
    return [
        DueLine(
            sentence(row.kind) if known(row.kind) else in_words(row.kind.rpartition(".")[2]),
            names.get(str(row.mission_id), ""),
            row.owner,
            row.due_at,
            row.due_at < now,
            address_of(Ref(row.subject_type, row.subject_id)),
        )
        for row in found
    ]


def panel(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """Deadlines, and how many could not be fired and wait for a person."""
    return {"due": due(actor), "stuck": parked().filter(marking_id__in=actor.markings).count()}
