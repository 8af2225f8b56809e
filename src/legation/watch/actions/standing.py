"""What is done with standing authorities: sign, use, review, revoke; and how a use is carried out.

What may be done at once is an act of another room, which the watch floor may not call. Whoever composes the house
registers how each kind is carried out (`carries_out`); the use and what it does are one transaction.
"""

from collections.abc import Callable
from dataclasses import dataclass

from legation.foundations.decisions import require
from legation.foundations.identity import EntryId, MissionId
from legation.foundations.words import Alarm, Due, Severity
from legation.missions import published as missions
from legation.platform import deadlines
from legation.platform.act import LAST_ENTRY, Context, act
from legation.platform.authority.actor import Authorised
from legation.platform.authority.actors import people_who_may
from legation.platform.records import Record
from legation.platform.writing import Urgency, writing
from legation.watch.events.standing import (
    AuthorityExpired,
    AuthorityKind,
    AuthorityRevoked,
    AuthoritySigned,
    AuthorityState,
    AuthorityUsed,
    ReviewMissed,
    UseReviewed,
    Verdict,
)
from legation.watch.models.standing import AuthorityUse, StandingAuthority
from legation.watch.queries import roster, standing
from legation.watch.rules import standing as rules
from legation.watch.rules.standing import Signed

EXPIRY = "watch.authority_expiry"
REVIEW = "watch.use_review"
USED = "watch.authority_used"
UNREVIEWED = "watch.use_unreviewed"


@dataclass(frozen=True, slots=True)
class Order:
    """What a use calls for, within what was signed. caused_by: the entry of the use."""

    mission: str
    level: int
    reason: str
    caused_by: EntryId


type CarryOut = Callable[[Order], None]
_carried_out: dict[AuthorityKind, CarryOut] = {}


def carries_out(kind: AuthorityKind) -> Callable[[CarryOut], CarryOut]:
    """Register how a kind is carried out; kinds without are done by people, and only recorded here."""

    def mark(carry_out: CarryOut) -> CarryOut:
        _carried_out[kind] = carry_out
        return carry_out

    return mark


@act("watch.sign_authority")
def sign(ctx: Context, mission: Record, wanted: Signed) -> StandingAuthority:
    """Sign beforehand what may be done at once at this mission. Raises Refused with what is missing."""
    require(rules.may_sign(wanted, people_who_may("watch.take", mission.pk), ctx.now))
    row = StandingAuthority(
        id=ctx.new_id(),
        mission_id=mission.pk,
        marking_id=ctx.marking_id(roster.MARKING),
        kind=wanted.kind.value,
        level=wanted.level,
        duty=wanted.duty.value if wanted.duty else "",
        person=wanted.person,
        until=wanted.until,
        conditions=wanted.conditions.strip(),
        norm=wanted.norm.strip(),
        signed_by=ctx.actor.id,
        signed_at=ctx.now,
    )
    due = Due(MissionId(mission.pk), EXPIRY, row.ref, row.until, "head_of_mission", row.deadline_key)
    return ctx.write(row, AuthoritySigned(wanted.kind, row.level, row.until, row.norm), words=[due])


@act("watch.revoke_authority")
def revoke(ctx: Context, row: StandingAuthority, *, reason: str) -> StandingAuthority:
    """Take it back at once. Raises Refused where it no longer stands or the reason is missing."""
    require(rules.may_revoke(AuthorityState(row.state), reason))
    row.state = AuthorityState.REVOKED
    deadlines.settle(row.deadline_key)
    return ctx.write(row, AuthorityRevoked(row.signed.kind, reason.strip()))


@act("watch.end_authority")
def end(ctx: Context, row: StandingAuthority) -> StandingAuthority:
    """Its time is over; one that was revoked stays so."""
    if row.state != AuthorityState.STANDING:
        return row
    row.state = AuthorityState.EXPIRED
    return ctx.write(row, AuthorityExpired(row.signed.kind))


def use(claimed: Authorised[StandingAuthority], *, level: int = 0, reason: str) -> AuthorityUse:
    """Do at once what was signed: the use is recorded, an alarm tells of it, and it is carried out, all or nothing.

    Raises Refused with the limit that stands against it.
    """
    with writing(Urgency.ALARM):
        done = record_use(claimed, level=level, reason=reason)
        entry = LAST_ENTRY.get()
        carry_out = _carried_out.get(AuthorityKind(done.kind))
        if carry_out is not None and entry is not None:
            carry_out(Order(str(done.mission_id), done.level, done.reason, entry))
        return done


@act("watch.use_authority", urgency=Urgency.ALARM)
def record_use(ctx: Context, row: StandingAuthority, *, level: int, reason: str) -> AuthorityUse:
    """Record that it is used now by one who may. Raises Refused with the limit that stands against it."""
    posture = missions.mission(ctx.actor, str(row.mission_id)).posture
    found = standing.called(ctx.actor, row, ctx.now) if row.duty else None
    duties = [found.duty] if found and found.who == ctx.actor.id else []
    decision = rules.may_use(
        row.signed,
        AuthorityState(row.state),
        who=ctx.actor.id,
        duties=duties,
        level=level,
        posture=posture,
        reason=reason,
        now=ctx.now,
    )
    require(decision)
    made = AuthorityUse(
        id=ctx.new_id(),
        mission_id=row.mission_id,
        marking_id=row.marking_id,
        authority_id=row.pk,
        kind=row.kind,
        level=level,
        used_by=ctx.actor.id,
        used_at=ctx.now,
        reason=reason.strip(),
        review_by=ctx.now + rules.REVIEW_WITHIN,
    )
    mission = MissionId(str(row.mission_id))
    due = Due(mission, REVIEW, made.ref, made.review_by, "head_of_mission", made.deadline_key)
    told: dict[str, str | int | float] = {"kind": row.kind, "level": level, "by": ctx.actor.name, "reason": made.reason}
    alarm = Alarm(mission, USED, Severity.SERIOUS, made.ref, made.pk, told)
    return ctx.write(made, AuthorityUsed(row.signed.kind, level, made.reason, row.norm), words=[due, alarm])


@act("watch.review_use")
def review(ctx: Context, use: AuthorityUse, verdict: Verdict, *, note: str) -> AuthorityUse:
    """Say afterwards whether it was right. Raises Refused for one's own use, or where it is reviewed already."""
    require(rules.may_review(use.used_by, ctx.actor.id, reviewed=bool(use.verdict), note=note))
    use.verdict, use.reviewed_by, use.reviewed_at, use.note = verdict.value, ctx.actor.id, ctx.now, note.strip()
    deadlines.settle(use.deadline_key)
    return ctx.write(use, UseReviewed(AuthorityKind(use.kind), verdict, use.note))


@act("watch.escalate_review", urgency=Urgency.ALARM)
def miss_review(ctx: Context, use: AuthorityUse) -> AuthorityUse:
    """Nobody reviewed it in time: raise the alarm. One that was reviewed stays so."""
    if use.verdict:
        return use
    told: dict[str, str | int | float] = {"kind": use.kind, "used": f"{use.used_at:%d %b %Y %H:%M}"}
    alarm = Alarm(MissionId(str(use.mission_id)), UNREVIEWED, Severity.SERIOUS, use.ref, use.pk, told)
    ctx.announce(
        ReviewMissed(AuthorityKind(use.kind)),
        mission=use.mission_id,
        marking=roster.MARKING,
        words=[alarm],
        subjects=[use.ref],
    )
    return use
