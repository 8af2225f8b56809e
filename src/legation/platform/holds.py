"""What stops the erasure of personal data? Holds and their lifting as acts; erasing itself is `platform/personal`."""

from dataclasses import dataclass
from typing import ClassVar

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.identity import Ref
from legation.platform.act import Context, act
from legation.platform.authority.resolve import House
from legation.platform.ledger import erasure


@dataclass(frozen=True, slots=True)
class HeldByLaw:
    """Nothing about the subject may be erased until the hold is lifted."""

    version: ClassVar[int] = 1
    reason: str


@dataclass(frozen=True, slots=True)
class HoldLifted:
    """The holds on the subject ended."""

    version: ClassVar[int] = 1
    reason: str


@dataclass(frozen=True, slots=True)
class PersonErased:
    """The sealed parts about a person were erased with their keys; the proof that they stood here holds."""

    version: ClassVar[int] = 1
    parts: int
    reason: str


@act("ledger.hold")
def hold(ctx: Context, house: House, subject: Ref, *, reason: str) -> None:
    """Forbid erasure about a person, or everybody at a mission. Raises Refused without a reason."""
    _reasoned(reason)
    erasure.hold(subject, reason=reason.strip(), by=ctx.actor.id, at=ctx.now)
    ctx.announce(HeldByLaw(reason.strip()), subjects=[subject])


@act("ledger.lift")
def lift(ctx: Context, house: House, subject: Ref, *, reason: str) -> int:
    """End the holds on a subject. Returns how many stood. Raises Refused without a reason."""
    _reasoned(reason)
    standing = list(erasure.standing_holds(subject))
    for held in standing:
        erasure.lift(held, by=ctx.actor.id, at=ctx.now)
    if standing:
        ctx.announce(HoldLifted(reason.strip()), subjects=[subject])
    return len(standing)


def _reasoned(reason: str) -> None:
    if not reason.strip():
        raise Refused(Refusal("reason_missing", "ledger"))
