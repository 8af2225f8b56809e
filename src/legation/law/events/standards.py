"""What can happen to standards of facilities: a criterion is checked, a waiver applied for, decided, and ended."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class WaiverState(StrEnum):
    """Where a waiver stands."""

    APPLIED = "applied"  # somebody asks for it
    APPROVED = "approved"  # it holds until its end
    REFUSED = "refused"  # the criterion must be met
    LAPSED = "lapsed"  # its time is over and the criterion is not met
    WITHDRAWN = "withdrawn"  # no longer needed, or taken back


@dataclass(frozen=True, slots=True)
class CheckImage:
    """Whether one premises meets one criterion of its standard. flags: what is wrong with its category."""

    premises: str
    criterion: str
    met: bool
    flags: tuple[str, ...]
    note: str
    checked_at: datetime


@dataclass(frozen=True, slots=True)
class WaiverImage:
    """A waiver: who asked, who decided, what protects instead, until when."""

    check: str
    premises: str
    criterion: str
    reason: str
    instead: str
    applicant: str
    approver: str
    until: datetime
    state: WaiverState


@dataclass(frozen=True, slots=True)
class CriterionChecked:
    """Somebody looked whether premises meet a criterion of their standard; of the category, the house itself."""

    version: ClassVar[int] = 1
    criterion: str
    met: bool


@dataclass(frozen=True, slots=True)
class WaiverApplied:
    """Somebody asks to be let off a criterion for a time, and says what protects instead."""

    version: ClassVar[int] = 1
    criterion: str
    until: datetime


@dataclass(frozen=True, slots=True)
class WaiverDecided:
    """One who may, and did not ask for it himself, approved or refused a waiver."""

    version: ClassVar[int] = 1
    criterion: str
    state: WaiverState


@dataclass(frozen=True, slots=True)
class WaiverReviewDue:
    """A waiver ends in thirty days: meet the criterion, or apply anew."""

    version: ClassVar[int] = 1
    criterion: str
    until: datetime


@dataclass(frozen=True, slots=True)
class WaiverEnded:
    """A waiver lapsed, or was withdrawn because the criterion is met."""

    version: ClassVar[int] = 1
    criterion: str
    state: WaiverState
