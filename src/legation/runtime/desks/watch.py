"""What is burning, who has not answered, what changed? The watch officer's page, laid out from the rooms' panels."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from legation.platform.doors import actor_of
from legation.runtime.desks.layout import drawn


def home(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    context = {"main": drawn("watch.main", actor, request=request), "side": drawn("watch.side", actor, request=request)}
    return render(request, "desks/watch.html", context)
