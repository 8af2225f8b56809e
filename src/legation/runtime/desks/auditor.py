"""Did anybody rewrite history, and who did what? The auditor's home: the record's state and acts by verb."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from legation.pages.sentences import in_words
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.ledger import checkpoints, log
from legation.platform.ledger.models import Entry
from legation.platform.subscribers import Parked
from legation.runtime.desks.ledger import leaves, may_open

WEEK = timedelta(days=7)


def home(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Ledger state, what was recorded this week by kind of act, what could not be handled."""
    counted = (
        Entry.objects.filter(may_open(actor), recorded_at__gte=clock.wall() - WEEK)
        .values("fact")
        .annotate(n=Count("pk"))
        .order_by("-n", "fact")[:20]
    )
    acts = [(*room_and_words(row["fact"]), row["n"]) for row in counted]
    context = {
        "checkpoint": checkpoints.latest(settings.LEGATION_HOME),
        "entries": log.head() + 1,
        "acts": acts,
        "parked": Parked.objects.count(),
        "leaves": leaves(actor)[:12],
        "may_export": "ledger.export" in actor.verbs,
        "faults": list(checkpoints.faults.values()),
    }
    return render(request, "desks/auditor.html", context)


def room_and_words(fact: str) -> tuple[str, str]:
    """`missions.PostureChanged/1` as (missions, Posture changed)."""
    room, _, name = fact.partition("/")[0].partition(".")
    return room, in_words(name)
