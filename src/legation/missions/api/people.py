"""People at post over HTTP with JSON."""

from datetime import date, datetime
from typing import Annotated, ClassVar

from django.http import HttpRequest
from ninja import Header, Query, Router, Schema, Status

from legation.missions import queries
from legation.missions.actions import contacts as reaching
from legation.missions.actions import erasure as erasing
from legation.missions.actions import people as acting
from legation.missions.actions import people_list as loading
from legation.missions.events.contacts import ContactChannel
from legation.missions.events.people import PersonCategory, PersonValue
from legation.missions.links import people_file
from legation.missions.models import Contact, Mission, Person
from legation.missions.queries import people as asked
from legation.platform import clock
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.platform.idempotency import once

router = Router(tags=["people"])


class PersonIn(Schema):
    """What is held of a person; days as 2018-02-05."""

    model_config: ClassVar = {"extra": "forbid"}
    name: str
    category: PersonCategory
    post: str = ""
    staff_number: str = ""
    born: date | None = None
    nationality: str = ""
    arrived: date | None = None
    departs: date | None = None
    principal_id: str = ""
    languages: str = ""
    warden_group: str = ""


class PersonOut(Schema):
    """A person at post."""

    id: str
    mission_id: str
    name: str
    category: PersonCategory
    post: str
    staff_number: str
    born: date | None
    nationality: str
    arrived: date | None
    departs: date | None
    principal_id: str
    languages: str
    warden_group: str


class ContactOut(Schema):
    """One way to reach a person."""

    id: str
    channel: ContactChannel
    address: str
    tested_at: datetime | None


class PersonReachedOut(PersonOut):
    """A person with his contacts."""

    contacts: list[ContactOut]


class ContactIn(Schema):
    """A way to reach a person."""

    model_config: ClassVar = {"extra": "forbid"}
    channel: ContactChannel
    address: str


class TestIn(Schema):
    """What came of trying a contact."""

    model_config: ClassVar = {"extra": "forbid"}
    reached: bool


class ErasureIn(Schema):
    """Why a person is to be erased; name nobody in it, it stays in the record."""

    model_config: ClassVar = {"extra": "forbid"}
    reason: str


class ErasureOut(Schema):
    """Whether the person is erased, and how many sealed parts of the record went."""

    erased: bool
    parts: int


class LeftOut(Schema):
    """A row left out of a list."""

    line: int
    column: str
    reason: str
    advice: str


class PeopleLoadedOut(Schema):
    """What loading a list did, or would do."""

    added: int
    corrected: int
    unchanged: int
    left_out: list[LeftOut]


@router.get("/{mission}/people", response=list[PersonOut])
def index(
    request: HttpRequest,
    mission: str,
    on: date | None = None,
    after: str = "",
    limit: Annotated[int, Query(ge=1, le=1000)] = 200,
) -> object:
    """People of a mission in order of id; `on` a day at post, `after` the last id of the page before."""
    actor = actor_of(request)
    key = queries.mission(actor, mission).pk
    check_verb("missions.read_people", actor)
    return asked.people(actor, key, on=on).filter(pk__gt=after).order_by("pk")[:limit]


@router.post("/{mission}/people", response={200: PersonOut, 201: PersonOut})
def add(
    request: HttpRequest,
    mission: str,
    body: PersonIn,
    idempotency_key: Annotated[str, Header(max_length=100)] = "",
) -> object:
    """Add a person."""
    actor = actor_of(request)
    claimed = claim(Mission, mission, "missions.add_person", actor)
    outcome = once(
        actor,
        "missions.add_person",
        idempotency_key,
        mission.encode() + request.body,
        lambda: acting.add_person(claimed, PersonValue(**body.dict()), source="api").pk,
    )
    return Status(201 if outcome.fresh else 200, asked.person(actor, outcome.reference))


@router.post(
    "/{mission}/people/list",
    response=PeopleLoadedOut,
    openapi_extra={"requestBody": {"content": {"text/csv": {"schema": {"type": "string"}}}, "required": True}},
)
def load(request: HttpRequest, mission: str, dry_run: bool = False) -> object:
    """Load a list of people in CSV (the body, UTF-8 with a heading); with `dry_run` nothing is written."""
    actor = actor_of(request)
    claimed = claim(Mission, mission, "missions.import_people", actor)
    read = people_file.read(request.body)
    if dry_run:
        return loading.foretold(asked.foreseen(actor, mission, read))
    return loading.import_people(claimed, read, "api")


@router.get("/people/{key}", response=PersonReachedOut)
def one(request: HttpRequest, key: str) -> object:
    """One person with his contacts."""
    actor = actor_of(request)
    check_verb("missions.read_people", actor)
    return _reached(asked.reached(actor, [asked.person(actor, key)], clock.as_of())[0])


@router.put("/people/{key}", response=PersonOut)
def correct(request: HttpRequest, key: str, body: PersonIn) -> object:
    """Correct what is held about a person."""
    claimed = claim(Person, key, "missions.correct_person", actor_of(request))
    return acting.correct_person(claimed, PersonValue(**body.dict()), source="api")


@router.post("/people/{key}/contacts", response={201: ContactOut})
def add_contact(request: HttpRequest, key: str, body: ContactIn) -> object:
    """Add a way to reach a person."""
    claimed = claim(Person, key, "missions.add_contact", actor_of(request))
    return Status(201, reaching.add_contact(claimed, body.channel, body.address))


@router.post("/people/contacts/{key}/test", response=ContactOut)
def test_contact(request: HttpRequest, key: str, body: TestIn) -> object:
    """Say whether a contact reached its person."""
    claimed = claim(Contact, key, "missions.test_contact", actor_of(request))
    return reaching.test_contact(claimed, reached=body.reached)


@router.post("/people/{key}/erasure", response=ErasureOut)
def propose_erasure(request: HttpRequest, key: str, body: ErasureIn) -> object:
    """Propose that a person be erased; another person confirms."""
    claimed = claim(Person, key, "missions.propose_erasure", actor_of(request))
    erasing.propose_erasure(claimed, reason=body.reason)
    return ErasureOut(erased=False, parts=0)


@router.post("/people/{key}/erasure/confirm", response=ErasureOut)
def erase(request: HttpRequest, key: str) -> object:
    """Confirm what another person proposed: the person is erased."""
    claimed = claim(Person, key, "missions.erase_person", actor_of(request))
    return ErasureOut(erased=True, parts=erasing.erase_person(claimed))


def _reached(found: asked.Reached) -> PersonReachedOut:
    plain = PersonOut.from_orm(found.row).dict()
    return PersonReachedOut(**plain, contacts=[ContactOut.from_orm(contact) for contact in found.contacts])
