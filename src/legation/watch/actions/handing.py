"""How does a watch change hands? The outgoing one gives it with all that is open, the incoming one accepts it."""

from legation.foundations.decisions import require
from legation.foundations.identity import MissionId
from legation.foundations.words import Alarm, Due, Severity
from legation.platform import deadlines
from legation.platform.act import Context, act
from legation.platform.authority.markings import marking_of
from legation.platform.writing import Urgency
from legation.watch.actions.roster import Place, place_of
from legation.watch.events.handing import (
    HandOverPrinted,
    HandOverUnanswered,
    NoteLogged,
    WatchAccepted,
    WatchHandedOver,
)
from legation.watch.events.roster import DutyKind
from legation.watch.models.handing import HandOver, ShiftNote
from legation.watch.models.roster import Shift
from legation.watch.queries import handing as queries
from legation.watch.queries import roster
from legation.watch.rules import handing as rules

LIMIT = "watch.hand_over"
UNANSWERED = "watch.hand_over_unanswered"


@act("watch.hand_over")
def hand_over(ctx: Context, shift: Shift, incoming: str, *, note: str = "") -> HandOver:
    """Give the watch to another person with all that is open, frozen as it stands. Raises Refused.

    Until he accepts, the outgoing one has it; where nobody does in time, an alarm says so.
    """
    place, turn = shift.mission_id, shift.turn
    decision = rules.may_hand_over(
        turn,
        holder=roster.stands_in_for(ctx.actor, place, turn, ctx.now),
        actor=ctx.actor.id,
        incoming=incoming,
        reachable=roster.roster(ctx.actor, place, ctx.now).reachable,
        offered=queries.offered(ctx.actor, shift.pk) is not None,
        note=note,
        now=ctx.now,
    )
    require(decision)
    found = queries.open_at(ctx.actor, incoming, place, ctx.now)
    row = HandOver(
        id=ctx.new_id(),
        mission_id=place,
        marking_id=ctx.marking_id(found.marking),
        duty=shift.duty,
        shift_id=shift.pk,
        outgoing=ctx.actor.id,
        incoming=incoming,
        offered_at=ctx.now,
        answer_by=rules.answer_by(turn, ctx.now),
        note=note.strip(),
        items=[queries.plain(item) for item in found.items],
        withheld=found.withheld,
    )
    mission = MissionId(place) if place else None
    due = Due(mission, LIMIT, row.ref, row.answer_by, shift.duty, row.deadline_key)
    return ctx.write(row, WatchHandedOver(turn.duty, ctx.actor.id, incoming, len(found.items)), words=[due])


@act("watch.accept_watch")
def accept(ctx: Context, row: HandOver) -> HandOver:
    """Take the watch, having read what is open. Raises Refused for anybody but the one it is given to."""
    require(rules.may_accept(row.incoming, ctx.actor.id, accepted=row.accepted_at is not None))
    row.accepted_at = ctx.now
    deadlines.settle(row.deadline_key)
    return ctx.write(row, WatchAccepted(DutyKind(row.duty), ctx.actor.id))


@act("watch.miss_hand_over", urgency=Urgency.ALARM)
def miss(ctx: Context, row: HandOver) -> HandOver:
    """Nobody accepted in time: raise the alarm. One that was accepted stays so."""
    if row.accepted_at is not None:
        return row
    told: dict[str, str | int | float] = {"duty": row.duty, "since": f"{row.offered_at:%d %b %H:%M}"}
    mission = MissionId(row.mission_id) if row.mission_id else None
    alarm = Alarm(mission, UNANSWERED, Severity.SERIOUS, row.ref, row.pk, told)
    ctx.announce(
        HandOverUnanswered(DutyKind(row.duty)),
        mission=row.mission_id,
        marking=roster.MARKING,
        words=[alarm],
        subjects=[row.ref],
    )
    return row


@act("watch.print_hand_over")
def printed(ctx: Context, row: HandOver) -> str:
    """Record that a copy is printed. Returns the copy's id, the entry of this act."""
    ctx.announce(
        HandOverPrinted(DutyKind(row.duty)),
        mission=row.mission_id,
        marking=marking_of(row.marking_id),
        subjects=[row.ref],
    )
    return str(ctx.entry_id)


@act("watch.log_note")
def log_note(ctx: Context, place: Place, text: str) -> ShiftNote:
    """Write a line into the shift log. Raises Refused for an empty one."""
    require(rules.may_note(text))
    row = ShiftNote(
        id=ctx.new_id(),
        mission_id=place_of(place),
        marking_id=ctx.marking_id(roster.MARKING),
        by=ctx.actor.id,
        at=ctx.now,
        text=text.strip(),
    )
    return ctx.write(row, NoteLogged())
