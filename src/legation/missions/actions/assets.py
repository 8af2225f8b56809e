"""What people do with things in custody: add, hand over by both sides, count, lose, write off."""

from collections.abc import Sequence
from dataclasses import dataclass

from legation.foundations.decisions import Refusal, Refused, require
from legation.foundations.identity import MissionId
from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.threats import Aspect
from legation.foundations.words import Alarm, Due, Evidence, Severity, Word
from legation.missions.events.custody import (
    AssetAdded,
    AssetKind,
    AssetLost,
    AssetsCounted,
    AssetState,
    AssetWrittenOff,
    CombinationChanged,
    CombinationLapsed,
    CountLapsed,
    HandOverAccepted,
    HandOverProposed,
    HandOverRefused,
    VolumeUnit,
)
from legation.missions.models import Asset, Mission
from legation.missions.queries.assets import hands_of
from legation.missions.rules import custody as rules
from legation.platform import deadlines
from legation.platform.act import Context, act
from legation.platform.authority.markings import marking_of
from legation.platform.writing import Urgency

COUNT = "missions.count_due"
"""The kind of deadline by which an asset must have been seen."""
COMBINATION = "missions.combination_due"
"""The kind of deadline by which a safe that changed hands must have another combination."""
SPEAKER = "custody"

REGISTER = Marking(Classification.RESTRICTED, Tlp.AMBER)
"""Where the arms and keys of a mission lie is at least this, however open the mission itself is."""
HIGHEST = Classification.CONFIDENTIAL
"""The worker that watches the counts reads so far; what is higher has its register in its own strongroom."""


@dataclass(frozen=True, slots=True)
class Thing:
    """What a person enters of a thing that comes into custody."""

    kind: AssetKind
    name: str
    mark: str
    custodian: str
    place: str = ""
    premises_id: str = ""
    volume: float = 0.0
    unit: VolumeUnit | None = None
    classification: Classification = Classification.RESTRICTED


@act("missions.add_asset")
def add_asset(ctx: Context, mission: Mission, thing: Thing) -> Asset:
    """Bring a thing into custody, seen today by who enters it. Raises Refused with what is missing."""
    require(rules.may_add(thing.kind, thing.name, thing.mark, thing.custodian, thing.volume))
    marking = marking_of(mission.marking_id).join(REGISTER).join(Marking(min(thing.classification, HIGHEST)))
    if not ctx.actor.clearance.covers(marking):
        raise Refused(Refusal("asset_above_clearance", rules.RULE, params={"marking": str(marking)}))
    row = Asset(
        id=ctx.new_id(),
        mission_id=mission.pk,
        marking_id=ctx.marking_id(marking),
        kind=thing.kind,
        name=thing.name.strip(),
        mark=thing.mark.strip(),
        custodian=thing.custodian,
        place=thing.place.strip(),
        premises_id=thing.premises_id,
        volume=thing.volume,
        unit=(thing.unit or "") if thing.volume else "",
        last_seen_at=ctx.now,
        last_seen_by=ctx.actor.id,
        count_due_at=rules.next_count(thing.kind, ctx.now),
    )
    return ctx.write(row, AssetAdded(thing.kind, thing.custodian), words=[_count_due(row)])


@act("missions.propose_hand_over")
def propose_hand_over(ctx: Context, row: Asset, receiver: str) -> Asset:
    """Offer a thing to another person; until he answers it stands in hand-over, and the custodian answers for it."""
    require(rules.may_propose(row.standing, row.custodian, receiver, hands_of(ctx.actor)))
    row.state, row.receiver, row.proposed_by = AssetState.HANDING_OVER, receiver, ctx.actor.id
    return ctx.write(row, HandOverProposed(row.custodian, receiver))


@act("missions.answer_hand_over")
def answer_hand_over(ctx: Context, row: Asset, *, taken: bool, reason: str = "") -> Asset:
    """The receiver takes it, or does not and says why. Raises Refused for anybody else, the proposer above all."""
    require(rules.may_answer(row.standing, row.receiver, row.proposed_by, hands_of(ctx.actor)))
    before, receiver = row.custodian, row.receiver
    row.state, row.receiver, row.proposed_by = AssetState.HELD, "", ""
    if not taken:
        require(rules.reasoned(reason))
        return ctx.write(row, HandOverRefused(before, receiver, reason.strip()))
    row.custodian = receiver
    to_change = row.asset_kind is AssetKind.SAFE
    words = _seen(ctx, row)
    if to_change:
        row.combination_due_at = ctx.now + rules.COMBINATION_WITHIN
        words.append(_combination_due(row))
    return ctx.write(row, HandOverAccepted(before, receiver, to_change), words=words)


@act("missions.take_back_hand_over")
def take_back_hand_over(ctx: Context, row: Asset) -> Asset:
    """Take an offer back that nobody has answered."""
    require(rules.may_take_back(row.standing, row.custodian, row.proposed_by, hands_of(ctx.actor)))
    receiver, row.state, row.receiver, row.proposed_by = row.receiver, AssetState.HELD, "", ""
    return ctx.write(row, HandOverRefused(row.custodian, receiver, ""))


