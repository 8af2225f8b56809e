"""All that can happen to people at post. What is personal travels in a sealed part of the person's own, never here."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import ClassVar


class PersonCategory(StrEnum):
    """What a person is at the mission in law; privileges, immunities and notification depend on it."""

    DIPLOMATIC_AGENT = "diplomatic_agent"  # VCDR art. 1(e)
    ADMINISTRATIVE_AND_TECHNICAL = "administrative_and_technical"  # VCDR art. 1(f)
    SERVICE = "service"  # VCDR art. 1(g)
    CONSULAR_OFFICER = "consular_officer"  # VCCR art. 1(1)(d)
    CONSULAR_EMPLOYEE = "consular_employee"  # VCCR art. 1(1)(e)
    LOCALLY_ENGAGED = "locally_engaged"  # national of, or resident in, the receiving state; VCDR art. 38
    CONTRACTOR = "contractor"  # works at the mission for another employer: guards, cleaners, builders
    DEPENDANT = "dependant"  # of the family and household; VCDR art. 37
    VISITOR = "visitor"  # sent from the capital for a time


@dataclass(frozen=True, slots=True)
class PersonValue:
    """A person at post: the personal part of the record. nationality: ISO 3166-1 alpha-2 or empty.

    arrived, departs: days at post, both included, None where not known. principal_id: whose dependant this is.
    """

    name: str
    category: PersonCategory
    post: str = ""
    staff_number: str = ""
    born: date | None = None
    nationality: str = ""
    arrived: date | None = None
    departs: date | None = None
    principal_id: str = ""
    languages: str = ""
    warden_group: str = ""


@dataclass(frozen=True, slots=True)
class PersonImage:
    """What replicas and readers of the record see of a person: the category; the rest is sealed apart."""

    category: PersonCategory


@dataclass(frozen=True, slots=True)
class PersonAdded:
    """A person is at post, or is to come. source: the form or file it came from."""

    version: ClassVar[int] = 1
    source: str


@dataclass(frozen=True, slots=True)
class PersonCorrected:
    """What is held about a person now says otherwise in these fields."""

    version: ClassVar[int] = 1
    source: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonDeparted:
    """The last day of a person at post is set."""

    version: ClassVar[int] = 1


@dataclass(frozen=True, slots=True)
class AccountLinked:
    """A person at post signs in with this account; empty where the link was taken away."""

    version: ClassVar[int] = 1
    operator_id: str


@dataclass(frozen=True, slots=True)
class PeopleMerged:
    """Two records were of one person; the other's id leads to this one from now on."""

    version: ClassVar[int] = 1
    other: str


@dataclass(frozen=True, slots=True)
class PeopleExported:
    """Somebody took the list of a mission's people out as a file."""

    version: ClassVar[int] = 1
    people: int
