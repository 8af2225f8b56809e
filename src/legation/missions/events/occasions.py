"""What can happen to visits and receptions, and the images of them that travel in the ledger."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class OccasionKind(StrEnum):
    """What brings the people together."""

    VISIT = "visit"  # a principal comes
    RECEPTION = "reception"  # guests come to the mission or the residence


@dataclass(frozen=True, slots=True)
class RunLine:
    """One line of a run-sheet. at: hours and minutes of the place, as 19:30; who: by function."""

    at: str
    what: str
    who: str


@dataclass(frozen=True, slots=True)
class Ticked:
    """One line of the advance survey that was seen to."""

    code: str
    note: str


@dataclass(frozen=True, slots=True)
class OccasionImage:
    """A visit or reception as replicas are built from it. principal: by office; host: a person at post by id."""

    kind: OccasionKind
    title: str
    begins_at: datetime
    ends_at: datetime
    place: str
    principal: str
    host: str
    lines: tuple[RunLine, ...]
    ticked: tuple[Ticked, ...]
    forget_at: datetime
    forgotten: bool


@dataclass(frozen=True, slots=True)
class GuestImage:
    """A guest without his name, which is sealed apart."""

    occasion_id: str
    arrived_at: datetime | None


@dataclass(frozen=True, slots=True)
class GuestValue:
    """What is personal of a guest."""

    name: str
    office: str


@dataclass(frozen=True, slots=True)
class OccasionPlanned:
    """A visit or reception is planned; the names of its guests are forgotten at `forget_at`."""

    version: ClassVar[int] = 1
    kind: OccasionKind
    begins_at: datetime
    forget_at: datetime


@dataclass(frozen=True, slots=True)
class RunSheetSet:
    """The run-sheet now says this."""

    version: ClassVar[int] = 1
    lines: int


@dataclass(frozen=True, slots=True)
class AdvanceTicked:
    """A line of the advance survey was seen to."""

    version: ClassVar[int] = 1
    code: str


@dataclass(frozen=True, slots=True)
class GuestsListed:
    """Guests came onto the list."""

    version: ClassVar[int] = 1
    guests: int


@dataclass(frozen=True, slots=True)
class GuestArrived:
    """A guest was let in at the door."""

    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class GuestsForgotten:
    """The names of the guests were erased, as was planned; how many came stays."""

    version: ClassVar[int] = 1
    guests: int
    arrived: int


@dataclass(frozen=True, slots=True)
class OccasionPrinted:
    """A run-sheet or guest list left the house, on paper or as a table."""

    version: ClassVar[int] = 1
    what: str
