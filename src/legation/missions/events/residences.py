"""What can happen to residences, and the images of them that travel in the ledger."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class Answer(StrEnum):
    """What a surveyor found for one criterion."""

    MET = "met"  # as the standard asks
    NOT_MET = "not_met"  # it fails
    NOT_APPLICABLE = "not_applicable"  # there is nothing here to which it applies


@dataclass(frozen=True, slots=True)
class Found:
    """One line of a survey."""

    criterion: str
    answer: Answer
    note: str = ""


@dataclass(frozen=True, slots=True)
class Waived:
    """A must that fails is borne with for a time: by whom, what compensates, until when."""

    criterion: str
    approver: str
    measure: str
    until: datetime


@dataclass(frozen=True, slots=True)
class ResidenceImage:
    """A residence as replicas are built from it. residents: persons by id; patrol, alarm: what is arranged."""

    premises_id: str
    address: str
    residents: tuple[str, ...]
    surveyed_at: datetime | None
    surveyed_by: str
    survey_until: datetime | None
    found: tuple[Found, ...]
    waived: tuple[Waived, ...]
    patrol: str
    alarm: str
    lapsed: bool


@dataclass(frozen=True, slots=True)
class ResidenceAdded:
    """A residence came onto the list; nobody may move in before it is surveyed."""

    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class ResidenceSurveyed:
    """A person held the residence against the standard."""

    version: ClassVar[int] = 1
    holes: int
    musts: int
    until: datetime


@dataclass(frozen=True, slots=True)
class CriterionWaived:
    """A must that fails is borne with until a day, with what compensates."""

    version: ClassVar[int] = 1
    criterion: str
    measure: str
    until: datetime


@dataclass(frozen=True, slots=True)
class MovedIn:
    """A person lives there from now on."""

    version: ClassVar[int] = 1
    person: str


@dataclass(frozen=True, slots=True)
class MovedOut:
    """A person lives there no longer."""

    version: ClassVar[int] = 1
    person: str


@dataclass(frozen=True, slots=True)
class SurveyLapsed:
    """A survey or a waiver is over, and somebody still lives there."""

    version: ClassVar[int] = 1
    residents: int
    open: tuple[str, ...]
