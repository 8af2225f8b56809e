"""The three words that flow up: an Alarm, an Evidence, a Due. Rooms speak them; none imports the room that spoke."""

from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from legation.foundations.identity import MissionId, Ref
from legation.foundations.threats import Aspect, ThreatClass


class Severity(IntEnum):
    """How soon someone must act."""

    NOTICE = 1
    SERIOUS = 2
    URGENT = 3


@dataclass(frozen=True, slots=True)
class Alarm:
    """Someone must act now. `key` joins repeats: the same key raises a count, not a second alarm."""

    mission: MissionId | None
    kind: str
    severity: Severity
    subject: Ref
    key: str
    params: dict[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Evidence:
    """This changes a threat, a vulnerability or an impact.

    The key is (speaker, subject, aspect): the latest replaces, strength 0 withdraws. strength: additive points
    on likelihood (threat, vulnerability) or impact, signed.
    """

    speaker: str
    subject: Ref
    aspect: Aspect
    threat: ThreatClass
    mission: MissionId
    strength: float
    observed_at: datetime
    params: dict[str, str | int | float]


@dataclass(frozen=True, slots=True)
class Due:
    """Someone must do this by then; `platform/deadlines` fires it once."""

    mission: MissionId | None
    kind: str
    subject: Ref
    due_at: datetime
    owner: str
    key: str


type Word = Alarm | Evidence | Due
