"""Where a telephone is registered and sends what it kept, and where an officer decides what was held."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from legation.foundations.decisions import Refused
from legation.foundations.markings import Marking
from legation.intelligence import actions
from legation.intelligence.models import HeldReport, Phone
from legation.intelligence.rules.everyday import NEED_TO_KNOW
from legation.pages import assets
from legation.pages.sentences import sentence
from legation.platform.authority.actor import NotVisible
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of


@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """Register this telephone for the person who is signed in."""
    actor = actor_of(request)
    check_verb("intelligence.register_phone", actor)
    try:
        return JsonResponse(actions.register(actor, request.POST.get("public_key", "")), status=201)
    except Refused as refused:
        return JsonResponse({"detail": sentence(refused.refusal.reason, refused.refusal.params)}, status=400)


@require_POST
def revoke(request: HttpRequest, key: str) -> HttpResponse:
    """Take a telephone off the list."""
    actions.revoke_phone(claim(Phone, key, "intelligence.revoke_phone", actor_of(request)))
    return redirect("told-own")


@csrf_exempt  # no cookie is asked here: the telephone's own signature stands over the whole envelope
@require_POST
def queue(request: HttpRequest) -> HttpResponse:
    """Take one envelope. An unknown telephone and a wrong signature are the same answer."""
    try:
        done = actions.arrive(request.body)
    except (ValueError, NotVisible):
        return JsonResponse({"detail": _("No telephone of ours signed this.")}, status=400)
    return JsonResponse({"state": done.state, "wipe": done.wipe})


@require_GET
def worker(request: HttpRequest) -> HttpResponse:
    """The worker that serves this page without a line. Its address is its scope: nothing but what lies below it."""
    check_verb("intelligence.tell", actor_of(request))
    return HttpResponse(assets.content("tell_worker.js"), content_type="text/javascript")


@require_GET
def held(request: HttpRequest) -> HttpResponse:
    """Reports from telephones whose right to send had ended."""
    actor = actor_of(request)
    check_verb("intelligence.take_held", actor)
    page_marking: Marking = NEED_TO_KNOW
    return render(
        request, "intelligence/told_held.html", {"rows": actions.waiting(actor), "page_marking": page_marking}
    )


@require_POST
def take(request: HttpRequest, key: str) -> HttpResponse:
    """Take it as the reporter's own."""
    claimed = claim(HeldReport, key, "intelligence.take_held", actor_of(request))
    try:
        return redirect("told", key=actions.take(claimed).pk)
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("told-held")


@require_POST
def refuse(request: HttpRequest, key: str) -> HttpResponse:
    """Let it go, with a reason."""
    claimed = claim(HeldReport, key, "intelligence.refuse_held", actor_of(request))
    try:
        actions.refuse_held(claimed, note=request.POST.get("note", ""))
        messages.success(request, _("It is let go; its sealed bytes stay."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("told-held")


urlpatterns = [
    path("tell/phones/", register, name="tell-phones"),
    path("tell/phones/<str:key>/revoke/", revoke, name="phone-revoke"),
    path("tell/queue/", queue, name="tell-queue"),
    path("tell/worker.js", worker, name="tell-worker"),
    path("told/held/", held, name="told-held"),
    path("told/held/<str:key>/take/", take, name="held-take"),
    path("told/held/<str:key>/refuse/", refuse, name="held-refuse"),
]
