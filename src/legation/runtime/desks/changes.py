"""What changed since last night? The record of a day, told by kind of act, newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse

from legation.pages.sentences import in_words
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.ledger.models import Entry
from legation.runtime.desks.history import what_happened
from legation.runtime.desks.ledger import may_open

NIGHT = timedelta(hours=24)
READ = 400  # entries looked at: a busy day's acts of people; loads of lists are one line whatever their length
SHOWN = 7
LINE = ("pk", "entry_id", "fact", "recorded_at")  # the sealed body is read only for the few lines that are shown


@dataclass(frozen=True, slots=True)
class Change:
    """Acts of one kind: how many, the latest of them, and where that opens."""

    at: datetime
    what: str
    times: int
    room: str
    url: str


def changes(actor: Actor, mission: str | None = None) -> list[Change]:
    """What this actor may open of the last day, by kind of act."""
    found = Entry.objects.only(*LINE).filter(may_open(actor), recorded_at__gte=clock.wall() - NIGHT)
    if mission:
        found = found.filter(mission=mission)
    kinds: dict[str, list[Entry]] = {}
    for entry in found.order_by("-pk")[:READ]:
        kinds.setdefault(entry.fact, []).append(entry)
    return [_told(fact, entries) for fact, entries in list(kinds.items())[:SHOWN]]


def _told(fact: str, entries: list[Entry]) -> Change:
    latest = entries[0]
    room, _, name = fact.partition("/")[0].partition(".")
    what = what_happened(latest) if len(entries) == 1 else in_words(name)
    return Change(latest.recorded_at, what, len(entries), room, reverse("ledger_entry", args=[latest.entry_id]))


def panel(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """For those who may read the record at all."""
    if "ledger.read" not in actor.verbs:
        return None
    return {"changes": changes(actor, mission), "wall": clock.wall()}
