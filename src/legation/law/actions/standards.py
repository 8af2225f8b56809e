"""What is done about standards: criteria are checked, categories examined, waivers applied for, decided and ended."""

from datetime import timedelta

from legation.foundations.decisions import require
from legation.foundations.identity import MissionId
from legation.foundations.threats import Aspect, ThreatClass
from legation.foundations.words import Alarm, Due, Evidence, Severity, Word
from legation.law.events.standards import (
    CriterionChecked,
    WaiverApplied,
    WaiverDecided,
    WaiverEnded,
    WaiverReviewDue,
    WaiverState,
)
from legation.law.models import Check, Waiver
from legation.law.rules import standards as rules
from legation.law.rules.standards import Wish
from legation.missions import published as missions
from legation.platform import deadlines
from legation.platform.act import Context, act
from legation.platform.records import Record
from legation.platform.writing import Urgency

CATEGORY_DUE = "law.category_due"
WAIVER_REVIEW = "law.waiver_review"
WAIVER_ENDS = "law.waiver_ends"
"""Kinds of deadline: put a category right; look at a waiver before it ends; end it."""

TO_PUT_RIGHT = timedelta(days=14)
"""A category is a word in a form: two weeks are the time to ask whoever knows the building."""


@act("law.check_criterion")
def check_criterion(ctx: Context, premises: Record, criterion: str, *, met: bool, note: str = "") -> Check:
    """Say whether premises meet a criterion of the standard. Met, it withdraws its waivers and its evidence."""
    if criterion not in rules.criteria():
        raise LookupError(f"the standard has no criterion {criterion!r}")
    row = _check(ctx, premises, criterion)
    row.met, row.note, row.flags = met, note.strip(), ""
    return _write_check(ctx, row)


@act("law.examine_category", urgency=Urgency.ALARM)
def examine_category(ctx: Context, premises: Record) -> Check | None:
    """Look whether the category of premises fits them; flagged, it falls due and counts as vulnerability."""
    seen = missions.premises_seen(ctx.actor, premises.pk)
    kind = missions.mission(ctx.actor, str(seen.mission_id)).kind
    flags = rules.category_faults(kind, seen.kind, seen.category, public=seen.receives_public)
    row = _check(ctx, premises, rules.CATEGORY)
    if not row._state.adding and row.flagged == flags:
        return None
    row.met, row.flags = not flags, ",".join(flags)
    return _write_check(ctx, row)


@act("law.apply_waiver")
def apply_waiver(ctx: Context, check: Check, wish: Wish) -> Waiver:
    """Ask to be let off a criterion for a time. Raises Refused with what the wish lacks."""
    states = [WaiverState(state) for state in check.waivers.values_list("state", flat=True)]
    require(rules.may_apply(check.criterion, wish, met=check.met, states=states, now=ctx.now))
    row = Waiver(
        id=ctx.new_id(),
        mission_id=check.mission_id,
        marking_id=check.marking_id,
        check_of=check,
        premises_id=check.premises_id,
        criterion=check.criterion,
        applicant=ctx.actor.id,
        applicant_name=ctx.actor.name,
    ).take(wish)
    return ctx.write(row, WaiverApplied(row.criterion, row.until))


@act("law.decide_waiver")
def decide_waiver(ctx: Context, row: Waiver, *, approve: bool) -> Waiver:
    """Approve or refuse a waiver that somebody else asked for. Raises Refused for one's own, or one decided before."""
    require(
        rules.may_decide(
            WaiverState(row.state), applicant=row.applicant, approver=ctx.actor.id, until=row.until, now=ctx.now
        )
    )
    row.state = (WaiverState.APPROVED if approve else WaiverState.REFUSED).value
    row.approver, row.approver_name = ctx.actor.id, ctx.actor.name
    words: list[Word] = []
    replaced = _approved_beside(row) if approve else []
    for old in replaced:
        _settle(old)
        old.state = WaiverState.WITHDRAWN.value
    if approve:
        mission = MissionId(row.mission_id or "")
        review = max(row.until - rules.AHEAD, ctx.now)
        words = [
            Due(mission, WAIVER_REVIEW, row.ref, review, "rso", row.review_key),
            Due(mission, WAIVER_ENDS, row.ref, row.until, "rso", row.deadline_key),
            _evidence(ctx, row.check_of, WaiverState.APPROVED),
        ]
        deadlines.settle(row.check_of.deadline_key)
    ctx.write_many([row, *replaced], WaiverDecided(row.criterion, WaiverState(row.state)), words=words)
    return row


