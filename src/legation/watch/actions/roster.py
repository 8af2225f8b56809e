"""What is done to a duty roster: plan, repeat, swap, cancel, leave, give up; gaps are said a week ahead.

A place is a mission, or the house for the headquarters desk.
"""

from collections.abc import Sequence

from legation.foundations.decisions import Refusal, Refused, require
from legation.foundations.identity import MissionId, Ref
from legation.foundations.words import Alarm, Severity
from legation.platform.act import Context, act
from legation.platform.authority.actor import Authorised
from legation.platform.authority.resolve import House
from legation.platform.ledger.models import WordRow
from legation.platform.ledger.words import alarm_key
from legation.platform.records import Record
from legation.watch.events.roster import (
    DutyGivenUp,
    GapsFound,
    LeaveEntered,
    LeaveWithdrawn,
    RosterPlanned,
    ShiftCancelled,
    ShiftSwapped,
)
from legation.watch.models.roster import KeptDuty, Leave, Shift
from legation.watch.queries import roster as queries
from legation.watch.rules import roster as rules
from legation.watch.rules.roster import Away, Gap, Turn

GAP = "watch.roster_gap"
"""The kind of alarm that says a gap lies within the coming week."""

type Place = Record | House


def place_of(place: Place) -> str | None:
    return None if isinstance(place, House) else str(place.pk)


@act("watch.plan_roster")
def plan(ctx: Context, place: Place, turns: Sequence[Turn]) -> list[Shift]:
    """Enter turns of one duty; from then on the duty is kept here and an empty hour is a gap. Raises Refused."""
    key = place_of(place)
    _headquarters(ctx, key)
    known = queries.roster(ctx.actor, key, ctx.now)
    require(rules.may_plan(turns, known.turns, known.reachable, headquarters=key is None, now=ctx.now))
    duty, begins = turns[0].duty, min(turn.begins for turn in turns)
    if any(turn.duty is not duty for turn in turns):
        raise Refused(Refusal("one_duty_at_a_time", rules.RULE))
    marking = ctx.marking_id(queries.MARKING)
    shifts = [
        Shift(
            id=ctx.new_id(),
            mission_id=key,
            marking_id=marking,
            duty=duty.value,
            who=turn.who,
            begins=turn.begins,
            ends=turn.ends,
        )
        for turn in turns
    ]
    kept = KeptDuty.objects.visible_to(ctx.actor).filter(mission_id=key, duty=duty.value).first()
    fresh: list[Record] = []
    if kept is None:
        fresh = [KeptDuty(id=ctx.new_id(), mission_id=key, marking_id=marking, duty=duty.value, since=begins)]
    elif not kept.kept:
        kept.kept, kept.since = True, begins
        fresh = [kept]
    ends = max(turn.ends for turn in turns)
    ctx.write_many([*fresh, *shifts], RosterPlanned(duty, len(shifts), begins, ends))
    return shifts


@act("watch.swap_shift")
def swap(ctx: Context, shift: Shift, who: str, *, reason: str) -> Shift:
    """Give the turn to another person. Raises Refused where it is over, or nobody could reach him."""
    _headquarters(ctx, shift.mission_id)
    require(rules.may_change(shift.turn, cancelled=shift.cancelled, reason=reason, now=ctx.now))
    if who not in queries.roster(ctx.actor, shift.mission_id, ctx.now).reachable or who == shift.who:
        raise Refused(Refusal("person_not_reachable", rules.RULE))
    before, shift.who = shift.who, who
    return ctx.write(shift, ShiftSwapped(shift.turn.duty, before, who, reason.strip()))


@act("watch.cancel_shift")
def cancel(ctx: Context, shift: Shift, *, reason: str) -> Shift:
    """Take a turn out of the roster; what it leaves uncovered shows as a gap. Raises Refused where it is over."""
    _headquarters(ctx, shift.mission_id)
    require(rules.may_change(shift.turn, cancelled=shift.cancelled, reason=reason, now=ctx.now))
    shift.cancelled = True
    return ctx.write(shift, ShiftCancelled(shift.turn.duty, shift.who, reason.strip()))


@act("watch.enter_leave")
def enter_leave(ctx: Context, place: Place, away: Away) -> Leave:
    """Say that a person is away from here, and who takes his turns. Raises Refused for a deputy nobody can reach."""
    key = place_of(place)
    _headquarters(ctx, key)
    require(rules.may_be_away(away, queries.roster(ctx.actor, key, ctx.now).reachable, ctx.now))
    row = Leave(id=ctx.new_id(), mission_id=key, marking_id=ctx.marking_id(queries.MARKING)).take(away)
    return ctx.write(row, LeaveEntered(away.who, away.begins, away.ends, away.deputy))


@act("watch.withdraw_leave")
def withdraw_leave(ctx: Context, leave: Leave) -> Leave:
    """The person is here after all."""
    _headquarters(ctx, leave.mission_id)
    leave.withdrawn = True
    return ctx.write(leave, LeaveWithdrawn(leave.who))


@act("watch.give_up_duty")
def give_up(ctx: Context, kept: KeptDuty, *, reason: str) -> KeptDuty:
    """Keep this duty here no longer; what is planned stands, its gaps are no longer looked for. Needs a reason."""
    _headquarters(ctx, kept.mission_id)
    if not reason.strip() or len(reason) > rules.LONGEST_REASON:
        raise Refused(Refusal("reason_missing", rules.RULE))
    kept.kept = False
    return ctx.write(kept, DutyGivenUp(kept.to_value().duty, reason.strip()))


@act("watch.find_gaps")
def say_gaps(ctx: Context, place: Place, found: Sequence[Gap]) -> int:
    """Raise a notice for each gap that was not said before. Returns how many were new."""
    key = place_of(place)
    marking = ctx.marking_id(queries.MARKING)
    names = queries.roster(ctx.actor, key, ctx.now).names
    alarms = [gap_alarm(key, gap, names) for gap in found]
    keys = {alarm_key(alarm, marking): alarm for alarm in alarms}
    said = set(WordRow.objects.filter(word="alarm", key__in=list(keys)).values_list("key", flat=True))
    fresh = [alarm for word_key, alarm in keys.items() if word_key not in said]
    if fresh:
        subjects = list({alarm.subject for alarm in fresh})
        ctx.announce(GapsFound(len(fresh)), mission=key, marking=queries.MARKING, words=fresh, subjects=subjects)
    return len(fresh)


def gap_alarm(place: str | None, gap: Gap, names: dict[str, str]) -> Alarm:
    """The word for one gap: a notice, for it lies ahead."""
    return Alarm(
        MissionId(place) if place else None,
        GAP,
        Severity.NOTICE,
        Ref("Roster", place or "headquarters"),
        gap.key,
        {
            "gap": gap.kind.value,
            "duty": gap.duty.value,
            "from": f"{gap.begins:%d %b %H:%M}",
            "until": f"{gap.ends:%d %b %H:%M}",
            "who": ", ".join(names.get(one, "?") for one in gap.who),
        },
    )


def repeat_week(claimed: Authorised[Record] | Authorised[House], turns: Sequence[Turn]) -> int:
    """Enter copied turns duty by duty, each as one act. Returns how many were entered."""
    for duty in sorted({turn.duty for turn in turns}):
        plan(claimed, [turn for turn in turns if turn.duty is duty])
    return len(turns)


def _headquarters(ctx: Context, place: str | None) -> None:
    """The headquarters roster belongs to those who see every mission."""
    if place is None and ctx.actor.missions is not None:
        raise Refused(Refusal("headquarters_not_yours", rules.RULE))