@act("missions.count_assets")
def count_assets(
    ctx: Context, mission: Mission, *, seen: Sequence[str], missing: Sequence[str], note: str = ""
) -> list[Asset]:
    """Go through the sheet: what was seen is good for another interval, what was not raises an alarm each."""
    rows = {row.pk: row for row in _standing(ctx, mission)}
    require(rules.may_count(frozenset(seen), frozenset(missing), frozenset(rows)))
    words: list[Word] = []
    for key in seen:
        rows[key].state = rules.after_count(rows[key].standing, seen=True)
        words += _seen(ctx, rows[key])
    for key in missing:
        rows[key].state, rows[key].receiver = rules.after_count(rows[key].standing, seen=False), ""
        words += [_alarm(rows[key], "asset_missing"), _evidence(ctx, rows[key])]
    counted = [rows[key] for key in [*seen, *missing]]
    ctx.write_many(counted, AssetsCounted(len(seen), len(missing), note.strip()[: rules.LONGEST_NOTE]), words=words)
    return counted


@act("missions.change_combination")
def change_combination(ctx: Context, row: Asset) -> Asset:
    """Say that the combination of a safe was set anew. The combination itself is written nowhere."""
    require(rules.may_change_combination(row.asset_kind, row.standing, row.custodian, hands_of(ctx.actor)))
    row.combination_changed_at, row.combination_due_at = ctx.now, None
    deadlines.settle(row.combination_key)
    return ctx.write(row, CombinationChanged(), words=[_evidence(ctx, row)])


@act("missions.lose_asset", urgency=Urgency.ALARM)
def lose_asset(ctx: Context, row: Asset, circumstances: str) -> Asset:
    """Declare a thing lost, with what is known of it; it weighs until its loss is remedied."""
    require(rules.may_lose(row.standing, row.custodian, circumstances, hands_of(ctx.actor)))
    row.state, row.note, row.receiver = AssetState.LOST, circumstances.strip(), ""
    deadlines.settle(row.count_key)
    fact = AssetLost(row.asset_kind, row.note)
    return ctx.write(row, fact, words=[_alarm(row, "asset_lost"), _evidence(ctx, row)])


@act("missions.write_off_asset")
def write_off_asset(ctx: Context, row: Asset, how: str) -> Asset:
    """Destroyed, returned, or lost with the loss remedied: nobody answers for it any more."""
    require(rules.may_write_off(row.standing, how))
    row.state, row.note, row.overdue, row.combination_due_at = AssetState.GONE, how.strip(), False, None
    deadlines.settle(row.count_key)
    deadlines.settle(row.combination_key)
    return ctx.write(row, AssetWrittenOff(row.asset_kind, row.note), words=[_evidence(ctx, row)])


@act("missions.lapse_count")
def lapse_count(ctx: Context, row: Asset) -> Asset:
    """Nobody has seen it in time: say so as evidence until the next count."""
    if row.overdue or row.standing in {AssetState.GONE, AssetState.LOST} or ctx.now < row.count_due_at:
        return row
    row.overdue = True
    return ctx.write(row, CountLapsed(row.asset_kind, row.last_seen_at), words=[_evidence(ctx, row)])


@act("missions.lapse_combination", urgency=Urgency.ALARM)
def lapse_combination(ctx: Context, row: Asset) -> Asset:
    """The safe still opens to the custodian before: an alarm, and evidence until the combination is changed."""
    if row.combination_due_at is None or row.standing is AssetState.GONE or ctx.now < row.combination_due_at:
        return row
    words: list[Word] = [_alarm(row, "combination_unchanged", Severity.SERIOUS), _evidence(ctx, row)]
    return ctx.write(row, CombinationLapsed(row.custodian), words=words)


def _standing(ctx: Context, mission: Mission) -> list[Asset]:
    rows = Asset.objects.visible_to(ctx.actor).filter(mission_id=mission.pk).exclude(state=AssetState.GONE)
    return list(rows.select_for_update())


def _seen(ctx: Context, row: Asset) -> list[Word]:
    """What follows from having it before one's eyes: the next count, and an end to what was said of the last."""
    deadlines.settle(row.count_key)
    row.last_seen_at, row.last_seen_by = ctx.now, ctx.actor.id
    row.overdue, row.count_due_at = False, rules.next_count(row.asset_kind, ctx.now)
    return [_count_due(row), _evidence(ctx, row)]


def _count_due(row: Asset) -> Due:
    return Due(_mission(row), COUNT, row.ref, row.count_due_at, "rso", row.count_key)


def _combination_due(row: Asset) -> Due:
    assert row.combination_due_at is not None
    return Due(_mission(row), COMBINATION, row.ref, row.combination_due_at, "rso", row.combination_key)


def _evidence(ctx: Context, row: Asset) -> Evidence:
    """What the asset's custody adds at this instant; strength 0 takes back what was said before."""
    late = row.combination_due_at is not None and row.combination_due_at <= ctx.now
    strength = rules.weight(row.asset_kind, row.standing, overdue=row.overdue, combination_late=late)
    seen = f"{row.last_seen_at:%d %b %Y}" if row.last_seen_at else "never"
    said = "missing" if row.standing in {AssetState.MISSING, AssetState.LOST} else f"last seen {seen}"
    return Evidence(
        speaker=SPEAKER,
        subject=row.ref,
        aspect=Aspect.VULNERABILITY,
        threat=rules.KINDS[row.asset_kind].threat,
        mission=_mission(row),
        strength=strength,
        observed_at=ctx.now,
        params={"asset": f"{row.name} ({row.mark})", "said": "combination not changed" if late else said},
    )


def _alarm(row: Asset, kind: str, severity: Severity | None = None) -> Alarm:
    params: dict[str, str | int | float] = {"asset": row.name, "mark": row.mark}
    grave = severity or rules.KINDS[row.asset_kind].alarm
    return Alarm(_mission(row), f"missions.{kind}", grave, row.ref, row.pk, params)


def _mission(row: Asset) -> MissionId:
    return MissionId(row.mission_id or "")
