"""What is written down when officials of the host state want to enter: what was said, when they came and went."""

from dataclasses import dataclass
from datetime import datetime

from legation.foundations.decisions import Grant, Refusal, Refused
from legation.foundations.identity import MissionId
from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.words import Alarm, Due, Severity, Word
from legation.law.events.entering import (
    Capacity,
    Emergency,
    EntryAsked,
    EntryOverstayed,
    EntryState,
    Given,
    OfficialsEntered,
    OfficialsLeft,
    Outsider,
    Part,
)
from legation.law.models import PremisesEntry
from legation.law.rules import entering as rules
from legation.missions import published as missions
from legation.platform import deadlines
from legation.platform.act import Context, act
from legation.platform.records import Record
from legation.platform.writing import Urgency

UNTIL = "law.entry_until"
"""The kind of deadline at which they should have left."""

MARKING = Marking(Classification.RESTRICTED, Tlp.AMBER)


@dataclass(frozen=True, slots=True)
class Entering:
    """What happens at the door. person_id: who of the mission speaks to them, as `capacity`; inside: they are in
    already; witnesses: ids of people at post."""

    part: Part
    emergency: Emergency = Emergency.NONE
    given: Given = Given.NOT_ASKED
    capacity: Capacity = Capacity.OTHER
    person_id: str = ""
    how: str = ""
    rooms: str = ""
    purpose: str = ""
    until: datetime | None = None
    inside: bool = False
    outsiders: tuple[Outsider, ...] = ()
    witnesses: tuple[str, ...] = ()


@act("law.log_entry", urgency=Urgency.ALARM)
def log_entry(ctx: Context, mission: Record, said: Entering) -> PremisesEntry:
    """Write down that they asked, what was said, and whether they are in; an entry without consent raises an alarm.

    Raises Refused where a consent ends before it begins.
    """
    if said.until is not None and said.until <= ctx.now:
        raise Refused(Refusal("consent_over_already", rules.RULE))
    kind = missions.mission(ctx.actor, mission.pk).kind
    found = rules.may_enter(kind, said.part, said.emergency, rules.Word(said.given, said.capacity))
    row = PremisesEntry(
        id=ctx.new_id(),
        mission_id=mission.pk,
        marking_id=ctx.marking_id(MARKING),
        part=said.part.value,
        emergency=said.emergency.value,
        given=said.given.value,
        capacity=said.capacity.value,
        person_id=said.person_id,
        how=said.how.strip(),
        rooms=said.rooms.strip(),
        purpose=said.purpose.strip(),
        until=said.until,
        state=(EntryState.INSIDE if said.inside else EntryState.ASKED).value,
        asked_at=ctx.now,
        entered_at=ctx.now if said.inside else None,
        allowed=isinstance(found, Grant),
        reason=found.rule if isinstance(found, Grant) else found.reason,
        norm="" if isinstance(found, Grant) else found.norm,
        outsiders=[{"id": ctx.new_id(), "name": one.name, "office": one.office} for one in said.outsiders],
        witnesses=list(said.witnesses),
    )
    fact = EntryAsked(said.part, said.emergency, said.given, row.allowed)
    return ctx.write(row, fact, words=_words(row), personal=row.personal())


@act("law.mark_entered", urgency=Urgency.ALARM)
def mark_entered(ctx: Context, row: PremisesEntry) -> PremisesEntry:
    """They go in now. Raises Refused where they are in already."""
    if row.state != EntryState.ASKED:
        raise Refused(Refusal("entry_not_waiting", rules.RULE))
    row.state, row.entered_at = EntryState.INSIDE.value, ctx.now
    return ctx.write(row, OfficialsEntered(row.allowed), words=_words(row))


@act("law.mark_left")
def mark_left(ctx: Context, row: PremisesEntry) -> PremisesEntry:
    """They are out. Raises Refused where they are not inside."""
    if row.state != EntryState.INSIDE:
        raise Refused(Refusal("nobody_inside", rules.RULE))
    row.state, row.left_at = EntryState.LEFT.value, ctx.now
    deadlines.settle(row.deadline_key)
    return ctx.write(row, OfficialsLeft())


@act("law.call_overstay", urgency=Urgency.ALARM)
def call_overstay(ctx: Context, row: PremisesEntry) -> PremisesEntry:
    """The time consented to is over: an alarm while they are inside, nothing where they have left."""
    if row.state != EntryState.INSIDE:
        return row
    row.allowed, row.reason = False, "stayed_beyond_consent"
    return ctx.write(row, EntryOverstayed(), words=[_alarm(row, "law.entry_overstayed")])


def _words(row: PremisesEntry) -> list[Word]:
    """Inside without consent: urgent. Inside with it: the time at which they should be out."""
    if row.state != EntryState.INSIDE:
        return []
    if not row.allowed:
        return [_alarm(row, "law.entry_unlawful")]
    if row.until is None:
        return []
    return [Due(MissionId(row.mission_id or ""), UNTIL, row.ref, row.until, "rso", row.deadline_key)]


def _alarm(row: PremisesEntry, kind: str) -> Alarm:
    params: dict[str, str | int | float] = {"part": row.part, "norm": row.norm, "purpose": row.purpose[:120]}
    return Alarm(MissionId(row.mission_id or ""), kind, Severity.URGENT, row.ref, row.pk, params)
