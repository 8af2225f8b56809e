"""What was recorded about this? Ledger entries as lines that a person reads, within his markings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from legation.foundations.identity import Ref
from legation.foundations.markings import Marking
from legation.pages.sentences import in_words, known, sentence
from legation.platform.authority.actor import Actor
from legation.platform.authority.markings import marking_of
from legation.platform.authority.models import Operator
from legation.platform.ledger import log
from legation.platform.ledger.models import Entry


@dataclass(frozen=True, slots=True)
class Recorded:
    """One entry as a line. actor: the role or the service that acted, never a name."""

    at: datetime
    what: str
    marking: Marking
    actor: str
    url: str


def recorded(ref: Ref, actor: Actor, limit: int = 12) -> list[Recorded]:
    """The latest entries about a record."""
    return lines(log.history(ref, marking_ids=actor.markings, missions=actor.missions, limit=limit))


def lines(entries: Iterable[Entry]) -> list[Recorded]:
    """These entries as lines; the caller has made sure that their reader may open them."""
    found = list(entries)
    spoken = roles_of({entry.actor for entry in found})
    return [
        Recorded(
            entry.recorded_at,
            what_happened(entry),
            marking_of(entry.marking_id),
            spoken.get(entry.actor, entry.actor),
            reverse("ledger_entry", args=[entry.entry_id]),
        )
        for entry in found
    ]


def what_happened(entry: Entry) -> str:
    """The room's sentence for the fact where it registered one, else the fact's own name in words."""
    name = entry.fact.partition("/")[0]
    if not known(name):
        return in_words(name.rpartition(".")[2])
    try:
        return sentence(name, log.open_body(entry).said)
    except log.Erased:
        return in_words(name.rpartition(".")[2])


def roles_of(actors: set[str]) -> dict[str, str]:
    """`operator/…` as the person's role and `service/…` as the service's name, for the readers of a history."""
    keys = {actor.removeprefix("operator/") for actor in actors if actor.startswith("operator/")}
    roles = {f"operator/{row.pk}": row.roles for row in Operator.objects.filter(pk__in=keys)}
    services = {actor: actor.removeprefix("service/") for actor in actors if actor.startswith("service/")}
    return {actor: _(text.replace("_", " ").replace(",", ", ")) for actor, text in {**roles, **services}.items()}
