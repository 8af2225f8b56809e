"""Pages of the duty roster: who is on call, a week at a place, planning it, one turn."""

from collections.abc import Callable
from datetime import datetime, timedelta

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_GET, require_POST

from legation.foundations.decisions import Refused
from legation.foundations.identity import Ref
from legation.foundations.time import parse_instant
from legation.missions import published as missions
from legation.pages.panels import address_of
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.actor import Actor, Authorised
from legation.platform.authority.actors import names_of
from legation.platform.authority.resolve import House, check_verb, claim, claim_house
from legation.platform.doors import actor_of
from legation.platform.records import Record
from legation.watch.actions import roster as actions
from legation.watch.events.roster import DutyKind
from legation.watch.models.roster import KeptDuty, Leave, Shift
from legation.watch.queries import handing
from legation.watch.queries import roster as queries
from legation.watch.rules import roster as rules
from legation.watch.rules.roster import AHEAD, DUTIES, Away, Turn
from legation.watch.web.grid import monday_of, week

HEADQUARTERS = "headquarters"
TURNS = {
    "8": gettext_lazy("8 hours"),
    "12": gettext_lazy("12 hours"),
    "24": gettext_lazy("a day"),
    "168": gettext_lazy("a week"),
}
"""How long one person's turn may be in a rotation, in hours."""
IN_TURN = 4
"""Persons in a rotation: four cover a desk around the clock with days off."""

MOMENT = "%Y-%m-%dT%H:%M"
Moment = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)


def place_claim(key: str, verb: str, actor: Actor) -> Authorised[Record] | Authorised[House]:
    """A claim on a mission, or on the house for the headquarters desk."""
    return claim_house(verb, actor) if key == HEADQUARTERS else missions.claimed(actor, key, verb)


def place_id(key: str) -> str | None:
    return None if key == HEADQUARTERS else key


