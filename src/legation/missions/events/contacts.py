"""How people at post are reached, and what is held of them more closely: facts, and their personal parts."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class ContactChannel(StrEnum):
    """By what a person is reached; several per person, because the one that is needed is the one that fails."""

    MOBILE = "mobile"  # of the mission
    PRIVATE_PHONE = "private_phone"  # his own
    EMAIL = "email"  # read where there is a line to the network
    RADIO = "radio"  # call sign on the mission's net
    SATELLITE_PHONE = "satellite_phone"  # works where the networks of the receiving state do not
    LANDLINE = "landline"  # at the residence
    MESSENGER = "messenger"  # account with a messaging service


@dataclass(frozen=True, slots=True)
class ContactValue:
    """One way to reach a person: the personal part."""

    channel: ContactChannel
    address: str


@dataclass(frozen=True, slots=True)
class ContactImage:
    """What the record shows of a contact: whose, by what, and when it was last tried. The address is sealed apart."""

    person_id: str
    channel: ContactChannel
    tested_at: datetime | None
    tested_by: str


@dataclass(frozen=True, slots=True)
class SensitiveValue:
    """What only those read who must act on it: whom to tell, and what the person needs (health, mobility, diet)."""

    next_of_kin: str
    special_needs: str


@dataclass(frozen=True, slots=True)
class ContactAdded:
    """A way to reach a person was added."""

    version: ClassVar[int] = 1
    channel: ContactChannel


@dataclass(frozen=True, slots=True)
class ContactRemoved:
    """A way to reach a person no longer serves."""

    version: ClassVar[int] = 1
    channel: ContactChannel


@dataclass(frozen=True, slots=True)
class ContactTested:
    """Somebody tried a contact and reached the person, or did not."""

    version: ClassVar[int] = 1
    channel: ContactChannel
    reached: bool


@dataclass(frozen=True, slots=True)
class SensitiveSet:
    """Next of kin or special needs were entered or changed."""

    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class SensitiveRead:
    """Somebody opened a person's next of kin and special needs, and why."""

    version: ClassVar[int] = 1
    reason: str


@dataclass(frozen=True, slots=True)
class ContactsUntested:
    """So many people at post were not reached by a test for too long."""

    version: ClassVar[int] = 1
    people: int
