"""What the watch floor puts on pages that are not its own: the alarm panel, the rail's count, sentences."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.missions import published as missions
from legation.pages.panels import Panel, RailEntry, register_address, register_panel, register_rail
from legation.pages.sentences import register_sentences
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.watch import queries

SENTENCES = {
    "runtime.clock_jumped": _("The machine's clock jumped by {seconds} seconds. Check its time source."),
    "runtime.duty_failed": _("The worker's duty “{duty}” keeps failing ({fault}). Its log says more; it is tried on."),
    "alarm_closed": _("This alarm is closed already."),
    "alarm_unclaimed": _("Take the alarm in hand first, so that it is known who settles it."),
    "note_missing": _("Say what came of it: the note stands in the record."),
    "note_too_long": _("Shorten the note to {longest} characters."),
}


def register() -> None:
    register_rail(RailEntry(_("Alarms"), "alarms", 12, "watch.read", count=lambda actor: queries.count(actor) or None))
    register_panel(Panel("watch.side", "watch.alarms", alarms, "watch/alarms.html", order=10, live=True))
    register_panel(Panel("rso.side", "watch.rso", alarms, "watch/alarms.html", order=10))
    register_panel(Panel("mission.side", "watch.mission", alarms, "watch/alarms.html", order=5))
    register_address("QueuedAlarm", lambda key: reverse("alarm", args=[key]))
    register_sentences(SENTENCES)


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
