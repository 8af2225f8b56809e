"""All that can happen on the watch floor."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class AlarmState(StrEnum):
    """Where an alarm stands."""

    STANDING = "standing"  # nobody has it in hand
    TAKEN = "taken"  # a person has it in hand
    CLOSED = "closed"  # settled, with what came of it


class Outcome(StrEnum):
    """What an alarm turned out to be; false alarms are counted per kind."""

    ACTED = "acted"  # something was done about it
    WATCHED = "watched"  # real, and nothing more was needed
    FALSE = "false"  # nothing was there
    DRILL = "drill"  # somebody was exercising


@dataclass(frozen=True, slots=True)
class AlarmImage:
    """An alarm of the queue as replicas are built from it."""

    kind: str
    severity: int
    word_key: str
    state: AlarmState
    step: int
    taken_by: str
    due_at: datetime
    outcome: str
    note: str
    called: str = ""
    called_as: str = ""
    hole: bool = False


@dataclass(frozen=True, slots=True)
class AlarmQueued:
    """An alarm that a room raised stands in the queue."""

    version: ClassVar[int] = 1
    kind: str
    severity: int


@dataclass(frozen=True, slots=True)
class AlarmTaken:
    """A person has the alarm in hand."""

    version: ClassVar[int] = 1
    by: str


@dataclass(frozen=True, slots=True)
class AlarmEscalated:
    """Nobody answered in time; the next is called: an operator by his id, or where the roster has a hole, a role."""

    version: ClassVar[int] = 1
    step: int
    called: str


@dataclass(frozen=True, slots=True)
class AlarmClosed:
    """The alarm is settled."""

    version: ClassVar[int] = 1
    outcome: Outcome
    note: str
