"""Pages of the risk room: all risks, one mission's, one scenario with its causes, and what is decided about it."""

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from legation.foundations.layers import Layer, Means
from legation.foundations.threats import Aspect, ThreatClass
from legation.law import published as law
from legation.law.events.limits import Use
from legation.missions import published as missions
from legation.pages.attempts import attempt
from legation.platform import clock
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.risk import actions, queries
from legation.risk.models import Acceptance, Assessment, Delegation, Measure
from legation.risk.panels import showing
from legation.risk.panels.wording import THREATS
from legation.risk.rules.matrix import Band
from legation.risk.rules.measures import MeasureState
from legation.risk.rules.points import MEASURE_POINTS_MAX, Criticality, Degree, Effectiveness
from legation.risk.rules.programme import ProgrammeCriticality

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def _steps(scale: type[Degree] | type[Criticality] | type[Effectiveness]) -> list[tuple[int, str]]:
    return [(int(step), step.name.capitalize()) for step in scale]


def _words(scale: type[Layer] | type[Means] | type[Aspect]) -> list[tuple[str, str]]:
    return [(step.value, step.value.capitalize()) for step in scale]


def _text(label: "StrPromise") -> forms.CharField:
    return forms.CharField(label=label, max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 2}))


class PageForm(forms.Form):
    """Which page of a list."""

    page = forms.IntegerField(required=False, min_value=1, max_value=400)


class AssessForm(forms.Form):
    """Vulnerability and impact with what they rest on."""

    vulnerability = forms.TypedChoiceField(
        label=gettext_lazy("Vulnerability"),
        choices=[("", gettext_lazy("left open")), *_steps(Degree)],
        coerce=lambda value: Degree(int(value)),
        empty_value=None,
        required=False,
    )
    vulnerability_reason = _text(gettext_lazy("What that rests on"))
    people = forms.IntegerField(label=gettext_lazy("Persons who could be harmed at once"), required=False, min_value=0)
    criticality = forms.TypedChoiceField(
        label=gettext_lazy("The state depends on this mission"),
        choices=_steps(Criticality),
        coerce=lambda value: Criticality(int(value)),
        initial=int(Criticality.ORDINARY),
    )
    programme = forms.TypedChoiceField(
        label=gettext_lazy("Programme criticality"),
        choices=[(int(pc), pc.name) for pc in ProgrammeCriticality],
        coerce=lambda value: ProgrammeCriticality(int(value)),
        initial=int(ProgrammeCriticality.PC3),
    )
    impact_reason = _text(gettext_lazy("Where these figures come from"))


class AcceptForm(forms.Form):
    """Until when, and why."""

    until = forms.DateField(label=gettext_lazy("Accepted until"), widget=forms.DateInput(attrs={"type": "date"}))
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


class MeasureForm(forms.Form):
    """What it is, what it costs, what it takes off, what it rests on."""

    title = forms.CharField(label=gettext_lazy("Measure"), max_length=160)
    layer = forms.TypedChoiceField(label=gettext_lazy("Layer"), choices=_words(Layer), coerce=Layer)
    means = forms.TypedChoiceField(label=gettext_lazy("Means"), choices=_words(Means), coerce=Means)
    aspect = forms.TypedChoiceField(label=gettext_lazy("Lowers"), choices=_words(Aspect), coerce=Aspect)
    points = forms.FloatField(
        label=gettext_lazy("Points when it works as meant"), min_value=0, max_value=MEASURE_POINTS_MAX
    )
    effectiveness = forms.TypedChoiceField(
        label=gettext_lazy("How far it is known to work"),
        choices=_steps(Effectiveness),
        coerce=lambda value: Effectiveness(int(value)),
    )
    cost = forms.FloatField(label=gettext_lazy("Cost over its life"), min_value=0)
    currency = forms.CharField(label=gettext_lazy("Currency"), max_length=3, initial="USD")
    norm = forms.CharField(
        label=gettext_lazy("Norm it rests on"),
        max_length=160,
        help_text=gettext_lazy("As VCDR art. 22(2), or its code; search under Law"),
        widget=forms.TextInput(attrs={"list": "norms"}),
    )
    uses = forms.TypedMultipleChoiceField(
        label=gettext_lazy("It uses (what host law has a say in)"),
        choices=[(use.value, use.value.replace("_", " ")) for use in Use],
        coerce=Use,
        required=False,
    )
    threats = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Helps against (none chosen: against all)"),
        choices=[(threat.value, said) for threat, said in THREATS.items()],
        coerce=ThreatClass,
        required=False,
    )