class PlaceForm(forms.Form):
    """A form that offers the duties and the reachable persons of one place."""

    def __init__(self, roster: queries.Roster, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # a form's own arguments, passed on
        headquarters = roster.place is None
        duties = [
            (d.value, sentence(f"watch.duty.{d}")) for d, rule in DUTIES.items() if rule.headquarters is headquarters
        ]
        people = sorted(roster.reachable.items(), key=lambda one: one[1])
        for name, field in self.fields.items():
            if isinstance(field, forms.ChoiceField) and name == "duty":
                field.choices = duties
            elif isinstance(field, forms.ChoiceField) and name in {"who", *SELECTS}:
                field.choices = people if field.required else [("", "–"), *people]


SELECTS = ("deputy", "first", "second", "third", "fourth")


class ShiftForm(PlaceForm):
    """One turn."""

    duty = forms.ChoiceField(label=gettext_lazy("Duty"))
    who = forms.ChoiceField(label=gettext_lazy("Who"))
    begins = forms.DateTimeField(label=gettext_lazy("From (UTC)"), widget=Moment)
    ends = forms.DateTimeField(label=gettext_lazy("Until (UTC)"), widget=Moment)


class RotationForm(PlaceForm):
    """Persons in turn for some weeks: a month in one form."""

    duty = forms.ChoiceField(label=gettext_lazy("Duty"))
    first = forms.ChoiceField(label=gettext_lazy("In turn: first"))
    second = forms.ChoiceField(label=gettext_lazy("second"), required=False)
    third = forms.ChoiceField(label=gettext_lazy("third"), required=False)
    fourth = forms.ChoiceField(label=gettext_lazy("fourth"), required=False)
    turn = forms.ChoiceField(label=gettext_lazy("Each for"), choices=list(TURNS.items()), initial="12")
    begins = forms.DateTimeField(label=gettext_lazy("From (UTC)"), widget=Moment)
    weeks = forms.IntegerField(label=gettext_lazy("Weeks"), min_value=1, max_value=26, initial=4)


class LeaveForm(PlaceForm):
    """Who is away, and who takes his turns."""

    who = forms.ChoiceField(label=gettext_lazy("Who"))
    begins = forms.DateTimeField(label=gettext_lazy("From (UTC)"), widget=Moment)
    ends = forms.DateTimeField(label=gettext_lazy("Until (UTC)"), widget=Moment)
    deputy = forms.ChoiceField(label=gettext_lazy("His turns are taken by"), required=False)


class ChangeForm(PlaceForm):
    """Swap or cancel a turn."""

    who = forms.ChoiceField(label=gettext_lazy("Taken by"), required=False)
    reason = forms.CharField(label=gettext_lazy("Why"), max_length=rules.LONGEST_REASON)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Everyone on call now, and where the coming week has gaps."""
    actor = actor_of(request)
    check_verb("watch.read_roster", actor)
    now = clock.as_of()
    keys = queries.places(actor)
    seen = {str(m.id): m.name for m in missions.missions(actor, keys=frozenset(k for k in keys if k))}
    shown = [(key or HEADQUARTERS, seen.get(key or "", ""), queries.roster(actor, key, now)) for key in keys]
    places = [
        (key, name, on_call_rows(actor, roster, now), len(roster.gaps(now, now + AHEAD))) for key, name, roster in shown
    ]
    return render(request, "watch/roster_index.html", {"places": places, "now": now})


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One week at one place, with its gaps and what is planned with."""
    actor, now = actor_of(request), clock.as_of()
    check_verb("watch.read_roster", actor)
    name = missions.mission(actor, key).name if place_id(key) else ""
    found = queries.roster(actor, place_id(key), now)
    monday = monday_of(asked_day(request, now))
    context = {"key": key, "name": name, "monday": monday, "now": now, "rows": week(found, monday, now)}
    context |= {"on_call": on_call_rows(actor, found, now), "before": monday - rules.WEEK, "after": monday + rules.WEEK}
    context |= {"gaps": gap_rows(found, max(now, monday), max(now + AHEAD, monday + rules.WEEK)), "kept": found.kept}
    context |= {
        "leave": leave_rows(actor, found, now),
        "days": [monday + timedelta(days=n) for n in range(7)],
        "rules": DUTIES.items(),
    }
    context |= log_of(actor, found.place, now)
    if "watch.plan_roster" in actor.verbs and (place_id(key) or actor.missions is None):
        context |= planning_forms(request, found, now)
    return render(request, "watch/roster.html", context)


def log_of(actor: Actor, place: str | None, now: datetime) -> dict[str, object]:
    """The last day's notes and the latest hand-overs."""
    notes = list(handing.log(actor, place, now - timedelta(days=1))[:50])
    names = names_of({note.by for note in notes})
    return {
        "notes": [(note, names.get(note.by, "?")) for note in notes],
        "hand_overs": handing.hand_overs(actor, place)[:3],
        "may_note": "watch.log_note" in actor.verbs,
    }


def planning_forms(request: HttpRequest, roster: queries.Roster, now: datetime) -> dict[str, object]:
    """The forms that change it; a gap's link fills the first one in."""
    given = {name: request.GET[name] for name in ("duty", "begins", "ends") if name in request.GET}
    next_hour = (now + timedelta(hours=1)).replace(minute=0, second=0, microsecond=0)
    return {
        "shift_form": ShiftForm(roster, initial={"begins": next_hour, **given}, prefix="shift"),
        "rotation_form": RotationForm(roster, initial={"begins": monday_of(now) + rules.WEEK}, prefix="rotation"),
        "leave_form": LeaveForm(roster, initial={"begins": next_hour}, prefix="leave"),
        "filling": bool(given),
    }


def asked_day(request: HttpRequest, now: datetime) -> datetime:
    """The day that ?week= names; today where it is no date."""
    try:
        return parse_instant(request.GET.get("week", ""))
    except ValueError:
        return now


type OnCallRow = tuple[str, str, str, datetime | None, str]


def on_call_rows(actor: Actor, roster: queries.Roster, now: datetime) -> list[OnCallRow]:
    """Each kept duty with who is called now, for whom he stands in, until when, and where he is described with his
    contacts; no name is a hole."""
    names, described = roster.names, people_at(actor, roster.place)
    rows: list[OnCallRow] = []
    for kept in sorted(roster.kept, key=lambda one: list(DutyKind).index(DutyKind(one.duty))):
        found = roster.on_call(DutyKind(kept.duty), now)
        if found is None:
            rows.append((kept.duty, "", "", None, ""))
        else:
            planned = names.get(found.planned, "") if found.planned != found.who else ""
            rows.append((kept.duty, names.get(found.who, "?"), planned, found.ends, described.get(found.who, "")))
    return rows


def people_at(actor: Actor, place: str | None) -> dict[str, str]:
    """The pages of the people at this mission who have an account here, for whoever may read who is at post."""
    if place is None or "missions.read_people" not in actor.verbs:
        return {}
    found = missions.people(actor, place)
    return {one.operator_id: address_of(Ref("Person", one.id)) for one in found if one.operator_id}


def leave_rows(actor: Actor, roster: queries.Roster, now: datetime) -> list[tuple[Leave, str, str]]:
    """Who is away, and the deputy's name."""
    names = roster.names
    rows = queries.leave_at(actor, roster.place, now)
    return [(row, names.get(row.who, "?"), names.get(row.deputy, "")) for row in rows]


def gap_rows(roster: queries.Roster, since: datetime, until: datetime) -> list[dict[str, object]]:
    """Each gap with the words of its form."""
    names = roster.names
    return [
        {"gap": gap, "names": ", ".join(names.get(w, "?") for w in gap.who), "begins": max(gap.begins, since)}
        for gap in roster.gaps(since, until)
    ]


@require_POST
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Enter one turn."""
    claimed = place_claim(key, "watch.plan_roster", actor_of(request))
    form = ShiftForm(queries.roster(claimed.actor, place_id(key), clock.as_of()), request.POST, prefix="shift")

    def run() -> str:
        given = form.cleaned_data
        turn = Turn(DutyKind(given["duty"]), given["who"], given["begins"], given["ends"])
        actions.plan(claimed, [turn])
        return _("The turn is entered.")

    return tried(request, key, form, run)


@require_POST
def rotate(request: HttpRequest, key: str) -> HttpResponse:
    """Enter a rotation over some weeks."""
    claimed = place_claim(key, "watch.plan_roster", actor_of(request))
    form = RotationForm(queries.roster(claimed.actor, place_id(key), clock.as_of()), request.POST, prefix="rotation")

    def run() -> str:
        given = form.cleaned_data
        people = [given[name] for name in ("first", "second", "third", "fourth") if given[name]]
        until, turn = given["begins"] + given["weeks"] * rules.WEEK, timedelta(hours=int(given["turn"]))
        entered = actions.plan(claimed, rules.rotation(DutyKind(given["duty"]), people, given["begins"], turn, until))
        return ngettext("%(n)s turn is entered.", "%(n)s turns are entered.", len(entered)) % {"n": len(entered)}

    return tried(request, key, form, run)


@require_POST
def repeat(request: HttpRequest, key: str) -> HttpResponse:
    """Enter the shown week's turns again for four weeks; what stands already is left as it is."""
    claimed = place_claim(key, "watch.plan_roster", actor_of(request))
    monday = monday_of(asked_day(request, clock.as_of()))
    turns = queries.roster(claimed.actor, place_id(key), clock.as_of()).turns

    def run() -> str:
        entered = actions.repeat_week(claimed, rules.repeated(turns, monday, 4))
        return ngettext("%(n)s turn is entered.", "%(n)s turns are entered.", entered) % {"n": entered}

    return tried(request, key, None, run)


@require_POST
def leave(request: HttpRequest, key: str) -> HttpResponse:
    """Say who is away."""
    claimed = place_claim(key, "watch.enter_leave", actor_of(request))
    form = LeaveForm(queries.roster(claimed.actor, place_id(key), clock.as_of()), request.POST, prefix="leave")

    def run() -> str:
        actions.enter_leave(claimed, Away(**form.cleaned_data))
        return _("The leave is entered.")

    return tried(request, key, form, run)


@require_POST
def swap(request: HttpRequest, key: str) -> HttpResponse:
    """Give the turn to somebody else, or take it out of the roster where nobody is chosen."""
    actor, who = actor_of(request), request.POST.get("who", "")
    verb = "watch.swap_shift" if who else "watch.cancel_shift"
    claimed = claim(Shift, key, verb, actor)
    reason = request.POST.get("reason", "")

    def run() -> str:
        row = actions.swap(claimed, who, reason=reason) if who else actions.cancel(claimed, reason=reason)
        return _("The turn is %(name)s's now.") % {"name": names_of([row.who]).get(row.who)} if who else _("Cancelled.")

    return tried(request, queries.shift(actor, key).mission_id or HEADQUARTERS, None, run)


@require_POST
def withdraw_leave(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody is here after all."""
    claimed = claim(Leave, key, "watch.withdraw_leave", actor_of(request))
    row = actions.withdraw_leave(claimed)
    return redirect("roster-place", row.mission_id or HEADQUARTERS)


@require_POST
def give_up(request: HttpRequest, key: str) -> HttpResponse:
    """Keep a duty no longer."""
    claimed = claim(KeptDuty, key, "watch.give_up_duty", actor_of(request))

    def run() -> str:
        actions.give_up(claimed, reason=request.POST.get("reason", ""))
        return _("The duty is no longer kept here.")

    return tried(request, queries.place_of_duty(claimed.actor, key) or HEADQUARTERS, None, run)


def tried(request: HttpRequest, key: str, form: forms.Form | None, run: Callable[[], str]) -> HttpResponse:
    """Do it and say so, or say what was refused; back to the roster either way."""
    if form is not None and not form.is_valid():
        messages.error(request, "; ".join(f"{form.fields[n].label}: {e[0]}" for n, e in form.errors.items()))
        return redirect("roster-place", key)
    try:
        messages.success(request, run())
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("roster-place", key)


urlpatterns = [
    path("roster/", index, name="roster"),
    path("roster/<str:key>/", one, name="roster-place"),
    path("roster/<str:key>/shifts/", plan, name="roster-plan"),
    path("roster/<str:key>/rotation/", rotate, name="roster-rotate"),
    path("roster/<str:key>/repeat/", repeat, name="roster-repeat"),
    path("roster/<str:key>/leave/", leave, name="roster-leave"),
    path("shifts/<str:key>/swap/", swap, name="shift-swap"),
    path("leave/<str:key>/withdraw/", withdraw_leave, name="leave-withdraw"),
    path("duties/<str:key>/give-up/", give_up, name="duty-give-up"),
]
