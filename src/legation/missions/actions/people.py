"""What is done about people at post: add, correct, let depart, link to an account."""

from datetime import date

from legation.foundations.decisions import require
from legation.foundations.markings import Classification, Marking, Tlp, join_all
from legation.missions.events.people import (
    AccountLinked,
    PeopleExported,
    PersonAdded,
    PersonCorrected,
    PersonDeparted,
    PersonValue,
)
from legation.missions.models import Mission, Person
from legation.missions.rules import people as rules
from legation.platform.act import Context, act
from legation.platform.authority.markings import marking_of

PERSONAL = Marking(Classification.RESTRICTED, Tlp.AMBER)
"""The least marking of a person's row: who works at a mission is not for everyone."""


@act("missions.add_person")
def add_person(
    ctx: Context,
    mission: Mission,
    value: PersonValue,
    *,
    marking: Marking = PERSONAL,
    operator_id: str = "",
    source: str = "form",
) -> Person:
    """Add somebody who is, or is to come, at post. Raises Refused with what the fields lack."""
    require(rules.may_stand(value))
    joined = marking_of(mission.marking_id).join(PERSONAL).join(marking)
    person = Person(
        id=ctx.new_id(), mission_id=mission.pk, marking_id=ctx.marking_id(joined), operator_id=operator_id
    ).take(value)
    return ctx.write(person, PersonAdded(source), personal=person.personal())


@act("missions.correct_person")
def correct_person(ctx: Context, person: Person, value: PersonValue, *, source: str = "form") -> Person:
    """Say otherwise about a person. Nothing is written where nothing differs."""
    require(rules.may_stand(value))
    changed = rules.changed_in(person.value, value)
    if not changed:
        return person
    person.take(value)
    return ctx.write(person, PersonCorrected(source, changed), personal=person.personal())


@act("missions.depart_person")
def depart_person(ctx: Context, person: Person, on: date) -> Person:
    """Set a person's last day at post. Raises Refused where it lies before the arrival."""
    require(rules.may_depart(person.arrived, on))
    person.departs = on
    return ctx.write(person, PersonDeparted(), personal=person.personal())


@act("missions.link_account")
def link_account(ctx: Context, person: Person, operator_id: str) -> Person:
    """Say with which account a person signs in (`operator/…`); empty takes the link away."""
    person.operator_id = operator_id
    return ctx.write(person, AccountLinked(operator_id))


@act("missions.export_people")
def export_people(ctx: Context, mission: Mission) -> list[Person]:
    """Take the list of a mission's people, as far as the actor sees them, out as a file; how many is recorded."""
    found = list(Person.objects.visible_to(ctx.actor).filter(mission_id=mission.pk).order_by("name", "pk"))
    marking = join_all([marking_of(mission.marking_id), *{marking_of(one.marking_id) for one in found}])
    ctx.announce(PeopleExported(len(found)), mission=mission.pk, marking=marking, subjects=[mission.ref])
    return found
