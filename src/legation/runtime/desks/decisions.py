"""What waits for a decision? Postures that risk calls for, and accepted risks whose time runs out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _

from legation.foundations.posture import PostureLevel
from legation.missions import published as missions
from legation.pages.panels import foresee
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.risk import queries as risk
from legation.runtime.desks import world_map
from legation.watch import queries as alarms
from legation.watch.queries import standing

SOON = timedelta(days=7)  # a week: long enough to assess anew before an acceptance lapses
SHOWN = 6
LOOKED_AT = 5  # of the worst missions: each costs its scenarios and tripwires
GRAVE = 3  # from the band `high` on a posture is worth a person's time


@dataclass(frozen=True, slots=True)
class Waiting:
    """One decision: what it is, what it would change, by when, and where it is taken."""

    what: str
    detail: str
    by: datetime | None
    url: str
    verb: str


def waiting(actor: Actor) -> list[Waiting]:
    """Decisions that wait at the missions of this actor, the most urgent first."""
    found = sorted(_postures(actor) + _reviews(actor) + _acceptances(actor), key=lambda one: one.by or clock.as_of())
    return [*found, *_called_for(actor)][:SHOWN]


def _postures(actor: Actor) -> list[Waiting]:
    if "missions.set_posture" not in actor.verbs:
        return []
    proposed = [one.row for one in alarms.queue(actor) if one.row.kind == risk.POSTURE_ALARM and one.row.mission_id]
    names = _names(actor, {str(row.mission_id) for row in proposed})
    found = []
    for row in proposed:
        key = str(row.mission_id)
        told = foresee(PostureLevel(int(row.params.get("proposed", 1))), actor, key)
        detail = "; ".join(sentence(one.code, one.params) for one in told) or sentence(row.kind, row.params)
        what = _("Posture for %(mission)s: %(before)s → %(after)s proposed") % {
            "mission": names.get(key, ""),
            "before": row.params.get("current", "?"),
            "after": row.params.get("proposed", "?"),
        }
        found.append(Waiting(what, detail, row.due_at, reverse("proposal", args=[key]), _("Decide")))
    return found


def _called_for(actor: Actor) -> list[Waiting]:
    """Postures that risk calls for at the missions that stand worst, though nobody has put them forward."""
    if not {"missions.set_posture", "risk.read"} <= actor.verbs:
        return []
    found = []
    for one in world_map.worst(actor, missions.home_state(actor))[:LOOKED_AT]:
        wanted = risk.proposal(actor, one.mission.id, clock.as_of()) if one.standing.band >= GRAVE else None
        if wanted is None or wanted.proposed <= wanted.current or risk.declined(actor, one.mission.id, wanted):
            continue
        what = _("%(mission)s: risk calls for posture %(after)s in place of %(before)s") % {
            "mission": one.mission.name,
            "before": int(wanted.current),
            "after": int(wanted.proposed),
        }
        told = foresee(wanted.proposed, actor, one.mission.id)
        detail = "; ".join(sentence(each.code, each.params) for each in told) or one.standing.cause
        found.append(Waiting(what, detail, None, reverse("proposal", args=[one.mission.id]), _("Decide")))
    return found


def _reviews(actor: Actor) -> list[Waiting]:
    """What was done without asking, for the head of mission."""
    if "watch.review_use" not in actor.verbs:
        return []
    rows = list(standing.uses(actor, waiting=True)[:SHOWN])
    names = _names(actor, {str(row.mission_id) for row in rows})
    return [
        Waiting(
            _("Done without asking: %(mission)s") % {"mission": names.get(str(row.mission_id), "")},
            f"{sentence(f'watch.authority.{row.kind}')} {row.level or ''}: {row.reason}",
            row.review_by,
            reverse("authority-used", args=[row.pk]),
            _("Review"),
        )
        for row in rows
    ]


def _acceptances(actor: Actor) -> list[Waiting]:
    if "risk.read" not in actor.verbs:
        return []
    ending = list(risk.standing_acceptances(actor).filter(until__lte=clock.as_of() + SOON)[:SHOWN])
    names = _names(actor, {str(row.mission_id) for row in ending})
    return [
        Waiting(
            _("Accepted risk lapses: %(mission)s") % {"mission": names.get(str(row.mission_id), "")},
            _("assess again, lower it, or let someone delegated accept it"),
            row.until,
            reverse("risk-scenario", args=[row.mission_id, row.threat]),
            _("Open"),
        )
        for row in ending
    ]


def _names(actor: Actor, keys: set[str]) -> dict[str, str]:
    return {one.id: one.name for one in missions.missions(actor, keys=frozenset(keys))} if keys else {}


def panel(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """For those who decide anything."""
    if not {"missions.set_posture", "risk.accept"} & actor.verbs:
        return None
    return {"waiting": waiting(actor)}
