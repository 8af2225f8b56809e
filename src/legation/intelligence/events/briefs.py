"""All that can happen to a brief, its receipts and its printed copies, and their images."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class LineImage:
    """One line of a version as the ledger carries it; marking as text, likelihood and subject empty for none.

    below, counted: what stands for it below the line; empty in a version that stands there itself.
    """

    section: str
    text: str
    marking: str
    title: str
    likelihood: str
    subject: str
    below: str
    counted: bool


@dataclass(frozen=True, slots=True)
class BriefImage:
    """A version of a brief. number: counted among versions of its span and marking; corrects: the version it replaces.

    below: the version below the tear line, empty where there is none.
    """

    span: str
    number: int
    edition: int
    title: str
    lines: tuple[LineImage, ...]
    looked_from: datetime
    issued_at: datetime
    author: str
    corrects: str
    change: str
    below: str


@dataclass(frozen=True, slots=True)
class ReceiptImage:
    """Who is to read a version, and whether he did. reader: an actor, or `outsider`, whose name is sealed apart."""

    brief: str
    reader: str
    must_read: bool
    opened_at: datetime | None
    read_at: datetime | None
    reminded: int


@dataclass(frozen=True, slots=True)
class OutsiderNamed:
    """The personal part of a receipt: someone outside the service who was handed a copy, and how."""

    name: str
    note: str


@dataclass(frozen=True, slots=True)
class CopyImage:
    """A printed copy; its id is the ledger entry that recorded the printing."""

    brief: str
    reader: str
    printed_at: datetime
    language: str


@dataclass(frozen=True, slots=True)
class Released:
    """A sentence that goes below the line though what it speaks of does not: whose marking, to which, by whom."""

    subject: str
    from_marking: str
    to_marking: str
    sentence: str
    by: str


@dataclass(frozen=True, slots=True)
class BriefIssued:
    """A brief was issued, with what was released below its line. below: the marking of that version, or empty."""

    version: ClassVar[int] = 1
    span: str
    number: int
    below: str
    released: tuple[Released, ...]


@dataclass(frozen=True, slots=True)
class BriefCorrected:
    """A brief was issued again, and says what changed."""

    version: ClassVar[int] = 1
    corrects: str
    change: str
    below: str
    released: tuple[Released, ...]


@dataclass(frozen=True, slots=True)
class BriefOpened:
    """A recipient opened the brief for the first time."""

    version: ClassVar[int] = 1
    brief: str


@dataclass(frozen=True, slots=True)
class BriefRead:
    """A recipient said that he has read the brief."""

    version: ClassVar[int] = 1
    brief: str


@dataclass(frozen=True, slots=True)
class BriefReminded:
    """Someone who must read the brief was reminded, for the nth time."""

    version: ClassVar[int] = 1
    brief: str
    times: int


@dataclass(frozen=True, slots=True)
class BriefPrinted:
    """A copy was printed for one reader; the entry that holds this is the copy's id."""

    version: ClassVar[int] = 1
    brief: str
    number: int
    marking: str
