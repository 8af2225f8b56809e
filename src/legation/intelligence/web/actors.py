"""Pages of the actor register: who is in it, what each did, whom each reaches, and names that nobody has registered."""

from datetime import UTC, datetime, time

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.foundations.decisions import Refused
from legation.foundations.markings import Marking, Tlp
from legation.intelligence.actions import actors as actions
from legation.intelligence.events.actors import ActorKind, ActorValue
from legation.intelligence.models.actors import ThreatActor
from legation.intelligence.queries import actors as queries
from legation.intelligence.rules.actors import ALIASES_MAX, METHODS
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform.authority.markings import marking_of
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of

MARKINGS = [str(Marking(tlp=one)) for one in Tlp] + ["RESTRICTED // TLP:AMBER", "CONFIDENTIAL // TLP:AMBER+STRICT"]


class ActorForm(forms.Form):
    """An actor of the register. Names and codes are written one a line or with commas between."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200, widget=forms.TextInput(attrs={"dir": "auto"}))
    aliases = forms.CharField(
        label=gettext_lazy("Other names, one a line, in any script"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=gettext_lazy("Signals that give one of these names, whole, are counted as its own."),
    )
    kind = forms.TypedChoiceField(
        label=gettext_lazy("Kind"), coerce=ActorKind, choices=[(k.value, k.value.replace("_", " ")) for k in ActorKind]
    )
    aims = forms.CharField(
        label=gettext_lazy("Aims"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
    countries = forms.CharField(label=gettext_lazy("Countries, by code"), max_length=400, required=False)
    radius_km = forms.FloatField(
        label=gettext_lazy("Reaches so far from its past acts, km"), min_value=0, max_value=5000, initial=100
    )
    methods = forms.MultipleChoiceField(
        label=gettext_lazy("Methods"),
        required=False,
        choices=[(m.word, f"{m.word.replace('_', ' ')}: {m.meets}") for m in METHODS],
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )
    missions = forms.MultipleChoiceField(
        label=gettext_lazy("Names these missions as its aim"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 4}),
    )
    stix_id = forms.CharField(label=gettext_lazy("STIX id"), max_length=80, required=False)
    ucdp_id = forms.CharField(label=gettext_lazy("UCDP id"), max_length=20, required=False)
    review_on = forms.DateField(label=gettext_lazy("Look again by"), required=False)

    def __init__(self, request: HttpRequest, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        seen = missions.missions(actor_of(request))
        self.fields["missions"].choices = [(str(one.id), one.name) for one in seen]  # type: ignore[attr-defined]

    @property
    def value(self) -> ActorValue:
        said = self.cleaned_data
        return ActorValue(
            name=said["name"],
            aliases=_listed(said["aliases"], "\n")[:ALIASES_MAX],
            kind=said["kind"],
            aims=said["aims"].strip(),
            countries=tuple(code.upper() for code in _listed(said["countries"], ",")),
            missions=tuple(said["missions"]),
            radius_km=said["radius_km"],
            methods=tuple(said["methods"]),
            stix_id=said["stix_id"].strip(),
            ucdp_id=said["ucdp_id"].strip(),
        )

    @property
    def review_at(self) -> datetime | None:
        day = self.cleaned_data["review_on"]
        return datetime.combine(day, time(12), UTC) if day else None


class NewActorForm(ActorForm):
    """An actor for the register, with its marking, which stays."""

    marking = forms.ChoiceField(label=gettext_lazy("Marking"), choices=[(m, m) for m in MARKINGS])


def _listed(text: str, between: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in text.split(between) if part.strip()))


@require_http_methods(["GET", "POST"])
def actors(request: HttpRequest) -> HttpResponse:
    """The register, and the names that nobody has registered."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    form = NewActorForm(request, request.POST or None, initial={"name": request.GET.get("name", "")})
    if form.is_valid():
        house = claim_house("intelligence.register_actor", actor)
        try:
            marking = Marking.parse(form.cleaned_data["marking"])
            row = actions.register_actor(house, form.value, marking=marking, review_at=form.review_at)
            return redirect("threat-actor", key=row.pk)
        except Refused as refused:
            form.add_error(None, sentence(refused.refusal.reason, refused.refusal.params))
    may = "intelligence.register_actor" in actor.verbs
    context = {"actors": queries.register(actor), "spoken": queries.unregistered(actor), "form": form if may else None}
    return render(request, "intelligence/actors.html", context)


@require_GET
def threat_actor(request: HttpRequest, key: str) -> HttpResponse:
    """One actor: what it wants and how, what it did by year, whom it reaches and why."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    row = queries.threat_actor(actor, key)
    years = queries.by_year(actor, row)
    form = ActorForm(request, initial=_initial(row)) if "intelligence.review_actor" in actor.verbs else None
    context = {
        "row": row,
        "methods": queries.methods_of(row),
        "years": years,
        "most": max((n for _year, n in years), default=1),
        "latest": queries.latest_acts(actor, row),
        "reached": queries.reached_by(actor, row),
        "alike": queries.alike(actor, row),
        "form": form,
        "page_marking": marking_of(row.marking_id),
    }
    return render(request, "intelligence/actor.html", context)


def _initial(row: ThreatActor) -> dict[str, object]:
    joined = {"aliases": "\n".join(row.aliases), "countries": ", ".join(row.countries)}
    return {name: getattr(row, name) for name in ActorForm.base_fields if hasattr(row, name)} | joined


@require_POST
def review(request: HttpRequest, key: str) -> HttpResponse:
    """Say what stands of an actor now."""
    claimed = claim(ThreatActor, key, "intelligence.review_actor", actor_of(request))
    form = ActorForm(request, request.POST)
    if not form.is_valid():
        messages.error(request, _("Write a name, a kind and how far it reaches."))
        return redirect("threat-actor", key=key)
    try:
        row = actions.review_actor(claimed, form.value, review_at=form.review_at)
        messages.success(request, _("Reviewed; look again by %(day)s.") % {"day": f"{row.review_at:%d %b %Y}"})
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("threat-actor", key=key)


urlpatterns = [
    path("actors/", actors, name="threat-actors"),
    path("actors/<str:key>/", threat_actor, name="threat-actor"),
    path("actors/<str:key>/review/", review, name="threat-actor-review"),
]
