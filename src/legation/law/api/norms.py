"""Norms over HTTP with JSON."""

from datetime import date
from typing import Annotated, ClassVar

from django.http import HttpRequest
from ninja import Query, Router, Schema

from legation.law import actions
from legation.law.events.norms import InstrumentKind, InstrumentValue
from legation.law.links import norm_file
from legation.law.queries import norms as queries
from legation.missions.events import MissionKind
from legation.platform.authority.resolve import check_verb, claim_house
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
    objects: list[str]
    kind: str
    covers: str
    words: str
    may: str
    may_not: str
    effect: str
    consent_of: str

    @staticmethod
    def resolve_objects(row: object) -> list[str]:
        return str(getattr(row, "objects_said", "")).split("|")


class HitOut(Schema):
    """An answer; words: those of the question that it was found by."""

    score: float
    words: list[str]
    norm: NormOut


class InstrumentIn(Schema):
    """An instrument and its norms; each norm has the columns of docs/law.md."""

    model_config: ClassVar = {"extra": "forbid"}
    code: str
    kind: InstrumentKind
    title: str
    state: str = ""
    edition: str
    in_force_from: date
    norms: list[dict[str, str | list[str]]]


class LoadedOut(Schema):
    """What loading an instrument did; left_out: line and what to do."""

    entered: int
    ended: int
    unchanged: int
    left_out: list[tuple[int, str]]


@router.get("/norms", response=list[HitOut])
def index(
    request: HttpRequest,
    q: str = "",
    instrument: str = "",
    about: str = "",
    mission: MissionKind | None = None,
    limit: Annotated[int, Query(ge=1, le=1000)] = 50,
) -> object:
    """Norms in force that answer `q`, the best first; all of them where nothing is asked."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    narrowed = queries.Narrowed(instrument, about, "", mission or "")
    return queries.search(actor, q, narrowed).found[:limit]


@router.get("/norms/{key}", response=NormOut)
def one(request: HttpRequest, key: str) -> object:
    """One norm by code, or an older wording by id."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return queries.norm(actor, key)


@router.post("/instruments", response=LoadedOut)
def load(request: HttpRequest, body: InstrumentIn) -> object:
    """Load an instrument; the same list again changes nothing."""
    house = claim_house("law.load", actor_of(request))
    read = norm_file.objects(body.norms)
    told = body.dict(exclude={"norms"})
    done = actions.load_instrument(house, InstrumentValue(**told), read.norms)
    left_out = [(fault.line, fault.advice) for fault in read.faults]
    return LoadedOut(entered=done.entered, ended=done.ended, unchanged=done.unchanged, left_out=left_out)
