"""All that can happen to a question that intelligence asks of somebody, and the images of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class AgencyImage:
    """Who can be asked. name, contact: empty where it is one person, whose part is sealed apart."""

    name: str
    kind: str
    contact: str


@dataclass(frozen=True, slots=True)
class AgencyNamed:
    """The personal part of an agency that is one person."""

    name: str
    contact: str


@dataclass(frozen=True, slots=True)
class RequirementImage:
    """A question: what it serves, who is asked, when it is due, how far it has come."""

    question: str
    why: str
    threat: str
    subject: str
    priority: int
    owner: str
    agency: str
    state: str
    asked_at: datetime | None
    due_at: datetime | None
    times_asked: int
    missing: str


@dataclass(frozen=True, slots=True)
class AnswerImage:
    """An answer: by whom, graded how, what it rests on. useful: None until someone said."""

    requirement: str
    agency: str
    text: str
    grade: str
    subject: str
    asked_at: datetime | None
    answered_at: datetime
    useful: bool | None
    signal: str


@dataclass(frozen=True, slots=True)
class AgencyRegistered:
    """Somebody who can be asked came into the register."""

    version: ClassVar[int] = 1
    kind: str


@dataclass(frozen=True, slots=True)
class RequirementPut:
    """A question was put."""

    version: ClassVar[int] = 1
    priority: int


@dataclass(frozen=True, slots=True)
class RequirementAsked:
    """Somebody was asked, for the nth time."""

    version: ClassVar[int] = 1
    agency: str
    due_at: datetime
    times: int
    missing: str


@dataclass(frozen=True, slots=True)
class RequirementAnswered:
    """An answer came."""

    version: ClassVar[int] = 1
    agency: str
    grade: str


@dataclass(frozen=True, slots=True)
class RequirementOverdue:
    """The day has passed on which the answer was due."""

    version: ClassVar[int] = 1
    agency: str


@dataclass(frozen=True, slots=True)
class RequirementClosed:
    """The answer was enough, or is not needed any more. state: satisfied or withdrawn."""

    version: ClassVar[int] = 1
    state: str
    reason: str


@dataclass(frozen=True, slots=True)
class AnswerReported:
    """An answer became a signal like any other."""

    version: ClassVar[int] = 1
    signal: str
