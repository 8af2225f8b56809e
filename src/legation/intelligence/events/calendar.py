"""All that can happen to the forward calendar, and the image of a day in the ledger."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar


class DayKind(StrEnum):
    """Why a day is looked at beforehand."""

    PUBLIC_HOLIDAY = "public_holiday"  # offices, police and hospitals work on reduced staff
    RELIGIOUS_DAY = "religious_day"  # processions, pilgrims, crowds at places of worship
    ELECTION = "election"  # polls, counts, results disputed in the days after
    VERDICT = "verdict"  # a court or commission decides
    ANNIVERSARY = "anniversary"  # of an attack, a death, a revolution
    STRIKE_CALL = "strike_call"  # a strike, march or closure is called
    VISIT = "visit"  # somebody comes who draws attention
    OTHER_DAY = "other_day"  # none of these


@dataclass(frozen=True, slots=True)
class DayValue:
    """A day, or several in a row, that may bear on threat. country: alpha-2, "" = everywhere or only at one mission.

    threats: classes that it may touch. source: who says so. estimated: its date may move by a day or two (moon).
    external_id: the same for the same day of the same source, so that a list loaded again changes nothing.
    """

    title: str
    kind: DayKind
    first: date
    last: date
    country: str
    threats: tuple[str, ...]
    why: str
    source: str
    external_id: str
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class DayEntered:
    """A day was put into the forward calendar."""

    version: ClassVar[int] = 1
    kind: DayKind


@dataclass(frozen=True, slots=True)
class DaysLoaded:
    """A list of days was loaded. known: in the calendar before. set_aside: items that could not be read."""

    version: ClassVar[int] = 1
    file: str
    days: int
    known: int
    set_aside: int


@dataclass(frozen=True, slots=True)
class DayStruck:
    """A day was taken out of the calendar: it was called off, or should never have stood there."""

    version: ClassVar[int] = 1
    reason: str
