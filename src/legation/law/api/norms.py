"""Norms over HTTP with JSON."""

from datetime import date

from django.http import HttpRequest
from ninja import Router, Schema

from legation.law.queries import norms as queries
from legation.platform.authority.resolve import check_verb
from legation.platform.doors import actor_of

router = Router(tags=["law"])


class NormOut(Schema):
    """A norm in one wording; until is null while it is in force."""

    id: str
    code: str
    cited: str
    instrument: str
    edition: str
    in_force_from: date
    until: date | None
    article: str
    paragraph: str
    owes: str
    owed_to: str
    kind: str
    covers: str
    words: str
    may: str
    may_not: str


@router.get("/norms", response=list[NormOut])
def index(request: HttpRequest, instrument: str = "") -> object:
    """Norms in force."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return queries.in_force(actor, instrument=instrument)


@router.get("/norms/{key}", response=NormOut)
def one(request: HttpRequest, key: str) -> object:
    """One norm by code, or an older wording by id."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return queries.norm(actor, key)
