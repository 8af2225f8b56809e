"""What may be done at once without asking, by whom, within which limits? Signed beforehand, reviewed afterwards.

An authority is a limit, not a role: it gives one act, up to what was signed, to whoever is on call or to one person.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.posture import Posture, PostureLevel
from legation.watch.events.roster import DutyKind
from legation.watch.events.standing import AuthorityKind, AuthorityState

RULE = "standing_authority"
LONGEST = timedelta(days=366)
"""A year: then the head of mission, or his successor, says again that he answers for it."""
REVIEW_WITHIN = timedelta(hours=72)
"""What was done without asking is looked at while those who did it still know why; over a weekend too."""
LONGEST_TEXT = 400
LONGEST_REASON = 300
"""Shorter than a posture's, which repeats it and says on what it rests."""


@dataclass(frozen=True, slots=True)
class KindRule:
    """One kind. leveled: signed up to a posture level; here: this house carries it out, otherwise people do."""

    leveled: bool
    here: bool
    why: str


KINDS: dict[AuthorityKind, KindRule] = {
    AuthorityKind.RAISE_POSTURE: KindRule(True, True, "up to the signed level, never down: caution is cheap to undo"),
    AuthorityKind.LOCKDOWN: KindRule(False, True, "closes every portal; the head of mission opens again"),
    AuthorityKind.EVACUATE_BUILDING: KindRule(False, False, "people do it; the use is recorded and reviewed"),
    AuthorityKind.CALL_HOST_POLICE: KindRule(False, False, "to the perimeter; entry needs consent (VCDR 22)"),
}


@dataclass(frozen=True, slots=True)
class Signed:
    """What the head of mission signs. duty or person: exactly one says who may."""

    kind: AuthorityKind
    level: int
    duty: DutyKind | None
    person: str
    until: datetime
    conditions: str
    norm: str


def may_sign(wanted: Signed, reachable: Iterable[str], now: datetime) -> Decision:
    """A signature says what, how far, who, until when, on which conditions and on which norm."""
    rule = KINDS[wanted.kind]
    faults = (
        (rule.leveled and not PostureLevel.NORMAL < wanted.level <= PostureLevel.CRITICAL, "authority_without_level"),
        (not rule.leveled and wanted.level != 0, "authority_takes_no_level"),
        ((wanted.duty is None) == (not wanted.person), "authority_for_whom"),
        (bool(wanted.person) and wanted.person not in set(reachable), "person_not_reachable"),
        (not wanted.conditions.strip(), "authority_without_conditions"),
        (not wanted.norm.strip(), "authority_without_norm"),
        (wanted.until <= now, "authority_over_already"),
        (wanted.until - now > LONGEST, "authority_too_long"),
        (max(len(wanted.conditions), len(wanted.norm)) > LONGEST_TEXT, "authority_text_too_long"),
    )
    for wrong, reason in faults:
        if wrong:
            params = {"days": str(LONGEST.days), "longest": str(LONGEST_TEXT)}
            return Refusal(reason, RULE, wanted.norm, params)
    return Grant(RULE)


def in_force(state: AuthorityState, until: datetime, now: datetime) -> bool:
    """Whether it may be used at `now`, by whoever may."""
    return state is AuthorityState.STANDING and now < until


def may_use(
    signed: Signed,
    state: AuthorityState,
    *,
    who: str,
    duties: Iterable[DutyKind],
    level: int,
    posture: Posture,
    reason: str,
    now: datetime,
) -> Decision:
    """Within its time, by whoever is on that duty now or is named, up to the level that was signed, with a reason."""
    params = {"until": f"{signed.until:%d %b %Y}", "level": str(signed.level), "longest": str(LONGEST_REASON)}
    faults = (
        (not in_force(state, signed.until, now), "authority_not_in_force"),
        (signed.person != who and signed.duty not in set(duties), "authority_not_yours"),
        (not reason.strip(), "reason_missing"),
        (len(reason) > LONGEST_REASON, "reason_too_long"),
        (level > signed.level, "authority_exceeded"),
        (signed.kind is AuthorityKind.RAISE_POSTURE and level <= posture.level, "authority_only_raises"),
        (signed.kind is AuthorityKind.LOCKDOWN and posture.lockdown, "lockdown_already"),
    )
    for wrong, code in faults:
        if wrong:
            return Refusal(code, RULE, signed.norm, params)
    return Grant(RULE)


def may_revoke(state: AuthorityState, reason: str) -> Decision:
    """What stands is revoked, with a reason."""
    if state is not AuthorityState.STANDING:
        return Refusal("authority_not_in_force", RULE, params={"until": "–"})
    if not reason.strip():
        return Refusal("reason_missing", RULE)
    return Grant(RULE)


def may_review(used_by: str, reviewer: str, *, reviewed: bool, note: str) -> Decision:
    """Once, by another person than the one who used it, saying what he thinks of it."""
    if reviewed:
        return Refusal("use_reviewed_already", RULE)
    if used_by == reviewer:
        return Refusal("use_of_ones_own", RULE)
    if not note.strip() or len(note) > LONGEST_TEXT:
        return Refusal("note_missing", RULE)
    return Grant(RULE)
