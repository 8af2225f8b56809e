"""Where are the missions and how do they stand? Points for the map, and a table of those that stand worst."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from legation.missions import published, queries
from legation.missions.published import MissionSeen
from legation.pages.bands import BANDS
from legation.pages.panels import Standing, standing
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import check_verb
from legation.platform.doors import actor_of
from legation.platform.ledger.models import Entry

WORST = 8  # as many as stand beside the map without scrolling
UNKNOWN = Standing(0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A mission with how it stands."""

    mission: MissionSeen
    standing: Standing


_kept: dict[tuple[object, ...], Mapping[str, Standing]] = {}
KEPT = 16  # visible sets in use at one position of the ledger; a ministry has a handful


def stands(actor: Actor) -> Mapping[str, Standing]:
    """How the missions stand for this actor, asked once per visible set, language and position of the ledger.

    What is judged changes only by acts, and every act moves the ledger; so what was asked at this position holds.
    """
    latest = Entry.objects.order_by("-pk").values_list("entry_id", flat=True).first()
    asked_at = (actor.missions, actor.markings, actor.verbs, get_language(), latest, clock.as_of().date())
    found = _kept.get(asked_at)
    if found is None:
        if len(_kept) >= KEPT:
            _kept.clear()
        found = _kept[asked_at] = standing(actor)
    return found


def placed(actor: Actor, keys: frozenset[str] | None = None) -> list[Placed]:
    """Visible missions (those among `keys`) with their standing, worst first."""
    known = stands(actor)
    found = [Placed(one, known.get(one.id, UNKNOWN)) for one in published.missions(actor, keys=keys)]
    return sorted(found, key=lambda one: (-one.standing.band, -one.standing.residual, one.mission.name))


def worst(actor: Actor, state: str = "") -> list[Placed]:
    """The WORST missions (of one sending state) that stand worst; only these are loaded, whatever their number."""
    known = stands(actor)
    keys: Iterable[str] = known
    if state:
        keys = known.keys() & set(queries.missions(actor, state=state).order_by().values_list("pk", flat=True))
    top = nlargest(WORST, keys, key=lambda key: (known[key].band, known[key].residual))
    return [one for one in placed(actor, frozenset(top)) if one.standing.band]


def features(actor: Actor, state: str) -> Iterator[dict[str, Any]]:
    """GeoJSON points; a mission whose place is not known is on the list of missions, not on the map.

    Columns straight from the table: eight thousand missions are drawn at every opening of the watch floor.
    """
    known = stands(actor)
    columns = ("pk", "city", "title", "receiving_state", "latitude", "longitude")
    rows = (
        queries.missions(actor, state=state)
        .order_by()
        .exclude(latitude=None)
        .exclude(longitude=None)
        .values_list(*columns)
    )
    for key, city, title, country, latitude, longitude in rows.iterator(chunk_size=4000):
        properties = {"id": key, "name": city or title, "country": country, "band": known.get(key, UNKNOWN).band}
        point = {"type": "Point", "coordinates": [round(longitude, 4), round(latitude, 4)]}
        yield {"type": "Feature", "geometry": point, "properties": properties}


@require_GET
def points(request: HttpRequest) -> HttpResponse:
    """The map's figures for this reader: one sending state's missions, or all."""
    actor = actor_of(request)
    check_verb("missions.read", actor)
    found = list(features(actor, request.GET.get("state", "")))
    body = msgspec.json.encode({"type": "FeatureCollection", "features": found})
    return HttpResponse(body, content_type="application/geo+json")


def _map(actor: Actor, state: str, several: bool) -> Mapping[str, object] | None:
    """The map's frame; its points come from their own address, so the page is not held up by them."""
    if "missions.read" not in actor.verbs:
        return None
    return {
        "total": queries.missions(actor, state=state).count(),
        "state": state,
        "home": published.home_state(actor) if several else "",
        "page": reverse("mission", args=["0"]).removesuffix("0/"),
        "labels": "|".join(band.label for band in BANDS),
    }


def several_states(actor: Actor) -> bool:
    """Whether missions of other states are loaded beside one's own."""
    return len(queries.sending_states(actor)) > 1


def home_map(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """The missions of one's own service."""
    several = several_states(actor)
    return _map(actor, published.home_state(actor) if several else "", several)


def whole_map(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """The missions of all states that are loaded."""
    return _map(actor, "", several_states(actor))


def home_worst(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """Missions of one's own service that stand worst, each with its main cause."""
    if "missions.read" not in actor.verbs:
        return None
    return {"worst": worst(actor, published.home_state(actor))}


def whole_worst(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """Of all states' missions those that stand worst."""
    if "missions.read" not in actor.verbs:
        return None
    return {"worst": worst(actor), "several": several_states(actor)}


def own_panel(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """The missions of one who has a few: all of them, assessed or not. Who has all sees the worst of his service."""
    if "missions.read" not in actor.verbs:
        return None
    return {"worst": placed(actor, actor.missions)} if actor.missions else home_worst(actor, None)
