"""Pages of the norms: the search, one norm, loading an instrument."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from legation.law import actions
from legation.law.events.norms import InstrumentKind, InstrumentValue
from legation.law.links import norm_file
from legation.law.queries import norms as queries
from legation.law.rules.reading import NotANormList
from legation.missions.events import MissionKind
from legation.platform.authority.resolve import check_verb, claim_house
from legation.platform.doors import actor_of

KINDS = {
    InstrumentKind.CONVENTION: gettext_lazy("Convention"),
    InstrumentKind.BILATERAL: gettext_lazy("Bilateral or headquarters agreement"),
    InstrumentKind.NATIONAL_LAW: gettext_lazy("Law of the receiving state"),
    InstrumentKind.MINISTRY: gettext_lazy("Decision of the ministry"),
}
SHOWN = 60
"""Answers on one page: who needs the sixty-first asks another question."""


class LoadForm(forms.Form):
    """An instrument and the file with its norms."""

    code = forms.SlugField(label=gettext_lazy("Short name"), max_length=40, help_text=gettext_lazy("Lasting: br-sy"))
    kind = forms.TypedChoiceField(
        label=gettext_lazy("What it is"), coerce=InstrumentKind, choices=[(k.value, said) for k, said in KINDS.items()]
    )
    title = forms.CharField(label=gettext_lazy("Title"), max_length=200)
    state = forms.CharField(
        label=gettext_lazy("Receiving state, two letters"),
        max_length=2,
        required=False,
        help_text=gettext_lazy("Empty where it binds everywhere"),
    )
    edition = forms.CharField(label=gettext_lazy("Edition"), max_length=40)
    in_force_from = forms.DateField(label=gettext_lazy("In force from"), widget=forms.DateInput(attrs={"type": "date"}))
    file = forms.FileField(label=gettext_lazy("CSV or JSON file"))

    def instrument(self) -> InstrumentValue:
        told = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return InstrumentValue(**{**told, "state": told["state"].upper()})


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The search over all norms in force, with facets."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    asked = {name: request.GET.get(name, "")[:200] for name in ("q", "instrument", "about", "kind", "mission")}
    if asked["mission"] not in [kind.value for kind in MissionKind]:
        asked["mission"] = ""
    narrowed = queries.Narrowed(asked["instrument"], asked["about"], asked["kind"], asked["mission"])
    answer = queries.search(actor, asked["q"], narrowed)
    shown = {"answer": answer, "found": answer.found[:SHOWN], "asked": asked, "kinds": list(MissionKind)}
    return render(request, "law/index.html", {**shown, "may_load": "law.load" in actor.verbs})


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One norm, with every wording it had."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    norm = queries.norm(actor, key)
    shown = {"norm": norm, "editions": queries.editions(actor, norm.code), "beside": queries.beside(actor, norm)[:8]}
    return render(request, "law/norm.html", shown)


@require_http_methods(["GET", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Load an instrument; rows left out are shown with line and reason."""
    house = claim_house("law.load", actor_of(request))
    form = LoadForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        try:
            read = norm_file.read(form.cleaned_data["file"].read())
            context |= {"read": read, "loaded": actions.load_instrument(house, form.instrument(), read.norms)}
        except NotANormList as fault:
            form.add_error("file", str(fault))
    return render(request, "law/load.html", context)


urlpatterns = [
    path("", index, name="law"),
    path("load/", load, name="law-load"),
    path("norms/<str:key>/", one, name="law-norm"),
]
