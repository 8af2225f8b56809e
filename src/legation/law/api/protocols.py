"""The protocol register over HTTP with JSON."""

from datetime import datetime
from typing import Annotated, ClassVar

from django.http import HttpRequest
from ninja import Header, Router, Schema

from legation.foundations.threats import ThreatClass
from legation.law.actions import protocols as actions
from legation.law.events.protocols import ChangedBy, ProtocolKind
from legation.law.models import Protocol
from legation.law.queries import protocols as asked
from legation.missions import published as missions
from legation.platform.authority.actor import Role
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of
from legation.platform.idempotency import once

router = Router(tags=["law"])

Key = Annotated[str, Header(max_length=100)]


class ProtocolOut(Schema):
    """A protocol in force; `read` of `must` have read the version in force. mission_id: none for the whole service."""

    id: str
    mission_id: str | None
    title: str
    kind: str
    owner: str
    norm: str
    in_force: int
    read: int
    must: int
    read_by: datetime
    review_at: datetime
    ended: bool


class VersionOut(Schema):
    """One version with its text."""

    number: int
    text: str
    changed_by: str
    reason: str
    because_of: str
    published_at: datetime


class ProtocolIn(Schema):
    """A new protocol in its first version."""

    model_config: ClassVar = {"extra": "forbid"}
    title: str
    kind: ProtocolKind
    against: ThreatClass
    owner: str
    readers: tuple[Role, ...]
    within_days: int
    review_at: datetime
    text: str
    reason: str
    norm: str = ""


class ProtocolVersionIn(Schema):
    """The next version, and what changed it."""

    model_config: ClassVar = {"extra": "forbid"}
    text: str
    changed_by: ChangedBy
    reason: str
    within_days: int
    because_of: str = ""


class ProtocolReviewIn(Schema):
    """When it is to be looked at again."""

    model_config: ClassVar = {"extra": "forbid"}
    review_at: datetime


class ProtocolEndIn(Schema):
    """Why it binds nobody any more."""

    model_config: ClassVar = {"extra": "forbid"}
    reason: str


def _out(one: asked.Standing) -> ProtocolOut:
    row, reading = one.protocol, one.reading
    names = ("mission_id", "title", "kind", "owner", "norm", "in_force", "review_at", "ended")
    own = {name: getattr(row, name) for name in names}
    return ProtocolOut(id=row.pk, read=len(reading.read), must=reading.must, read_by=one.current.read_by, **own)


def _entered(body: ProtocolIn) -> tuple[actions.Subject, actions.Wording]:
    subject = body.dict(exclude={"text", "reason"}) | {"readers": tuple(role.value for role in body.readers)}
    return actions.Subject(**subject), actions.Wording(body.text, ChangedBy.FIRST, body.reason)


@router.get("/protocols", response=list[ProtocolOut])
def index(request: HttpRequest, mission: str = "") -> object:
    """Protocols in force, the least read first."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return [_out(one) for one in asked.standing(actor, mission or None)]


@router.post("/protocols", response=VersionOut)
def enter_for_all(request: HttpRequest, body: ProtocolIn, idempotency_key: Key = "") -> object:
    """Put a protocol in force for the whole service."""
    actor = actor_of(request)
    claimed = claim_house(actions.FOR_ALL, actor)
    done = once(
        actor,
        actions.FOR_ALL,
        idempotency_key,
        request.body,
        lambda: actions.enter_service_protocol(claimed, *_entered(body)).pk,
    )
    return asked.version(actor, done.reference, 1)


@router.post("/missions/{key}/protocols", response=VersionOut)
def enter(request: HttpRequest, key: str, body: ProtocolIn, idempotency_key: Key = "") -> object:
    """Put a protocol in force at a mission."""
    actor = actor_of(request)
    claimed = missions.claimed(actor, key, "law.enter_protocol")
    done = once(
        actor,
        "law.enter_protocol",
        idempotency_key,
        key.encode() + request.body,
        lambda: actions.enter_protocol(claimed, *_entered(body)).pk,
    )
    return asked.version(actor, done.reference, 1)


@router.get("/protocols/{key}", response=list[VersionOut])
def one(request: HttpRequest, key: str) -> object:
    """Every version of a protocol, the one in force first."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return asked.versions(actor, asked.protocol(actor, key).pk)


@router.post("/protocols/{key}/versions", response=VersionOut)
def publish(request: HttpRequest, key: str, body: ProtocolVersionIn) -> object:
    """Put the next version in force."""
    actor = actor_of(request)
    claimed = claim(Protocol, key, "law.publish_protocol", actor)
    wording = actions.Wording(body.text, body.changed_by, body.reason, body.because_of)
    row = actions.publish_protocol(claimed, wording, within_days=body.within_days)
    return asked.version(actor, row.pk, row.in_force)


@router.post("/protocols/{key}/versions/{number}/read", response=VersionOut)
def read(request: HttpRequest, key: str, number: int) -> object:
    """Say that one has read and understood the version in force."""
    actor = actor_of(request)
    actions.read_protocol(claim(Protocol, key, "law.read_protocol", actor), number)
    return asked.version(actor, key, number)


@router.post("/protocols/{key}/review", response=VersionOut)
def review(request: HttpRequest, key: str, body: ProtocolReviewIn) -> object:
    """Say that it holds as it stands."""
    actor = actor_of(request)
    row = actions.review_protocol(claim(Protocol, key, "law.review_protocol", actor), body.review_at)
    return asked.version(actor, key, row.in_force)


@router.post("/protocols/{key}/end", response=VersionOut)
def end(request: HttpRequest, key: str, body: ProtocolEndIn) -> object:
    """Take it out of force."""
    actor = actor_of(request)
    row = actions.end_protocol(claim(Protocol, key, "law.end_protocol", actor), body.reason)
    return asked.version(actor, key, row.in_force)
