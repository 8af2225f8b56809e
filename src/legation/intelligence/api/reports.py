"""Everyday reports over HTTP with JSON."""

from datetime import datetime
from typing import Annotated, ClassVar

from django.http import HttpRequest
from ninja import File, Header, Router, Schema, Status, UploadedFile

from legation.intelligence import actions
from legation.intelligence.links import reasons
from legation.intelligence.links.own import Said
from legation.intelligence.models import OwnReport
from legation.intelligence.queries import fields
from legation.intelligence.queries import reports as queries
from legation.intelligence.rules.everyday import Told
from legation.missions import published as missions
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of

router = Router(tags=["intelligence"])

Key = Annotated[str, Header(max_length=64, alias="Idempotency-Key")]


class TellIn(Schema):
    """A report: what it was; the rest as far as it is known. radius_m: how exactly the point is known."""

    model_config: ClassVar = {"extra": "forbid"}

    told: Told
    text: str = ""
    minutes_ago: int = 0
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    radius_m: float | None = None


class AnswerIn(Schema):
    """What the reporter is told; empty: only that it was seen."""

    model_config: ClassVar = {"extra": "forbid"}

    outcome: str = ""


class ToldOut(Schema):
    """A report as its reader may see it. reporter: a name where he may know it, else empty."""

    id: str
    told: str
    kind: str
    mission: str
    text: str
    place: str
    occurred_at: datetime
    claimed_at: datetime | None
    received_at: datetime
    reporter: str
    photograph: bool
    seen_at: datetime | None
    seen_by: str
    outcome: str
    occurrence: str
    marking: str


class ToldIdOut(Schema):
    """The id of what was made."""

    id: str


@router.post("/missions/{key}/told", response={201: ToldIdOut})
def tell(request: HttpRequest, key: str, body: TellIn, idempotency_key: Key = "") -> object:
    """Report something; the key makes the same report sent twice one report."""
    claimed = missions.claimed(actor_of(request), key, "intelligence.tell")
    said = Said(command=idempotency_key, **body.dict())
    return Status(201, {"id": actions.tell(claimed, said)})


class PastOut(Schema):
    """What importing a log did, or would do: items read, new signals, lines put aside by line."""

    accepted: int
    signals: int
    known: int
    held_back: int
    aside: list[str]


@router.post("/missions/{key}/incidents", response={201: PastOut, 207: PastOut})
def import_incidents(request: HttpRequest, key: str, file: File[UploadedFile], dry_run: bool = False) -> object:
    """Load a mission's log of past incidents; 207 where lines were put aside."""
    claimed = missions.claimed(actor_of(request), key, "intelligence.import_incidents")
    done = actions.import_incidents(claimed, file.read(), file.name or "log", dry_run=dry_run)
    aside = [f"{one.where}: {reasons.sentence(one.reason, one.params)}" for one in done.quarantined]
    counts = {"accepted": done.accepted, "signals": done.signals, "known": done.known, "held_back": done.held_back}
    return Status(207 if aside else 201, counts | {"aside": aside})


class FiguresOut(Schema):
    """What loading police figures did, or would do: figures read, lines put aside by line."""

    accepted: int
    aside: list[str]


@router.post("/figures", response={201: FiguresOut, 207: FiguresOut})
def import_figures(request: HttpRequest, file: File[UploadedFile], dry_run: bool = False) -> object:
    """Load police figures by area and month; 207 where lines were put aside."""
    house = claim_house("intelligence.import_figures", actor_of(request))
    read = actions.import_figures(house, file.read(), file.name or "figures", dry_run=dry_run)
    aside = [f"{one.where}: {reasons.sentence(one.reason, one.params)}" for one in read.quarantined]
    return Status(207 if aside else 201, {"accepted": len(read.rows), "aside": aside})


@router.get("/told/own", response=list[ToldOut])
def own(request: HttpRequest) -> object:
    """What I reported, and what came of it."""
    actor = actor_of(request)
    check_verb("intelligence.tell", actor)
    return [fields.told_fields(one) for one in queries.own(actor)]


@router.get("/told", response=list[ToldOut])
def told(request: HttpRequest) -> object:
    """What staff reported."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    return [fields.told_fields(one) for one in queries.reported(actor)]


@router.post("/told/{key}/answer", response=ToldOut)
def answer(request: HttpRequest, key: str, body: AnswerIn) -> object:
    """Say that it was seen, or what came of it."""
    actor = actor_of(request)
    actions.answer(claim(OwnReport, key, "intelligence.answer_report", actor), outcome=body.outcome)
    return fields.told_fields(queries.one(actor, key))
