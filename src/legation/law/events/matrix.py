"""What can happen to responsibilities, and the image of one that travels in the ledger."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class Holder(StrEnum):
    """On which side somebody holds a duty."""

    MINISTRY = "ministry"  # the capital
    MISSION = "mission"  # the embassy or post
    RECEIVING_STATE = "receiving_state"  # its police, ministry, services
    CONTRACTOR = "contractor"  # a company, as for guards


@dataclass(frozen=True, slots=True)
class HoldingImage:
    """Who holds a duty, or a part of it. subject: Norm/code or Measure/id; person: an id, never a name."""

    subject: str
    title: str
    part: str
    holder: Holder
    office: str
    person: str
    since: datetime
    released: bool


@dataclass(frozen=True, slots=True)
class ResponsibilityGiven:
    """Somebody now holds these duties at a mission."""

    version: ClassVar[int] = 1
    subjects: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ResponsibilityReleased:
    """Somebody no longer holds a duty at a mission."""

    version: ClassVar[int] = 1
    subject: str


@dataclass(frozen=True, slots=True)
class MatrixReviewed:
    """Somebody went through the duties of a mission and who holds each."""

    version: ClassVar[int] = 1
    duties: int
    holes: int
    doubles: int
