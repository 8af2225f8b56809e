"""When judgements are looked at again, over HTTP with JSON."""

from datetime import datetime
from typing import ClassVar

from django.http import HttpRequest
from ninja import Router, Schema

from legation.foundations.time import parse_instant
from legation.intelligence import actions
from legation.intelligence.models.reviews import Review
from legation.intelligence.queries import reviews as queries
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of

router = Router(tags=["intelligence"])


class ReviewOut(Schema):
    """A class at a mission and when it is due; level 1-6; pulled: tripwire, rose or empty."""

    id: str
    mission: str
    threat: str
    level: int
    looked_at: datetime
    due_at: datetime
    late: bool
    pulled: str
    note: str


class ReviewUnchangedIn(Schema):
    """Why it stays as it is."""

    model_config: ClassVar = {"extra": "forbid"}

    reason: str


class ReviewPushIn(Schema):
    """Until when (ISO 8601), and why."""

    model_config: ClassVar = {"extra": "forbid"}

    until: str
    reason: str


class ReviewMadeOut(Schema):
    """When the next look is due."""

    id: str
    due_at: datetime


@router.get("/reviews", response=list[ReviewOut])
def reviews(request: HttpRequest, mission: str = "") -> object:
    """Judgements to look at again, the next first."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    return [queries.review_fields(one) for one in queries.reviews(actor, mission=mission or None)]


@router.post("/reviews/{key}/unchanged", response=ReviewMadeOut)
def unchanged(request: HttpRequest, key: str, body: ReviewUnchangedIn) -> object:
    """Looked at, and left as it is."""
    claimed = claim(Review, key, "intelligence.review_unchanged", actor_of(request))
    row = actions.review_unchanged(claimed, reason=body.reason)
    return {"id": row.pk, "due_at": row.due_at}


@router.post("/reviews/{key}/push", response=ReviewMadeOut)
def push(request: HttpRequest, key: str, body: ReviewPushIn) -> object:
    """Put it off."""
    claimed = claim(Review, key, "intelligence.push_review", actor_of(request))
    row = actions.push_review(claimed, until=parse_instant(body.until), reason=body.reason)
    return {"id": row.pk, "due_at": row.due_at}
