"""Standing authorities over HTTP with JSON."""

from datetime import datetime
from typing import Annotated, ClassVar

from django.http import HttpRequest
from ninja import Header, Router, Schema

from legation.foundations.time import utc
from legation.missions import published as missions
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of
from legation.platform.idempotency import once
from legation.watch.actions import standing as actions
from legation.watch.events.roster import DutyKind
from legation.watch.events.standing import AuthorityKind, Verdict
from legation.watch.models.standing import AuthorityUse, StandingAuthority
from legation.watch.queries import standing
from legation.watch.rules.standing import Signed

router = Router(tags=["watch"])

Key = Annotated[str, Header(max_length=100)]


class AuthorityOut(Schema):
    """What may be done at once; level 0 where it has none; duty or person says by whom."""

    id: str
    mission_id: str
    kind: str
    level: int
    duty: str
    person: str
    until: datetime
    conditions: str
    norm: str
    signed_by: str
    state: str


class UseOut(Schema):
    """One use; verdict empty until it is reviewed."""

    id: str
    mission_id: str
    authority_id: str
    kind: str
    level: int
    used_by: str
    used_at: datetime
    reason: str
    review_by: datetime
    verdict: str
    note: str


class MadeOut(Schema):
    """What was signed."""

    id: str


class SignIn(Schema):
    """What is signed beforehand: by whoever holds `duty`, or by `person`."""

    model_config: ClassVar = {"extra": "forbid"}
    kind: AuthorityKind
    until: datetime
    conditions: str
    norm: str
    level: int = 0
    duty: DutyKind | None = None
    person: str = ""


class UseIn(Schema):
    """Up to which level, and why now."""

    model_config: ClassVar = {"extra": "forbid"}
    reason: str
    level: int = 0


class RevokeIn(Schema):
    """Why."""

    model_config: ClassVar = {"extra": "forbid"}
    reason: str


class ReviewIn(Schema):
    """What is said of a use afterwards."""

    model_config: ClassVar = {"extra": "forbid"}
    verdict: Verdict
    note: str


@router.get("/authorities", response=list[AuthorityOut])
def index(request: HttpRequest, mission: str = "") -> object:
    """Standing authorities, those in force first."""
    actor = actor_of(request)
    check_verb("watch.read", actor)
    return list(standing.authorities(actor, mission or None)[:500])


@router.post("/authorities/at/{mission}", response=MadeOut)
def sign(request: HttpRequest, mission: str, body: SignIn, idempotency_key: Key = "") -> object:
    """Sign beforehand what may be done at once."""
    actor = actor_of(request)
    claimed = missions.claimed(actor, mission, "watch.sign_authority")
    wanted = Signed(body.kind, body.level, body.duty, body.person, utc(body.until), body.conditions, body.norm)
    payload = mission.encode() + request.body
    done = once(actor, "watch.sign_authority", idempotency_key, payload, lambda: actions.sign(claimed, wanted).pk)
    return {"id": done.reference}


@router.post("/authorities/{key}/use", response=UseOut)
def use(request: HttpRequest, key: str, body: UseIn, idempotency_key: Key = "") -> object:
    """Do at once what was signed."""
    actor = actor_of(request)
    claimed = claim(StandingAuthority, key, "watch.use_authority", actor)

    def run() -> str:
        return str(actions.use(claimed, level=body.level, reason=body.reason).pk)

    done = once(actor, "watch.use_authority", idempotency_key, key.encode() + request.body, run)
    return standing.one_use(actor, done.reference)


@router.post("/authorities/{key}/revoke", response=AuthorityOut)
def revoke(request: HttpRequest, key: str, body: RevokeIn) -> object:
    """Take it back."""
    claimed = claim(StandingAuthority, key, "watch.revoke_authority", actor_of(request))
    return actions.revoke(claimed, reason=body.reason)


@router.post("/uses/{key}/review", response=UseOut)
def review(request: HttpRequest, key: str, body: ReviewIn) -> object:
    """Say afterwards whether it was right."""
    claimed = claim(AuthorityUse, key, "watch.review_use", actor_of(request))
    return actions.review(claimed, body.verdict, note=body.note)
