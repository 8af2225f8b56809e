"""The duty roster over HTTP with JSON."""

from datetime import datetime
from typing import Annotated, ClassVar

from django.http import HttpRequest
from ninja import Header, Router, Schema

from legation.foundations.time import utc
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import Actor, Authorised
from legation.platform.authority.resolve import House, check_verb, claim, claim_house
from legation.platform.doors import actor_of
from legation.platform.idempotency import once
from legation.platform.records import Record
from legation.watch.actions import roster as actions
from legation.watch.events.roster import DutyKind
from legation.watch.models.roster import KeptDuty, Leave, Shift
from legation.watch.queries import roster as queries
from legation.watch.rules.roster import AHEAD, Away, Turn

router = Router(tags=["watch"])

Key = Annotated[str, Header(max_length=100)]


class OnCallOut(Schema):
    """Who is called on a duty; who is empty for a hole."""

    duty: str
    who: str
    name: str
    instead_of: str
    until: str


class TurnOut(Schema):
    """One person's turn."""

    id: str
    duty: str
    who: str
    name: str
    begins: datetime
    ends: datetime


class GapOut(Schema):
    """What is wrong with a stretch of a duty."""

    gap: str
    duty: str
    who: list[str]
    names: str
    begins: datetime
    ends: datetime


class RosterOut(Schema):
    """Who is on call, whose turns follow, and the gaps."""

    on_call: list[OnCallOut]
    turns: list[TurnOut]
    gaps: list[GapOut]


class TurnIn(Schema):
    """A turn to enter; who: an operator, operator/…; times with a zone."""

    model_config: ClassVar = {"extra": "forbid"}
    who: str
    begins: datetime
    ends: datetime


class PlanIn(Schema):
    """Turns of one duty."""

    model_config: ClassVar = {"extra": "forbid"}
    duty: DutyKind
    turns: list[TurnIn]


class LeaveIn(Schema):
    """Who is away, and who takes his turns."""

    model_config: ClassVar = {"extra": "forbid"}
    who: str
    begins: datetime
    ends: datetime
    deputy: str = ""


class SwapIn(Schema):
    """Who takes the turn, and why."""

    model_config: ClassVar = {"extra": "forbid"}
    who: str
    reason: str


class ReasonIn(Schema):
    """Why."""

    model_config: ClassVar = {"extra": "forbid"}
    reason: str


class MadeOut(Schema):
    """What was made or changed."""

    id: str


@router.get("/roster/{key}", response=RosterOut)
def one(request: HttpRequest, key: str, since: datetime | None = None, until: datetime | None = None) -> object:
    """The roster of a mission, or of `headquarters`; a week from now where no times are given."""
    actor, now = actor_of(request), clock.as_of()
    check_verb("watch.read_roster", actor)
    place = None if key == "headquarters" else missions.mission(actor, key).id
    start = utc(since) if since else now
    return queries.told(queries.roster(actor, place, now), start, utc(until) if until else start + AHEAD)


@router.post("/roster/{key}/turns", response=MadeOut)
def plan(request: HttpRequest, key: str, body: PlanIn, idempotency_key: Key = "") -> object:
    """Enter turns of one duty; the answer is the first turn's id."""
    actor = actor_of(request)
    claimed = _claimed(actor, key, "watch.plan_roster")
    turns = [Turn(body.duty, one.who, utc(one.begins), utc(one.ends)) for one in body.turns]
    body_bytes = key.encode() + request.body
    done = once(actor, "watch.plan_roster", idempotency_key, body_bytes, lambda: actions.plan(claimed, turns)[0].pk)
    return {"id": done.reference}


@router.post("/roster/{key}/leave", response=MadeOut)
def leave(request: HttpRequest, key: str, body: LeaveIn) -> object:
    """Say who is away."""
    away = Away(body.who, utc(body.begins), utc(body.ends), body.deputy)
    return {"id": actions.enter_leave(_claimed(actor_of(request), key, "watch.enter_leave"), away).pk}


@router.post("/roster/leave/{key}/withdraw", response=MadeOut)
def withdraw_leave(request: HttpRequest, key: str) -> object:
    """Somebody is here after all."""
    return {"id": actions.withdraw_leave(claim(Leave, key, "watch.withdraw_leave", actor_of(request))).pk}


@router.post("/roster/turns/{key}/swap", response=MadeOut)
def swap(request: HttpRequest, key: str, body: SwapIn) -> object:
    """Give a turn to another person."""
    return {
        "id": actions.swap(claim(Shift, key, "watch.swap_shift", actor_of(request)), body.who, reason=body.reason).pk
    }


@router.post("/roster/turns/{key}/cancel", response=MadeOut)
def cancel(request: HttpRequest, key: str, body: ReasonIn) -> object:
    """Take a turn out of the roster."""
    return {"id": actions.cancel(claim(Shift, key, "watch.cancel_shift", actor_of(request)), reason=body.reason).pk}


@router.post("/roster/duties/{key}/give-up", response=MadeOut)
def give_up(request: HttpRequest, key: str, body: ReasonIn) -> object:
    """Keep a duty at a place no longer."""
    return {"id": actions.give_up(claim(KeptDuty, key, "watch.give_up_duty", actor_of(request)), reason=body.reason).pk}


def _claimed(actor: Actor, key: str, verb: str) -> Authorised[Record] | Authorised[House]:
    return claim_house(verb, actor) if key == "headquarters" else missions.claimed(actor, key, verb)
