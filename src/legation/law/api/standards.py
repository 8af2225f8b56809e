"""Standards, checks and waivers over HTTP with JSON."""

from datetime import datetime
from typing import ClassVar

from django.http import HttpRequest
from ninja import Router, Schema

from legation.law import actions
from legation.law.models import Check, Waiver
from legation.law.queries import standards as queries
from legation.law.rules.standards import Wish
from legation.missions import published as missions
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of

router = Router(tags=["law"])


class CheckIn(Schema):
    """Whether premises meet a criterion."""

    model_config: ClassVar = {"extra": "forbid"}
    criterion: str
    met: bool
    note: str = ""


class WishIn(Schema):
    """A waiver to ask for."""

    model_config: ClassVar = {"extra": "forbid"}
    reason: str
    instead: str
    until: datetime


class DecisionIn(Schema):
    """Approve, or refuse."""

    model_config: ClassVar = {"extra": "forbid"}
    approve: bool


class CheckOut(Schema):
    """A check as recorded; flags: what is wrong with a category."""

    id: str
    mission_id: str
    premises_id: str
    criterion: str
    met: bool
    flags: str
    note: str
    checked_at: datetime


class WaiverOut(Schema):
    """A waiver as recorded."""

    id: str
    mission_id: str
    premises_id: str
    criterion: str
    reason: str
    instead: str
    applicant_name: str
    approver_name: str
    until: datetime
    state: str


class LineOut(Schema):
    """A criterion at premises; check and waiver are null where there is none."""

    code: str
    words: str
    check: CheckOut | None
    waiver: WaiverOut | None


class SheetOut(Schema):
    """One building with what its standard asks of it."""

    premises: str
    name: str
    kind: str
    category: str
    flags: list[str]
    lines: list[LineOut]


@router.get("/missions/{key}/standards", response=list[SheetOut])
def standards(request: HttpRequest, key: str) -> object:
    """Every building of a mission beside its standard."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return [
        {
            "premises": sheet.premises.id,
            "name": sheet.premises.name,
            "kind": sheet.premises.kind,
            "category": sheet.premises.category,
            "flags": list(sheet.flags),
            "lines": list(sheet.lines),
        }
        for sheet in queries.sheets(actor, key)
    ]


@router.post("/premises/{key}/checks", response=CheckOut)
def check(request: HttpRequest, key: str, body: CheckIn) -> object:
    """Say whether premises meet a criterion."""
    claimed = missions.premises_claimed(actor_of(request), key, "law.check_criterion")
    return actions.check_criterion(claimed, body.criterion, met=body.met, note=body.note)


@router.post("/checks/{key}/waivers", response=WaiverOut)
def apply(request: HttpRequest, key: str, body: WishIn) -> object:
    """Ask for a waiver."""
    return actions.apply_waiver(claim(Check, key, "law.apply_waiver", actor_of(request)), Wish(**body.dict()))


@router.post("/waivers/{key}/decide", response=WaiverOut)
def decide(request: HttpRequest, key: str, body: DecisionIn) -> object:
    """Approve or refuse a waiver that somebody else asked for."""
    claimed = claim(Waiver, key, "law.decide_waiver", actor_of(request))
    return actions.decide_waiver(claimed, approve=body.approve)


@router.post("/waivers/{key}/withdraw", response=WaiverOut)
def withdraw(request: HttpRequest, key: str) -> object:
    """Take a waiver back."""
    return actions.withdraw_waiver(claim(Waiver, key, "law.withdraw_waiver", actor_of(request)))
