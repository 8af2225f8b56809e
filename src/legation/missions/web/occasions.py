"""Pages of visits and receptions: what is planned, one occasion with run-sheet, survey and guests, and its papers."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from legation.missions import queries
from legation.missions.actions import occasions as actions
from legation.missions.events.occasions import OccasionKind
from legation.missions.models import Guest, Mission, Occasion
from legation.missions.queries import assets as custody
from legation.missions.queries import occasions as asked
from legation.missions.queries import people
from legation.missions.rules import occasions as rules
from legation.pages import prints
from legation.pages.attempts import attempt
from legation.platform import clock
from legation.platform.act import LAST_ENTRY
from legation.platform.authority.actor import Actor
from legation.platform.authority.markings import marking_of
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.platform.egress import tables
from legation.platform.egress.paper import NotPrinted, Sheet

PAPERS = {"run-sheet": "missions/run_sheet_print.html", "guests": "missions/guests_print.html"}


def _instant(label: object) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget)  # type: ignore[arg-type]


class PlanForm(forms.Form):
    """A visit or reception."""

    kind = forms.TypedChoiceField(
        label=gettext_lazy("Kind"),
        coerce=OccasionKind,
        choices=[
            (OccasionKind.RECEPTION.value, gettext_lazy("Reception")),
            (OccasionKind.VISIT.value, gettext_lazy("Visit")),
        ],
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=160)
    begins_at = _instant(gettext_lazy("Begins (UTC)"))
    ends_at = _instant(gettext_lazy("Ends (UTC)"))
    place = forms.CharField(label=gettext_lazy("Place"), max_length=160)
    principal = forms.CharField(label=gettext_lazy("Principal, by office"), max_length=120, required=False)
    host = forms.ChoiceField(label=gettext_lazy("Host"), required=False)
    retention_days = forms.IntegerField(
        label=gettext_lazy("Forget the guests' names after (days)"), min_value=1, max_value=90, initial=30
    )


class LinesForm(forms.Form):
    """A run-sheet or a guest list, a line each."""

    lines = forms.CharField(
        label=gettext_lazy("A line each"), max_length=200_000, widget=forms.Textarea(attrs={"rows": 8})
    )


def plan_form(actor: Actor, mission_id: str, data: object = None) -> PlanForm:
    """The form with who could be host."""
    form = PlanForm(data)  # type: ignore[arg-type]
    at_post = [(one.pk, one.name) for one in people.people(actor, mission_id)]
    form.fields["host"].choices = [("", "–"), *at_post]  # type: ignore[attr-defined]
    return form


@require_GET
def index(request: HttpRequest, key: str) -> HttpResponse:
    """What is planned at a mission."""
    actor = actor_of(request)
    check_verb("missions.read_occasions", actor)
    context = {"mission": queries.mission(actor, key), "rows": asked.occasions(actor, key), "now": clock.as_of()}
    if "missions.plan_occasion" in actor.verbs:
        context["form"] = plan_form(actor, key)
    return render(request, "missions/occasions.html", context)


@require_POST
def plan(request: HttpRequest, key: str) -> HttpResponse:
    """Plan a visit or reception."""
    actor = actor_of(request)
    claimed = claim(Mission, key, "missions.plan_occasion", actor)
    form = plan_form(actor, key, request.POST)

    def run() -> None:
        actions.plan_occasion(claimed, actions.Plan(**form.cleaned_data))

    attempt(request, _("It is planned."), run, form)
    return redirect("mission-occasions", key)


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """Run-sheet, advance survey and guests of one occasion."""
    actor = actor_of(request)
    check_verb("missions.read_occasions", actor)
    row = asked.occasion(actor, key)
    guests = list(asked.guests(actor, key))
    context = {
        "row": row,
        "mission": queries.mission(actor, row.mission_id or ""),
        "names": custody.names(actor, [row.host]),
        "advance": asked.advance(row),
        "guests": guests,
        "arrived": sum(one.arrived_at is not None for one in guests),
        "may_plan": "missions.plan_occasion" in actor.verbs,
        "may_admit": "missions.admit_guest" in actor.verbs,
        "written": "\n".join(f"{line.at} | {line.what} | {line.who}" for line in row.lines),
    }
    return render(request, "missions/occasion.html", context)


@require_POST
def run_sheet(request: HttpRequest, key: str) -> HttpResponse:
    """Write the run-sheet; a line that cannot be read is named."""
    claimed = claim(Occasion, key, "missions.set_run_sheet", actor_of(request))
    form = LinesForm(request.POST)
    if form.is_valid():
        try:
            lines = rules.run_sheet(form.cleaned_data["lines"])
        except ValueError as fault:
            form.add_error("lines", str(fault))
            return render(request, "missions/lines.html", {"form": form, "back": key}, status=422)
    attempt(request, _("The run-sheet is written."), lambda: actions.set_run_sheet(claimed, lines), form)
    return redirect("occasion", key)


@require_POST
def tick(request: HttpRequest, key: str) -> HttpResponse:
    """A line of the advance survey was seen to."""
    claimed = claim(Occasion, key, "missions.tick_advance", actor_of(request))
    code, note = request.POST.get("code", ""), request.POST.get("note", "")
    attempt(request, _("Ticked."), lambda: actions.tick_advance(claimed, code, note=note))
    return redirect("occasion", key)


@require_POST
def add_guests(request: HttpRequest, key: str) -> HttpResponse:
    """Put guests on the list."""
    claimed = claim(Occasion, key, "missions.list_guests", actor_of(request))
    form = LinesForm(request.POST)
    done = _("The guests are on the list.")
    attempt(
        request,
        done,
        lambda: actions.list_guests(claimed, rules.guest_list(form.cleaned_data["lines"])),
        form,
    )
    return redirect("occasion", key)


@require_POST
def admit(request: HttpRequest, key: str) -> HttpResponse:
    """Tick a guest at the door."""
    guest = actions.admit_guest(claim(Guest, key, "missions.admit_guest", actor_of(request)))
    return redirect("occasion", str(guest.occasion_id))


@require_POST
def take_out(request: HttpRequest, key: str, what: str) -> HttpResponse:
    """A run-sheet or guest list on paper, or the guests as a table; each is recorded."""
    actor = actor_of(request)
    row = actions.take_out_occasion(claim(Occasion, key, "missions.take_out_occasion", actor), what[:20])
    if what == "table":
        cells = [(one.name, one.office, one.arrived_at) for one in asked.guests(actor, key)]
        return tables.download("guests", ("name", "office", "arrived_at"), cells)
    return on_paper(actor, row, PAPERS.get(what, PAPERS["run-sheet"]), str(LAST_ENTRY.get()))


def on_paper(actor: Actor, row: Occasion, template: str, copy: str) -> HttpResponse:
    """The PDF, or where this machine cannot make one the page that a browser prints."""
    sheet = Sheet(marking_of(row.marking_id), copy, actor.name)
    context = {"row": row, "guests": asked.guests(actor, row.pk), "names": custody.names(actor, [row.host])}
    try:
        body = prints.pdf(template, context, sheet, actor)
    except NotPrinted:
        return HttpResponse(prints.view(template, context, sheet))
    return HttpResponse(body, content_type="application/pdf")


urlpatterns = [
    path("occasions/<str:key>/", one, name="occasion"),
    path("occasions/<str:key>/run-sheet/", run_sheet, name="occasion-run-sheet"),
    path("occasions/<str:key>/advance/", tick, name="occasion-advance"),
    path("occasions/<str:key>/guests/", add_guests, name="occasion-guests"),
    path("occasions/<str:key>/take-out/<str:what>/", take_out, name="occasion-take-out"),
    path("guests/<str:key>/admit/", admit, name="guest-admit"),
    path("<str:key>/occasions/", index, name="mission-occasions"),
    path("<str:key>/occasions/plan/", plan, name="mission-occasions-plan"),
]
