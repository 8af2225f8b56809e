"""Pages of contradictions: where sources differ, and whom an analyst believes."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from legation.foundations.decisions import Refused
from legation.intelligence.actions.believing import believe as say_believed
from legation.intelligence.queries.contradictions import contradicted
from legation.intelligence.rules.differences import TOLERANCES
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim_house
from legation.platform.doors import actor_of


@require_GET
def contradictions(request: HttpRequest) -> HttpResponse:
    """Happenings whose sources differ, in the order of what a decision depends on."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    text = request.GET.get("text", "")
    context = {"found": contradicted(actor, text=text), "text": text, "tolerances": TOLERANCES}
    return render(request, "intelligence/contradictions.html", context)


@require_POST
def believe(request: HttpRequest, key: str) -> HttpResponse:
    """Say whom one believes."""
    house = claim_house("intelligence.believe", actor_of(request))
    try:
        say_believed(house, key, request.POST.get("signal", ""), reason=request.POST.get("reason", ""))
        messages.success(request, _("It is noted; every version stays."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("occurrence", key=key)


urlpatterns = [
    path("contradictions/", contradictions, name="contradictions"),
    path("occurrences/<str:key>/believe/", believe, name="occurrence-believe"),
]
