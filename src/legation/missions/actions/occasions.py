"""What people do with visits and receptions: plan, survey, list guests, let them in, forget them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from legation.foundations.decisions import require
from legation.foundations.identity import MissionId
from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.words import Due
from legation.missions.events.occasions import (
    AdvanceTicked,
    GuestArrived,
    GuestsForgotten,
    GuestsListed,
    GuestValue,
    OccasionKind,
    OccasionPlanned,
    OccasionPrinted,
    RunLine,
    RunSheetSet,
)
from legation.missions.models import Guest, Mission, Occasion
from legation.missions.rules import occasions as rules
from legation.platform import deadlines
from legation.platform.act import Context, act
from legation.platform.authority.markings import marking_of
from legation.platform.ledger import erasure

FORGET = "missions.guests_to_forget"
"""The kind of deadline at which the names of guests are erased."""
EVENING = Marking(Classification.RESTRICTED, Tlp.AMBER)
"""Who comes where and when is at least this; staff at the door are cleared so far."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a person enters of a visit or reception."""

    kind: OccasionKind
    title: str
    begins_at: datetime
    ends_at: datetime
    place: str
    principal: str = ""
    host: str = ""
    retention_days: int = 30


@act("missions.plan_occasion")
def plan_occasion(ctx: Context, mission: Mission, plan: Plan) -> Occasion:
    """Plan a visit or reception. Raises Refused where it has no title, no place, or impossible times."""
    decision = rules.may_plan(plan.title, plan.place, plan.begins_at, plan.ends_at, ctx.now, plan.retention_days)
    require(decision)
    row = Occasion(
        id=ctx.new_id(),
        mission_id=mission.pk,
        marking_id=ctx.marking_id(marking_of(mission.marking_id).join(EVENING)),
        kind=plan.kind,
        title=plan.title.strip(),
        begins_at=plan.begins_at,
        ends_at=plan.ends_at,
        place=plan.place.strip(),
        principal=plan.principal.strip(),
        host=plan.host,
        forget_at=rules.forget_at(plan.ends_at, plan.retention_days),
    )
    due = Due(MissionId(mission.pk), FORGET, row.ref, row.forget_at, "worker", row.forget_key)
    return ctx.write(row, OccasionPlanned(plan.kind, plan.begins_at, row.forget_at), words=[due])


@act("missions.set_run_sheet")
def set_run_sheet(ctx: Context, row: Occasion, lines: Sequence[RunLine]) -> Occasion:
    """Write the run-sheet, the whole of it."""
    row.run = [[line.at, line.what, line.who] for line in lines]
    return ctx.write(row, RunSheetSet(len(lines)))


@act("missions.tick_advance")
def tick_advance(ctx: Context, row: Occasion, code: str, *, note: str = "") -> Occasion:
    """Say that a line of the advance survey was seen to."""
    require(rules.may_tick(code, [one.code for one in row.ticks]))
    row.ticked = [*row.ticked, [code, note.strip()[:200]]]
    return ctx.write(row, AdvanceTicked(code))


@act("missions.list_guests")
def list_guests(ctx: Context, row: Occasion, guests: Sequence[GuestValue]) -> list[Guest]:
    """Put guests on the list; who stands there already is left out. Each name is sealed in a part of its own."""
    known = {(one.name, one.office) for one in Guest.objects.filter(occasion=row)}
    fresh = [one for one in guests if (one.name, one.office) not in known]
    require(rules.may_list(len(fresh), len(known), forgotten=row.forgotten))
    rows = [
        Guest(
            id=ctx.new_id(),
            mission_id=row.mission_id,
            marking_id=row.marking_id,
            occasion=row,
            name=one.name,
            office=one.office,
        )
        for one in fresh
    ]
    personal = {ref: value for guest in rows for ref, value in guest.personal().items()}
    ctx.write_many(rows, GuestsListed(len(rows)), personal=personal)
    return rows


@act("missions.admit_guest")
def admit_guest(ctx: Context, guest: Guest) -> Guest:
    """Tick a guest at the door; once more changes nothing."""
    if guest.arrived_at is not None:
        return guest
    guest.arrived_at = ctx.now
    return ctx.write(guest, GuestArrived())


@act("missions.take_out_occasion")
def take_out_occasion(ctx: Context, row: Occasion, what: str) -> Occasion:
    """Record that a run-sheet or guest list leaves the house, on paper or as a table."""
    marking = marking_of(row.marking_id)
    ctx.announce(OccasionPrinted(what), mission=row.mission_id, marking=marking, subjects=[row.ref])
    return row


@act("missions.forget_guests")
def forget_guests(ctx: Context, row: Occasion) -> Occasion:
    """Erase the names of the guests, once their time is over. Raises Refused under a legal hold."""
    if row.forgotten or ctx.now < row.forget_at:
        return row
    guests = list(Guest.objects.filter(occasion=row))
    for guest in guests:
        erasure.erase(guest.ref)
    row.forgotten, row.came = True, sum(guest.arrived_at is not None for guest in guests)
    deadlines.settle(row.forget_key)
    fact = GuestsForgotten(len(guests), row.came)
    ctx.rewrite(fact, changed=[row], deleted=guests, mission=row.mission_id, subjects=[row.ref])
    return row
