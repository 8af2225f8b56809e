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


@dataclass(frozen=True, slots=True)
class PhoneImage:
    """A telephone that may send reports. public_key: P-256, SubjectPublicKeyInfo in base64."""

    operator: str
    public_key: str
    registered_at: datetime
    expires_at: datetime
    revoked_at: datetime | None


@dataclass(frozen=True, slots=True)
class HeldReportImage:
    """A report that a telephone sent and that was not taken at once. digest: SHA-256 of its sealed bytes, in hex."""

    phone: str
    command: str
    reason: str
    claimed_at: datetime
    received_at: datetime
    digest: str
    state: str
    note: str


@dataclass(frozen=True, slots=True)
class PhoneRegistered:
    """A telephone may send reports for its owner until it expires."""

    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class PhoneRevoked:
    """A telephone may send nothing any more."""

    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class ReportHeld:
    """A telephone sent a report that waits for a person: reason says why."""

    version: ClassVar[int] = 1
    reason: str


@dataclass(frozen=True, slots=True)
class HeldReportRefused:
    """A person looked at a report that was held and let it go; its sealed bytes stay."""

    version: ClassVar[int] = 1
    note: str
