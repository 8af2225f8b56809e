"""Pages on which a person asks to be corrected, keepers answer, holds are placed, and two persons erase one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from legation.foundations.decisions import Refused
from legation.missions.actions import erasure as erasing
from legation.missions.models import CorrectionRequest, Person
from legation.missions.queries import erasure as asked
from legation.missions.queries import people
from legation.missions.web.people import tell
from legation.pages.sentences import sentence
from legation.platform import holds
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.doors import actor_of


@require_POST
def ask(request: HttpRequest, key: str) -> HttpResponse:
    """Say what is wrong in what is held about oneself."""
    claimed = claim(Person, key, "missions.ask_correction", actor_of(request))
    text = request.POST.get("text", "")
    tell(request, lambda: erasing.ask_correction(claimed, text), _("It is asked; the answer comes within a month."))
    return redirect("people-me")


@require_POST
def decide(request: HttpRequest, key: str) -> HttpResponse:
    """Answer a request for correction."""
    actor = actor_of(request)
    claimed = claim(CorrectionRequest, key, "missions.decide_correction", actor)
    person = asked.request(actor, key).person_id
    accepted, answer = request.POST.get("accepted") == "yes", request.POST.get("answer", "")
    tell(request, lambda: erasing.decide_correction(claimed, accepted=accepted, answer=answer), _("It is answered."))
    return redirect("person", key=person)


@require_POST
def propose(request: HttpRequest, key: str) -> HttpResponse:
    """Propose that a person be erased."""
    claimed = claim(Person, key, "missions.propose_erasure", actor_of(request))
    reason = request.POST.get("reason", "")
    said = _("It is proposed. Another person confirms it within thirty days.")
    tell(request, lambda: erasing.propose_erasure(claimed, reason=reason), said)
    return redirect("person", key=key)


@require_POST
def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    """Take the proposal back."""
    claimed = claim(Person, key, "missions.withdraw_erasure", actor_of(request))
    tell(request, lambda: erasing.withdraw_erasure(claimed), _("The proposal no longer stands."))
    return redirect("person", key=key)


@require_POST
def erase(request: HttpRequest, key: str) -> HttpResponse:
    """Confirm, and be left with the list in which the person no longer stands."""
    actor = actor_of(request)
    claimed = claim(Person, key, "missions.erase_person", actor)
    mission = people.person(actor, key).mission_id
    try:
        parts = erasing.erase_person(claimed)
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
        return redirect("person", key=key)
    said = _("Erased, with %(n)s sealed parts of the record. The proof that they stood there remains.")
    messages.success(request, said % {"n": parts})
    return redirect("mission-people", key=mission)


@require_POST
def hold(request: HttpRequest, key: str) -> HttpResponse:
    """Forbid the erasure of a person, for a court or an inquiry."""
    actor = actor_of(request)
    house, person = claim_house("ledger.hold", actor), people.person(actor, key)
    reason = request.POST.get("reason", "")
    tell(request, lambda: holds.hold(house, person.ref, reason=reason), _("Nothing about this person may be erased."))
    return redirect("person", key=key)


@require_POST
def lift(request: HttpRequest, key: str) -> HttpResponse:
    """End the holds on a person."""
    actor = actor_of(request)
    house, person = claim_house("ledger.lift", actor), people.person(actor, key)
    reason = request.POST.get("reason", "")
    tell(request, lambda: holds.lift(house, person.ref, reason=reason), _("The hold is lifted."))
    return redirect("person", key=key)


urlpatterns = [
    path("people/<str:key>/requests/", ask, name="correction-ask"),
    path("people/requests/<str:key>/decide/", decide, name="correction-decide"),
    path("people/<str:key>/erasure/", propose, name="erasure-propose"),
    path("people/<str:key>/erasure/withdraw/", withdraw, name="erasure-withdraw"),
    path("people/<str:key>/erasure/confirm/", erase, name="erasure-confirm"),
    path("people/<str:key>/hold/", hold, name="person-hold"),
    path("people/<str:key>/hold/lift/", lift, name="person-hold-lift"),
]