@act("law.remind_waiver", urgency=Urgency.ALARM)
def remind_waiver(ctx: Context, row: Waiver) -> Waiver:
    """A waiver is about to lapse: say so. One that has ended is left as it is."""
    if row.state != WaiverState.APPROVED:
        return row
    return ctx.write(row, WaiverReviewDue(row.criterion, row.until), words=[_alarm(row, "law.waiver_near_end")])


@act("law.end_waiver", urgency=Urgency.ALARM)
def end_waiver(ctx: Context, row: Waiver) -> Waiver:
    """The time of a waiver is over and the criterion is not met: it counts in full again, and an alarm says so."""
    if row.state != WaiverState.APPROVED:
        return row
    row.state = WaiverState.LAPSED.value
    words: list[Word] = [_alarm(row, "law.waiver_lapsed"), _evidence(ctx, row.check_of, WaiverState.LAPSED)]
    return ctx.write(row, WaiverEnded(row.criterion, WaiverState.LAPSED), words=words)


@act("law.withdraw_waiver")
def withdraw_waiver(ctx: Context, row: Waiver) -> Waiver:
    """Take a waiver back, or the wish for one; the criterion counts in full unless another waiver holds.

    Raises Refused where it has ended.
    """
    require(rules.may_withdraw(WaiverState(row.state)))
    _settle(row)
    row.state = WaiverState.WITHDRAWN.value
    words = [_evidence(ctx, row.check_of, _holding(_approved_beside(row)))]
    return ctx.write(row, WaiverEnded(row.criterion, WaiverState.WITHDRAWN), words=words)


def _check(ctx: Context, premises: Record, criterion: str) -> Check:
    row = Check.objects.filter(premises_id=premises.pk, criterion=criterion).first()
    if row is None:
        row = Check(id=ctx.new_id(), premises_id=premises.pk, criterion=criterion)
        row.mission_id, row.marking_id = premises.mission_id, premises.marking_id
    row.checked_at = ctx.now
    return row


def _write_check(ctx: Context, row: Check) -> Check:
    fresh = row._state.adding
    held = [] if fresh else list(row.waivers.filter(state__in=(WaiverState.APPLIED, WaiverState.APPROVED)))
    mission = MissionId(row.mission_id or "")
    words: list[Word] = [_evidence(ctx, row, _holding(held))]
    if row.met:
        deadlines.settle(row.deadline_key)
        for waiver in held:
            _settle(waiver)
            waiver.state = WaiverState.WITHDRAWN.value
    elif row.criterion == rules.CATEGORY:
        words.append(Due(mission, CATEGORY_DUE, row.ref, ctx.now + TO_PUT_RIGHT, "rso", row.deadline_key))
    ctx.write_many([row, *(held if row.met else [])], CriterionChecked(row.criterion, row.met), words=words)
    return row


def _approved_beside(row: Waiver) -> list[Waiver]:
    """Other waivers of the same criterion that hold; a new one that is approved replaces them."""
    return list(row.check_of.waivers.filter(state=WaiverState.APPROVED).exclude(pk=row.pk))


def _holding(waivers: list[Waiver]) -> WaiverState | None:
    return next((WaiverState.APPROVED for one in waivers if one.state == WaiverState.APPROVED), None)


def _settle(row: Waiver) -> None:
    deadlines.settle(row.deadline_key)
    deadlines.settle(row.review_key)


def _evidence(ctx: Context, row: Check, waiver: WaiverState | None) -> Evidence:
    known = rules.criteria().get(row.criterion)
    said: dict[str, str | int | float] = {"criterion": rules.in_short(row.criterion)}
    said["standing"] = "not met" if waiver is None else f"waiver {waiver.value}"
    return Evidence(
        speaker="law",
        subject=row.ref,
        aspect=Aspect.VULNERABILITY,
        threat=known.threat if known else ThreatClass.TERRORISM,
        mission=MissionId(row.mission_id or ""),
        strength=rules.strength(row.criterion, met=row.met, waiver=waiver),
        observed_at=ctx.now,
        params=said,
    )


def _alarm(row: Waiver, kind: str) -> Alarm:
    params: dict[str, str | int | float] = {
        "criterion": rules.in_short(row.criterion),
        "until": row.until.date().isoformat(),
    }
    return Alarm(MissionId(row.mission_id or ""), kind, Severity.NOTICE, row.ref, f"{kind}/{row.pk}", params)
