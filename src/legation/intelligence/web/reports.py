"""Pages of everyday reports: the one that a thumb fills in, what came of one's own, and what an officer answers."""

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from legation.foundations.decisions import Refused
from legation.intelligence import actions
from legation.intelligence.links.own import Said
from legation.intelligence.links.photographs import BYTES_MAX
from legation.intelligence.models import OwnReport
from legation.intelligence.queries import reports as queries
from legation.intelligence.rules.everyday import AGES_MIN, EVERYDAY, PLACE_CHARS_MAX, TEXT_CHARS_MAX, Told
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.act import fresh_id
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of, digest

AGE_CHOICES = tuple(
    zip(
        AGES_MIN,
        (
            gettext_lazy("Now"),
            gettext_lazy("1 hour"),
            gettext_lazy("Today"),
            gettext_lazy("Yesterday"),
            gettext_lazy("Days ago"),
        ),
        strict=True,
    )
)

PHOTOGRAPH_HEADERS = {
    "Content-Disposition": 'attachment; filename="photograph.jpg"',
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
}
"""It is shown where a page of ours asks for it, and opened by nothing else."""


class TellForm(forms.Form):
    """What happened is all that is needed."""

    told = forms.TypedChoiceField(coerce=Told, choices=[(row.told.value, row.told.value) for row in EVERYDAY])
    minutes_ago = forms.TypedChoiceField(coerce=int, choices=AGE_CHOICES, required=False, empty_value="0")
    text = forms.CharField(max_length=TEXT_CHARS_MAX, required=False)
    place = forms.CharField(max_length=PLACE_CHARS_MAX, required=False)
    latitude = forms.FloatField(min_value=-90, max_value=90, required=False)
    longitude = forms.FloatField(min_value=-180, max_value=180, required=False)
    radius_m = forms.FloatField(min_value=0, max_value=100_000, required=False)
    photograph = forms.FileField(required=False)
    mission = forms.CharField(max_length=32)
    command = forms.CharField(max_length=64, required=False)


class AnswerForm(forms.Form):
    """What the reporter is told."""

    outcome = forms.CharField(
        label=gettext_lazy("What came of it (the reporter reads this)"), max_length=400, required=False
    )


@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest) -> HttpResponse:
    """Report something in thirty seconds."""
    actor = actor_of(request)
    check_verb("intelligence.tell", actor)
    form = TellForm(request.POST or None, request.FILES or None)
    if form.is_valid():
        try:
            _sent(request, form)
            messages.success(request, _("Your report has arrived. Below you see who has looked at it."))
            return redirect("told-own")
        except Refused as refused:
            form.add_error(None, sentence(refused.refusal.reason, refused.refusal.params))
    return render(request, "intelligence/tell.html", _page(request, form))


def _sent(request: HttpRequest, form: TellForm) -> str:
    said = dict(form.cleaned_data)
    photograph, mission = said.pop("photograph"), said.pop("mission")
    said["minutes_ago"] = int(said["minutes_ago"])
    if (said["latitude"] is None) != (said["longitude"] is None):
        said |= {"latitude": None, "longitude": None}
    taken = photograph.read(BYTES_MAX + 1) if photograph else b""
    claimed = missions.claimed(actor_of(request), mission, "intelligence.tell")
    return actions.tell(claimed, Said(**said), photograph=taken)


def _page(request: HttpRequest, form: TellForm) -> dict[str, object]:
    """What the page shows; the copy that a phone keeps (`kept`) says nothing of who keeps it."""
    actor, kept = actor_of(request), "kept" in request.GET
    return {
        "form": form,
        "rows": EVERYDAY,
        "ages": AGE_CHOICES,
        "missions": queries.choices(actor),
        "home": queries.home_mission(actor),
        "command": fresh_id(clock.wall()),
        "kept": kept,
        "owner": digest(actor.id).hex()[:16],
    }


@require_GET
def own(request: HttpRequest) -> HttpResponse:
    """What I reported, and what came of it."""
    actor = actor_of(request)
    check_verb("intelligence.tell", actor)
    return render(request, "intelligence/told_own.html", {"reports": queries.own(actor)})


@require_GET
def reported(request: HttpRequest) -> HttpResponse:
    """What staff reported."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    return render(request, "intelligence/told.html", {"reports": queries.reported(actor)})


@require_GET
def report(request: HttpRequest, key: str) -> HttpResponse:
    """One report: his own, or one to be answered."""
    actor = actor_of(request)
    check_verb("intelligence.tell", actor)
    seen = queries.one(actor, key)
    mine = seen.row.reporter == actor.id
    context = {
        "report": seen,
        "mine": mine,
        "page_marking": seen.marking,
        "answer_form": AnswerForm() if "intelligence.answer_report" in actor.verbs and not mine else None,
    }
    return render(request, "intelligence/told_one.html", context)


@require_GET
def photograph(request: HttpRequest, key: str) -> HttpResponse:
    """The photograph of a report, as its pixels were written anew."""
    actor = actor_of(request)
    check_verb("intelligence.tell", actor)
    content = queries.photograph(actor, key)
    return HttpResponse(content, content_type="image/jpeg", headers=PHOTOGRAPH_HEADERS)


@require_POST
def answer(request: HttpRequest, key: str) -> HttpResponse:
    """Say that it was seen, or what came of it."""
    claimed = claim(OwnReport, key, "intelligence.answer_report", actor_of(request))
    try:
        actions.answer(claimed, outcome=request.POST.get("outcome", ""))
        messages.success(request, _("The reporter sees it on his page."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("told", key=key)


urlpatterns = [
    path("tell/", tell, name="tell"),
    path("told/", reported, name="told-all"),
    path("told/own/", own, name="told-own"),
    path("told/<str:key>/", report, name="told"),
    path("told/<str:key>/photograph/", photograph, name="told-photograph"),
    path("told/<str:key>/answer/", answer, name="told-answer"),
]
