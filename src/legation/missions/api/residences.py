"""Residences over HTTP with JSON."""

from datetime import datetime
from typing import ClassVar

from django.http import HttpRequest
from ninja import Router, Schema

from legation.missions import queries
from legation.missions.actions import residences as actions
from legation.missions.events.residences import Answer, Found
from legation.missions.models import Premises, Residence
from legation.missions.queries import residences as asked
from legation.missions.rules.residences import holes
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of

router = Router(tags=["missions"])


class ResidenceOut(Schema):
    """A residence; holes: codes of the lines that fail, open: the musts among them that nobody waived."""

    id: str
    mission_id: str
    address: str
    residents: list[str]
    surveyed_at: datetime | None
    survey_until: datetime | None
    holes: list[str]
    open: list[str]


class LineIn(Schema):
    """What was found for one line of the standard."""

    model_config: ClassVar = {"extra": "forbid"}
    criterion: str
    answer: Answer
    note: str = ""


class SurveyIn(Schema):
    """A survey answers every line."""

    model_config: ClassVar = {"extra": "forbid"}
    lines: tuple[LineIn, ...]
    patrol: str = ""
    alarm: str = ""


class ResidenceWaiverIn(Schema):
    """A must that is borne with until then."""

    model_config: ClassVar = {"extra": "forbid"}
    criterion: str
    measure: str
    until: datetime


class ResidentIn(Schema):
    """Who moves in or out."""

    model_config: ClassVar = {"extra": "forbid"}
    person: str


def _out(row: Residence) -> ResidenceOut:
    return ResidenceOut(
        id=row.pk,
        mission_id=row.mission_id or "",
        address=row.address,
        residents=row.residents,
        surveyed_at=row.surveyed_at,
        survey_until=row.survey_until,
        holes=[one.code for one in holes(row.lines)],
        open=[line.criterion.code for line in asked.lines(row) if line.open],
    )


@router.get("/{key}/residences", response=list[ResidenceOut])
def index(request: HttpRequest, key: str) -> object:
    """Residences of a mission."""
    actor = actor_of(request)
    check_verb("missions.read_residences", actor)
    return [_out(row) for row in asked.residences(actor, queries.mission(actor, key).pk)]


@router.post("/premises/{key}/residence", response=ResidenceOut)
def add(request: HttpRequest, key: str) -> object:
    """Put premises of the kind residence on the list."""
    return _out(actions.add_residence(claim(Premises, key, "missions.add_residence", actor_of(request))))


@router.post("/residences/{key}/survey", response=ResidenceOut)
def survey(request: HttpRequest, key: str, body: SurveyIn) -> object:
    """Hold it against the standard."""
    claimed = claim(Residence, key, "missions.survey_residence", actor_of(request))
    found = [Found(line.criterion, line.answer, line.note) for line in body.lines]
    return _out(actions.survey_residence(claimed, found, patrol=body.patrol, alarm=body.alarm))


@router.post("/residences/{key}/waive", response=ResidenceOut)
def waive(request: HttpRequest, key: str, body: ResidenceWaiverIn) -> object:
    """Bear with a must that fails."""
    claimed = claim(Residence, key, "missions.waive_criterion", actor_of(request))
    return _out(actions.waive_criterion(claimed, body.criterion, measure=body.measure, until=body.until))


@router.post("/residences/{key}/move-in", response=ResidenceOut)
def move_in(request: HttpRequest, key: str, body: ResidentIn) -> object:
    """Let a person live there; refused while a must fails."""
    return _out(actions.move_in(claim(Residence, key, "missions.move_in", actor_of(request)), body.person))


@router.post("/residences/{key}/move-out", response=ResidenceOut)
def move_out(request: HttpRequest, key: str, body: ResidentIn) -> object:
    """A person lives there no longer."""
    return _out(actions.move_out(claim(Residence, key, "missions.move_out", actor_of(request)), body.person))
