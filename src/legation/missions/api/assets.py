"""Custody over HTTP with JSON."""

from datetime import datetime
from typing import Annotated, ClassVar

from django.http import HttpRequest
from ninja import Header, Router, Schema

from legation.missions import queries
from legation.missions.actions import assets as actions
from legation.missions.events.custody import AssetKind, VolumeUnit
from legation.missions.models import Asset, Mission
from legation.missions.queries import assets as asked
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.platform.idempotency import once

router = Router(tags=["missions"])

Key = Annotated[str, Header(max_length=100)]


class AssetOut(Schema):
    """An asset; custodian and receiver by id of a person, or of an account. Volume in `unit`."""

    id: str
    mission_id: str
    kind: str
    name: str
    mark: str
    place: str
    custodian: str
    receiver: str
    state: str
    last_seen_at: datetime | None
    count_due_at: datetime
    overdue: bool
    volume: float
    unit: str
    combination_due_at: datetime | None


class AssetIn(Schema):
    """A thing that comes into custody. A combination itself is never sent."""

    model_config: ClassVar = {"extra": "forbid"}
    kind: AssetKind
    name: str
    mark: str
    custodian: str
    place: str = ""
    volume: float = 0.0
    unit: VolumeUnit | None = None


class AssetCountIn(Schema):
    """What was seen and what was not, by id."""

    model_config: ClassVar = {"extra": "forbid"}
    seen: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    note: str = ""


class AssetReceiverIn(Schema):
    """To whom it is offered."""

    model_config: ClassVar = {"extra": "forbid"}
    receiver: str


class AssetAnswerIn(Schema):
    """The receiver's answer; a reason where it is not taken."""

    model_config: ClassVar = {"extra": "forbid"}
    taken: bool
    reason: str = ""


class AssetSentenceIn(Schema):
    """What is known of a loss, or how a thing went."""

    model_config: ClassVar = {"extra": "forbid"}
    text: str


@router.get("/{key}/assets", response=list[AssetOut])
def index(request: HttpRequest, key: str) -> object:
    """A mission's register; for who reads no register, what he himself holds."""
    actor = actor_of(request)
    check_verb("missions.read", actor)
    return asked.assets(actor, queries.mission(actor, key).pk)


@router.post("/{key}/assets", response=AssetOut)
def add(request: HttpRequest, key: str, body: AssetIn, idempotency_key: Key = "") -> object:
    """Bring a thing into custody."""
    actor = actor_of(request)
    claimed = claim(Mission, key, "missions.add_asset", actor)
    thing = actions.Thing(**body.dict())
    asked_with = key.encode() + request.body
    done = once(actor, "missions.add_asset", idempotency_key, asked_with, lambda: actions.add_asset(claimed, thing).pk)
    return asked.asset(actor, done.reference)


@router.post("/{key}/assets/count", response=list[AssetOut])
def count(request: HttpRequest, key: str, body: AssetCountIn) -> object:
    """Record a count; what is named in neither list stays as it is."""
    claimed = claim(Mission, key, "missions.count_assets", actor_of(request))
    return actions.count_assets(claimed, seen=body.seen, missing=body.missing, note=body.note)


@router.post("/assets/{key}/hand-over", response=AssetOut)
def hand_over(request: HttpRequest, key: str, body: AssetReceiverIn) -> object:
    """Offer an asset to another person."""
    return actions.propose_hand_over(claim(Asset, key, "missions.propose_hand_over", actor_of(request)), body.receiver)


@router.post("/assets/{key}/answer", response=AssetOut)
def answer(request: HttpRequest, key: str, body: AssetAnswerIn) -> object:
    """Take it over, or not: the receiver alone."""
    claimed = claim(Asset, key, "missions.answer_hand_over", actor_of(request))
    return actions.answer_hand_over(claimed, taken=body.taken, reason=body.reason)


@router.post("/assets/{key}/take-back", response=AssetOut)
def take_back(request: HttpRequest, key: str) -> object:
    """Take an unanswered offer back."""
    return actions.take_back_hand_over(claim(Asset, key, "missions.take_back_hand_over", actor_of(request)))


@router.post("/assets/{key}/combination", response=AssetOut)
def combination(request: HttpRequest, key: str) -> object:
    """Say that the combination of a safe was changed."""
    return actions.change_combination(claim(Asset, key, "missions.change_combination", actor_of(request)))


@router.post("/assets/{key}/lose", response=AssetOut)
def lose(request: HttpRequest, key: str, body: AssetSentenceIn) -> object:
    """Declare it lost."""
    return actions.lose_asset(claim(Asset, key, "missions.lose_asset", actor_of(request)), body.text)


@router.post("/assets/{key}/write-off", response=AssetOut)
def write_off(request: HttpRequest, key: str, body: AssetSentenceIn) -> object:
    """Destroyed, returned, or its loss remedied."""
    return actions.write_off_asset(claim(Asset, key, "missions.write_off_asset", actor_of(request)), body.text)
