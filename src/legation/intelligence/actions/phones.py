"""What happens to what a telephone kept? The same act as online; where its right has ended, a person looks."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.identity import MissionId
from legation.foundations.markings import OPEN
from legation.foundations.words import Alarm, Severity
from legation.intelligence.actions import telling
from legation.intelligence.events.reports import HeldReportRefused, PhoneRegistered, PhoneRevoked, ReportHeld
from legation.intelligence.links import phones as links
from legation.intelligence.links.phones import BadEnvelope, Envelope, Kept
from legation.intelligence.models import HeldReport, LetterBox, OwnReport, Phone
from legation.intelligence.rules import phones as rules
from legation.intelligence.rules.everyday import NEED_TO_KNOW
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.act import Context, act
from legation.platform.authority.actor import Actor, Authorised, Forbidden, NotVisible, ServiceAccount
from legation.platform.authority.actors import names_of, of_operator, service
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import House, claim_house
from legation.platform.secrets.node import held

ALARM = "intelligence.report_held"
ONLY_TELL = frozenset({"intelligence.tell"})
PLACE = b"letter box"


@dataclass(frozen=True, slots=True)
class Arrival:
    """state: received, or held for a person. wipe: the telephone shall forget its keys once it has sent everything."""

    state: str
    wipe: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """A held report as an officer sees it; kept None where it does not open. reporter: his name, "" where unknown."""

    row: HeldReport
    kept: Kept | None
    reporter: str
    mission: str


@act("intelligence.register_phone")
def register_phone(ctx: Context, house: House, *, public_key: str) -> tuple[Phone, str]:
    """Let a telephone keep reports of the person who registers it. Returns it and the key it must seal to.

    Raises Refused for a key of another kind.
    """
    try:
        key = links.check_key(public_key)
    except ValueError as fault:
        raise Refused(Refusal("phone_key", rules.RULE, params={"detail": str(fault)})) from None
    box = LetterBox.objects.order_by("-pk").first() or _new_letter_box()
    phone = Phone(
        id=ctx.new_id(),
        marking_id=ctx.marking_id(OPEN),
        operator=ctx.actor.id,
        public_key=key,
        registered_at=ctx.wall,
        expires_at=ctx.wall + rules.LIFE,
    )
    making_room = list(Phone.objects.filter(operator=ctx.actor.id, revoked_at=None).order_by("-registered_at"))
    for old in making_room[rules.PHONES_MAX - 1 :]:
        old.revoked_at = ctx.wall
    ctx.write_many([phone, *making_room[rules.PHONES_MAX - 1 :]], PhoneRegistered())
    return phone, box.public_key


def _new_letter_box() -> LetterBox:
    public, private = links.new_box()
    box = LetterBox(public_key=public, wrapped=held().sealer.seal_field(PLACE, private))
    box.save(force_insert=True)
    return box


@act("intelligence.revoke_phone")
def revoke_phone(ctx: Context, phone: Phone) -> Phone:
    """Let it send nothing any more: its owner, or an officer who may know whose it is. Raises Forbidden."""
    if phone.operator != ctx.actor.id and "intelligence.read_reporter" not in ctx.actor.verbs:
        raise Forbidden(ctx.verb, ctx.actor)
    if phone.revoked_at is None:
        phone.revoked_at = ctx.wall
        ctx.write(phone, PhoneRevoked())
    return phone


def arrive(body: bytes) -> Arrival:
    """Take what a telephone kept. Signed and in order: told by the same act as online. Else held, never lost.

    Raises BadEnvelope where no telephone of ours signed it, NotVisible where the telephone is unknown.
    """
    one = links.envelope(body)
    phone = Phone.objects.filter(pk=one.phone).first()
    if phone is None:
        raise NotVisible
    links.check_signature(one, phone.public_key)
    if HeldReport.objects.filter(phone=one.phone, command=one.command).exists():
        return Arrival("held")
    if OwnReport.objects.filter(reporter=phone.operator, command=one.command).exists():
        return Arrival("received")
    sender = _sender(phone)
    decision = rules.may_send(
        holds_verb=sender is not None,
        registered_at=phone.registered_at,
        expires_at=phone.expires_at,
        revoked_at=phone.revoked_at,
        now=clock.wall(),
    )
    kept = _opened(one)
    reason = decision.reason if isinstance(decision, Refusal) else _told(sender, kept)
    if not reason:
        return Arrival("received")
    _hold(one, kept, phone, body, reason)
    return Arrival("held", wipe=rules.must_wipe(decision))


def _sender(phone: Phone) -> Actor | None:
    """The owner with one verb alone: a found telephone that is unlocked can report, and nothing else."""
    row = Operator.objects.filter(pk=phone.operator.removeprefix("operator/")).first()
    actor = of_operator(row) if row else None
    if actor is None or not actor.verbs >= ONLY_TELL:
        return None
    return replace(actor, verbs=ONLY_TELL)


def _told(sender: Actor | None, kept: Kept | None) -> str:
    """Tell it; the reason why it must be held, "" where it is told."""
    if sender is None or kept is None:
        return "phone_unopened"
    try:
        claimed = missions.claimed(sender, kept.mission, "intelligence.tell")
        telling.tell(claimed, kept.said, photograph=kept.photograph)
    except NotVisible:
        return "phone_mission"
    except Refused as refused:
        return refused.refusal.reason
    return ""


def _opened(one: Envelope) -> Kept | None:
    box = LetterBox.objects.order_by("-pk").first()
    if box is None:
        return None
    try:
        return links.opened(one, held().sealer.open_field(PLACE, bytes(box.wrapped)))
    except BadEnvelope:
        return None


def _hold(one: Envelope, kept: Kept | None, phone: Phone, body: bytes, reason: str) -> None:
    """The mission that the report names decides who sees it; where there is none such, everyone cleared for it."""
    worker = service(ServiceAccount.WORKER)
    known = kept is not None and missions.missions(worker, keys=frozenset({kept.mission}))
    house = claim_house("intelligence.hold_report", worker)
    hold_report(house, one, phone, kept.mission if kept is not None and known else None, body=body, reason=reason)


@act("intelligence.hold_report")
def hold_report(
    ctx: Context, house: House, one: Envelope, phone: Phone, mission: str | None, *, body: bytes, reason: str
) -> HeldReport | None:
    """Keep a report as it came, sealed, until a person takes or refuses it; an alarm says that it waits."""
    if HeldReport.objects.filter(phone=one.phone, command=one.command).exists():
        return None
    row = HeldReport(
        id=ctx.new_id(),
        mission_id=mission,
        marking_id=ctx.marking_id(NEED_TO_KNOW),
        phone=one.phone,
        reporter=phone.operator,
        command=one.command,
        reason=reason,
        claimed_at=datetime.fromtimestamp(one.claimed_ms / 1000, UTC),
        received_at=ctx.wall,
        sealed=body,
        digest=sha256(body).hexdigest(),
    )
    at = MissionId(mission) if mission else None
    alarm = Alarm(at, ALARM, Severity.SERIOUS, row.ref, f"held/{row.pk}", {"reason": reason})
    return ctx.write(row, ReportHeld(reason), words=[alarm])


def waiting(actor: Actor, *, limit: int = 100) -> list[Held]:
    """Held reports that this officer may decide on, the oldest first, opened for him."""
    rows = list(HeldReport.objects.visible_to(actor).filter(state="waiting").order_by("received_at", "id")[:limit])
    return _as_held(actor, rows)


def _as_held(actor: Actor, rows: Sequence[HeldReport]) -> list[Held]:
    names = names_of(row.reporter for row in rows) if "intelligence.read_reporter" in actor.verbs else {}
    at = {str(m.id): m.name for m in missions.missions(actor, keys=frozenset(str(row.mission_id) for row in rows))}
    return [
        Held(
            row,
            _opened(links.envelope(bytes(row.sealed))),
            names.get(row.reporter, ""),
            at.get(str(row.mission_id), ""),
        )
        for row in rows
    ]


@act("intelligence.take_held")
def take_held(ctx: Context, row: HeldReport) -> OwnReport:
    """Take a held report as its reporter's own: it becomes the signal it would have been.

    Raises Refused where it was decided before, does not open, or names no mission of ours.
    """
    kept = _opened(links.envelope(bytes(row.sealed)))
    if row.state != "waiting" or kept is None or row.mission_id is None:
        raise Refused(Refusal("held_cannot", rules.RULE))
    picture = telling.picture_of(kept.photograph) if kept.photograph else b""
    row.state = "taken"
    made = telling.made(ctx, row.mission_id, kept.said.normal(), picture, reporter=row.reporter)
    ctx.write_many([made.report, row], made.fact, words=made.words, occurred_at=made.report.occurred_at)
    return made.report


@act("intelligence.refuse_held")
def refuse_held(ctx: Context, row: HeldReport, *, note: str) -> HeldReport:
    """Let a held report go; its sealed bytes stay. Raises Refused without a reason."""
    if row.state != "waiting" or not 0 < len(note.strip()) <= 400:
        raise Refused(Refusal("held_note", rules.RULE))
    row.state, row.note = "refused", note.strip()
    return ctx.write(row, HeldReportRefused(row.note))


def take(claim: Authorised[HeldReport]) -> OwnReport:
    """take_held, once the node has its source for what staff report."""
    telling.own_source()
    return take_held(claim)


def register(actor: Actor, public_key: str) -> dict[str, object]:
    """Register this person's telephone; what it must know, as JSON."""
    phone, box = register_phone(claim_house("intelligence.register_phone", actor), public_key=public_key)
    return {"phone": phone.pk, "box": box, "expires_ms": int(phone.expires_at.timestamp() * 1000)}