class StateForm(forms.Form):
    """Where a measure goes from here."""

    state = forms.TypedChoiceField(choices=[(s.value, s.value) for s in MeasureState], coerce=MeasureState)
    effectiveness = forms.TypedChoiceField(
        choices=_steps(Effectiveness), coerce=lambda value: Effectiveness(int(value)), required=False, empty_value=None
    )


class DelegateForm(forms.Form):
    """Who may accept how much, until when."""

    person = forms.ChoiceField(label=gettext_lazy("Person"))
    max_band = forms.TypedChoiceField(
        label=gettext_lazy("Up to"),
        choices=[(int(band), band.name.replace("_", " ").capitalize()) for band in Band if band < Band.UNACCEPTABLE],
        coerce=lambda value: Band(int(value)),
    )
    until = forms.DateField(label=gettext_lazy("Until"), widget=forms.DateInput(attrs={"type": "date"}))


def _end_of(day: datetime) -> datetime:
    return datetime.combine(day, time(23, 59, 59), UTC)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Missions by risk, the greatest first, and how the forecasts do; `?states=all` shows every sending state's."""
    actor = actor_of(request)
    check_verb("risk.read", actor)
    form = PageForm(request.GET)
    page = form.cleaned_data["page"] or 1 if form.is_valid() else 1
    everyone = request.GET.get("states") == "all"
    return render(request, "risk/index.html", showing.all_risks(actor, everyone=everyone, page=page))


@require_GET
def mission(request: HttpRequest, key: str) -> HttpResponse:
    """One mission's scenarios, measures, delegations and acceptances."""
    actor = actor_of(request)
    check_verb("risk.read", actor)
    context = showing.one_mission(actor, key)
    if "risk.add_measure" in actor.verbs:
        context |= {"measure_form": MeasureForm(), "norms": law.norms(actor)}
    if "risk.delegate" in actor.verbs:
        context["delegate_form"] = _delegate_form(key)
    return render(request, "risk/mission.html", context)


@require_GET
def scenario(request: HttpRequest, key: str, threat: str) -> HttpResponse:
    """Why the risk stands where it stands, and the forms that change it."""
    actor = actor_of(request)
    check_verb("risk.read", actor)
    context = showing.one_scenario(actor, key, queries.threat_named(threat))
    if "risk.assess" in actor.verbs:
        context["assess_form"] = AssessForm(initial=showing.entered(context["assessment"]))
    if "risk.accept" in actor.verbs:
        context["accept_form"] = AcceptForm(initial={"until": (clock.as_of() + timedelta(days=30)).date()})
    return render(request, "risk/scenario.html", context)


@require_GET
def forecast(request: HttpRequest, key: str) -> HttpResponse:
    """Rates and forecasts of all rings with their score and calibration."""
    actor = actor_of(request)
    check_verb("risk.read", actor)
    return render(request, "risk/forecast.html", showing.one_forecast(actor, key))


