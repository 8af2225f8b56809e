"""Pages of missions: the list, loading a list, premises, and setting a posture."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.foundations.decisions import Refused
from legation.foundations.posture import PostureLevel
from legation.missions import actions, queries
from legation.missions.events import PremisesCategory, PremisesKind
from legation.missions.links import csv_file
from legation.missions.models import Mission, Premises
from legation.missions.rules.importing import NotAMissionList
from legation.missions.web import assets, erasure, me, occasions, people, residences
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of


class ListForm(forms.Form):
    """A file with a mission list."""

    file = forms.FileField(label=gettext_lazy("CSV file"))


class PostureForm(forms.Form):
    """How the mission stands from now on, and why."""

    level = forms.TypedChoiceField(
        label=gettext_lazy("Posture"),
        coerce=lambda value: PostureLevel(int(value)),
        choices=[(int(level), f"{int(level)} {level.name.capitalize()}") for level in PostureLevel],
    )
    lockdown = forms.BooleanField(label=gettext_lazy("Lock down: every portal closes"), required=False)
    reason = forms.CharField(label=gettext_lazy("Reason"), max_length=400, widget=forms.Textarea(attrs={"rows": 2}))


CATEGORIES = [(category.value, category.value.replace("_", " ").capitalize()) for category in PremisesCategory]


class CategoryForm(forms.Form):
    """What a building is for."""

    category = forms.TypedChoiceField(label=gettext_lazy("Category"), coerce=PremisesCategory, choices=CATEGORIES)
    receives_public = forms.BooleanField(label=gettext_lazy("The public is received here"), required=False)


class PremisesForm(forms.Form):
    """A building or address of a mission."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    kind = forms.TypedChoiceField(
        label=gettext_lazy("Kind"),
        coerce=PremisesKind,
        choices=[(kind.value, kind.value.replace("_", " ").capitalize()) for kind in PremisesKind],
    )
    category = forms.ChoiceField(label=gettext_lazy("Category"), required=False, choices=[("", "–"), *CATEGORIES])
    receives_public = forms.BooleanField(label=gettext_lazy("The public is received here"), required=False)
    address = forms.CharField(label=gettext_lazy("Address"), max_length=500, required=False)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All visible missions; text and state narrow the list."""
    actor = actor_of(request)
    check_verb("missions.read", actor)
    text, state = request.GET.get("text", ""), request.GET.get("state", "")
    found = queries.missions(actor, text=text, state=state)[:2000]
    return render(
        request,
        "missions/index.html",
        {"missions": found, "text": text, "state": state, "states": queries.sending_states(actor)},
    )


@require_http_methods(["GET", "POST"])
def load(request: HttpRequest) -> HttpResponse:
    """Load a list; rows left out are shown with line and reason."""
    house = claim_house("missions.import", actor_of(request))
    form = ListForm(request.POST or None, request.FILES or None)
    context: dict[str, object] = {"form": form}
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            read = csv_file.read(upload.read())
            context |= {"read": read, "loaded": actions.import_list(house, read.missions, upload.name)}
        except NotAMissionList as fault:
            form.add_error("file", str(fault))
    return render(request, "missions/load.html", context)


@require_POST
def posture(request: HttpRequest, key: str) -> HttpResponse:
    """Set the posture; the page says what was refused and why."""
    mission = claim(Mission, key, "missions.set_posture", actor_of(request))
    form = PostureForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a posture and write a reason."))
        return redirect("mission", key=key)
    try:
        actions.set_posture(mission, **form.cleaned_data)
        messages.success(request, _("The posture is set and recorded."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("mission", key=key)


@require_POST
def add_premises(request: HttpRequest, key: str) -> HttpResponse:
    """Add a building or address."""
    mission = claim(Mission, key, "missions.add_premises", actor_of(request))
    form = PremisesForm(request.POST)
    if form.is_valid():
        actions.add_premises(mission, **form.cleaned_data)
        messages.success(request, _("The premises are added."))
    else:
        messages.error(request, _("A name and a kind are needed."))
    return redirect("mission", key=key)


@require_POST
def set_category(request: HttpRequest, key: str) -> HttpResponse:
    """Say what a building is for."""
    claimed = claim(Premises, key, "missions.set_category", actor_of(request))
    form = CategoryForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose a category."))
        return redirect("mission", queries.one_premises(claimed.actor, key).mission_id)
    done = actions.set_category(claimed, **form.cleaned_data)
    messages.success(request, _("The category is set; its standard applies."))
    return redirect("mission", done.mission_id)


urlpatterns = [
    *me.urlpatterns,
    *erasure.urlpatterns,
    *people.urlpatterns,
    path("", index, name="missions"),
    path("load/", load, name="missions-load"),
    *assets.urlpatterns,
    *residences.urlpatterns,
    *occasions.urlpatterns,
    path("<str:key>/posture/", posture, name="mission-posture"),
    path("<str:key>/premises/", add_premises, name="mission-premises"),
    path("premises/<str:key>/category/", set_category, name="premises-category"),
]
