"""Host-law limits and consents over HTTP with JSON."""

from datetime import date, datetime
from typing import ClassVar

from django.http import HttpRequest
from ninja import Router, Schema

from legation.law import actions
from legation.law.events.limits import Use
from legation.law.models import Consent
from legation.law.queries import limits as queries
from legation.law.rules.limits import Said
from legation.missions import published as missions
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of

router = Router(tags=["law"])


class LimitOut(Schema):
    """A limit at a mission; effect: refused, consent or note."""

    use: str
    effect: str
    norm: str
    cited: str
    consent_of: str


class ConsentIn(Schema):
    """A consent to record."""

    model_config: ClassVar = {"extra": "forbid"}
    use: Use
    given_by: str
    given_on: date
    scope: str
    document: str
    until: datetime | None = None


class ConsentOut(Schema):
    """A consent as recorded."""

    id: str
    mission_id: str
    use: str
    norm: str
    given_by: str
    given_on: date
    scope: str
    until: datetime | None
    document: str
    state: str


@router.get("/missions/{key}/limits", response=list[LimitOut])
def limits(request: HttpRequest, key: str) -> object:
    """What the receiving state's law says of what a measure or source may use."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return queries.limits(actor, key)


@router.get("/missions/{key}/consents", response=list[ConsentOut])
def consents(request: HttpRequest, key: str) -> object:
    """Consents on record, the latest first."""
    actor = actor_of(request)
    check_verb("law.read", actor)
    return queries.consents(actor, missions.mission(actor, key).id)


@router.post("/missions/{key}/consents", response=ConsentOut)
def record(request: HttpRequest, key: str, body: ConsentIn) -> object:
    """Record a consent that a norm asks for."""
    claimed = missions.claimed(actor_of(request), key, "law.record_consent")
    return actions.record_consent(claimed, body.use, Said(**body.dict(exclude={"use"})))


@router.post("/consents/{key}/withdraw", response=ConsentOut)
def withdraw(request: HttpRequest, key: str) -> object:
    """Take a consent off."""
    return actions.withdraw_consent(claim(Consent, key, "law.withdraw_consent", actor_of(request)))
