"""Where is it? One field asks every room; each answers only what the actor may read."""

from itertools import islice

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from legation.pages.panels import Found, searches
from legation.platform.authority.actor import Actor
from legation.platform.doors import actor_of

SHORTEST = 2  # one letter fits everything and helps nobody
MOST_PER_ROOM = 20  # more than a screen of one kind means: write more letters
LONGEST = 200


def answers(actor: Actor, text: str) -> list[tuple[str, list[Found]]]:
    """Answers by room, rooms without an answer left out."""
    if len(text) < SHORTEST:
        return []
    asked = [(room, list(islice(ask(actor, text), MOST_PER_ROOM))) for room, ask in searches().items()]
    return [(room, found) for room, found in asked if found]


@require_GET
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:LONGEST]
    return render(request, "desks/search.html", {"q": text, "groups": answers(actor_of(request), text)})
