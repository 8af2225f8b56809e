"""What people do with protocols: enter one, publish the next version, read, review, end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from legation.foundations.decisions import Refusal, Refused, require
from legation.foundations.identity import MissionId, Ref
from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.threats import Aspect, ThreatClass
from legation.foundations.words import Alarm, Due, Evidence, Severity, Word
from legation.law.events.protocols import (
    ChangedBy,
    ProtocolEnded,
    ProtocolKind,
    ProtocolPrinted,
    ProtocolPublished,
    ProtocolRead,
    ProtocolReviewed,
    ReadingLapsed,
    ReviewLapsed,
)
from legation.law.models import Protocol, ProtocolVersion, Receipt
from legation.law.queries import protocols as asked
from legation.law.rules import protocols as rules
from legation.platform import deadlines
from legation.platform.act import Context, act
from legation.platform.authority.markings import marking_of
from legation.platform.authority.resolve import House
from legation.platform.records import Record

READING = "law.protocol_to_read"
"""The kind of deadline by which everybody concerned must have read."""
REVIEW = "law.protocol_review"
"""The kind of deadline by which the owner must have looked at it again."""
SPEAKER = "protocols"

ORDERS = Marking(Classification.RESTRICTED, Tlp.AMBER)
"""An order tells who reads it what will be done; it is at least this, and all staff are cleared so far."""
FOR_ALL = "law.enter_service_protocol"


@dataclass(frozen=True, slots=True)
class Subject:
    """What a protocol is: everything about it but its text. norm: the code of the norm it rests on, or empty."""

    title: str
    kind: ProtocolKind
    against: ThreatClass
    owner: str
    readers: tuple[str, ...]
    within_days: int
    review_at: datetime
    norm: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """A version: its text, what made it necessary, and the record (`Type/id`) that says so."""

    text: str
    changed_by: ChangedBy
    reason: str
    because_of: str = ""


@act("law.enter_protocol")
def enter_protocol(ctx: Context, mission: Record, subject: Subject, wording: Wording) -> Protocol:
    """Put a protocol in force at a mission, in its first version. Raises Refused with what is missing."""
    return _enter(ctx, mission.pk, marking_of(mission.marking_id).join(ORDERS), subject, wording)


@act("law.enter_service_protocol")
def enter_service_protocol(ctx: Context, house: House, subject: Subject, wording: Wording) -> Protocol:
    """Put a protocol in force for the whole service, in its first version."""
    return _enter(ctx, None, ORDERS, subject, wording)


@act("law.publish_protocol")
def publish_protocol(ctx: Context, row: Protocol, wording: Wording, *, within_days: int) -> Protocol:
    """Put the next version in force; everybody concerned is to read anew. The version before stays readable."""
    _standing(ctx, row)
    row.within_days = within_days
    return _publish(ctx, row, wording)


@act("law.read_protocol")
def read_protocol(ctx: Context, row: Protocol, number: int) -> Receipt:
    """Say that one has read and understood the version in force. Raises Refused for another version, or twice."""
    must = [reader for reader, _ in asked.readers(row)]
    have = _have(row)
    decision = rules.may_read(
        number, row.in_force, must=ctx.actor.id in must, has=ctx.actor.id in have, ended=row.ended
    )
    require(decision)
    receipt = Receipt(
        id=ctx.new_id(),
        mission_id=row.mission_id,
        marking_id=row.marking_id,
        protocol=row,
        number=number,
        reader=ctx.actor.id,
        read_at=ctx.now,
    )
    missing = rules.unread(must, have | {ctx.actor.id})
    written: list[Record] = [receipt]
    words: list[Word] = []
    if row.reading_lapsed:
        row.reading_lapsed = bool(missing)
        written, words = [row, receipt], _evidence(ctx, row, len(must), len(missing))
    if not missing:
        deadlines.settle(row.reading_key)
    ctx.write_many(written, ProtocolRead(row.title, number), words=words)
    return receipt


@act("law.review_protocol")
def review_protocol(ctx: Context, row: Protocol, review_at: datetime) -> Protocol:
    """Say that it holds as it stands, and when it is to be looked at again."""
    _standing(ctx, row)
    require(rules.may_review(review_at, ctx.now))
    lapsed, row.review_at, row.review_lapsed = row.review_lapsed, review_at, False
    must = [reader for reader, _ in asked.readers(row)]
    words: list[Word] = [_review_due(row)]
    if lapsed:
        words += _evidence(ctx, row, len(must), len(rules.unread(must, _have(row))))
    return ctx.write(row, ProtocolReviewed(row.title, review_at), words=words)


@act("law.end_protocol")
def end_protocol(ctx: Context, row: Protocol, reason: str) -> Protocol:
    """Take it out of force; its versions stay readable, and nobody is reminded any more."""
    _standing(ctx, row)
    if not reason.strip():
        raise Refused(Refusal("protocol_without_reason", rules.RULE, params={"longest": str(rules.LONGEST_REASON)}))
    row.ended, row.reading_lapsed, row.review_lapsed = True, False, False
    deadlines.settle(row.reading_key)
    deadlines.settle(row.review_key)
    fact = ProtocolEnded(row.title, reason.strip()[: rules.LONGEST_REASON])
    return ctx.write(row, fact, words=_evidence(ctx, row, 0, 0))


@act("law.print_protocol")
def print_protocol(ctx: Context, row: Protocol, number: int) -> ProtocolVersion:
    """Record that a copy of a version leaves on paper. Returns the version."""
    found = asked.version(ctx.actor, row.pk, number)
    ctx.announce(
        ProtocolPrinted(row.title, number),
        mission=row.mission_id,
        marking=marking_of(row.marking_id),
        subjects=[row.ref],
    )
    return found


@act("law.lapse_reading")
def lapse_reading(ctx: Context, row: Protocol) -> Protocol:
    """The time for reading is over: name how many have not, again each week until everybody has."""
    must = [reader for reader, _ in asked.readers(row)]
    missing = rules.unread(must, _have(row))
    if row.ended or not missing:
        return row
    row.reading_lapsed = True
    words: list[Word] = [
        _alarm(row, "law.protocol_unread", {"title": row.title, "unread": len(missing), "must": len(must)}),
        *_evidence(ctx, row, len(must), len(missing)),
        _reading_due(row, ctx.now + rules.REMIND_EVERY),
    ]
    return ctx.write(row, ReadingLapsed(row.title, row.in_force, len(missing)), words=words)


@act("law.lapse_review")
def lapse_review(ctx: Context, row: Protocol) -> Protocol:
    """The review date passed without a review: an alarm, and evidence until somebody has looked."""
    if row.ended or row.review_lapsed or ctx.now < row.review_at:
        return row
    row.review_lapsed = True
    must = [reader for reader, _ in asked.readers(row)]
    evidence = _evidence(ctx, row, len(must), len(rules.unread(must, _have(row))))
    alarm = _alarm(row, "law.protocol_unreviewed", {"title": row.title, "owner": asked.owner_name(row)})
    return ctx.write(row, ReviewLapsed(row.title), words=[alarm, *evidence])


def _enter(ctx: Context, mission: str | None, marking: Marking, subject: Subject, wording: Wording) -> Protocol:
    if not subject.title.strip():
        raise Refused(Refusal("protocol_without_title", rules.RULE))
    require(rules.may_review(subject.review_at, ctx.now))
    row = Protocol(
        id=ctx.new_id(),
        mission_id=mission,
        marking_id=ctx.marking_id(marking),
        title=subject.title.strip(),
        kind=subject.kind,
        against=subject.against,
        owner=subject.owner,
        norm=subject.norm,
        readers=",".join(subject.readers),
        within_days=subject.within_days,
        review_at=subject.review_at,
    )
    return _publish(ctx, row, wording, first=[_review_due(row)])


def _publish(ctx: Context, row: Protocol, wording: Wording, *, first: Sequence[Word] = ()) -> Protocol:
    number = row.in_force + 1
    before = asked.version(ctx.actor, row.pk, row.in_force).text if row.in_force else ""
    decision = rules.may_publish(
        number, before, wording.text, wording.changed_by, wording.reason, row.within_days, row.reader_roles
    )
    require(decision)
    if wording.because_of:
        Ref.parse(wording.because_of)
    published = ProtocolVersion(
        id=ctx.new_id(),
        mission_id=row.mission_id,
        marking_id=row.marking_id,
        protocol=row,
        number=number,
        text=wording.text.strip(),
        changed_by=wording.changed_by,
        reason=wording.reason.strip(),
        because_of=wording.because_of,
        published_by=ctx.actor.id,
        published_at=ctx.now,
        read_by=ctx.now + timedelta(days=row.within_days),
    )
    lapsed, row.in_force, row.reading_lapsed = row.reading_lapsed, number, False
    must = len(asked.readers(row))
    words: list[Word] = [*first, _reading_due(row, published.read_by)]
    if lapsed:
        words += _evidence(ctx, row, must, 0)
    fact = ProtocolPublished(row.title, number, wording.changed_by, published.reason, must)
    ctx.write_many([row, published], fact, words=words)
    return row


def _standing(ctx: Context, row: Protocol) -> None:
    """What binds the whole service is changed only by who may bind the whole service."""
    if row.ended:
        raise Refused(Refusal("protocol_has_ended", rules.RULE))
    if row.mission_id is None and FOR_ALL not in ctx.actor.verbs:
        raise Refused(Refusal("protocol_of_the_service", rules.RULE))


def _have(row: Protocol) -> set[str]:
    given = Receipt.objects.filter(protocol=row, number=row.in_force)
    return set(given.values_list("reader", flat=True))


def _mission(row: Protocol) -> MissionId | None:
    return MissionId(row.mission_id) if row.mission_id else None


def _reading_due(row: Protocol, at: datetime) -> Due:
    return Due(_mission(row), READING, row.ref, at, row.owner, row.reading_key)


def _review_due(row: Protocol) -> Due:
    return Due(_mission(row), REVIEW, row.ref, row.review_at, row.owner, row.review_key)


def _alarm(row: Protocol, kind: str, params: dict[str, str | int | float]) -> Alarm:
    return Alarm(_mission(row), kind, Severity.NOTICE, row.ref, row.pk, params)


def _evidence(ctx: Context, row: Protocol, must: int, missing: int) -> list[Word]:
    """What it weighs at its mission; one of the whole service weighs at no single mission and only raises alarms."""
    mission = _mission(row)
    if mission is None:
        return []
    strength = rules.weight(must, missing, reading_lapsed=row.reading_lapsed, review_lapsed=row.review_lapsed)
    said = f"{missing} of {must} have not read it" if row.reading_lapsed else "not reviewed in time"
    params: dict[str, str | int | float] = {"protocol": row.title, "said": said}
    against = ThreatClass(row.against)
    return [Evidence(SPEAKER, row.ref, Aspect.VULNERABILITY, against, mission, strength, ctx.now, params)]
