"""How is a brief issued, corrected, read and printed? Two versions out of one act, each frozen and numbered."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from legation.foundations.decisions import Refusal, Refused, require
from legation.foundations.identity import MissionId, Ref
from legation.foundations.markings import OPEN, Marking
from legation.foundations.words import Alarm, Due, Severity, Word
from legation.intelligence import queries
from legation.intelligence.events.briefs import (
    BriefCorrected,
    BriefIssued,
    BriefOpened,
    BriefPrinted,
    BriefRead,
    BriefReminded,
    OutsiderNamed,
    Released,
)
from legation.intelligence.models.briefs import OUTSIDER, Brief, BriefCopy, Receipt
from legation.intelligence.rules import briefs as rules
from legation.intelligence.rules.briefs import Composed, Item, Line, Recipient, Span
from legation.platform import deadlines
from legation.platform.act import Context, act
from legation.platform.authority.actor import NotVisible
from legation.platform.authority.actors import SERVICE_CLEARANCE, people_with
from legation.platform.authority.markings import marking_of
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import House
from legation.platform.records import Record
from legation.platform.writing import Urgency

UNREAD = "intelligence.brief_unread"
"""The kind of deadline that reminds whoever must read a brief."""

WAITS = "intelligence.brief_waits"
"""The kind of alarm; it says that a brief waits, and nothing of it (abuse case 21)."""


@act("intelligence.issue_brief")
def issue_brief(ctx: Context, at: Record | House, composed: Composed) -> Brief:
    """Issue both versions, numbered and frozen, and tell those who are to read them.

    Raises Refused where the marking asked for does not cover an input (naming it), where nothing is said, where the
    author is not cleared for it, where the line is none, or where a recipient may read neither version.
    """
    versions = _versions(ctx, at, composed)
    whole = versions[0]
    lower = versions[1] if len(versions) > 1 else None
    below = str(composed.line) if lower and composed.line else ""
    fact = BriefIssued(composed.span.value, whole.number, below, _released(ctx, composed))
    return _send(ctx, whole, lower, composed, fact)


@act("intelligence.correct_brief")
def correct_brief(ctx: Context, brief: Brief, composed: Composed, *, change: str) -> Brief:
    """Issue it again as the next edition, saying what changed; the earlier one stays as it was.

    Raises Refused as issuing does, without a reason, for a version below a line, or where a later edition is there.
    """
    if not change.strip() or len(change) > 400:
        raise Refused(Refusal("brief_change", rules.RULE))
    if Brief.objects.visible_to(ctx.actor).filter(corrects=brief.pk).exists():
        raise Refused(Refusal("brief_corrected", rules.RULE))
    if Brief.objects.visible_to(ctx.actor).filter(below=brief.pk).exists():
        raise Refused(Refusal("brief_is_below", rules.RULE))
    at = House() if brief.mission_id is None else brief
    versions = _versions(ctx, at, replace(composed, span=Span(brief.span)))
    earlier = {marking_of(brief.marking_id): brief}
    lower = Brief.objects.visible_to(ctx.actor).filter(pk=brief.below).first()
    if lower is not None:
        earlier[marking_of(lower.marking_id)] = lower
    for row in versions:
        before = earlier.get(marking_of(row.marking_id))
        row.edition = brief.edition + 1
        row.change = change.strip() if row is versions[0] else CORRECTED
        if before is not None:
            row.number, row.corrects = before.number, before.pk
    versions[0].corrects = brief.pk
    below = str(composed.line) if len(versions) > 1 else ""
    fact = BriefCorrected(brief.pk, change.strip(), below, _released(ctx, composed))
    return _send(ctx, versions[0], versions[1] if len(versions) > 1 else None, composed, fact)


CORRECTED = "Corrected"
"""What the version below the line says of a change: the reason may speak of what stands above it."""


@act("intelligence.open_brief")
def open_brief(ctx: Context, receipt: Receipt) -> Receipt:
    """The recipient opened it. Raises NotVisible for another's receipt."""
    _own(ctx, receipt)
    if receipt.opened_at is not None:
        return receipt
    receipt.opened_at = ctx.now
    return ctx.write(receipt, BriefOpened(receipt.brief))


