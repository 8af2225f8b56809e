"""All that can happen to standing authorities: signed, used, reviewed, revoked, run out."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class AuthorityKind(StrEnum):
    """What may be done at once, without asking."""

    RAISE_POSTURE = "raise_posture"  # up to a level, never down
    LOCKDOWN = "lockdown"  # close every portal at once
    EVACUATE_BUILDING = "evacuate_building"  # carried out by people; its use is recorded here
    CALL_HOST_POLICE = "call_host_police"  # to the outside of the premises; entering needs the head's consent


class AuthorityState(StrEnum):
    """Whether it may be used."""

    STANDING = "standing"  # signed and in time
    REVOKED = "revoked"  # taken back by the head of mission
    EXPIRED = "expired"  # its time is over


class Verdict(StrEnum):
    """What the head of mission says of a use afterwards."""

    APPROVED = "approved"  # it was within what was signed
    NOT_APPROVED = "not_approved"  # it should not have been done; the note says what follows


@dataclass(frozen=True, slots=True)
class AuthorityImage:
    """What may be done at once, by whom: who holds a duty, or one operator. level: the highest posture, 0 for none."""

    kind: AuthorityKind
    level: int
    duty: str
    person: str
    until: datetime
    conditions: str
    norm: str
    signed_by: str
    state: AuthorityState


@dataclass(frozen=True, slots=True)
class UseImage:
    """One use, and what was said of it afterwards; verdict empty until it is reviewed."""

    authority: str
    kind: AuthorityKind
    level: int
    used_by: str
    used_at: datetime
    reason: str
    review_by: datetime
    verdict: str
    reviewed_by: str
    note: str


@dataclass(frozen=True, slots=True)
class AuthoritySigned:
    """The head of mission signed beforehand what may be done at once."""

    version: ClassVar[int] = 1
    kind: AuthorityKind
    level: int
    until: datetime
    norm: str


@dataclass(frozen=True, slots=True)
class AuthorityRevoked:
    """It may be used no longer."""

    version: ClassVar[int] = 1
    kind: AuthorityKind
    reason: str


@dataclass(frozen=True, slots=True)
class AuthorityExpired:
    """Its time is over."""

    version: ClassVar[int] = 1
    kind: AuthorityKind


@dataclass(frozen=True, slots=True)
class AuthorityUsed:
    """Something was done without asking, within what was signed."""

    version: ClassVar[int] = 1
    kind: AuthorityKind
    level: int
    reason: str
    norm: str


@dataclass(frozen=True, slots=True)
class UseReviewed:
    """The head of mission said what he thinks of a use."""

    version: ClassVar[int] = 1
    kind: AuthorityKind
    verdict: Verdict
    note: str


@dataclass(frozen=True, slots=True)
class ReviewMissed:
    """Nobody reviewed a use in time."""

    version: ClassVar[int] = 1
    kind: AuthorityKind
