"""Which judgements are to be looked at again, and which are late?"""

from dataclasses import dataclass
from datetime import datetime

from legation.foundations.threats import ThreatLevel
from legation.intelligence.models.reviews import Review
from legation.intelligence.rules.reviews import INTERVALS, days_at
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import Actor


@dataclass(frozen=True, slots=True)
class ReviewSeen:
    """A class at a mission, and whether its review is late. every_days, why: the rule of its level."""

    row: Review
    mission: str
    late: bool
    every_days: int
    why: str

    @property
    def pull_code(self) -> str:
        """The sentence of what pulled it forward."""
        return f"review.pulled.{self.row.pulled}"


def reviews(actor: Actor, *, mission: str | None = None) -> list[ReviewSeen]:
    """The next first; of one mission where it is named."""
    rows = Review.objects.visible_to(actor).order_by("due_at", "id")
    found = list(rows if mission is None else rows.filter(mission_id=mission))
    keys = frozenset(row.mission_id for row in found if row.mission_id)
    names = {str(one.id): one.name for one in missions.missions(actor, keys=keys)} if keys else {}
    return [_seen(row, names.get(row.mission_id or "", ""), clock.as_of()) for row in found]


def late(actor: Actor, *, mission: str | None = None) -> list[ReviewSeen]:
    return [one for one in reviews(actor, mission=mission) if one.late]


def _seen(row: Review, mission: str, now: datetime) -> ReviewSeen:
    level = ThreatLevel(row.level)
    why = next(one.reason for one in INTERVALS if one.level is level)
    return ReviewSeen(row, mission, row.due_at < now, days_at(level), why)


def review_fields(one: ReviewSeen) -> dict[str, object]:
    """A review as programs get it."""
    row = one.row
    return {
        "id": row.pk,
        "mission": row.mission_id,
        "threat": row.threat,
        "level": row.level,
        "looked_at": row.looked_at,
        "due_at": row.due_at,
        "late": one.late,
        "pulled": row.pulled,
        "note": row.note,
    }
