"""The page of reviews: which judgement is to be looked at again by when, and what was found."""

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from legation.foundations.decisions import Refused
from legation.foundations.time import parse_instant
from legation.intelligence import actions
from legation.intelligence.models.reviews import Review
from legation.intelligence.queries import reviews as queries
from legation.intelligence.rules.reviews import INTERVALS
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """All of them, the next first, with the table of intervals."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    context = {
        "rows": queries.reviews(actor, mission=request.GET.get("mission") or None),
        "intervals": INTERVALS,
        "may_review": "intelligence.review_unchanged" in actor.verbs,
        "may_push": "intelligence.push_review" in actor.verbs,
    }
    return render(request, "intelligence/reviews.html", context)


@require_POST
def unchanged(request: HttpRequest, key: str) -> HttpResponse:
    """Looked at, and left as it is because …"""
    claimed = claim(Review, key, "intelligence.review_unchanged", actor_of(request))
    try:
        actions.review_unchanged(claimed, reason=request.POST.get("reason", ""))
        messages.success(request, _("Recorded; the next look is due by its level."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    return redirect("reviews")


@require_POST
def push(request: HttpRequest, key: str) -> HttpResponse:
    """Put it off, because …"""
    claimed = claim(Review, key, "intelligence.push_review", actor_of(request))
    try:
        until = parse_instant(request.POST.get("until", "")) + timedelta(hours=23, minutes=59)
        actions.push_review(claimed, until=until, reason=request.POST.get("reason", ""))
        messages.success(request, _("Recorded, with the reason."))
    except Refused as refused:
        messages.error(request, sentence(refused.refusal.reason, refused.refusal.params))
    except ValueError:
        messages.error(request, _("Choose a day."))
    return redirect("reviews")


urlpatterns = [
    path("reviews/", index, name="reviews"),
    path("reviews/<str:key>/unchanged/", unchanged, name="review-unchanged"),
    path("reviews/<str:key>/push/", push, name="review-push"),
]
