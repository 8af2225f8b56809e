"""All that can happen to missions, and the images of them that travel in the ledger."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from legation.foundations.posture import Posture
from legation.missions.events.people import PersonCategory

__all__ = [
    "MissionAmended",
    "MissionImage",
    "MissionKind",
    "MissionRegistered",
    "MissionValue",
    "PersonCategory",
    "PostureChanged",
    "PremisesAdded",
    "PremisesImage",
    "PremisesKind",
]


class MissionKind(StrEnum):
    """What the mission is in law; the standard of its facility depends on it."""

    EMBASSY = "embassy"
    HIGH_COMMISSION = "high_commission"
    NUNCIATURE = "nunciature"
    CONSULATE_GENERAL = "consulate_general"
    CONSULATE = "consulate"
    HONORARY_CONSULATE = "honorary_consulate"
    PERMANENT_MISSION = "permanent_mission"
    LIAISON_OFFICE = "liaison_office"
    REPRESENTATIVE_OFFICE = "representative_office"
    OTHER = "other"


class PremisesKind(StrEnum):
    """What stands at an address of the mission."""

    CHANCERY = "chancery"
    CONSULAR_SECTION = "consular_section"
    ANNEX = "annex"
    RESIDENCE = "residence"
    WAREHOUSE = "warehouse"


class PremisesCategory(StrEnum):
    """What a building is for: the standard that applies to it follows from this."""

    CHANCERY = "chancery"  # offices of the head of mission, classified work, nobody from the public
    CHANCERY_PUBLIC = "chancery_public"  # the same with a counter for the public
    CONSULAR_PUBLIC = "consular_public"  # a consular section or post with a counter
    OFFICE = "office"  # offices without classified work
    RESIDENCE_HEAD = "residence_head"  # where the head of mission or post lives
    RESIDENCE = "residence"  # where members of the mission live
    STORE = "store"  # goods


@dataclass(frozen=True, slots=True)
class MissionValue:
    """A mission. external_id: its id in the list it was read from (a Wikidata QID); codes are ISO 3166-1 alpha-2,
    empty where the name is no state of that list; degrees WGS 84, both None where the place is not known."""

    external_id: str
    kind: MissionKind
    title: str
    sending_state: str
    sending_code: str
    receiving_state: str
    receiving_code: str
    city: str
    jurisdictions: str
    address: str
    latitude: float | None
    longitude: float | None
    website: str


@dataclass(frozen=True, slots=True)
class MissionImage:
    """A mission with its posture, as replicas are built from it."""

    value: MissionValue
    posture_level: int
    lockdown: bool
    posture_since: datetime | None
    posture_reason: str


@dataclass(frozen=True, slots=True)
class PremisesImage:
    """A building or address of a mission."""

    name: str
    kind: PremisesKind
    category: str
    address: str
    latitude: float | None
    longitude: float | None
    receives_public: bool = False


@dataclass(frozen=True, slots=True)
class MissionRegistered:
    """A mission came onto the list. source: the file or form it came from."""

    version: ClassVar[int] = 1
    source: str


@dataclass(frozen=True, slots=True)
class MissionAmended:
    """The list, or a person, now says otherwise about a mission."""

    version: ClassVar[int] = 1
    source: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PremisesAdded:
    """A building or address was added to a mission."""

    version: ClassVar[int] = 1
    kind: PremisesKind


@dataclass(frozen=True, slots=True)
class PremisesCategorised:
    """Somebody said what a building is for, and whether the public is received there."""

    version: ClassVar[int] = 1
    before: str
    after: str
    receives_public: bool


@dataclass(frozen=True, slots=True)
class PostureChanged:
    """A person, or a signed standing authority, set how the mission stands. Other rooms follow by rule."""

    version: ClassVar[int] = 1
    before: Posture
    after: Posture
