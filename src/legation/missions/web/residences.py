"""Pages of residences: those of a mission, and one held against the standard, with its holes shown."""

from datetime import UTC, datetime, time

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from legation.missions import queries
from legation.missions.actions import residences as actions
from legation.missions.events.residences import Answer, Found
from legation.missions.models import Premises, Residence
from legation.missions.queries import assets as custody
from legation.missions.queries import people
from legation.missions.queries import residences as asked
from legation.missions.rules.residences import BY_CODE, holes
from legation.pages.attempts import attempt
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of

ANSWERS = {
    Answer.MET: gettext_lazy("met"),
    Answer.NOT_MET: gettext_lazy("not met"),
    Answer.NOT_APPLICABLE: gettext_lazy("does not apply"),
}


class WaiverForm(forms.Form):
    """A must that is borne with for a time."""

    criterion = forms.ChoiceField(label=gettext_lazy("What fails"))
    measure = forms.CharField(label=gettext_lazy("What compensates"), max_length=400)
    until = forms.DateField(
        label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )


class ResidentForm(forms.Form):
    """Who moves in or out; dependants by themselves, so that each is counted."""

    person = forms.ChoiceField(label=gettext_lazy("Person"))


def waiver_form(row: Residence, data: object = None) -> WaiverForm:
    """The form with the musts that fail."""
    form = WaiverForm(data)  # type: ignore[arg-type]
    form.fields["criterion"].choices = [(one.code, one.asks) for one in holes(row.lines) if one.must]  # type: ignore[attr-defined]
    return form


def resident_form(actor: Actor, row: Residence, data: object = None) -> ResidentForm:
    """The form with the people of the mission."""
    form = ResidentForm(data)  # type: ignore[arg-type]
    at_post = [(one.pk, one.name) for one in people.people(actor, row.mission_id)]
    form.fields["person"].choices = at_post  # type: ignore[attr-defined]
    return form


@require_GET
def index(request: HttpRequest, key: str) -> HttpResponse:
    """Residences of a mission: who may move in where."""
    actor = actor_of(request)
    check_verb("missions.read_residences", actor)
    now = clock.as_of()
    rows = list(asked.residences(actor, key))
    shown = [(row, [line for line in asked.lines(row) if line.open], holes(row.lines)) for row in rows]
    unlisted = asked.unlisted(actor, key) if "missions.add_residence" in actor.verbs else []
    context = {"mission": queries.mission(actor, key), "rows": shown, "unlisted": unlisted, "now": now}
    return render(request, "missions/residences.html", context)


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One residence: what the standard asks, what was found, who lives there."""
    actor = actor_of(request)
    check_verb("missions.read_residences", actor)
    row = asked.residence(actor, key)
    lines = asked.lines(row)
    keys = [row.surveyed_by, *row.residents, *(line.waiver.approver for line in lines if line.waiver)]
    context = {
        "row": row,
        "mission": queries.mission(actor, row.mission_id or ""),
        "lines": lines,
        "holes": [line for line in lines if line.found and line.found.answer is Answer.NOT_MET],
        "blocked": any(line.open for line in lines),
        "over": row.survey_until is None or row.survey_until <= clock.as_of(),
        "names": custody.names(actor, keys),
        "answers": ANSWERS,
    }
    if "missions.survey_residence" in actor.verbs:
        context |= {"waiver_form": waiver_form(row), "resident_form": resident_form(actor, row)}
    return render(request, "missions/residence.html", context)


@require_POST
def add(request: HttpRequest, key: str) -> HttpResponse:
    """Put premises on the list."""
    claimed = claim(Premises, key, "missions.add_residence", actor_of(request))
    made: list[Residence] = []
    done = _("It is on the list; survey it before anybody moves in.")
    if attempt(request, done, lambda: made.append(actions.add_residence(claimed))):
        return redirect("residence", made[0].pk)
    return redirect("missions")


@require_POST
def survey(request: HttpRequest, key: str) -> HttpResponse:
    """Record what was found for each line of the standard."""
    claimed = claim(Residence, key, "missions.survey_residence", actor_of(request))
    post = request.POST
    answers = {code: post.get(code, "") for code in BY_CODE}
    known = {value.value for value in Answer}
    found = [Found(c, Answer(a), post.get(f"{c}-note", "")) for c, a in answers.items() if a in known]
    kept = {name: post.get(f"arranged-{name}", "") for name in ("patrol", "alarm")}
    attempt(request, _("The survey is recorded."), lambda: actions.survey_residence(claimed, found, **kept))
    return redirect("residence", key)


@require_POST
def waive(request: HttpRequest, key: str) -> HttpResponse:
    """Bear with a must that fails, for a time."""
    actor = actor_of(request)
    claimed = claim(Residence, key, "missions.waive_criterion", actor)
    form = waiver_form(asked.residence(actor, key), request.POST)

    def run() -> None:
        said = form.cleaned_data
        until = datetime.combine(said["until"], time(23, 59), UTC)
        actions.waive_criterion(claimed, said["criterion"], measure=said["measure"], until=until)

    attempt(request, _("The waiver is recorded."), run, form)
    return redirect("residence", key)


@require_POST
def move_in(request: HttpRequest, key: str) -> HttpResponse:
    """Let a person live there; the page says what stands against it."""
    actor = actor_of(request)
    claimed = claim(Residence, key, "missions.move_in", actor)
    form = resident_form(actor, asked.residence(actor, key), request.POST)
    attempt(request, _("Moved in."), lambda: actions.move_in(claimed, form.cleaned_data["person"]), form)
    return redirect("residence", key)


@require_POST
def move_out(request: HttpRequest, key: str) -> HttpResponse:
    """A person lives there no longer."""
    claimed = claim(Residence, key, "missions.move_out", actor_of(request))
    attempt(request, _("Moved out."), lambda: actions.move_out(claimed, request.POST.get("person", "")))
    return redirect("residence", key)


urlpatterns = [
    path("residences/<str:key>/", one, name="residence"),
    path("residences/<str:key>/survey/", survey, name="residence-survey"),
    path("residences/<str:key>/waive/", waive, name="residence-waive"),
    path("residences/<str:key>/move-in/", move_in, name="residence-move-in"),
    path("residences/<str:key>/move-out/", move_out, name="residence-move-out"),
    path("premises/<str:key>/residence/", add, name="residence-add"),
    path("<str:key>/residences/", index, name="mission-residences"),
]
