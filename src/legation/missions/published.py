"""What other rooms may ask of missions, answered with frozen values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import cast

from django.db.models import Count, Max, Sum

from legation.foundations.identity import EntryId, MissionId, Ref
from legation.foundations.posture import Posture, PostureLevel
from legation.missions import queries
from legation.missions.events import MissionKind, PersonCategory, PremisesKind
from legation.missions.models import Mission, Person, Premises
from legation.missions.queries import people as people_queries
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
    kind: MissionKind
    city: str
    sending_code: str


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
        kind=MissionKind(row.kind),
        city=row.city,
        sending_code=row.sending_code,
    )


@dataclass(frozen=True, slots=True)
class PremisesSeen:
    """A building as other rooms see it. category: a code of PremisesCategory, empty, or an old free text."""

    id: str
    mission_id: MissionId
    name: str
    kind: PremisesKind
    category: str
    receives_public: bool


def premises(actor: Actor, mission: str) -> list[PremisesSeen]:
    """Visible premises of a mission by name."""
    return [_building(row) for row in queries.premises(actor, mission)]


def premises_seen(actor: Actor, key: str) -> PremisesSeen:
    """One building. Raises NotVisible."""
    return _building(queries.one_premises(actor, key))


def premises_claimed(actor: Actor, key: str, verb: str, *, caused_by: EntryId | None = None) -> Authorised[Record]:
    """A claim on a building, for another room's act about it. Raises NotVisible or Forbidden."""
    return cast(Authorised[Record], claim(Premises, key, verb, actor, caused_by=caused_by))


def _building(row: Premises) -> PremisesSeen:
    return PremisesSeen(
        row.pk, MissionId(row.mission_id or ""), row.name, PremisesKind(row.kind), row.category, row.receives_public
    )


def home_state(actor: Actor) -> str:
    """The sending state whose service this is; empty where no mission is visible."""
    return queries.home_state(actor)


@dataclass(frozen=True, slots=True)
class PersonSeen:
    """A person at post as other rooms see him. operator_id: his account as an actor's id, `operator/…`, or empty."""

    id: str
    mission_id: MissionId
    name: str
    category: PersonCategory
    post: str
    operator_id: str
    arrived: date | None
    departs: date | None


def people(actor: Actor, mission: str | None = None, *, on: date | None = None) -> list[PersonSeen]:
    """Visible people by name: of one mission, and at post on a day where one is given."""
    return [_person(row) for row in people_queries.people(actor, mission, on=on)]


def person(actor: Actor, key: str) -> PersonSeen:
    """One person. Raises NotVisible where he is absent, hidden or erased."""
    return _person(people_queries.person(actor, key))


def names(actor: Actor, keys: Iterable[str]) -> dict[str, str]:
    """Names by id of those among `keys` whom the actor may see; who is erased is absent."""
    return people_queries.names(actor, keys)


def person_of(actor: Actor) -> PersonSeen | None:
    """The person at post who signs in with this actor's account."""
    row = people_queries.person_of(actor)
    return _person(row) if row else None


def account_behind(subject: Ref) -> str:
    """The actor id with which a person signs in, empty where there is none: for a room that must forget him, which
    must happen past every marking. It says nothing else of him."""
    if subject.type != "Person":
        return ""
    return str(Person.objects.filter(pk=subject.id).values_list("operator_id", flat=True).first() or "")


def _person(row: Person) -> PersonSeen:
    return PersonSeen(
        id=row.pk,
        mission_id=MissionId(str(row.mission_id)),
        name=row.name,
        category=PersonCategory(row.category),
        post=row.post,
        operator_id=row.operator_id,
        arrived=row.arrived,
        departs=row.departs,
    )
