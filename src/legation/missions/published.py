"""What other rooms may ask of missions, answered with frozen values."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import cast

from django.db.models import Count, Max, Sum

from legation.foundations.identity import EntryId, MissionId
from legation.foundations.posture import Posture, PostureLevel
from legation.missions import queries
from legation.missions.models import Mission
from legation.platform.authority.actor import Actor, Authorised
from legation.platform.authority.resolve import claim
from legation.platform.records import Record


@dataclass(frozen=True, slots=True)
class MissionSeen:
    """A mission as other rooms see it."""

    id: MissionId
    name: str
    title: str
    sending_state: str
    receiving_state: str
    receiving_code: str
    latitude: float | None
    longitude: float | None
    posture: Posture


def mission(actor: Actor, key: str) -> MissionSeen:
    """One mission. Raises NotVisible where it is absent or hidden."""
    return _seen(queries.mission(actor, key))


def missions(actor: Actor, *, keys: frozenset[str] | None = None) -> list[MissionSeen]:
    """All visible missions, or those of them among `keys`."""
    found = queries.missions(actor)
    if keys is not None:
        found = found.filter(pk__in=keys)
    return [_seen(m) for m in found.iterator(chunk_size=2000)]


def sites(actor: Actor) -> Iterator[tuple[str, float | None, float | None, str]]:
    """Id, latitude, longitude and country code of every visible mission: what counting over all of them needs."""
    return queries.missions(actor).values_list("pk", "latitude", "longitude", "receiving_code").iterator()


def sites_state(actor: Actor) -> tuple[int, int, str]:
    """Changes whenever a visible mission is added, changed or removed: how many, versions in all, the newest id."""
    found = queries.missions(actor).aggregate(n=Count("pk"), versions=Sum("version"), newest=Max("pk"))
    return int(found["n"]), int(found["versions"] or 0), str(found["newest"] or "")


def find(actor: Actor, words: str) -> MissionSeen:
    """The one mission meant by an id, an external id or a city. Raises NotVisible for none, LookupError for several."""
    return _seen(queries.mission_named(actor, words))


def keys_of(actor: Actor, state: str) -> frozenset[str]:
    """Ids of the visible missions of one sending state."""
    return frozenset(queries.missions(actor, state=state).order_by().values_list("pk", flat=True))


def claimed(actor: Actor, key: str, verb: str, *, caused_by: EntryId | None = None) -> Authorised[Record]:
    """A claim on a mission, for another room's act that makes something there. Raises NotVisible or Forbidden."""
    return cast(Authorised[Record], claim(Mission, key, verb, actor, caused_by=caused_by))


def _seen(row: Mission) -> MissionSeen:
    return MissionSeen(
        id=MissionId(row.pk),
        name=row.name,
        title=row.title,
        sending_state=row.sending_state,
        receiving_state=row.receiving_state,
        receiving_code=row.receiving_code,
        latitude=row.latitude,
        longitude=row.longitude,
        posture=Posture(PostureLevel(row.posture_level), row.lockdown, row.posture_since, row.posture_reason),
    )


def home_state(actor: Actor) -> str:
    """The sending state whose service this is; empty where no mission is visible."""
    return queries.home_state(actor)
