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
from legation.watch.queries import roster as rosters
from legation.watch.web.roster import HEADQUARTERS, on_call_rows

SENTENCES = {
    "runtime.clock_jumped": _("The machine's clock jumped by {seconds} seconds. Check its time source."),
    "runtime.duty_failed": _("The worker's duty “{duty}” keeps failing ({fault}). Its log says more; it is tried on."),
    "alarm_closed": _("This alarm is closed already."),
    "alarm_unclaimed": _("Take the alarm in hand first, so that it is known who settles it."),
    "note_missing": _("Say what came of it: the note stands in the record."),
    "note_too_long": _("Shorten the note to {longest} characters."),
}

ROSTER = {
    "watch.duty.rso_on_call": _("Security officer on call"),
    "watch.duty.duty_officer": _("Duty officer"),
    "watch.duty.deputy_head": _("Head of mission or deputy"),
    "watch.duty.watch_officer": _("Watch officer"),
    "watch.duty.duty_director": _("Director on call"),
    "watch.gap.uncovered": _("Nobody"),
    "watch.gap.away": _("Away, no deputy"),
    "watch.gap.double": _("Two at a time"),
    "watch.gap.too_long": _("Too long without a break"),
    "watch.gap.short_rest": _("Too little rest"),
    "watch.roster_gap": _("Roster, {duty}: {gap} from {from} until {until} UTC {who}"),
    "shift_missing": _("Choose at least one person and a time that is not over."),
    "shifts_too_many": _("That is more than {most} turns; enter fewer weeks at a time."),
    "duty_kept_elsewhere": _("The duty {duty} is not kept here: some belong to missions, others to headquarters."),
    "shift_ends_before_it_begins": _("The end lies before the beginning."),
    "shift_in_the_past": _("A turn from {begins} is over; a roster is not written afterwards."),
    "person_not_reachable": _("Choose another person with an account here who may take alarms: one must reach him."),
    "shift_stands_already": _("This person's turn from {begins} stands already."),
    "shift_cancelled_already": _("This turn was cancelled."),
    "shift_is_over": _("This turn is over."),
    "leave_is_over": _("This leave is over already."),
    "deputy_to_oneself": _("Nobody is his own deputy; choose another person or leave it open."),
    "one_duty_at_a_time": _("Enter the turns of one duty at a time."),
    "headquarters_not_yours": _("The headquarters roster belongs to those who see every mission."),
    "watch.RosterPlanned": _("{shifts} turns of the duty {duty} entered"),
    "watch.ShiftSwapped": _("A turn of the duty {duty} given to somebody else: {reason}"),
    "watch.ShiftCancelled": _("A turn of the duty {duty} cancelled: {reason}"),
    "watch.DutyGivenUp": _("The duty {duty} is no longer kept: {reason}"),
    "watch.GapsFound": _("{gaps} gaps found in the coming week's roster"),
    "watch.AlarmSettled": _("Alarm settled: {reason}"),
}


def register() -> None:
    register_rail(RailEntry(_("Alarms"), "alarms", 12, "watch.read", count=lambda actor: queries.count(actor) or None))
    register_panel(Panel("watch.side", "watch.alarms", alarms, "watch/alarms.html", order=10, live=True))
    register_panel(Panel("rso.side", "watch.rso", alarms, "watch/alarms.html", order=10))
    register_panel(Panel("mission.side", "watch.mission", alarms, "watch/alarms.html", order=5))
    register_address("QueuedAlarm", lambda key: reverse("alarm", args=[key]))
    register_address("Roster", lambda key: reverse("roster-place", args=[key]))
    register_address("Shift", lambda key: reverse("shift", args=[key]))
    register_rail(RailEntry(_("On call"), "roster", 14, "watch.read_roster"))
    register_panel(Panel("watch.side", "watch.on_call", on_call_here, "watch/on_call.html", order=20))
    register_panel(Panel("staff.side", "watch.on_call_staff", on_call_here, "watch/on_call.html", order=20))
    register_panel(Panel("mission.side", "watch.on_call_mission", on_call_here, "watch/on_call.html", order=8))
    register_sentences(SENTENCES | ROSTER)


def on_call_here(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """Who is on call now at the mission; on a home page at headquarters and at the missions of one who has a few."""
    if "watch.read_roster" not in actor.verbs:
        return None
    now, wanted = clock.as_of(), {mission} if mission else {None, *(actor.missions or ())}
    keys = [key for key in rosters.places(actor) if key in wanted]
    seen = {str(m.id): m.name for m in missions.missions(actor, keys=frozenset(k for k in keys if k))}
    places = [
        (key or HEADQUARTERS, seen.get(key or "", ""), on_call_rows(rosters.roster(actor, key, now), now))
        for key in keys
    ]
    if mission and not places and "watch.plan_roster" not in actor.verbs:
        return None
    return {"places": places, "mission": mission, "may_plan": "watch.plan_roster" in actor.verbs}


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
