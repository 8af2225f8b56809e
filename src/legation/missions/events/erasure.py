"""What a person asks about what is held of him, and how he is forgotten: facts and images, without what was written."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class RequestState(StrEnum):
    """Where a request for correction stands."""

    ASKED = "asked"  # nobody has answered yet
    ACCEPTED = "accepted"  # what is held was corrected
    REFUSED = "refused"  # it stays as it is, with the reason told to the person


@dataclass(frozen=True, slots=True)
class RequestValue:
    """What a person asked and what he was answered: the personal part."""

    text: str
    answer: str


@dataclass(frozen=True, slots=True)
class RequestImage:
    """A request as the record shows it."""

    person_id: str
    state: RequestState
    decided_by: str


@dataclass(frozen=True, slots=True)
class ProposalImage:
    """A proposal to erase a person."""

    person_id: str
    reason: str
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """A person says that what is held about him is wrong."""

    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class CorrectionDecided:
    """The request was accepted or refused."""

    version: ClassVar[int] = 1
    accepted: bool


@dataclass(frozen=True, slots=True)
class CorrectionOverdue:
    """A month passed and the person has no answer."""

    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class ErasureProposed:
    """One person wants a person's data erased; another must confirm."""

    version: ClassVar[int] = 1
    reason: str


@dataclass(frozen=True, slots=True)
class ErasureWithdrawn:
    """The proposal no longer stands."""

    version: ClassVar[int] = 1
