"""The register of actors over HTTP with JSON."""

from datetime import datetime
from typing import ClassVar

from django.http import HttpRequest
from ninja import Router, Schema, Status

from legation.foundations.markings import Marking
from legation.intelligence.actions.actors import register_actor, review_actor
from legation.intelligence.events.actors import ActorKind, ActorValue
from legation.intelligence.models.actors import ThreatActor
from legation.intelligence.queries import actors as queries
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of

router = Router(tags=["intelligence"])


class ActorIn(Schema):
    """An actor of the register: names in any script, countries by alpha-2, methods by the words of the table."""

    model_config: ClassVar = {"extra": "forbid"}

    name: str
    aliases: tuple[str, ...] = ()
    kind: ActorKind = ActorKind.UNKNOWN
    aims: str = ""
    countries: tuple[str, ...] = ()
    missions: tuple[str, ...] = ()
    radius_km: float = 0.0
    methods: tuple[str, ...] = ()
    stix_id: str = ""
    ucdp_id: str = ""
    review_at: datetime | None = None

    def value(self) -> ActorValue:
        return ActorValue(
            self.name, tuple(self.aliases), self.kind, self.aims, tuple(self.countries), tuple(self.missions),
            self.radius_km, tuple(self.methods), self.stix_id, self.ucdp_id,
        )  # fmt: skip


class NewActorIn(ActorIn):
    """An actor to register, with its marking."""

    marking: str = "UNCLASSIFIED // TLP:CLEAR"


class ActorOut(Schema):
    """An actor of the register."""

    id: str
    name: str
    aliases: list[str]
    kind: str
    aims: str
    countries: list[str]
    missions: list[str]
    radius_km: float
    methods: list[str]
    stix_id: str
    ucdp_id: str
    review_at: datetime
    marking: str


class ReachOut(Schema):
    """A mission in reach. why: named, nearby or country; acts: within the radius, in two years."""

    mission: str
    name: str
    why: str
    acts: int
    nearest_km: float


class ActorWholeOut(ActorOut):
    """An actor with its acts by year and the missions that it reaches."""

    years: dict[int, int]
    reaches: list[ReachOut]


class SpokenOut(Schema):
    """A name that signals give and nobody of the register bears."""

    spoken: str
    mentions: int
    signal: str


@router.get("/actors", response=list[ActorOut])
def actors(request: HttpRequest) -> object:
    """The register."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    return [queries.actor_fields(row) for row in queries.actors(actor)]


@router.get("/actors/unregistered", response=list[SpokenOut])
def unregistered(request: HttpRequest) -> object:
    """Names that signals give and nobody has registered, the most spoken first."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    return queries.unregistered(actor)


@router.get("/actors/{key}", response=ActorWholeOut)
def threat_actor(request: HttpRequest, key: str) -> object:
    """One actor: acts by year, missions in reach and why."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    row = queries.threat_actor(actor, key)
    told = {"years": dict(queries.by_year(actor, row)), "reaches": queries.reach_fields(queries.reached_by(actor, row))}
    return queries.actor_fields(row) | told


@router.post("/actors", response={201: ActorOut})
def register(request: HttpRequest, body: NewActorIn) -> object:
    """Register an actor."""
    house = claim_house("intelligence.register_actor", actor_of(request))
    row = register_actor(house, body.value(), marking=Marking.parse(body.marking), review_at=body.review_at)
    return Status(201, queries.actor_fields(row))


@router.put("/actors/{key}", response=ActorOut)
def review(request: HttpRequest, key: str, body: ActorIn) -> object:
    """Say what stands of an actor now, and by when somebody looks again."""
    claimed = claim(ThreatActor, key, "intelligence.review_actor", actor_of(request))
    return queries.actor_fields(review_actor(claimed, body.value(), review_at=body.review_at))