@act("intelligence.acknowledge_brief")
def acknowledge_brief(ctx: Context, receipt: Receipt) -> Receipt:
    """The recipient says that he has read it; he is reminded no more. Raises NotVisible for another's receipt."""
    _own(ctx, receipt)
    if receipt.read_at is not None:
        return receipt
    receipt.opened_at = receipt.opened_at or ctx.now
    receipt.read_at = ctx.now
    deadlines.settle(receipt.deadline_key)
    return ctx.write(receipt, BriefRead(receipt.brief))


@act("intelligence.remind_brief", urgency=Urgency.ALARM)
def remind_brief(ctx: Context, receipt: Receipt) -> Receipt:
    """Say again that a brief waits for its reader, at most so often; the alarm holds nothing of the brief."""
    if receipt.read_at is not None or receipt.reminded >= rules.REMINDED_MAX:
        return receipt
    receipt.reminded += 1
    subject = Ref("Brief", receipt.brief)
    mission = MissionId(receipt.mission_id) if receipt.mission_id else None
    words: list[Word] = [Alarm(mission, WAITS, Severity.NOTICE, subject, receipt.pk, {})]
    if receipt.reminded < rules.REMINDED_MAX:
        again = ctx.now + timedelta(hours=rules.READ_WITHIN_H[Span.DAILY])
        words.append(Due(mission, UNREAD, receipt.ref, again, receipt.name, receipt.deadline_key))
    return ctx.write(receipt, BriefReminded(receipt.brief, receipt.reminded), words=words)


@act("intelligence.print_brief")
def print_brief(ctx: Context, brief: Brief, *, language: str = "en") -> BriefCopy:
    """Register a copy for this reader; the copy's id is this entry's, and stands on each of its pages."""
    row = BriefCopy(
        id=str(ctx.entry_id),
        mission_id=brief.mission_id,
        marking_id=brief.marking_id,
        brief=brief.pk,
        reader=ctx.actor.id,
        reader_name=ctx.actor.name,
        printed_at=ctx.now,
        language=language,
    )
    return ctx.write(row, BriefPrinted(brief.pk, brief.number, str(marking_of(brief.marking_id))))


def check_brief(author: Marking, items: Sequence[Item], wanted: Marking | None, line: Marking | None) -> None:
    """The rules that issuing keeps, for a preview that must not write. Raises Refused."""
    require(rules.may_compose(items, author))
    if wanted is not None:
        require(rules.may_carry(items, wanted))
        require(rules.may_mark(author, wanted))
    if line is not None:
        require(rules.may_tear(items, line))


def _versions(ctx: Context, at: Record | House, composed: Composed) -> list[Brief]:
    """The whole version, and the one below the line where one is drawn."""
    items = [_marked_by_subject(ctx, one) for one in composed.items]
    check_brief(ctx.actor.clearance, items, composed.wanted, composed.line)
    needs = rules.marking_of(items, OPEN)
    whole = _row(ctx, at, composed, composed.wanted or needs, rules.above(items))
    if composed.line is None:
        return [whole]
    lower = _row(ctx, at, composed, composed.line, rules.below(items, composed.line))
    whole.below = lower.pk
    return [whole, lower]


def _marked_by_subject(ctx: Context, item: Item) -> Item:
    """What rests on an occurrence is marked at least as that is, whatever the author states."""
    kind, _, key = item.subject.partition("/")
    if kind != "Occurrence":
        return item
    try:
        seen, _signals = queries.occurrence(ctx.actor, key)
    except NotVisible:
        raise Refused(Refusal("occurrence_unknown", "intelligence.judge")) from None
    return replace(item, marking=item.marking.join(Marking.parse(seen.marking)))


def _row(ctx: Context, at: Record | House, composed: Composed, marking: Marking, lines: list[Line]) -> Brief:
    mission = None if isinstance(at, House) else at.mission_id
    marking_id = ctx.marking_id(marking)
    # Counted at its own marking: a gap in the numbers would tell of versions that its readers may not see.
    earlier = Brief.objects.filter(mission_id=mission, span=composed.span.value, marking_id=marking_id, edition=1)
    return Brief(
        id=ctx.new_id(),
        mission_id=mission,
        marking_id=marking_id,
        span=composed.span.value,
        number=earlier.count() + 1,
        title=composed.title.strip()[:200],
        lines=[_kept(one) for one in lines],
        looked_from=composed.looked_from,
        issued_at=ctx.now,
        author=ctx.actor.id,
        author_name=ctx.actor.name,
    )


