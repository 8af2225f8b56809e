"""What does each one need first in the morning? The home of the role, laid out from the rooms' panels."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from legation.platform.authority.actor import Actor, Role
from legation.platform.authority.resolve import check_verb
from legation.platform.doors import actor_of
from legation.runtime.desks import auditor
from legation.runtime.desks.layout import drawn

type Home = Callable[[HttpRequest, Actor], HttpResponse]


def watch_floor(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every mission on one map, what is burning, who has not answered."""
    slot = "watch.all" if request.GET.get("states") == "all" else "watch.main"
    context = {"main": drawn(slot, actor, request=request), "side": drawn("watch.side", actor, request=request)}
    return render(request, "desks/watch.html", context)


def officer(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What changed overnight, what is due, what I must decide at my mission."""
    context = {"main": drawn("rso.main", actor, request=request), "side": drawn("rso.side", actor, request=request)}
    return render(request, "desks/officer.html", context)


def staff(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Report something in thirty seconds, what I must read, who is on call, what is held about me."""
    context = {"main": drawn("staff.main", actor, request=request), "side": drawn("staff.side", actor, request=request)}
    return render(request, "desks/staff.html", context)


def portal(request: HttpRequest, actor: Actor) -> HttpResponse:
    """May this person or vehicle enter, and why not: the portals of his premises are a guard's first page."""
    return redirect("access")


def administration(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Runs the system and reads no content: the table of rights is his first page."""
    return redirect("authority")


HOMES: dict[Role, Home] = {
    Role.WATCH_OFFICER: watch_floor,
    Role.RSO: officer,
    Role.HEAD_OF_MISSION: officer,
    Role.ANALYST: watch_floor,
    Role.AUDITOR: auditor.home,
    Role.GUARD: portal,
    Role.STAFF: staff,
    Role.ADMINISTRATOR: administration,
}
"""The first role in this order that the person has decides his home."""


def home_of(actor: Actor) -> Home:
    return next((page for role, page in HOMES.items() if role.value in actor.roles), administration)


def home(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    return home_of(actor)(request, actor)


def watch(request: HttpRequest) -> HttpResponse:
    """The watch floor, for whoever holds it as a second home."""
    actor = actor_of(request)
    check_verb("watch.read", actor)
    return watch_floor(request, actor)
