"""What the watch floor puts on pages that are not its own: the alarm panel, the rail's count, sentences."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.missions import published as missions
from legation.pages.panels import Panel, RailEntry, register_address, register_panel, register_rail
from legation.pages.sentences import register_sentences
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.actors import names_of
from legation.watch import queries
from legation.watch.panels import wording
from legation.watch.queries import handing, standing
from legation.watch.queries import roster as rosters
from legation.watch.web.roster import HEADQUARTERS, on_call_rows


def register() -> None:
    register_rail(RailEntry(_("Alarms"), "alarms", 12, "watch.read", count=lambda actor: queries.count(actor) or None))
    register_panel(Panel("watch.side", "watch.alarms", alarms, "watch/alarms.html", order=10, live=True))
    register_panel(Panel("rso.side", "watch.rso", alarms, "watch/alarms.html", order=10))
    register_panel(Panel("mission.side", "watch.mission", alarms, "watch/alarms.html", order=5))
    register_address("QueuedAlarm", lambda key: reverse("alarm", args=[key]))
    register_address("Roster", lambda key: reverse("roster-place", args=[key]))
    register_address("HandOver", lambda key: reverse("hand-over", args=[key]))
    register_address("StandingAuthority", lambda key: reverse("authority-standing", args=[key]))
    register_address("AuthorityUse", lambda key: reverse("authority-used", args=[key]))
    register_panel(Panel("mission.side", "watch.authorities", authorities_here, "watch/authorities_here.html", order=9))
    register_address("Shift", lambda key: reverse("shift", args=[key]))
    register_rail(RailEntry(_("On call"), "roster", 14, "watch.read_roster"))
    register_panel(Panel("rso.side", "watch.on_call_rso", on_call_here, "watch/on_call.html", order=15))
    register_panel(Panel("watch.side", "watch.on_call", on_call_here, "watch/on_call.html", order=20))
    register_panel(Panel("staff.side", "watch.on_call_staff", on_call_here, "watch/on_call.html", order=20))
    register_panel(Panel("mission.side", "watch.on_call_mission", on_call_here, "watch/on_call.html", order=8))
    register_sentences(wording.SENTENCES)


def on_call_here(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """Who is on call now at the mission; on a home page at headquarters and at the missions of one who has a few."""
    if "watch.read_roster" not in actor.verbs:
        return None
    now, wanted = clock.as_of(), {mission} if mission else {None, *(actor.missions or ())}
    keys = [key for key in rosters.places(actor) if key in wanted]
    seen = {str(m.id): m.name for m in missions.missions(actor, keys=frozenset(k for k in keys if k))}
    places = [
        (key or HEADQUARTERS, seen.get(key or "", ""), on_call_rows(actor, rosters.roster(actor, key, now), now))
        for key in keys
    ]
    waiting = [] if mission else handing.waiting_for(actor)
    if mission and not places and "watch.plan_roster" not in actor.verbs:
        return None
    return {"places": places, "mission": mission, "waiting": waiting}


def alarms(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """The queue, with the names of the missions; nothing for those who may not read it."""
    if "watch.read" not in actor.verbs:
        return None
    queue = queries.queue(actor, mission=mission)
    if mission and not queue:
        return None
    keys = frozenset(s.row.mission_id for s in queue if s.row.mission_id)
    seen = {str(m.id): m for m in missions.missions(actor, keys=keys)}
    home = missions.home_state(actor) if len({m.sending_state for m in seen.values()}) > 1 else ""
    names = {key: f"{m.name} ({m.sending_state})" if home else m.name for key, m in seen.items()}
    # Where lists of other states are loaded too, one's own service stands here and the others one step away.
    own = [one for one in queue if home == getattr(seen.get(one.row.mission_id or ""), "sending_state", home)]
    elsewhere = len(queue) - len(own) if home and own else 0
    queue = own if elsewhere else queue
    rows = [(s, names.get(s.row.mission_id or "", "")) for s in queue[:8]]
    return {
        "rows": rows,
        "total": len(queue),
        "elsewhere": elsewhere,
        "may_take": "watch.take" in actor.verbs,
        "now": clock.as_of(),
        "held": clock.is_demonstration(),
    }


def authorities_here(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """What may be done at once at this mission, and what waits for its review."""
    if mission is None or "watch.read" not in actor.verbs:
        return None
    found = standing.usable(actor, mission, clock.as_of())
    waiting = [one for one in standing.uses(actor, waiting=True) if one.mission_id == mission]
    if not found and not waiting and "watch.sign_authority" not in actor.verbs:
        return None
    names = names_of([one.holder for one in found])
    rows = [(one, names.get(one.holder, "")) for one in found]
    return {"rows": rows, "waiting": waiting, "mission": mission}
