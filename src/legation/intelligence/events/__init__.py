"""All that can happen to sources, signals, occurrences and judgements, and the images of the records among them."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from legation.foundations.threats import ThreatClass


class DecisionKind(StrEnum):
    """What a person said of signals: they speak of one happening, or they do not."""

    SAME = "same"
    DIFFERENT = "different"


class SourceMethod(StrEnum):
    """How a source comes by what it says; host law has a say in some ways."""

    OPEN = "open"  # published to anybody
    OWN_STAFF = "own_staff"  # what people at post see and report
    AGENCY = "agency"  # told by an authority or partner service
    SENSOR = "sensor"  # an instrument of ours that records speech or radio
    CAMERA = "camera"  # a camera of ours that takes in a public place
    DRONE = "drone"  # an unmanned aircraft of ours
    COVERT = "covert"  # interception, theft, paid informants


@dataclass(frozen=True, slots=True)
class SourceValue:
    """A source. collector: the name of its reader in links/; ceiling: the highest marking its signals may carry.

    lists_happenings: each of its rows is one happening already (coded events, instrument catalogues).
    method: how it comes by what it says; site: the mission whose host law binds it, empty for what is open.
    """

    name: str
    collector: str
    reliability: str
    cadence_s: int
    owner: str
    ceiling: str
    address: str
    enabled: bool
    lists_happenings: bool
    method: SourceMethod = SourceMethod.OPEN
    site: str = ""


@dataclass(frozen=True, slots=True)
class SourceImage:
    """A source with its number and when it was last heard."""

    value: SourceValue
    number: int
    last_heard_at: datetime | None


@dataclass(frozen=True, slots=True)
class GradingImage:
    """What an analyst judges of one side of a threat at a mission. evidence: a reference as text, "" for none."""

    threat: str
    judged: str
    value: int
    grade: str
    note: str
    evidence: str
    graded_at: datetime


@dataclass(frozen=True, slots=True)
class DecisionImage:
    """A person's word that signals belong together or apart. pairs: content keys, two by two."""

    kind: DecisionKind
    pairs: tuple[tuple[str, str], ...]
    reason: str


@dataclass(frozen=True, slots=True)
class TripwireImage:
    """A line drawn beforehand: what is counted, or which level; who owns it; when it lapses; when it was crossed."""

    threat: str
    condition: str
    count: int
    within_km: float
    within_hours: float
    kind: str
    level: int
    owner: str
    lapses_at: datetime
    crossed_at: datetime | None


@dataclass(frozen=True, slots=True)
class SourceRegistered:
    """A source came into the register."""

    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class SourceAmended:
    """What the register says of a source was corrected."""

    version: ClassVar[int] = 1
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignalsCollected:
    """A batch was read. digest: SHA-256 over the content keys of its signals, in order, in hex.

    first, signals: their numbers in the stream. set_aside: items put aside. changed: occurrences made or remade.
    """

    version: ClassVar[int] = 1
    file: str
    first: int
    signals: int
    known: int
    held_back: int
    set_aside: int
    changed: int
    digest: str


@dataclass(frozen=True, slots=True)
class ReportTyped:
    """A person typed a report; it is one signal."""

    version: ClassVar[int] = 1
    signal: int
    digest: str
    grade: str


@dataclass(frozen=True, slots=True)
class AsideDismissed:
    """An item that could not be read was looked at and let go; its bytes stay."""

    version: ClassVar[int] = 1
    item: int
    reason: str


@dataclass(frozen=True, slots=True)
class AsideRead:
    """An item that could not be read was read again, and now it could."""

    version: ClassVar[int] = 1
    item: int
    signals: int


@dataclass(frozen=True, slots=True)
class ThreatGraded:
    """An analyst graded intent, capability or inhibiting context."""

    version: ClassVar[int] = 1
    threat: ThreatClass
    judged: str
    value: int


@dataclass(frozen=True, slots=True)
class OccurrenceSplit:
    """A person said that signals do not speak of one happening."""

    version: ClassVar[int] = 1
    occurrence: str
    reason: str


@dataclass(frozen=True, slots=True)
class OccurrencesMerged:
    """A person said that occurrences are one happening."""

    version: ClassVar[int] = 1
    occurrences: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class TripwireSet:
    """A line was drawn."""

    version: ClassVar[int] = 1
    threat: ThreatClass


@dataclass(frozen=True, slots=True)
class TripwiresCrossed:
    """Lines drawn beforehand were crossed."""

    version: ClassVar[int] = 1
    tripwires: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PicturesRebuilt:
    """What was computed from signals was computed anew."""

    version: ClassVar[int] = 1
    occurrences: int
    missions: int
