"""What stands around every page? The rail with its counts, the marking, the clock, the operator, the replay banner."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from legation.foundations.markings import Classification, Marking
from legation.pages.panels import rail
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.actors import NOBODY
from legation.platform.authority.models import MarkingRow
from legation.platform.doors import actor_of
from legation.risk.queries import yesterday
from legation.runtime.desks import homes


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the rail as it is drawn."""

    label: str
    url: str
    count: int | str | None
    current: bool
    group: int


def lines(actor: Actor, path: str) -> list[Line]:
    """The rail of this actor: only what one of his verbs opens. Entries of one hundred stand together."""
    here = reverse("watch") if path == "/" and homes.home_of(actor) is homes.watch_floor else path
    shown = [e for e in rail() if (not e.verb or e.verb in actor.verbs) and e.shown(actor)]
    urls = {entry.url_name: reverse(entry.url_name) for entry in shown}
    fits = [e for e in shown if here == urls[e.url_name] or _below(here, e.prefix or urls[e.url_name])]
    nearest = max(fits, key=lambda e: len(e.prefix or urls[e.url_name]), default=None)
    return [
        Line(_(entry.label), urls[entry.url_name], entry.count(actor), entry is nearest, entry.order // 100)
        for entry in shown
    ]


def _below(here: str, prefix: str) -> bool:
    """Every page is below `/`; that says nothing."""
    return prefix != "/" and here.startswith(prefix)


def shell(request: HttpRequest) -> dict[str, Any]:
    """Context of base.html, made once per request however many fragments a page is drawn of."""
    known: dict[str, Any] | None = getattr(request, "legation_shell", None)
    if known is None:
        known = _around(request)
        request.legation_shell = known  # type: ignore[attr-defined]  # remembered for this request alone
    return known


def _around(request: HttpRequest) -> dict[str, Any]:
    """Signed-out pages get none of it."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"direction": "rtl" if get_language_bidi() else "ltr"}
    actor = actor_of(request)
    demonstration = clock.is_demonstration()
    return {
        "direction": "rtl" if get_language_bidi() else "ltr",
        "actor": actor,
        "known": actor is not NOBODY,
        "rail": lines(actor, request.path_info) if actor is not NOBODY else [],
        "as_of": clock.as_of(),
        "held": demonstration,
        "demonstration": demonstration,
        "replay_score": scored_yesterday(actor) if demonstration else "",
        "page_marking": ceiling(actor),
    }


def scored_yesterday(actor: Actor) -> str:
    """How yesterday's forecasts did, in one line for the replay's banner; empty before the first day was played."""
    told = yesterday(actor) if "risk.read" in actor.verbs else None
    if told is None or not told.scored:
        return ""
    words = {"inside": told.inside, "all": told.scored}
    line = _("Yesterday's forecast: %(inside)s of %(all)s inside the 80 %% interval") % words
    if not told.last_value_crps:
        return line
    gain = round(100 * (1 - told.crps / told.last_value_crps))
    better = _("%(n)s %% better than last value") if gain >= 0 else _("%(n)s %% worse than last value")
    return f"{line}, CRPS {better % {'n': abs(gain)}}"


def ceiling(actor: Actor) -> Marking:
    """The highest classification in use here that this reader may see, said in the same place on each page."""
    highest = MarkingRow.objects.filter(pk__in=actor.markings).aggregate(top=Max("classification"))["top"]
    return Marking(Classification(highest or 0))
