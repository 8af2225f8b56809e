"""The responsibility matrix over HTTP with JSON."""

from typing import ClassVar

from django.http import HttpRequest
from ninja import Router, Schema
from ninja.errors import HttpError

from legation.foundations.identity import Ref
from legation.law import actions
from legation.law.actions.matrix import Given
from legation.law.events.matrix import Holder
from legation.law.models import Holding
from legation.law.queries import matrix as queries
from legation.missions import published as missions
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of

router = Router(tags=["law"])


class GivenIn(Schema):
    """A duty given to somebody; subject: Norm/code or Measure/id; person: an id."""

    model_config: ClassVar = {"extra": "forbid"}
    subject: str
    holder: Holder
    office: str = ""
    person: str = ""
    part: str = ""
    title: str = ""


class HoldingOut(Schema):
    """One holder of one duty."""

    id: str
    holder: str
    office: str
    person_id: str
    part: str


class LineOut(Schema):
    """A duty with its holders; standing: hole, held or double."""

    subject: str
    cited: str
    words: str
    owes: str
    grave: bool
    standing: str
    held: list[HoldingOut]


class ReviewOut(Schema):
    """What going through the matrix found."""

    duties: int
    holes: int
    doubles: int


@router.get("/missions/{key}/matrix", response=list[LineOut])
def matrix(request: HttpRequest, key: str, show: str = "") -> object:
    """Every duty of a mission with its holders; `show`: hole, held or double only."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return [
        {
            "subject": str(line.duty.subject),
            "cited": line.duty.cited,
            "words": line.duty.words,
            "owes": line.duty.owes,
            "grave": line.duty.grave,
            "standing": line.standing,
            "held": [one.row for one in line.held],
        }
        for line in queries.matrix(actor, key, show=show)
    ]


@router.post("/missions/{key}/matrix", response=list[HoldingOut])
def give(request: HttpRequest, key: str, body: list[GivenIn]) -> object:
    """Say who holds duties at a mission."""
    claimed = missions.claimed(actor_of(request), key, "law.give_responsibility")
    try:
        given = [Given(**{**one.dict(), "subject": Ref.parse(one.subject)}) for one in body]
    except ValueError as fault:
        raise HttpError(422, str(fault)) from None
    return actions.give_responsibility(claimed, given)


@router.post("/missions/{key}/matrix/review", response=ReviewOut)
def review(request: HttpRequest, key: str) -> object:
    """Go through the matrix: what nobody holds counts from now on."""
    return actions.review_matrix(missions.claimed(actor_of(request), key, "law.review_matrix"))


@router.post("/holdings/{key}/release", response=HoldingOut)
def release(request: HttpRequest, key: str) -> object:
    """Somebody no longer holds a duty."""
    return actions.release_responsibility(claim(Holding, key, "law.release_responsibility", actor_of(request)))
