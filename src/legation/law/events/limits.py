"""What can happen to consents under host-law limits, and the images of them that travel in the ledger."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar


class Use(StrEnum):
    """What a measure, sensor or source may use that the receiving state's law has a say in."""

    ARMS = "arms"  # firearms and what shoots
    RADIO_TRANSMITTER = "radio_transmitter"  # whatever sends by radio: sets, repeaters, satellite terminals
    CAMERA_PUBLIC = "camera_on_street"  # a camera or microphone that takes in a public street
    DRONE = "drone"  # unmanned aircraft, and means against them
    BIOMETRICS = "biometrics"  # fingerprints, faces, irises
    RECORDING = "recording"  # of speech or calls
    PRIVATE_GUARDS = "private_guards"  # guards of a company
    PERSONAL_DATA = "personal_data"  # of people in the receiving state
    UNLAWFUL_COLLECTION = "unlawful_collection"  # interception, theft, paid informants
    INTERFERENCE = "interference"  # in the receiving state's internal affairs
    DETAINING = "detaining"  # holding people


class ConsentState(StrEnum):
    """Where a consent stands."""

    HOLDS = "holds"  # it may be relied on
    WITHDRAWN = "withdrawn"  # taken back, or found not to be one
    EXPIRED = "expired"  # its time is over


@dataclass(frozen=True, slots=True)
class ConsentImage:
    """A consent on record. given_by: the authority or group of persons, not a name; document: where it can be read."""

    use: Use
    norm: str
    given_by: str
    given_on: date
    scope: str
    until: datetime | None
    document: str
    state: ConsentState


@dataclass(frozen=True, slots=True)
class ConsentRecorded:
    """Somebody entitled to it consented to what a host-law limit ties to consent."""

    version: ClassVar[int] = 1
    use: Use
    norm: str
    given_by: str


@dataclass(frozen=True, slots=True)
class ConsentEnded:
    """A consent was withdrawn or ran out; what rests on it no longer may."""

    version: ClassVar[int] = 1
    use: Use
    norm: str
    state: ConsentState
