"""All that can happen to a duty roster: planned, swapped, away, given up, a gap found."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class DutyKind(StrEnum):
    """What somebody is on call for. The first three are kept at a mission, the others at headquarters."""

    RSO_ON_CALL = "rso_on_call"  # the security officer whom alarms of the mission reach first
    DUTY_OFFICER = "duty_officer"  # who holds the mission's emergency telephone outside office hours
    DEPUTY_HEAD = "deputy_head"  # head of mission or whoever stands in for him: decides when the officer may not
    WATCH_OFFICER = "watch_officer"  # awake at the headquarters desk
    DUTY_DIRECTOR = "duty_director"  # who decides at headquarters at night


@dataclass(frozen=True, slots=True)
class KeptDutyImage:
    """A duty that this mission (or headquarters) keeps manned since then."""

    duty: DutyKind
    kept: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class ShiftImage:
    """One person's turn; who: an operator."""

    duty: DutyKind
    who: str
    begins: datetime
    ends: datetime
    cancelled: bool


@dataclass(frozen=True, slots=True)
class LeaveImage:
    """One person away; deputy: the operator who takes his turns, empty where nobody does."""

    who: str
    begins: datetime
    ends: datetime
    deputy: str
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class RosterPlanned:
    """Turns were entered."""

    version: ClassVar[int] = 1
    duty: DutyKind
    shifts: int
    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class ShiftSwapped:
    """Another person takes the turn."""

    version: ClassVar[int] = 1
    duty: DutyKind
    before: str
    after: str
    reason: str


@dataclass(frozen=True, slots=True)
class ShiftCancelled:
    """Nobody takes the turn any more; where it leaves a gap, the gap shows."""

    version: ClassVar[int] = 1
    duty: DutyKind
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class LeaveEntered:
    """A person is away, and who takes his turns."""

    version: ClassVar[int] = 1
    who: str
    begins: datetime
    ends: datetime
    deputy: str


@dataclass(frozen=True, slots=True)
class LeaveWithdrawn:
    """The person is here after all."""

    version: ClassVar[int] = 1
    who: str


@dataclass(frozen=True, slots=True)
class DutyGivenUp:
    """The duty is no longer kept here: its gaps are no longer looked for."""

    version: ClassVar[int] = 1
    duty: DutyKind
    reason: str


@dataclass(frozen=True, slots=True)
class GapsFound:
    """Holes in the coming week's roster, each said once."""

    version: ClassVar[int] = 1
    gaps: int


@dataclass(frozen=True, slots=True)
class AlarmSettled:
    """What the alarm spoke of is no more: settled by the worker, with the reason."""

    version: ClassVar[int] = 1
    reason: str
