"""Briefs over HTTP with JSON, and as PDF."""

from datetime import datetime
from typing import Annotated, ClassVar

from django.http import HttpRequest, HttpResponse
from ninja import Field, Header, Router, Schema, Status

from legation.intelligence import actions
from legation.intelligence.links.composed import composed
from legation.intelligence.models import Brief, Receipt
from legation.intelligence.queries import briefs as queries
from legation.intelligence.web import briefs as paper
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import NotVisible
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import actor_of
from legation.platform.idempotency import once

router = Router(tags=["intelligence"])

Key = Annotated[str, Header(max_length=100, alias="Idempotency-Key")]


class Strict(Schema):
    """A body in which nothing unknown is accepted."""

    model_config: ClassVar = {"extra": "forbid"}


class BriefItemIn(Strict):
    """One line. section: judgement, happened, changed, ahead, asked, calendar or silent; below: its releasable
    sentence; subject: a reference, whose own marking is joined to the stated one."""

    text: str
    section: str = "happened"
    marking: str = "UNCLASSIFIED // TLP:CLEAR"
    title: str = ""
    likelihood: str = ""
    subject: str = ""
    below: str = ""


class BriefRecipientIn(Strict):
    """A person (operator id), all of a role, or a named outsider with how it is handed over."""

    operator: str = ""
    role: str = ""
    outsider: str = ""
    note: str = ""
    must_read: bool = True


class BriefIn(Strict):
    """A composed brief. marking: empty for what its inputs need; line: the tear line, empty for none."""

    title: str
    mission: str = ""
    span: str = "daily"
    items: list[BriefItemIn]
    marking: str = ""
    line: str = ""
    recipients: list[BriefRecipientIn] = Field(default_factory=list)


class BriefCorrectionIn(Strict):
    """The brief anew, and what changed."""

    brief: BriefIn
    change: str


class BriefLineOut(Schema):
    """One line of a version."""

    section: str
    text: str
    marking: str
    title: str
    likelihood: str
    subject: str
    below: str
    counted: bool


class BriefOut(Schema):
    """A version at the marking that its reader may read."""

    id: str
    span: str
    number: int
    edition: int
    mission: str | None
    title: str
    marking: str
    issued_at: datetime
    author: str
    corrects: str
    change: str
    replaced_by: str
    lines: list[BriefLineOut]


class BriefMadeOut(Schema):
    """The id of the whole version."""

    id: str


class BriefCopyOut(Schema):
    """Whose copy it is."""

    copy_id: str
    brief: str
    title: str
    reader: str
    printed_at: datetime


@router.get("/briefs", response=list[BriefOut])
def briefs(request: HttpRequest, mission: str = "") -> object:
    """The newest versions, each brief once."""
    actor = actor_of(request)
    check_verb("intelligence.read_brief", actor)
    rows = list(queries.briefs(actor, mission=mission or None)[:100])
    return [queries.brief_fields(one) for one in queries.seen(actor, rows)]


@router.post("/briefs", response={200: BriefMadeOut, 201: BriefMadeOut})
def issue(request: HttpRequest, body: BriefIn, idempotency_key: Key = "") -> object:
    """Issue a brief at a mission, or of the whole service."""
    actor, verb = actor_of(request), "intelligence.issue_brief"
    check_verb(verb, actor)
    made = composed(body.dict(), clock.as_of())

    def run() -> str:
        if body.mission:
            return actions.issue_brief(missions.claimed(actor, body.mission, verb), made).pk
        return actions.issue_brief(claim_house(verb, actor), made).pk

    done = once(actor, verb, idempotency_key, request.body, run)
    return Status(201 if done.fresh else 200, {"id": done.reference})


@router.get("/briefs/copies/{key}", response=BriefCopyOut)
def copy(request: HttpRequest, key: str) -> object:
    """Whose copy a found page is."""
    actor = actor_of(request)
    check_verb("intelligence.issue_brief", actor)
    row, seen = queries.copy(actor, key)
    return {"copy_id": row.pk, "brief": seen.row.pk, "title": seen.row.title, "reader": row.reader_name,
            "printed_at": row.printed_at}  # fmt: skip


@router.get("/briefs/{key}", response=BriefOut)
def brief(request: HttpRequest, key: str) -> object:
    """One version."""
    actor = actor_of(request)
    check_verb("intelligence.read_brief", actor)
    return queries.brief_fields(queries.brief(actor, key))


@router.post("/briefs/{key}/correct", response={201: BriefMadeOut})
def correct(request: HttpRequest, key: str, body: BriefCorrectionIn) -> object:
    """Issue it again as the next edition."""
    claimed = claim(Brief, key, "intelligence.correct_brief", actor_of(request))
    made = composed(body.brief.dict(), clock.as_of())
    return Status(201, {"id": actions.correct_brief(claimed, made, change=body.change).pk})


@router.post("/briefs/{key}/read", response=BriefMadeOut)
def read(request: HttpRequest, key: str) -> object:
    """Say that one has read it."""
    actor = actor_of(request)
    check_verb("intelligence.acknowledge_brief", actor)
    receipt = queries.own_receipt(actor, key)
    if receipt is None:
        raise NotVisible
    actions.acknowledge_brief(claim(Receipt, receipt.pk, "intelligence.acknowledge_brief", actor))
    return {"id": key}


@router.post("/briefs/{key}/print")
def print_copy(request: HttpRequest, key: str) -> HttpResponse:
    """A copy for the caller, as PDF; its id stands on each page and in the header Legation-Copy."""
    actor = actor_of(request)
    done = actions.print_brief(claim(Brief, key, "intelligence.print_brief", actor))
    seen = queries.brief(actor, key)
    answer = HttpResponse(
        paper.pdf_of(seen, paper.sheet_of(seen, done.pk, actor), actor), content_type="application/pdf"
    )
    answer["Legation-Copy"] = done.pk
    return answer
