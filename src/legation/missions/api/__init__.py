"""Missions over HTTP with JSON."""

from typing import Annotated, ClassVar

from django.http import HttpRequest
from ninja import Header, Query, Router, Schema, Status

from legation.foundations.posture import PostureLevel
from legation.missions import actions, queries
from legation.missions.api import assets, occasions, people, residences
from legation.missions.events import PremisesCategory
from legation.missions.links import csv_file
from legation.missions.models import Mission, Premises
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of
from legation.platform.idempotency import once

router = Router(tags=["missions"])
router.add_router("", assets.router)
router.add_router("", residences.router)
router.add_router("", occasions.router)
router.add_router("", people.router)


class MissionOut(Schema):
    """A mission; degrees WGS 84, codes ISO 3166-1 alpha-2."""

    id: str
    external_id: str
    kind: str
    name: str
    title: str
    sending_state: str
    receiving_state: str
    receiving_code: str
    city: str
    latitude: float | None
    longitude: float | None
    posture_level: int
    lockdown: bool


class PostureIn(Schema):
    """A posture to set, level 1–5."""

    model_config: ClassVar = {"extra": "forbid"}
    level: PostureLevel
    lockdown: bool = False
    reason: str


class RowFaultOut(Schema):
    """A row left out of a list."""

    line: int
    reason: str
    advice: str


class LoadedOut(Schema):
    """What loading a list did."""

    registered: int
    amended: int
    unchanged: int
    left_out: list[RowFaultOut]


@router.get("/", response=list[MissionOut])
def index(
    request: HttpRequest,
    text: str = "",
    state: str = "",
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> object:
    """Visible missions in order of id; `after` is the last id of the page before."""
    actor = actor_of(request)
    check_verb("missions.read", actor)
    return queries.missions(actor, text=text, state=state).filter(pk__gt=after).order_by("pk")[:limit]


@router.post(
    "/list",
    response=LoadedOut,
    openapi_extra={"requestBody": {"content": {"text/csv": {"schema": {"type": "string"}}}, "required": True}},
)
def load(request: HttpRequest) -> object:
    """Load a mission list in CSV (the body, UTF-8 with a heading); the same list again changes nothing."""
    house = claim_house("missions.import", actor_of(request))
    read = csv_file.read(request.body)
    done = actions.import_list(house, read.missions, "api")
    return LoadedOut(
        registered=done.registered,
        amended=done.amended,
        unchanged=done.unchanged,
        left_out=[RowFaultOut(line=f.line, reason=f.reason, advice=f.advice) for f in read.faults],
    )


@router.get("/{key}", response=MissionOut)
def one(request: HttpRequest, key: str) -> object:
    """One mission."""
    actor = actor_of(request)
    check_verb("missions.read", actor)
    return queries.mission(actor, key)


@router.post("/{key}/posture", response={200: MissionOut, 201: MissionOut})
def posture(
    request: HttpRequest,
    key: str,
    body: PostureIn,
    idempotency_key: Annotated[str, Header(max_length=100)] = "",
) -> object:
    """Set the posture of one mission."""
    actor = actor_of(request)
    mission = claim(Mission, key, "missions.set_posture", actor)
    outcome = once(
        actor,
        "missions.set_posture",
        idempotency_key,
        key.encode() + request.body,
        lambda: actions.set_posture(mission, body.level, lockdown=body.lockdown, reason=body.reason).pk,
    )
    return Status(201 if outcome.fresh else 200, queries.mission(actor, outcome.reference))


class CategoryIn(Schema):
    """What a building is for, and whether the public is received there."""

    model_config: ClassVar = {"extra": "forbid"}
    category: PremisesCategory
    receives_public: bool = False


class PremisesOut(Schema):
    """A building."""

    id: str
    mission_id: str
    name: str
    kind: str
    category: str
    receives_public: bool


@router.get("/{key}/premises", response=list[PremisesOut])
def premises(request: HttpRequest, key: str) -> object:
    """Premises of a mission by name."""
    actor = actor_of(request)
    check_verb("missions.read", actor)
    return queries.premises(actor, queries.mission(actor, key).pk)


@router.post("/premises/{key}/category", response=PremisesOut)
def set_category(request: HttpRequest, key: str, body: CategoryIn) -> object:
    """Say what a building is for."""
    claimed = claim(Premises, key, "missions.set_category", actor_of(request))
    return actions.set_category(claimed, body.category, receives_public=body.receives_public)
