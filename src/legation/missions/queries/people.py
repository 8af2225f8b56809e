"""Who is at post, as far as this actor may know?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from legation.missions.models import Contact, Person
from legation.missions.rules import contacts as contact_rules
from legation.missions.rules.people_list import Known, PeopleList, Plan, plain, plan
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet


def people(
    actor: Actor, mission_id: str | None = None, *, on: date | None = None, text: str = ""
) -> MarkedQuerySet[Person]:
    """Visible people by name; of one mission, at post on a day, with a text in name, post or staff number."""
    found = Person.objects.visible_to(actor).order_by("name", "pk")
    if mission_id is not None:
        found = found.filter(mission_id=mission_id)
    if on is not None:
        found = found.filter(Q(arrived__isnull=True) | Q(arrived__lte=on))
        found = found.filter(Q(departs__isnull=True) | Q(departs__gte=on))
    if text:
        found = found.filter(Q(name__icontains=text) | Q(post__icontains=text) | Q(staff_number=text))
    return found


def person(actor: Actor, key: str) -> Person:
    """One person, also by the id of a record that was merged into his. Raises NotVisible where absent or hidden."""
    found = Person.objects.visible_to(actor).filter(Q(pk=key) | Q(merged__contains=key)).first() if key else None
    if found is None:
        raise NotVisible
    return found


def person_of(actor: Actor) -> Person | None:
    """The person at post behind a signed-in account; None where none is linked."""
    return Person.objects.visible_to(actor).filter(operator_id=actor.id).order_by("pk").first()


def names(actor: Actor, keys: Iterable[str]) -> dict[str, str]:
    """Names by id of those whom the actor may see, merged ids included; who is erased is absent."""
    wanted = set(keys)
    found = people(actor).filter(Q(pk__in=wanted) | ~Q(merged=""))
    told: dict[str, str] = {}
    for pk, merged, name in found.values_list("pk", "merged", "name"):
        told |= {key: name for key in (pk, *merged.split(",")) if key in wanted}
    return told


@dataclass(frozen=True, slots=True)
class Reached:
    """A person with his contacts. tested: when any of them last reached him."""

    row: Person
    contacts: tuple[Contact, ...]
    tested: datetime | None
    holds: bool

    @property
    def first(self) -> Contact | None:
        """The contact to try first: the one that was tested last."""
        never = datetime.min.replace(tzinfo=self.tested.tzinfo) if self.tested else None
        return max(self.contacts, key=lambda one: one.tested_at or never) if never else next(iter(self.contacts), None)


def reached(actor: Actor, rows: Iterable[Person], now: datetime) -> list[Reached]:
    """These people, each with what reaches him and whether a test of it still holds."""
    found = list(rows)
    by_person: dict[str, list[Contact]] = {one.pk: [] for one in found}
    for contact in Contact.objects.visible_to(actor).filter(person_id__in=list(by_person)).order_by("pk"):
        by_person[contact.person_id].append(contact)
    told = []
    for row in found:
        tests = [contact.tested_at for contact in by_person[row.pk] if contact.tested_at]
        last = max(tests, default=None)
        told.append(Reached(row, tuple(by_person[row.pk]), last, contact_rules.tested(last, now)))
    return told


def contact(actor: Actor, key: str) -> Contact:
    """One contact. Raises NotVisible."""
    reach = Contact.objects.visible_to(actor).filter(pk=key).first()
    if reach is None:
        raise NotVisible
    return reach


def foreseen(actor: Actor, mission_id: str, read: PeopleList) -> Plan:
    """What loading this list would do, by the same rule as the loading; nothing is written."""
    return plan(read, [Known(row.pk, row.value) for row in people(actor, mission_id)])


def twins(actor: Actor, mission_id: str) -> list[tuple[Person, ...]]:
    """Visible records of one mission that seem to be of one person: same staff number, or same name and birth date."""
    groups: dict[str, list[Person]] = {}
    for row in people(actor, mission_id):
        if row.staff_number:
            groups.setdefault(f"number {row.staff_number.casefold()}", []).append(row)
        if row.born or not row.staff_number:  # a name alone, with two numbers, is two people of one name
            groups.setdefault(f"name {plain(row.name)} {row.born or ''}", []).append(row)
    several = {tuple(sorted(row.pk for row in rows)): tuple(rows) for rows in groups.values() if len(rows) > 1}
    return list(several.values())


def dependants(actor: Actor, key: str) -> MarkedQuerySet[Person]:
    """Whose principal this person is."""
    return people(actor).filter(principal_id=key)
