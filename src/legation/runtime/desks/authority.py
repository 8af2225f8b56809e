"""Who may do what? The table of roles and verbs, as the house itself reads it."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from legation.platform.authority.table import COLUMNS, rows
from legation.platform.doors import actor_of


@require_GET
def authority(request: HttpRequest) -> HttpResponse:
    """The whole table for every operator: rights are no secret, and a refusal must be explainable."""
    actor = actor_of(request)
    grouped = [(room, list(found)) for room, found in groupby(rows(), lambda row: row.verb.partition(".")[0])]
    return render(request, "desks/authority.html", {"columns": COLUMNS, "rooms": grouped, "own": actor.roles})
