"""Pages of the norms: the register, one norm."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_GET

from legation.law.queries import norms as queries
from legation.platform.authority.resolve import check_verb
from legation.platform.doors import actor_of


@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Norms in force."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return render(request, "law/index.html", {"norms": queries.in_force(actor)})


@require_GET
def one(request: HttpRequest, key: str) -> HttpResponse:
    """One norm, with every wording it had."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    norm = queries.norm(actor, key)
    return render(request, "law/norm.html", {"norm": norm, "editions": queries.editions(actor, norm.code)})


urlpatterns = [
    path("", index, name="law"),
    path("norms/<str:key>/", one, name="law-norm"),
]
