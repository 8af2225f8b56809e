"""What can happen to what members of staff report, and how it travels in the ledger: never with who reported it."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class OwnReportImage:
    """A report by a member of staff. signal: its content key. photograph: the name of the kept picture, "" for none.

    claimed_at: what the phone's clock said where it waited there. The reporter is in the row alone: need to know.
    """

    told: str
    signal: str
    occurred_at: datetime
    claimed_at: datetime | None
    received_at: datetime
    photograph: str
    seen_at: datetime | None
    outcome: str
    answered_at: datetime | None


@dataclass(frozen=True, slots=True)
class StaffReported:
    """A member of staff told of something met. signal: its number in the stream; digest as in SignalsCollected."""

    version: ClassVar[int] = 1
    told: str
    signal: int
    digest: str
    photograph: bool
    waited_s: int


@dataclass(frozen=True, slots=True)
class ReportSeen:
    """An officer has read what a member of staff reported."""

    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class ReportAnswered:
    """An officer told the reporter what came of it."""

    version: ClassVar[int] = 1
    outcome: str
