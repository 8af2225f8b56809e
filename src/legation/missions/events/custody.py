"""What can happen to things that somebody answers for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class AssetKind(StrEnum):
    """What kind of thing it is; how often it is counted and what its loss means is a table in `rules/custody`."""

    KEY = "key"  # opens a lock; its copies are assets of their own
    COMBINATION = "combination"  # the sealed envelope that holds one; the combination itself is never stored here
    SAFE = "safe"  # a container with a combination lock
    ARM = "arm"  # a firearm
    AMMUNITION = "ammunition"  # counted by the box
    RADIO = "radio"  # a set on the mission's own net, or a satellite telephone
    ARMOUR = "armour"  # a vest, helmet or shield
    CLASSIFIED = "classified"  # a holding of classified paper or media, with its volume
    BLANKS = "blanks"  # passports, visa foils and other documents not yet made out
    SEAL = "seal"  # a stamp or seal of office


class AssetState(StrEnum):
    """Where an asset stands between the persons who answer for it."""

    HELD = "held"  # its custodian answers for it
    HANDING_OVER = "handing_over"  # proposed, and not yet answered by the receiver; the custodian still answers for it
    MISSING = "missing"  # not found when it was counted
    LOST = "lost"  # declared lost; what follows from it is not remedied yet
    GONE = "gone"  # destroyed, returned, or lost with its consequences remedied


class VolumeUnit(StrEnum):
    """In what a holding is measured."""

    LITRES = "litres"  # sacks, boxes and media
    METRES = "metres"  # running metres of files on a shelf


@dataclass(frozen=True, slots=True)
class AssetImage:
    """An asset as replicas are built from it. custodian, receiver: persons by id, or accounts of those not at post."""

    kind: AssetKind
    name: str
    mark: str
    premises_id: str
    place: str
    custodian: str
    receiver: str
    proposed_by: str
    state: AssetState
    last_seen_at: datetime | None
    last_seen_by: str
    count_due_at: datetime
    overdue: bool
    volume: float
    unit: str
    combination_changed_at: datetime | None
    combination_due_at: datetime | None
    note: str


@dataclass(frozen=True, slots=True)
class AssetAdded:
    """A thing came into somebody's custody."""

    version: ClassVar[int] = 1
    kind: AssetKind
    custodian: str


@dataclass(frozen=True, slots=True)
class HandOverProposed:
    """One who answers for the asset offers it to another; it stands in hand-over until that person answers."""

    version: ClassVar[int] = 1
    custodian: str
    receiver: str


@dataclass(frozen=True, slots=True)
class HandOverAccepted:
    """The receiver has it and answers for it from now on. combination_to_change: a safe's, known to the one before."""

    version: ClassVar[int] = 1
    before: str
    custodian: str
    combination_to_change: bool


@dataclass(frozen=True, slots=True)
class HandOverRefused:
    """The receiver did not take it, or it was taken back; the custodian answers for it as before."""

    version: ClassVar[int] = 1
    custodian: str
    receiver: str
    reason: str


@dataclass(frozen=True, slots=True)
class AssetsCounted:
    """A person went through the sheet: what was seen, what was not."""

    version: ClassVar[int] = 1
    seen: int
    missing: int
    note: str


@dataclass(frozen=True, slots=True)
class CountLapsed:
    """Nobody has seen the asset within the interval of its kind."""

    version: ClassVar[int] = 1
    kind: AssetKind
    last_seen_at: datetime | None


@dataclass(frozen=True, slots=True)
class CombinationChanged:
    """The combination was set anew. What it is stands nowhere in this record."""

    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class CombinationLapsed:
    """A safe changed hands and its combination was not changed in time."""

    version: ClassVar[int] = 1
    custodian: str


@dataclass(frozen=True, slots=True)
class AssetLost:
    """Declared lost: from now on it is treated as in other hands."""

    version: ClassVar[int] = 1
    kind: AssetKind
    circumstances: str


@dataclass(frozen=True, slots=True)
class AssetWrittenOff:
    """Nobody answers for it any more. how: destroyed, returned, or what remedied its loss."""

    version: ClassVar[int] = 1
    kind: AssetKind
    how: str
