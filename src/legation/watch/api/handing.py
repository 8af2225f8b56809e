"""Watches that change hands over HTTP with JSON."""

from datetime import datetime
from typing import ClassVar

from django.http import HttpRequest
from ninja import Router, Schema

from legation.missions import published as missions
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of
from legation.watch.actions import handing as actions
from legation.watch.models.handing import HandOver
from legation.watch.models.roster import Shift
from legation.watch.queries import handing as queries

router = Router(tags=["watch"])


class ItemOut(Schema):
    """One open thing, frozen as it stood."""

    kind: str
    code: str
    params: dict[str, str | int | float]
    subject: str
    due_at: datetime | None


class HandOverOut(Schema):
    """A watch that changes hands; accepted_at is null until it is accepted."""

    id: str
    mission_id: str | None
    duty: str
    outgoing: str
    incoming: str
    offered_at: datetime
    answer_by: datetime
    note: str
    items: list[ItemOut]
    withheld: int
    accepted_at: datetime | None


class OfferIn(Schema):
    """To whom, and what he should know beside what is open."""

    model_config: ClassVar = {"extra": "forbid"}
    incoming: str
    note: str = ""


class NoteIn(Schema):
    """A line of the shift log."""

    model_config: ClassVar = {"extra": "forbid"}
    text: str


class MadeOut(Schema):
    """What was made."""

    id: str


@router.get("/hand-overs/{key}", response=HandOverOut)
def one(request: HttpRequest, key: str) -> object:
    """One hand-over."""
    actor = actor_of(request)
    check_verb("watch.read", actor)
    return queries.hand_over(actor, key)


@router.post("/roster/turns/{key}/hand-over", response=HandOverOut)
def offer(request: HttpRequest, key: str, body: OfferIn) -> object:
    """Give one's watch to another person with all that is open."""
    return actions.hand_over(claim(Shift, key, "watch.hand_over", actor_of(request)), body.incoming, note=body.note)


@router.post("/hand-overs/{key}/accept", response=HandOverOut)
def accept(request: HttpRequest, key: str) -> object:
    """Accept the watch."""
    return actions.accept(claim(HandOver, key, "watch.accept_watch", actor_of(request)))


@router.post("/roster/{key}/notes", response=MadeOut)
def note(request: HttpRequest, key: str, body: NoteIn) -> object:
    """Write into the shift log of a mission, or of `headquarters`."""
    actor, verb = actor_of(request), "watch.log_note"
    claimed = claim_house(verb, actor) if key == "headquarters" else missions.claimed(actor, key, verb)
    return {"id": actions.log_note(claimed, body.text).pk}
