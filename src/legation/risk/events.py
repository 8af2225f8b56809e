"""All that can happen to risks, measures and acceptances, and the images of them that travel in the ledger."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from legation.foundations.layers import Layer, Means
from legation.foundations.threats import Aspect, ThreatClass
from legation.law.events.limits import Use


@dataclass(frozen=True, slots=True)
class AssessmentImage:
    """What a person entered about one threat class at one mission; None where he left it open. Degrees are 0–3."""

    threat: ThreatClass
    area: str
    vulnerability: int | None
    vulnerability_reason: str
    people: int | None
    criticality: int
    programme: int
    impact_reason: str
    assessed_by: str
    assessed_at: datetime


@dataclass(frozen=True, slots=True)
class MeasureImage:
    """A measure; threats are the classes it helps against, none for all; uses: what host law has a say in."""

    title: str
    layer: Layer
    means: Means
    aspect: Aspect
    points: float
    effectiveness: int
    state: str
    cost: float
    currency: str
    norm: str
    threats: tuple[ThreatClass, ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True, slots=True)
class DelegationImage:
    """This person may accept residual risk up to this band until then."""

    person: str
    person_name: str
    max_band: int
    until: datetime
    withdrawn: bool


@dataclass(frozen=True, slots=True)
class AcceptanceImage:
    """A residual risk that was accepted, and the present risk that stood at the signature."""

    assessment: str
    threat: ThreatClass
    person: str
    person_name: str
    accepted_band: int
    present_band: int
    until: datetime
    reason: str
    state: str


@dataclass(frozen=True, slots=True)
class RiskAssessed:
    """A person entered vulnerability and impact of one threat class."""

    version: ClassVar[int] = 1
    threat: ThreatClass
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MeasureAdded:
    """A measure was proposed."""

    version: ClassVar[int] = 1
    title: str
    aspect: Aspect
    points: float


@dataclass(frozen=True, slots=True)
class MeasureChanged:
    """A measure moved to another state."""

    version: ClassVar[int] = 1
    title: str
    before: str
    after: str
    effectiveness: int


@dataclass(frozen=True, slots=True)
class AcceptanceDelegated:
    """Someone was given the right to accept risk at this mission."""

    version: ClassVar[int] = 1
    person: str
    max_band: int
    until: datetime


@dataclass(frozen=True, slots=True)
class DelegationWithdrawn:
    """The right to accept was taken back."""

    version: ClassVar[int] = 1
    person: str
    max_band: int


@dataclass(frozen=True, slots=True)
class RiskAccepted:
    """One delegated to accept this much accepted the residual risk until then."""

    version: ClassVar[int] = 1
    threat: ThreatClass
    band: int
    until: datetime


@dataclass(frozen=True, slots=True)
class AcceptanceEnded:
    """An acceptance expired, lapsed, was withdrawn or was replaced."""

    version: ClassVar[int] = 1
    threat: ThreatClass
    band: int
    state: str


@dataclass(frozen=True, slots=True)
class PostureProposed:
    """The risk, or a tripwire, calls for another posture; a person decides."""

    version: ClassVar[int] = 1
    current: int
    proposed: int
    cause: str


@dataclass(frozen=True, slots=True)
class DeclinedPostureImage:
    """A proposal that a person declined; ground: what called for it."""

    proposed: int
    current: int
    ground: str
    reason: str
    declined_by: str
    declined_at: datetime


@dataclass(frozen=True, slots=True)
class PostureDeclined:
    """A person answered a proposal with no; on the same ground it is not asked again."""

    version: ClassVar[int] = 1
    proposed: int
    current: int
    reason: str


@dataclass(frozen=True, slots=True)
class RiskRecomputed:
    """Rates, forecasts and risks were computed anew from what was known at the time of the house."""

    version: ClassVar[int] = 1
    missions: int
    scenarios: int
    forecasts: int
    scored: int
