"""What people judge: grades of a threat, what belongs together, lines drawn beforehand. The machine keeps to it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.grading import Grade
from legation.foundations.identity import Ref
from legation.foundations.markings import OPEN, Marking
from legation.foundations.threats import ThreatClass
from legation.intelligence import queries
from legation.intelligence.actions import fusing, picturing
from legation.intelligence.actions.storing import numbers_of
from legation.intelligence.events import (
    DecisionKind,
    OccurrencesMerged,
    OccurrenceSplit,
    PicturesRebuilt,
    ThreatGraded,
    TripwireSet,
)
from legation.intelligence.models import Decision, Grading, Occurrence, Signal, Tripwire
from legation.intelligence.rules.profile import Graded, Judged
from legation.intelligence.rules.tripwires import LIFE_DAYS_MAX, Condition, Happenings
from legation.platform.act import Context, act
from legation.platform.authority.actor import NotVisible
from legation.platform.authority.markings import marking_of
from legation.platform.authority.resolve import House
from legation.platform.records import Record
from legation.platform.writing import Urgency

REASON_CHARS_MAX = 400


@act("intelligence.grade_threat")
def grade_threat(
    ctx: Context,
    mission: Record,
    threat: ThreatClass,
    judged: Judged,
    value: int,
    *,
    grade: Grade,
    note: str,
    evidence: str = "",
    marking: Marking = OPEN,
) -> Grading:
    """Grade intent, capability or inhibiting context of a class at a mission; the latest grade of each stands.

    Raises Refused for a value outside the scale, without a reason, or marked above what the writer may read.
    """
    try:
        Graded(judged, value)
        if evidence:
            Ref.parse(evidence)
    except ValueError as fault:
        raise Refused(Refusal("grading_value", "intelligence.grade", params={"detail": str(fault)})) from None
    _reason(note, 2_000)
    if not ctx.actor.clearance.covers(marking):
        raise Refused(Refusal("grading_marking", "intelligence.grade"))
    row = Grading(
        id=ctx.new_id(),
        mission_id=mission.pk,
        marking_id=ctx.marking_id(marking),
        threat=threat.value,
        judged=judged.value,
        value=value,
        grade=str(grade),
        note=note.strip(),
        evidence=evidence,
        graded_at=ctx.now,
    )
    ctx.write(row, ThreatGraded(threat, judged.value, value))
    picturing.refresh(fusing.Remade(fusing.no_occurrences(), fusing.no_occurrences()), ctx.now, graded=str(mission.pk))
    return row


@act("intelligence.split")
def split(ctx: Context, house: House, occurrence: str, apart: Sequence[str], *, reason: str) -> Decision:
    """Say that some signals of an occurrence speak of another happening. Fusion keeps to it.

    occurrence, apart: content keys. Raises Refused where `apart` is not a part of the occurrence, or is all of it.
    """
    _reason(reason, REASON_CHARS_MAX)
    members = _members(ctx, occurrence)
    out = set(apart)
    rest = sorted(set(members) - out)
    if not out or not out <= set(members) or not rest:
        raise Refused(Refusal("split_part", "intelligence.split"))
    pairs = [(a, b) for a in sorted(out) for b in rest]
    decision = _decide(ctx, DecisionKind.DIFFERENT, pairs, reason, members)
    ctx.write(decision, OccurrenceSplit(occurrence, reason))
    _remake(ctx, [*out, *rest])
    return decision


@act("intelligence.merge")
def merge(ctx: Context, house: House, occurrences: Sequence[str], *, reason: str) -> Decision:
    """Say that two or more occurrences are one happening. Fusion keeps to it.

    Raises Refused for fewer than two, or where their signals are of different threat classes.
    """
    _reason(reason, REASON_CHARS_MAX)
    keys = sorted(set(occurrences))
    members = [key for one in keys for key in _members(ctx, one)]
    threats = set(Signal.objects.filter(pk__in=numbers_of(members).values()).values_list("threat", flat=True))
    if len(keys) < 2 or len(threats) != 1:
        raise Refused(Refusal("merge_part", "intelligence.merge"))
    pairs = [(keys[0], other) for other in keys[1:]]
    decision = _decide(ctx, DecisionKind.SAME, pairs, reason, members)
    ctx.write(decision, OccurrencesMerged(tuple(keys), reason))
    _remake(ctx, members)
    return decision


@act("intelligence.set_tripwire")
def set_tripwire(ctx: Context, mission: Record, condition: Condition, *, owner: str, lapses_at: datetime) -> Tripwire:
    """Draw a line beforehand. It lapses unless it is drawn again. Raises Refused without an owner or a fit date."""
    if not owner.strip():
        raise Refused(Refusal("tripwire_owner", "intelligence.tripwire"))
    if not ctx.now < lapses_at <= ctx.now + timedelta(days=LIFE_DAYS_MAX):
        raise Refused(Refusal("tripwire_lapse", "intelligence.tripwire", params={"days": str(LIFE_DAYS_MAX)}))
    counted = isinstance(condition, Happenings)
    row = Tripwire(
        id=ctx.new_id(),
        mission_id=mission.pk,
        marking_id=ctx.marking_id(OPEN),
        threat=condition.threat.value,
        condition="happenings" if counted else "level",
        count=condition.count if isinstance(condition, Happenings) else 0,
        within_km=condition.within_km if isinstance(condition, Happenings) else 0,
        within_hours=condition.within_hours if isinstance(condition, Happenings) else 0,
        kind=condition.kind if isinstance(condition, Happenings) else "",
        level=0 if isinstance(condition, Happenings) else int(condition.level),
        owner=owner.strip(),
        lapses_at=lapses_at,
    )
    return ctx.write(row, TripwireSet(condition.threat))


@act("intelligence.rebuild", urgency=Urgency.BATCH)
def rebuild(ctx: Context, house: House) -> PicturesRebuilt:
    """Compute every picture anew from the occurrences: after missions moved, or after a restore."""
    missions = picturing.rebuild(ctx.now)
    fact = PicturesRebuilt(Occurrence.objects.count(), missions)
    ctx.announce(fact, subjects=[Ref("Picture", "all")])
    return fact


def _reason(reason: str, longest: int) -> None:
    if not reason.strip() or len(reason) > longest:
        raise Refused(Refusal("reason_wanted", "intelligence.judge", params={"longest": str(longest)}))


def _members(ctx: Context, occurrence: str) -> list[str]:
    """Content keys of an occurrence's signals that the actor may read. Raises Refused where there is none."""
    try:
        _seen, signals = queries.occurrence(ctx.actor, occurrence)
    except NotVisible:
        raise Refused(Refusal("occurrence_unknown", "intelligence.judge")) from None
    return [one.key for one in signals]


def _decide(
    ctx: Context, kind: DecisionKind, pairs: Sequence[tuple[str, str]], reason: str, members: Sequence[str]
) -> Decision:
    """The record, marked as its signals are: who may not read them may not learn that they belong together."""
    marking = OPEN
    ids = Signal.objects.filter(pk__in=numbers_of(members).values()).values_list("marking_id", flat=True)
    for marking_id in set(ids):
        marking = marking.join(marking_of(marking_id))
    return Decision(
        id=ctx.new_id(),
        marking_id=ctx.marking_id(marking),
        kind=kind.value,
        pairs=[list(pair) for pair in pairs],
        reason=reason.strip(),
    )


def _remake(ctx: Context, keys: Sequence[str]) -> None:
    """Fuse these signals anew at each of their markings, and move the pictures."""
    by_marking: dict[int, list[int]] = {}
    rows = Signal.objects.filter(pk__in=numbers_of(keys).values())
    for number, marking_id in rows.values_list("pk", "marking_id"):
        by_marking.setdefault(marking_id, []).append(number)
    for marking_id, numbers in sorted(by_marking.items()):
        picturing.refresh(fusing.remake_around(numbers, marking_of(marking_id)), ctx.now)
