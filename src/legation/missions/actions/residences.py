"""What people do with residences: survey, waive, move in and out."""

from collections.abc import Sequence
from datetime import datetime

from legation.foundations.decisions import Refusal, Refused, require
from legation.foundations.identity import MissionId
from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.threats import Aspect
from legation.foundations.words import Alarm, Due, Evidence, Severity, Word
from legation.missions.events import PremisesKind
from legation.missions.events.residences import (
    CriterionWaived,
    Found,
    MovedIn,
    MovedOut,
    ResidenceAdded,
    ResidenceSurveyed,
    SurveyLapsed,
    Waived,
)
from legation.missions.models import Premises, Residence
from legation.missions.queries.people import person as person_named
from legation.missions.rules import residences as rules
from legation.platform import deadlines
from legation.platform.act import Context, act
from legation.platform.authority.markings import marking_of

LOOK = "missions.residence_due"
"""The kind of deadline at which a survey or a waiver ends."""
SPEAKER = "residences"
HOMES = Marking(Classification.RESTRICTED, Tlp.AMBER)
"""Where people live and how their door is locked is at least this."""


@act("missions.add_residence")
def add_residence(ctx: Context, premises: Premises) -> Residence:
    """Put premises of the kind residence on the list. Raises Refused for other premises, and for one that is there."""
    if premises.kind != PremisesKind.RESIDENCE:
        raise Refused(Refusal("not_a_residence", rules.RULE))
    if Residence.objects.filter(premises=premises).exists():
        raise Refused(Refusal("residence_is_listed", rules.RULE))
    row = Residence(
        id=ctx.new_id(),
        mission_id=premises.mission_id,
        marking_id=ctx.marking_id(marking_of(premises.marking_id).join(HOMES)),
        premises=premises,
        address=premises.address or premises.name,
    )
    return ctx.write(row, ResidenceAdded())


@act("missions.survey_residence")
def survey_residence(
    ctx: Context, row: Residence, found: Sequence[Found], *, patrol: str = "", alarm: str = ""
) -> Residence:
    """Hold a residence against the standard, line by line; waivers of what is met now end."""
    require(rules.may_survey(found))
    row.lines = tuple(found)
    failing = {one.code for one in rules.holes(found)}
    row.waivers = tuple(one for one in row.waivers if one.criterion in failing)
    row.surveyed_at, row.surveyed_by = ctx.now, ctx.actor.id
    row.survey_until, row.lapsed = ctx.now + rules.SURVEY_HOLDS, False
    row.patrol, row.alarm = patrol.strip()[:200], alarm.strip()[:200]
    musts = sum(one.must for one in rules.holes(found))
    return ctx.write(row, ResidenceSurveyed(len(failing), musts, row.survey_until), words=_words(ctx, row))


@act("missions.waive_criterion")
def waive_criterion(ctx: Context, row: Residence, criterion: str, *, measure: str, until: datetime) -> Residence:
    """Bear with a must that fails, for a time, with what compensates. The approver is who does this."""
    require(rules.may_waive(row.lines, criterion, measure, until, ctx.now))
    others = tuple(one for one in row.waivers if one.criterion != criterion)
    row.waivers = (*others, Waived(criterion, ctx.actor.id, measure.strip(), until))
    return ctx.write(row, CriterionWaived(criterion, measure.strip(), until), words=_words(ctx, row))


@act("missions.move_in")
def move_in(ctx: Context, row: Residence, person: str) -> Residence:
    """Let a person live there. Raises Refused with every must that fails and is not waived."""
    found = person_named(ctx.actor, person)
    if found.mission_id != row.mission_id:
        raise Refused(Refusal("person_of_another_mission", rules.RULE))
    decision = rules.may_move_in(row.lines, row.waivers, row.survey_until, ctx.now, lives_there=person in row.residents)
    require(decision)
    row.residents = [*row.residents, person]
    return ctx.write(row, MovedIn(person), words=_words(ctx, row))


@act("missions.move_out")
def move_out(ctx: Context, row: Residence, person: str) -> Residence:
    """Say that a person lives there no longer."""
    if person not in row.residents:
        raise Refused(Refusal("lives_there_not", rules.RULE))
    row.residents = [one for one in row.residents if one != person]
    return ctx.write(row, MovedOut(person), words=_words(ctx, row))


@act("missions.lapse_residence")
def lapse_residence(ctx: Context, row: Residence) -> Residence:
    """A survey or a waiver ended while somebody lives there: a serious alarm where a must stands open again."""
    ended = row.survey_until is not None and row.survey_until <= ctx.now
    failing = rules.open_musts(row.lines, row.waivers, ctx.now)
    if not ended and not failing:
        return row
    row.lapsed = ended
    words = _words(ctx, row)
    if row.residents:
        severity = Severity.SERIOUS if failing else Severity.NOTICE
        params: dict[str, str | int | float] = {"address": row.address, "residents": len(row.residents)}
        kind = "missions.residence_below_standard" if failing else "missions.survey_over"
        words.append(Alarm(_mission(row), kind, severity, row.ref, row.pk, params))
    fact = SurveyLapsed(len(row.residents), tuple(one.code for one in failing))
    return ctx.write(row, fact, words=words)


def _words(ctx: Context, row: Residence) -> list[Word]:
    """What stands from now on: when to look again, and what the holes weigh while somebody lives there."""
    strength = rules.weight(row.lines, row.waivers, row.survey_until, ctx.now, residents=len(row.residents))
    short = ", ".join(one.code for one in rules.holes(row.lines)) or "survey over"
    params: dict[str, str | int | float] = {"residence": row.address, "said": short}
    evidence = Evidence(SPEAKER, row.ref, Aspect.VULNERABILITY, rules.THREAT, _mission(row), strength, ctx.now, params)
    at = rules.next_look(row.survey_until, row.waivers, ctx.now)
    if at is None:
        deadlines.settle(row.look_key)
        return [evidence]
    return [evidence, Due(_mission(row), LOOK, row.ref, at, "rso", row.look_key)]


def _mission(row: Residence) -> MissionId:
    return MissionId(row.mission_id or "")
