"""The alarm queue over HTTP with JSON."""

from datetime import datetime
from typing import Annotated, ClassVar

from django.http import HttpRequest
from ninja import Header, Router, Schema

from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.platform.idempotency import once
from legation.watch import actions, queries
from legation.watch.api import handing, roster, standing
from legation.watch.events import Outcome
from legation.watch.models import QueuedAlarm

router = Router(tags=["watch"])
router.add_router("", roster.router)
router.add_router("", standing.router)
router.add_router("", handing.router)

Key = Annotated[str, Header(max_length=100)]


class AlarmOut(Schema):
    """An alarm; severity 1 notice, 2 serious, 3 urgent; due_at: when somebody else is called."""

    id: str
    mission_id: str | None
    kind: str
    severity: int
    state: str
    step: int
    taken_by: str
    raised_at: datetime
    due_at: datetime
    params: dict[str, str | int | float]
    outcome: str
    note: str


class CloseIn(Schema):
    """What came of an alarm."""

    model_config: ClassVar = {"extra": "forbid"}
    outcome: Outcome
    note: str


@router.get("/alarms", response=list[AlarmOut])
def index(request: HttpRequest, mission: str = "") -> object:
    """Open alarms, the gravest first."""
    actor = actor_of(request)
    check_verb("watch.read", actor)
    return [standing.row for standing in queries.queue(actor, mission=mission or None)]


@router.get("/alarms/{key}", response=AlarmOut)
def one(request: HttpRequest, key: str) -> object:
    """One alarm."""
    actor = actor_of(request)
    check_verb("watch.read", actor)
    return queries.alarm(actor, key)


@router.post("/alarms/{key}/take", response=AlarmOut)
def take(request: HttpRequest, key: str, idempotency_key: Key = "") -> object:
    """Take an alarm in hand."""
    actor = actor_of(request)
    claimed = claim(QueuedAlarm, key, "watch.take", actor)
    done = once(actor, "watch.take", idempotency_key, key.encode(), lambda: actions.take(claimed).pk)
    return queries.alarm(actor, done.reference)


@router.post("/alarms/{key}/close", response=AlarmOut)
def close(request: HttpRequest, key: str, body: CloseIn, idempotency_key: Key = "") -> object:
    """Settle an alarm that is in hand."""
    actor = actor_of(request)
    claimed = claim(QueuedAlarm, key, "watch.close", actor)
    done = once(
        actor,
        "watch.close",
        idempotency_key,
        key.encode() + request.body,
        lambda: actions.close(claimed, body.outcome, note=body.note).pk,
    )
    return queries.alarm(actor, done.reference)
