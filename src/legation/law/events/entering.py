"""What can happen when officials of the host state want to enter, and the image of it that travels in the ledger."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class Part(StrEnum):
    """Which part of the premises is to be entered."""

    OFFICES = "offices"  # an embassy's chancery; at a consulate what is used only for its work
    PUBLIC_ROOMS = "public_rooms"  # at a consulate what is not used only for its work: a hall let for events, a flat
    ARCHIVES = "archives"  # where papers and media are kept
    RESIDENCE = "residence"  # where the head of the mission, or a member of it, lives


class Emergency(StrEnum):
    """What presses them."""

    NONE = "none"  # nothing that cannot wait
    FIRE = "fire"  # fire in or at the building
    DISASTER = "disaster"  # another disaster that needs protective action at once: gas, collapse, flood
    PURSUIT = "pursuit"  # somebody they chase, or an order of a court


class Capacity(StrEnum):
    """As what somebody of the mission spoke."""

    HEAD = "head"  # head of mission or of post, or who acts as such
    DESIGNEE = "designee"  # whom the head authorised to speak for him in this
    HEAD_OF_EMBASSY = "head_of_embassy"  # the head of the sending state's diplomatic mission, for a consulate
    OTHER = "other"  # anybody else: a guard, an officer without authority, a local employee


class Given(StrEnum):
    """What was said to them."""

    CONSENT = "consent"  # they may enter
    REFUSED = "refused"  # they may not
    NOT_ASKED = "not_asked"  # nobody was asked


class EntryState(StrEnum):
    """Where an entry stands."""

    ASKED = "asked"  # they asked; they are outside
    INSIDE = "inside"  # they are in
    LEFT = "left"  # they went out again


@dataclass(frozen=True, slots=True)
class Outsider:
    """Somebody who asked, entered or saw it: an official of the host state or a witness. Personal."""

    name: str
    office: str


@dataclass(frozen=True, slots=True)
class EntryImage:
    """An entry, or the wish for one, as replicas are built from it. person_id: who of the mission spoke; allowed,
    reason, norm: what the rule said then; outsiders: how many, their names are apart."""

    part: Part
    emergency: Emergency
    given: Given
    capacity: Capacity
    person_id: str
    how: str
    rooms: str
    purpose: str
    until: datetime | None
    state: EntryState
    asked_at: datetime
    entered_at: datetime | None
    left_at: datetime | None
    allowed: bool
    reason: str
    norm: str
    outsiders: int
    witnesses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EntryAsked:
    """Officials of the host state asked to enter, or were found inside."""

    version: ClassVar[int] = 1
    part: Part
    emergency: Emergency
    given: Given
    allowed: bool


@dataclass(frozen=True, slots=True)
class OfficialsEntered:
    """They went in."""

    version: ClassVar[int] = 1
    allowed: bool


@dataclass(frozen=True, slots=True)
class OfficialsLeft:
    """They went out again."""

    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class EntryOverstayed:
    """The time that was consented to is over, and they are still inside."""

    version: ClassVar[int] = 1
