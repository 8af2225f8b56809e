"""Where are the missions and how do they stand? Points for the map, and a table of those that stand worst."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import nlargest
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET

from legation.missions import published, queries
from legation.missions.published import MissionSeen
from legation.pages.bands import BANDS
from legation.pages.panels import Standing, standing
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import check_verb
from legation.platform.doors import actor_of

WORST = 8  # as many as stand beside the map without scrolling
UNKNOWN = Standing(0)


@dataclass(frozen=True, slots=True)
class Placed:
    """A mission with how it stands."""

    mission: MissionSeen
    standing: Standing


def placed(actor: Actor, keys: frozenset[str] | None = None) -> list[Placed]:
    """Visible missions (those among `keys`) with their standing, worst first."""
    stands = standing(actor)
    found = [Placed(one, stands.get(one.id, UNKNOWN)) for one in published.missions(actor, keys=keys)]
    return sorted(found, key=lambda one: (-one.standing.band, -one.standing.residual, one.mission.name))


def worst(actor: Actor) -> list[Placed]:
    """The WORST missions that stand worst; only these are loaded, whatever their number in all."""
    stands = standing(actor)
    top = nlargest(WORST, stands, key=lambda key: (stands[key].band, stands[key].residual))
    return [one for one in placed(actor, frozenset(top)) if one.standing.band]


def features(actor: Actor) -> Iterator[dict[str, Any]]:
    """GeoJSON points; a mission whose place is not known is on the list of missions, not on the map.

    Columns straight from the table: eight thousand missions are drawn at every opening of the watch floor.
    """
    stands = standing(actor)
    columns = ("pk", "city", "title", "receiving_state", "latitude", "longitude")
    rows = queries.missions(actor).order_by().exclude(latitude=None).exclude(longitude=None).values_list(*columns)
    for key, city, title, state, latitude, longitude in rows.iterator(chunk_size=4000):
        properties = {"id": key, "name": city or title, "country": state, "band": stands.get(key, UNKNOWN).band}
        point = {"type": "Point", "coordinates": [round(longitude, 4), round(latitude, 4)]}
        yield {"type": "Feature", "geometry": point, "properties": properties}


@require_GET
def points(request: HttpRequest) -> HttpResponse:
    """The map's figures for this reader."""
    actor = actor_of(request)
    check_verb("missions.read", actor)
    body = msgspec.json.encode({"type": "FeatureCollection", "features": list(features(actor))})
    return HttpResponse(body, content_type="application/geo+json")


def map_panel(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """The map's frame; its points come from their own address, so the page is not held up by them."""
    if "missions.read" not in actor.verbs:
        return None
    return {
        "total": queries.missions(actor).count(),
        "page": reverse("mission", args=["0"]).removesuffix("0/"),
        "labels": "|".join(band.label for band in BANDS),
    }


def worst_panel(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """Missions that stand worst, each with its main cause."""
    if "missions.read" not in actor.verbs:
        return None
    return {"worst": worst(actor)}


def own_panel(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """The missions of one who has a few: all of them, assessed or not. Who has all sees the worst."""
    if "missions.read" not in actor.verbs:
        return None
    return {"worst": placed(actor, actor.missions) if actor.missions else worst(actor)}
