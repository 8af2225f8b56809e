"""All that can happen when a watch changes hands: noted, handed over, accepted, left unanswered, printed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from legation.foundations.identity import Ref
from legation.watch.events.roster import DutyKind


class ItemKind(StrEnum):
    """What is still open when a watch ends."""

    ALARM = "alarm"  # nobody has settled it
    REVIEW = "review"  # done without asking, not yet looked at
    DUE = "due"  # falls due within a day
    GAP = "gap"  # of the coming week's roster


@dataclass(frozen=True, slots=True)
class OpenItem:
    """One thing that is handed over, frozen as it stood: a code with parameters, and the record it concerns."""

    kind: ItemKind
    code: str
    params: dict[str, str | int | float]
    subject: str
    due_at: datetime | None

    @property
    def ref(self) -> Ref:
        return Ref.parse(self.subject)


@dataclass(frozen=True, slots=True)
class HandOverImage:
    """A watch that changes hands. withheld: open things too highly marked for this page, told in person."""

    duty: DutyKind
    shift: str
    outgoing: str
    incoming: str
    offered_at: datetime
    note: str
    items: tuple[OpenItem, ...]
    withheld: int
    accepted_at: datetime | None


@dataclass(frozen=True, slots=True)
class NoteImage:
    """A line of the shift log."""

    by: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class WatchHandedOver:
    """The outgoing one says what is open and to whom he gives it."""

    version: ClassVar[int] = 1
    duty: DutyKind
    outgoing: str
    incoming: str
    items: int


@dataclass(frozen=True, slots=True)
class WatchAccepted:
    """The incoming one has read it and has the watch."""

    version: ClassVar[int] = 1
    duty: DutyKind
    incoming: str


@dataclass(frozen=True, slots=True)
class HandOverUnanswered:
    """Nobody accepted the watch in time."""

    version: ClassVar[int] = 1
    duty: DutyKind


@dataclass(frozen=True, slots=True)
class HandOverPrinted:
    """The page was printed; its copies carry the id of this entry."""

    version: ClassVar[int] = 1
    duty: DutyKind


@dataclass(frozen=True, slots=True)
class NoteLogged:
    """A line was written into the shift log."""

    version: ClassVar[int] = 1
