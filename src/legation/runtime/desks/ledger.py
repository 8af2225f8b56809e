"""What was recorded, and how is it proved? The record within one's markings, the checkpoint, and the export."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from tempfile import TemporaryFile

from django.conf import settings
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from legation.foundations.identity import EntryId
from legation.pages.panels import address_of
from legation.platform import clock
from legation.platform.authority import NotVisible
from legation.platform.authority.actor import Actor
from legation.platform.authority.markings import marking_of
from legation.platform.authority.resolve import check_verb
from legation.platform.doors import actor_of
from legation.platform.ledger import checkpoints, log
from legation.platform.ledger import export as exporting
from legation.platform.ledger.models import Entry
from legation.runtime.desks.history import Recorded, lines, roles_of, what_happened

PIECE = 1 << 18  # bytes handed to the network at once
PAGE = 60  # entries on one page: about two screens


@dataclass(frozen=True, slots=True)
class Leaf:
    """An entry in the list; line is None where only the bare leaf may be seen."""

    entry_id: str
    at: datetime
    line: Recorded | None


def may_open(actor: Actor) -> Q:
    """Which entries this actor may open."""
    seen = Q(marking_id__in=actor.markings)
    return seen if actor.missions is None else seen & (Q(mission__in=actor.missions) | Q(mission=None))


def leaves(actor: Actor, before: str = "") -> list[Leaf]:
    """A page of the record, newest first, from below the entry `before`; what may not be opened stays a bare leaf."""
    found = Entry.objects.order_by("-pk")
    if before:
        start = Entry.objects.filter(entry_id=before).values_list("pk", flat=True).first()
        found = found.filter(pk__lt=start) if start is not None else found.none()
    page = list(found[:PAGE])
    open_keys = set(
        Entry.objects.filter(may_open(actor), pk__in=[entry.pk for entry in page]).values_list("pk", flat=True)
    )
    readable = [entry for entry in page if entry.pk in open_keys]
    told = dict(zip([entry.pk for entry in readable], lines(readable), strict=True))
    return [Leaf(entry.entry_id, entry.recorded_at, told.get(entry.pk)) for entry in page]


@require_GET
def ledger(request: HttpRequest) -> HttpResponse:
    """The record, its latest checkpoint, and how to check it away from this machine."""
    actor = actor_of(request)
    check_verb("ledger.read", actor)
    found = leaves(actor, request.GET.get("before", ""))
    context = {
        "leaves": found,
        "further": found[-1].entry_id if len(found) == PAGE else "",
        "checkpoint": checkpoints.latest(settings.LEGATION_HOME),
        "may_export": "ledger.export" in actor.verbs,
        "faults": list(checkpoints.faults.values()),
    }
    return render(request, "desks/ledger.html", context)


@require_POST
def export(request: HttpRequest) -> StreamingHttpResponse:
    """The record as a file, as `legation ledger export` writes it: leaves for anyone to check, nothing opened."""
    check_verb("ledger.export", actor_of(request))
    name = f"ledger-{clock.wall():%Y-%m-%dT%H%M}.txt"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(_exported(), content_type="application/octet-stream", headers=headers)


def _exported() -> Iterator[bytes]:
    """The export by pieces; it lies in a file meanwhile, because a record of a million entries is hundreds of MB."""
    with TemporaryFile() as file:
        exporting.write(file)
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece


@require_GET
def entry(request: HttpRequest, key: str) -> HttpResponse:
    """One entry: what it says and what it is about. Raises NotVisible where it is absent or hidden."""
    actor = actor_of(request)
    check_verb("ledger.read", actor)
    found = Entry.objects.filter(may_open(actor), entry_id=key).first()
    if found is None:
        raise NotVisible
    body = log.open_body(found)
    context = {
        "entry": found,
        "what": what_happened(found),
        "marking": marking_of(found.marking_id),
        "who": roles_of({found.actor}).get(found.actor, found.actor),
        "body": body,
        "about": [(ref, address_of(ref)) for ref in body.about],
        "leaf": bytes(found.leaf).hex(),
        "caused_by": EntryId(found.caused_by) if found.caused_by else "",
    }
    return render(request, "desks/ledger_entry.html", context)
