"""Pages of the entry log: somebody of the host state stands at the door. Made for one hand and little time."""

from collections.abc import Callable, Mapping

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.foundations.decisions import Refused
from legation.law.actions import entering as actions
from legation.law.actions import host as asking
from legation.law.events.entering import Capacity, Emergency, Given, Outsider, Part
from legation.law.events.host import RequestKind
from legation.law.models import PremisesEntry
from legation.law.queries import entering as queries
from legation.law.queries import host as requests
from legation.law.rules import entering as rules
from legation.law.rules.notes import CONSULAR
from legation.missions import published as missions
from legation.pages.panels import register_address
from legation.pages.sentences import register_sentences, sentence
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of

PARTS = {
    Part.OFFICES: _("The offices"),
    Part.ARCHIVES: _("The archives"),
    Part.RESIDENCE: _("A residence"),
    Part.PUBLIC_ROOMS: _("Rooms not used for the work alone"),
}
EMERGENCIES = {
    Emergency.NONE: _("Nothing presses"),
    Emergency.FIRE: _("Fire"),
    Emergency.DISASTER: _("Another disaster: gas, collapse, flood"),
    Emergency.PURSUIT: _("A pursuit, or an order of a court"),
}
CAPACITIES = {
    Capacity.OTHER: _("Anybody else"),
    Capacity.HEAD: _("Head of mission or post"),
    Capacity.DESIGNEE: _("Authorised by the head"),
    Capacity.HEAD_OF_EMBASSY: _("Ambassador (for a consulate)"),
}
GIVEN = {
    Given.NOT_ASKED: _("Nobody was asked"),
    Given.CONSENT: _("They may enter"),
    Given.REFUSED: _("They may not enter"),
}
SENTENCES = {
    **{f"law.part.{one.value}": said for one, said in PARTS.items()},
    **{f"law.emergency.{one.value}": said for one, said in EMERGENCIES.items()},
    **{f"law.capacity.{one.value}": said for one, said in CAPACITIES.items()},
    **{f"law.given.{one.value}": said for one, said in GIVEN.items()},
    "law.EntryAsked": _("Host officials asked to enter {part}: {given}"),
    "law.OfficialsEntered": _("Host officials entered"),
    "law.OfficialsLeft": _("Host officials left"),
    "law.EntryOverstayed": _("Host officials stayed longer than was consented to"),
    "law.entry_until": _("Host officials inside: the time consented to ends"),
    "law.entry_unlawful": _("Host officials are inside without consent ({part}): call the head, then protest"),
    "law.entry_overstayed": _("Host officials are still inside after the time consented to ({part})"),
    "entry_without_consent": _("They may not enter: nobody who may has consented."),
    "entry_refused": _("They may not enter: it was refused."),
    "consent_not_his_to_give": _("They may not enter: the consent is for {who} to give."),
    "stayed_beyond_consent": _("They stayed longer than was consented to."),
    "consent_over_already": _("The end of a consent lies in the future."),
    "entry_not_waiting": _("They are inside already, or have left."),
    "nobody_inside": _("Nobody is inside by this entry."),
    f"{rules.RULE}.head_of_mission_consented": _("They may enter: the head of mission consented."),
    f"{rules.RULE}.consent_was_given": _("They may enter: who may consent did."),
    f"{rules.RULE}.consent_assumed": _(
        "They may enter: in a fire or disaster that needs action at once, a consulate's consent is assumed."
    ),
    f"{rules.RULE}.not_used_only_for_the_work": _(
        "This part is not used for a consulate's work alone: the host's own law decides. Write down who came and why."
    ),
    f"{rules.RULE}.honorary_post": _(
        "An honorary post's rooms are protected, not closed: the host's own law decides. Papers kept apart stay closed."
    ),
}


def _choice[E: (Part, Emergency, Capacity, Given)](
    label: object, words: Mapping[E, str], of: Callable[[str], E]
) -> forms.TypedChoiceField:
    choices = [(one.value, gettext_lazy(said)) for one, said in words.items()]
    # Nothing is presumed: a form sent in haste says that nobody was asked.
    return forms.TypedChoiceField(label=label, choices=choices, coerce=of)  # type: ignore[arg-type]  # a lazy string