def _kept(line: Line) -> dict[str, str | bool]:
    return {
        "section": line.section.value,
        "text": line.text,
        "marking": str(line.marking),
        "title": line.title,
        "likelihood": line.likelihood.value if line.likelihood else "",
        "subject": line.subject,
        "below": line.below,
        "counted": line.counted,
    }


def _released(ctx: Context, composed: Composed) -> tuple[Released, ...]:
    if composed.line is None:
        return ()
    items = [_marked_by_subject(ctx, one) for one in composed.items]
    return tuple(
        Released(one.subject, str(one.marking), str(composed.line), one.below, ctx.actor.id)
        for one in rules.released(items, composed.line)
    )


def _send(
    ctx: Context, whole: Brief, lower: Brief | None, composed: Composed, fact: BriefIssued | BriefCorrected
) -> Brief:
    """Both versions, a receipt for each recipient and a deadline for each who must read: one entry."""
    receipts = _receipts(ctx, whole, lower, composed.recipients)
    by = ctx.now + timedelta(hours=rules.READ_WITHIN_H[composed.span])
    mission = MissionId(whole.mission_id) if whole.mission_id else None
    dues = [
        Due(mission, UNREAD, row.ref, by, row.name, row.deadline_key)
        for row in receipts
        if row.must_read and row.reader != OUTSIDER
    ]
    personal = {row.ref: OutsiderNamed(row.name, row.note) for row in receipts if row.reader == OUTSIDER}
    versions = [whole] if lower is None else [whole, lower]
    ctx.write_many([*versions, *receipts], fact, words=dues, personal=dict(personal))
    return whole


def _receipts(ctx: Context, whole: Brief, lower: Brief | None, recipients: Sequence[Recipient]) -> list[Receipt]:
    found: dict[str, Receipt] = {}
    for one in recipients:
        if one.outsider.strip():
            row = _receipt(ctx, lower or whole, OUTSIDER, one.outsider.strip()[:120], one)
            found[row.pk] = row
            continue
        for operator in _operators(one, whole.mission_id):
            version = _version_for(operator, whole, lower)
            key = f"operator/{operator.pk}"
            if version is not None and key not in found:
                found[key] = _receipt(ctx, version, key, operator.name, one)
            elif version is None and one.operator:
                raise Refused(Refusal("brief_recipient", rules.RULE, params={"name": operator.name}))
    return list(found.values())


def _operators(one: Recipient, mission: str | None) -> list[Operator]:
    if one.operator:
        keys = [one.operator.removeprefix("operator/")]
    else:
        keys = [key.removeprefix("operator/") for key, _name in people_with(frozenset({one.role}), mission or "")]
    return list(Operator.objects.filter(pk__in=keys, active=True).order_by("name"))


def _version_for(operator: Operator, whole: Brief, lower: Brief | None) -> Brief | None:
    """The highest version that this person may read; None for neither."""
    if whole.mission_id and operator.scope and whole.mission_id not in operator.scope.split(","):
        return None
    clearance = Marking.parse(operator.clearance)
    fit = [row for row in (whole, lower) if row is not None and clearance.covers(marking_of(row.marking_id))]
    return fit[0] if fit else None


def _receipt(ctx: Context, version: Brief, reader: str, name: str, one: Recipient) -> Receipt:
    marking = rules.notice_marking(marking_of(version.marking_id), SERVICE_CLEARANCE)
    return Receipt(
        id=ctx.new_id(),
        mission_id=version.mission_id,
        marking_id=ctx.marking_id(marking),
        brief=version.pk,
        reader=reader,
        name=name,
        note=one.note.strip()[:200],
        must_read=one.must_read,
    )


def outsider(subject: Ref) -> list[Receipt]:
    """The receipt of somebody outside, past every marking: what its keeper cannot see must be forgotten too."""
    if subject.type != "Receipt":
        return []
    return list(Receipt.objects.filter(pk=subject.id, reader=OUTSIDER))


def _own(ctx: Context, receipt: Receipt) -> None:
    if receipt.reader != ctx.actor.id:
        raise NotVisible
