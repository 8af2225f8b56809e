"""All that can happen to the date by which a judgement is looked at again, and its image."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class ReviewImage:
    """When one class at one mission was looked at, at which level, and when it is due again."""

    threat: str
    level: int
    looked_at: datetime
    due_at: datetime
    pulled: str
    note: str


@dataclass(frozen=True, slots=True)
class ReviewScheduled:
    """A class was judged, or something pulled its review forward. pulled: tripwire, rose, or empty."""

    version: ClassVar[int] = 1
    threat: str
    due_at: datetime
    pulled: str


@dataclass(frozen=True, slots=True)
class ReviewedUnchanged:
    """A person looked and left the judgement as it was, because …"""

    version: ClassVar[int] = 1
    threat: str
    reason: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class ReviewPushed:
    """A person put the review off, and said why."""

    version: ClassVar[int] = 1
    threat: str
    due_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class ReviewMissed:
    """The day of a review passed without one."""

    version: ClassVar[int] = 1
    threat: str
