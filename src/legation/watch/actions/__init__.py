"""What is done about alarms: queue, take, escalate, close."""

from datetime import datetime

from legation.foundations.decisions import require
from legation.foundations.identity import MissionId
from legation.foundations.words import Alarm, Due
from legation.platform import deadlines
from legation.platform.act import Context, act
from legation.platform.authority.resolve import House
from legation.platform.ledger.words import settle_alarm, standing_alarm
from legation.platform.writing import Urgency
from legation.watch.events import AlarmClosed, AlarmEscalated, AlarmQueued, AlarmState, AlarmTaken, Outcome
from legation.watch.events.roster import AlarmSettled
from legation.watch.models import QueuedAlarm
from legation.watch.queries import roster as rosters
from legation.watch.rules import alarms as rules

LIMIT = "watch.alarm_limit"
"""The kind of deadline under which an alarm stands."""


@act("watch.queue", urgency=Urgency.ALARM)
def queue(ctx: Context, house: House, alarm: Alarm, *, word_key: str, marking_id: int) -> None:
    """Put an alarm into the queue with its limit; one that stands there already is left as it is."""
    if QueuedAlarm.objects.filter(word_key=word_key).exclude(state=AlarmState.CLOSED).exists():
        return
    row = QueuedAlarm(
        id=ctx.new_id(),
        mission_id=alarm.mission or None,
        marking_id=marking_id,
        kind=alarm.kind,
        severity=int(alarm.severity),
        word_key=word_key,
        subject_type=alarm.subject.type,
        subject_id=alarm.subject.id,
        params=dict(alarm.params),
        raised_at=ctx.now,
        due_at=rules.next_limit(alarm.severity, AlarmState.STANDING, ctx.now),
    )
    _call(ctx, row)
    ctx.write(row, AlarmQueued(alarm.kind, int(alarm.severity)), words=[_limit(row)])


@act("watch.take", urgency=Urgency.ALARM)
def take(ctx: Context, row: QueuedAlarm) -> QueuedAlarm:
    """Take an alarm in hand, also from another person. Raises Refused where it is closed."""
    require(rules.may_take(AlarmState(row.state)))
    row.state, row.taken_by = AlarmState.TAKEN, ctx.actor.name
    row.due_at = rules.next_limit(row.level, AlarmState.TAKEN, ctx.now)
    return ctx.write(row, AlarmTaken(ctx.actor.name), words=[_limit(row)])


@act("watch.escalate", urgency=Urgency.ALARM)
def escalate(ctx: Context, row: QueuedAlarm) -> QueuedAlarm:
    """The limit ran out: call whoever is on call next, and his role where the roster has a hole.

    A closed alarm stays closed.
    """
    if row.state == AlarmState.CLOSED:
        return row
    row.step += 1
    row.due_at = rules.next_limit(row.level, AlarmState(row.state), ctx.now)
    _call(ctx, row)
    return ctx.write(row, AlarmEscalated(row.step, row.called or row.called_as), words=[_limit(row)])


@act("watch.close")
def close(ctx: Context, row: QueuedAlarm, outcome: Outcome, *, note: str) -> QueuedAlarm:
    """Settle an alarm that is in hand, saying what came of it. Raises Refused with what is missing."""
    require(rules.may_close(AlarmState(row.state), note))
    _end(row, outcome, note.strip(), ctx.now)
    return ctx.write(row, AlarmClosed(outcome, row.note))


@act("watch.settle")
def settle(ctx: Context, row: QueuedAlarm, *, reason: str) -> QueuedAlarm:
    """What the alarm spoke of is no more: the gap is filled, the proposal answered. A closed alarm stays closed."""
    if row.state == AlarmState.CLOSED:
        return row
    _end(row, Outcome.ACTED, reason, ctx.now)
    return ctx.write(row, AlarmSettled(reason))


def _end(row: QueuedAlarm, outcome: Outcome, note: str, now: datetime) -> None:
    row.state, row.outcome, row.note, row.closed_at = AlarmState.CLOSED, outcome, note, now
    deadlines.settle(row.deadline_key)
    word = standing_alarm(row.word_key)
    if word is not None:
        settle_alarm(word.pk)


def _call(ctx: Context, row: QueuedAlarm) -> None:
    """Ask the roster who is called at this step."""
    step = rules.called_at(row.step, at_mission=bool(row.mission_id))
    place = None if step.headquarters else row.mission_id
    found = rules.call(step, lambda duty: rosters.on_call(ctx.actor, place, duty, ctx.now))
    row.called, row.called_as, row.hole = found.who, found.called_as, found.hole


def _limit(row: QueuedAlarm) -> Due:
    return Due(
        mission=MissionId(row.mission_id) if row.mission_id else None,
        kind=LIMIT,
        subject=row.ref,
        due_at=row.due_at,
        owner=row.called_as,
        key=row.deadline_key,
    )
