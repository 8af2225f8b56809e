"""Who signs in at the demonstration? One marked person per role; nobody here is anyone."""

from collections.abc import Iterator
from dataclasses import dataclass

from legation.foundations.markings import Classification, Marking, Tlp
from legation.platform.authority.actions import enrol
from legation.platform.authority.actor import Role, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim_house
from legation.runtime.enrolment import issue_enrolment

CLEARED = Marking(Classification.SECRET, Tlp.RED)
STAFF_CLEARANCE = Marking(Classification.RESTRICTED, Tlp.AMBER)
OPEN_ONLY = Marking(Classification.UNCLASSIFIED, Tlp.CLEAR)


@dataclass(frozen=True, slots=True)
class Person:
    """A demonstration person; the name says so."""

    username: str
    name: str
    role: Role
    clearance: Marking


PEOPLE: tuple[Person, ...] = (
    Person("watch", "Watch officer (demonstration)", Role.WATCH_OFFICER, CLEARED),
    Person("rso", "Regional security officer (demonstration)", Role.RSO, CLEARED),
    Person("analyst", "Analyst (demonstration)", Role.ANALYST, CLEARED),
    Person("head", "Head of mission (demonstration)", Role.HEAD_OF_MISSION, CLEARED),
    Person("auditor", "Auditor (demonstration)", Role.AUDITOR, CLEARED),
    Person("staff", "Member of staff (demonstration)", Role.STAFF, STAFF_CLEARANCE),
    Person("guard", "Guard (demonstration)", Role.GUARD, STAFF_CLEARANCE),
    Person("administrator", "Administrator (demonstration)", Role.ADMINISTRATOR, OPEN_ONLY),
)


def enrol_all() -> None:
    """Give each person an account, without a password."""
    for person in PEOPLE:
        if not Operator.objects.filter(user__username=person.username).exists():
            enrol(
                claim_house("authority.enrol", service(ServiceAccount.LOCAL)),
                username=person.username,
                name=person.name,
                roles=frozenset({person.role.value}),
                clearance=person.clearance,
            )


def links() -> Iterator[tuple[Person, str]]:
    """A fresh enrolment path per person; links given before stop working."""
    for person in PEOPLE:
        account = Operator.objects.select_related("user").get(user__username=person.username)
        yield person, issue_enrolment(account.user)
