"""The forward calendar over HTTP with JSON."""

import hashlib
from datetime import date
from typing import Annotated, ClassVar

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status

from legation.intelligence.actions.calendar import enter_day
from legation.intelligence.events.calendar import DayKind, DayValue
from legation.intelligence.queries import calendar as queries
from legation.intelligence.rules.calendar import THREATS_OF, WHY_OF
from legation.platform.authority.resolve import check_verb, claim_house
from legation.platform.doors import actor_of

router = Router(tags=["intelligence"])


class DayIn(Schema):
    """A day for the calendar. threats, why: what the kind says, where left out."""

    model_config: ClassVar = {"extra": "forbid"}

    title: str
    kind: DayKind
    first: date
    last: date | None = None
    country: str = ""
    mission: str = ""
    threats: tuple[str, ...] = ()
    why: str = ""
    source: str

    def value(self) -> DayValue:
        same = f"{self.title}\x00{self.first}\x00{self.country}\x00{self.mission}"
        return DayValue(
            self.title, self.kind, self.first, self.last or self.first, self.country,
            self.threats or tuple(one.value for one in THREATS_OF[self.kind]), self.why or WHY_OF[self.kind],
            self.source, hashlib.sha256(same.encode()).hexdigest(),
        )  # fmt: skip


class DayOut(Schema):
    """A day of the calendar."""

    id: str
    title: str
    kind: str
    first: date
    last: date
    country: str
    mission: str | None
    threats: list[str]
    why: str
    source: str
    estimated: bool


class BeforeOut(Schema):
    """What started within a ring on such days in earlier years, and on as many ordinary ones; chance by Poisson."""

    ring_km: float
    count: int
    expected: float
    years: int
    chance: float


class DayAheadOut(DayOut):
    """A day ahead of a mission; before: by ring, empty where nothing is known."""

    in_days: int
    before: list[BeforeOut]


@router.get("/calendar", response=list[DayOut])
def calendar(request: HttpRequest, country: str = "", days: Annotated[int, Query(ge=1, le=800)] = 90) -> object:
    """What lies ahead, the next first."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    return [queries.day_fields(row) for row in queries.calendar(actor, days=days, country=country.upper())]


@router.post("/calendar", response={201: DayOut})
def enter(request: HttpRequest, body: DayIn) -> object:
    """Put a day into the calendar."""
    house = claim_house("intelligence.enter_day", actor_of(request))
    return Status(201, queries.day_fields(enter_day(house, body.value(), mission=body.mission)))


@router.get("/missions/{key}/calendar", response=list[DayAheadOut])
def ahead(request: HttpRequest, key: str, days: Annotated[int, Query(ge=1, le=800)] = 90) -> object:
    """What lies ahead of a mission, with what happened near it on such days before."""
    actor = actor_of(request)
    check_verb("intelligence.read", actor)
    return [queries.ahead_fields(one) for one in queries.ahead(actor, key, days=days)]
