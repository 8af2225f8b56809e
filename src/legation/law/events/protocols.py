"""What can happen to policies, procedures and standing orders, and the images of them that travel in the ledger."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from legation.foundations.threats import ThreatClass


class ProtocolKind(StrEnum):
    """How binding it is, and for how long it is meant to hold."""

    POLICY = "policy"  # what is wanted, and why
    PROCEDURE = "procedure"  # how something is done, step by step
    STANDING_ORDER = "standing_order"  # what is done at once, without asking


class ChangedBy(StrEnum):
    """What made a version necessary."""

    FIRST = "first"  # there was none before
    INCIDENT = "incident"  # something happened
    FINDING = "finding"  # an audit or inspection found it
    LESSON = "lesson"  # a drill or an after-action review taught it
    LAW = "law"  # the norm it rests on changed
    REVIEW = "review"  # its review date came


@dataclass(frozen=True, slots=True)
class ProtocolImage:
    """A protocol as replicas are built from it. readers: roles, comma-separated; against: the threat it guards from;
    in_force: number of a version."""

    title: str
    kind: ProtocolKind
    against: ThreatClass
    owner: str
    norm: str
    readers: str
    within_days: int
    review_at: datetime
    in_force: int
    ended: bool


@dataclass(frozen=True, slots=True)
class VersionImage:
    """One version as it was published; it never changes."""

    protocol_id: str
    number: int
    text: str
    changed_by: ChangedBy
    reason: str
    because_of: str
    published_by: str
    published_at: datetime
    read_by: datetime


@dataclass(frozen=True, slots=True)
class ReceiptImage:
    """One reader said that he read and understood one version."""

    protocol_id: str
    number: int
    reader: str
    read_at: datetime


@dataclass(frozen=True, slots=True)
class ProtocolPublished:
    """A version is in force from now on, in place of the one before; whoever must read it has until `read_by`."""

    version: ClassVar[int] = 1
    title: str
    number: int
    changed_by: ChangedBy
    reason: str
    readers: int


@dataclass(frozen=True, slots=True)
class ProtocolRead:
    """A reader said that he read and understood it."""

    version: ClassVar[int] = 1
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class ReadingLapsed:
    """The time for reading is over and some have not read; they are reminded."""

    version: ClassVar[int] = 1
    title: str
    number: int
    unread: int


@dataclass(frozen=True, slots=True)
class ReviewLapsed:
    """A protocol's review date has passed without a review."""

    version: ClassVar[int] = 1
    title: str


@dataclass(frozen=True, slots=True)
class ProtocolReviewed:
    """The owner looked at it and it holds as it stands, until the next date."""

    version: ClassVar[int] = 1
    title: str
    review_at: datetime


@dataclass(frozen=True, slots=True)
class ProtocolEnded:
    """It binds nobody any more; its versions stay readable."""

    version: ClassVar[int] = 1
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class ProtocolPrinted:
    """A copy left on paper."""

    version: ClassVar[int] = 1
    title: str
    number: int
