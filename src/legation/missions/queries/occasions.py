"""Which visits and receptions are planned, and who is expected?"""

from legation.missions.models import Guest, Occasion
from legation.missions.rules.occasions import ADVANCE, AdvanceLine
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet


def occasions(actor: Actor, mission_id: str) -> MarkedQuerySet[Occasion]:
    """Visits and receptions of a mission, the latest first."""
    return Occasion.objects.visible_to(actor).filter(mission_id=mission_id).order_by("-begins_at", "pk")


def occasion(actor: Actor, key: str) -> Occasion:
    """One of them. Raises NotVisible."""
    found = Occasion.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def guests(actor: Actor, occasion_id: str) -> MarkedQuerySet[Guest]:
    """Who is expected, by name."""
    return Guest.objects.visible_to(actor).filter(occasion_id=occasion_id).order_by("name", "pk")


def guest(actor: Actor, key: str) -> Guest | None:
    """One guest, where he is still known."""
    return Guest.objects.visible_to(actor).filter(pk=key).first()


def advance(row: Occasion) -> list[tuple[AdvanceLine, str | None]]:
    """The advance survey: each line with the note of who saw to it, None where nobody has."""
    notes = {one.code: one.note for one in row.ticks}
    return [(line, notes.get(line.code)) for line in ADVANCE]
