"""Visits and receptions over HTTP with JSON."""

from datetime import datetime
from typing import ClassVar

from django.http import HttpRequest
from ninja import Router, Schema

from legation.missions import queries
from legation.missions.actions import occasions as actions
from legation.missions.events.occasions import GuestValue, OccasionKind, RunLine
from legation.missions.models import Guest, Mission, Occasion
from legation.missions.queries import occasions as asked
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of

router = Router(tags=["missions"])


class OccasionOut(Schema):
    """A visit or reception; guests are erased at forget_at."""

    id: str
    mission_id: str
    kind: str
    title: str
    begins_at: datetime
    ends_at: datetime
    place: str
    principal: str
    forget_at: datetime
    forgotten: bool


class OccasionIn(Schema):
    """What is planned."""

    model_config: ClassVar = {"extra": "forbid"}
    kind: OccasionKind
    title: str
    begins_at: datetime
    ends_at: datetime
    place: str
    principal: str = ""
    host: str = ""
    retention_days: int = 30


class RunLineIn(Schema):
    """One line of a run-sheet."""

    model_config: ClassVar = {"extra": "forbid"}
    at: str
    what: str
    who: str = ""


class RunSheetIn(Schema):
    """The whole run-sheet."""

    model_config: ClassVar = {"extra": "forbid"}
    lines: tuple[RunLineIn, ...]


class AdvanceIn(Schema):
    """A line of the advance survey."""

    model_config: ClassVar = {"extra": "forbid"}
    code: str
    note: str = ""


class GuestIn(Schema):
    """An outsider who is expected."""

    model_config: ClassVar = {"extra": "forbid"}
    name: str
    office: str = ""


class GuestsIn(Schema):
    """Guests to add."""

    model_config: ClassVar = {"extra": "forbid"}
    guests: tuple[GuestIn, ...]


class GuestOut(Schema):
    """A guest on the list."""

    id: str
    name: str
    office: str
    arrived_at: datetime | None


@router.get("/{key}/occasions", response=list[OccasionOut])
def index(request: HttpRequest, key: str) -> object:
    """What is planned at a mission."""
    actor = actor_of(request)
    check_verb("missions.read_occasions", actor)
    return asked.occasions(actor, queries.mission(actor, key).pk)


@router.post("/{key}/occasions", response=OccasionOut)
def plan(request: HttpRequest, key: str, body: OccasionIn) -> object:
    """Plan a visit or reception."""
    claimed = claim(Mission, key, "missions.plan_occasion", actor_of(request))
    return actions.plan_occasion(claimed, actions.Plan(**body.dict()))


@router.post("/occasions/{key}/run-sheet", response=OccasionOut)
def run_sheet(request: HttpRequest, key: str, body: RunSheetIn) -> object:
    """Write the run-sheet."""
    claimed = claim(Occasion, key, "missions.set_run_sheet", actor_of(request))
    return actions.set_run_sheet(claimed, [RunLine(one.at, one.what, one.who) for one in body.lines])


@router.post("/occasions/{key}/advance", response=OccasionOut)
def tick(request: HttpRequest, key: str, body: AdvanceIn) -> object:
    """A line of the advance survey was seen to."""
    claimed = claim(Occasion, key, "missions.tick_advance", actor_of(request))
    return actions.tick_advance(claimed, body.code, note=body.note)


@router.get("/occasions/{key}/guests", response=list[GuestOut])
def guests(request: HttpRequest, key: str) -> object:
    """Who is expected, and who has come."""
    actor = actor_of(request)
    check_verb("missions.read_occasions", actor)
    return asked.guests(actor, asked.occasion(actor, key).pk)


@router.post("/occasions/{key}/guests", response=list[GuestOut])
def add_guests(request: HttpRequest, key: str, body: GuestsIn) -> object:
    """Put guests on the list."""
    claimed = claim(Occasion, key, "missions.list_guests", actor_of(request))
    return actions.list_guests(claimed, [GuestValue(one.name, one.office) for one in body.guests])


@router.post("/guests/{key}/admit", response=GuestOut)
def admit(request: HttpRequest, key: str) -> object:
    """Tick a guest at the door."""
    return actions.admit_guest(claim(Guest, key, "missions.admit_guest", actor_of(request)))