class EntryForm(forms.Form):
    """What happens at the door, the shortest way: every field but the first four may stay empty."""

    part = _choice(gettext_lazy("Where to"), PARTS, Part)
    emergency = _choice(gettext_lazy("What presses"), EMERGENCIES, Emergency)
    given = _choice(gettext_lazy("What was said to them"), GIVEN, Given)
    capacity = _choice(gettext_lazy("Who said it"), CAPACITIES, Capacity)
    inside = forms.BooleanField(label=gettext_lazy("They are inside already"), required=False)
    person_id = forms.ChoiceField(label=gettext_lazy("By name"), required=False)
    how = forms.CharField(label=gettext_lazy("How: at the door, by phone, in writing"), max_length=160, required=False)
    officials = forms.CharField(
        label=gettext_lazy("Who they are: name, office; a line each"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    rooms = forms.CharField(label=gettext_lazy("Which rooms"), max_length=300, required=False)
    purpose = forms.CharField(label=gettext_lazy("What for"), max_length=300, required=False)
    until = forms.DateTimeField(
        label=gettext_lazy("Until (UTC)"),
        required=False,
        widget=forms.DateTimeInput({"type": "datetime-local"}, "%Y-%m-%dT%H:%M"),
    )
    witnesses = forms.MultipleChoiceField(label=gettext_lazy("Who of us saw it"), required=False)

    def at(self, actor: Actor, mission: str) -> "EntryForm":
        """With the people of this mission to choose from."""
        people = [(one.id, one.name) for one in missions.people(actor, mission, on=clock.as_of().date())[:400]]
        self.fields["person_id"].choices = [("", "–"), *people]  # type: ignore[attr-defined]
        self.fields["witnesses"].choices = people  # type: ignore[attr-defined]
        return self

    @property
    def stated(self) -> actions.Entering:
        given = dict(self.cleaned_data)
        lines = [line.partition(",") for line in given.pop("officials").splitlines() if line.strip()]
        outsiders = tuple(Outsider(name.strip()[:160], office.strip()[:160]) for name, _comma, office in lines)
        return actions.Entering(**{**given, "witnesses": tuple(given["witnesses"])}, outsiders=outsiders)


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """The log: who is inside, then the latest."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    mission = request.GET.get("mission", "")
    seen = missions.mission(actor, mission) if mission else None
    context = {"entries": queries.entries(actor, mission), "mission": seen, "may_log": "law.log_entry" in actor.verbs}
    return render(request, "law/entries.html", context)


@require_http_methods(["GET", "POST"])
def new(request: HttpRequest, key: str) -> HttpResponse:
    """Somebody stands at the door."""
    claimed = missions.claimed(actor_of(request), key, "law.log_entry")
    form = EntryForm(request.POST or None).at(claimed.actor, key)
    if form.is_valid():
        try:
            return redirect("law-entry", actions.log_entry(claimed, form.stated).pk)
        except Refused as refused:
            messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    seen = missions.mission(claimed.actor, key)
    context = {"form": form, "mission": seen, "consular": seen.kind in CONSULAR}
    return render(request, "law/entry_new.html", context | {"papers": rules.untouched(seen.kind)})


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One entry: may they, are they in, and what follows."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    logged = queries.logged(actor, key)
    context = {
        "logged": logged,
        "row": logged.row,
        "papers": requests.cited(actor, logged.papers),
        "cited": requests.cited(actor, logged.row.norm),
        "may_mark": "law.mark_left" in actor.verbs,
        "may_protest": "law.ask_host" in actor.verbs,
    }
    return render(request, "law/entry.html", context)


@require_POST
def mark(request: HttpRequest, key: str) -> HttpResponse:
    """They go in, or they are out."""
    actor = actor_of(request)
    try:
        if request.POST.get("step") == "entered":
            actions.mark_entered(claim(PremisesEntry, key, "law.mark_entered", actor))
        else:
            actions.mark_left(claim(PremisesEntry, key, "law.mark_left", actor))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("law-entry", key)


@require_POST
def protest(request: HttpRequest, key: str) -> HttpResponse:
    """Draft the protest at an entry, in one step; its note is numbered on the request's own page."""
    actor = actor_of(request)
    row = queries.entry(actor, key)
    claimed = missions.claimed(actor, row.mission_id or "", "law.ask_host")
    subject = sentence("law.protest_subject", {"day": f"{row.entered_at or row.asked_at:%Y-%m-%d %H:%M}"})
    stated = asking.Asked(RequestKind.INTRUSION, row.norm or "vcdr-22-1", subject, entry=key)
    return redirect("law-host-request", asking.ask_host(claimed, stated, marking=actions.MARKING).pk)


def register() -> None:
    register_sentences(SENTENCES | {"law.protest_subject": _("Entry of host officials on {day} UTC")})
    register_address("PremisesEntry", lambda key: reverse("law-entry", args=[key]))


urlpatterns = [
    path("entries/", index, name="law-entries"),
    path("entries/at/<str:key>/", new, name="law-entry-new"),
    path("entries/<str:key>/", one, name="law-entry"),
    path("entries/<str:key>/mark/", mark, name="law-entry-mark"),
    path("entries/<str:key>/protest/", protest, name="law-entry-protest"),
]