@require_GET
def record(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """Where a record of this room is shown."""
    actor = actor_of(request)
    check_verb("risk.read", actor)
    at, threat = queries.home_of(actor, kind, key)
    return redirect("risk-scenario", at, threat) if threat else redirect("risk-mission", at)


@require_POST
def assess(request: HttpRequest, key: str, threat: str) -> HttpResponse:
    """Enter vulnerability and impact."""
    claimed = missions.claimed(actor_of(request), key, "risk.assess")
    form, of = AssessForm(request.POST), queries.threat_named(threat)
    attempt(
        request,
        _("The assessment is recorded."),
        lambda: actions.assess(claimed, actions.Entered(threat=of, **form.cleaned_data)),
        form,
    )
    return redirect("risk-scenario", key, threat)


@require_POST
def accept(request: HttpRequest, key: str) -> HttpResponse:
    """Accept the residual risk of an assessment."""
    actor = actor_of(request)
    claimed = claim(Assessment, key, "risk.accept", actor)
    form = AcceptForm(request.POST)
    attempt(
        request,
        _("The residual risk is accepted and recorded."),
        lambda: actions.accept(claimed, until=_end_of(form.cleaned_data["until"]), reason=form.cleaned_data["reason"]),
        form,
    )
    return redirect("risk-record", "Assessment", key)


@require_POST
def withdraw_acceptance(request: HttpRequest, key: str) -> HttpResponse:
    """Take an acceptance back."""
    claimed = claim(Acceptance, key, "risk.withdraw_acceptance", actor_of(request))
    attempt(request, _("The acceptance is withdrawn."), lambda: actions.withdraw_acceptance(claimed))
    return redirect("risk-record", "Acceptance", key)


@require_POST
def add_measure(request: HttpRequest, key: str) -> HttpResponse:
    """Propose a measure."""
    claimed = missions.claimed(actor_of(request), key, "risk.add_measure")
    form = MeasureForm(request.POST)

    def run() -> None:
        told = form.cleaned_data
        stated = {**told, "threats": tuple(told["threats"]), "uses": tuple(told["uses"])}
        actions.add_measure(claimed, actions.Stated(**stated))

    attempt(request, _("The measure is proposed."), run, form)
    return redirect("risk-mission", key)


@require_POST
def set_measure(request: HttpRequest, key: str) -> HttpResponse:
    """Move a measure to another state."""
    actor = actor_of(request)
    claimed = claim(Measure, key, "risk.set_measure", actor)
    form = StateForm(request.POST)
    attempt(
        request,
        _("The measure is changed and recorded."),
        lambda: actions.set_measure_state(
            claimed, form.cleaned_data["state"], effectiveness=form.cleaned_data["effectiveness"]
        ),
        form,
    )
    return redirect("risk-record", "Measure", key)


def _delegate_form(key: str, data: object = None) -> DelegateForm:
    form = DelegateForm(data)  # type: ignore[arg-type]
    form.fields["person"].choices = queries.people_at(key)  # type: ignore[attr-defined]
    return form


@require_POST
def delegate(request: HttpRequest, key: str) -> HttpResponse:
    """Let a person accept risk here."""
    claimed = missions.claimed(actor_of(request), key, "risk.delegate")
    form = _delegate_form(key, request.POST)
    names = dict(queries.people_at(key))

    def run() -> None:
        given = form.cleaned_data
        actions.delegate(
            claimed,
            person=given["person"],
            person_name=names[given["person"]],
            max_band=given["max_band"],
            until=_end_of(given["until"]),
        )

    attempt(request, _("The delegation is recorded."), run, form)
    return redirect("risk-mission", key)


@require_POST
def withdraw_delegation(request: HttpRequest, key: str) -> HttpResponse:
    """Take a delegation back."""
    claimed = claim(Delegation, key, "risk.withdraw_delegation", actor_of(request))
    attempt(request, _("The delegation is withdrawn."), lambda: actions.withdraw_delegation(claimed))
    return redirect("risk-record", "Delegation", key)


@require_POST
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Put the posture that risk calls for before those who decide."""
    claimed = missions.claimed(actor_of(request), key, "risk.propose_posture")
    attempt(request, _("The proposal stands in the alarm queue."), lambda: actions.propose_posture(claimed))
    return redirect("mission", key)


@require_POST
def decline(request: HttpRequest, key: str) -> HttpResponse:
    """Answer the posture that risk calls for with no, and why."""
    claimed = missions.claimed(actor_of(request), key, "risk.decline_posture")
    reason = request.POST.get("reason", "")
    attempt(request, _("Declined and recorded."), lambda: actions.decline_posture(claimed, reason=reason))
    return redirect("mission", key)


urlpatterns = [
    path("", index, name="risk"),
    path("records/<str:kind>/<str:key>/", record, name="risk-record"),
    path("assessments/<str:key>/accept/", accept, name="risk-accept"),
    path("acceptances/<str:key>/withdraw/", withdraw_acceptance, name="risk-withdraw-acceptance"),
    path("measures/<str:key>/state/", set_measure, name="risk-set-measure"),
    path("delegations/<str:key>/withdraw/", withdraw_delegation, name="risk-withdraw-delegation"),
    path("<str:key>/", mission, name="risk-mission"),
    path("<str:key>/forecast/", forecast, name="risk-forecast"),
    path("<str:key>/measures/", add_measure, name="risk-add-measure"),
    path("<str:key>/delegations/", delegate, name="risk-delegate"),
    path("<str:key>/propose/", propose, name="risk-propose"),
    path("<str:key>/decline/", decline, name="risk-decline"),
    path("<str:key>/<str:threat>/", scenario, name="risk-scenario"),
    path("<str:key>/<str:threat>/assess/", assess, name="risk-assess"),
]
