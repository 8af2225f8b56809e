"""What is done about reaching people: add and remove contacts, test them, keep and open what is sensitive."""

from datetime import datetime

from django.db.models import Max

from legation.foundations.decisions import Refusal, Refused, require
from legation.foundations.identity import MissionId, Ref
from legation.foundations.words import Alarm, Due, Severity, Word
from legation.missions.events.contacts import (
    ContactAdded,
    ContactChannel,
    ContactRemoved,
    ContactsUntested,
    ContactTested,
    SensitiveRead,
    SensitiveSet,
    SensitiveValue,
)
from legation.missions.models import Contact, Mission, Person
from legation.missions.rules import contacts as rules
from legation.missions.rules.people import own_or_keeper
from legation.platform.act import Context, act
from legation.platform.authority.markings import marking_of
from legation.platform.deadlines import Deadline

UNTESTED = "missions.contacts_untested"
"""The kind of deadline that asks a mission to try its people's contacts."""

NOT_REACHED = "missions.people_not_reached"
"""The alarm when that limit ran out."""


@act("missions.add_contact")
def add_contact(ctx: Context, person: Person, channel: ContactChannel, address: str) -> Contact:
    """Add a way to reach a person. Raises Refused where nobody is reached by it, or where it is not one's own."""
    require(own_or_keeper(ctx.actor.id, ctx.actor.verbs, person.operator_id))
    require(rules.may_reach(channel, address))
    contact = Contact(
        id=ctx.new_id(),
        mission_id=person.mission_id,
        marking_id=person.marking_id,
        person_id=person.pk,
        channel=channel,
        address=address.strip(),
    )
    words = reminder(str(person.mission_id), ctx.now)
    return ctx.write(contact, ContactAdded(channel), words=words, personal=contact.personal())


@act("missions.remove_contact")
def remove_contact(ctx: Context, contact: Contact) -> None:
    """Take away a contact that no longer serves. Raises Refused where it is not one's own."""
    require(own_or_keeper(ctx.actor.id, ctx.actor.verbs, _of(contact).operator_id))
    ctx.delete(contact, ContactRemoved(ContactChannel(contact.channel)))


@act("missions.test_contact")
def test_contact(ctx: Context, contact: Contact, *, reached: bool) -> Contact:
    """Say that a contact was tried, and whether the person was reached. A test that failed leaves it untested."""
    require(own_or_keeper(ctx.actor.id, ctx.actor.verbs, _of(contact).operator_id))
    contact.tested_at = ctx.now if reached else None
    contact.tested_by = ctx.actor.id
    words = reminder(str(contact.mission_id), ctx.now, just=contact)
    return ctx.write(contact, ContactTested(ContactChannel(contact.channel), reached), words=words)


@act("missions.set_sensitive")
def set_sensitive(ctx: Context, person: Person, value: SensitiveValue) -> Person:
    """Enter next of kin and special needs. Raises Refused where they are not one's own."""
    keeper = "missions.read_sensitive" in ctx.actor.verbs
    if not keeper and (not person.operator_id or person.operator_id != ctx.actor.id):
        raise Refused(Refusal("not_about_you", "people"))
    person.seal(value)
    return ctx.write(person, SensitiveSet(), personal=person.personal())


@act("missions.read_sensitive")
def read_sensitive(ctx: Context, person: Person, *, reason: str) -> SensitiveValue:
    """Open next of kin and special needs. It stands in the record, where the person reads it. Raises Refused."""
    if not reason.strip():
        raise Refused(Refusal("reason_missing", "people"))
    marking = marking_of(person.marking_id)
    ctx.announce(SensitiveRead(reason.strip()), mission=person.mission_id, marking=marking, subjects=[person.ref])
    return person.opened()


@act("missions.remind_contacts")
def remind_contacts(ctx: Context, mission: Mission) -> int:
    """A reminder ran out: tell the floor how many cannot be counted on to be reached, and come again in a month."""
    lasts = last_tests(mission.pk, ctx.now)
    untested = sum(not rules.tested(last, ctx.now) for last in lasts)
    at = ctx.now + rules.REMIND_AGAIN if untested else rules.next_reminder(lasts, ctx.now)
    words: list[Word] = [_due(mission.pk, at)] if at else []
    if untested:
        about = mission.ref
        key = MissionId(mission.pk)
        words.append(Alarm(key, NOT_REACHED, Severity.NOTICE, about, "contacts", {"people": untested}))
    ctx.announce(ContactsUntested(untested), mission=mission.pk, words=words, subjects=[mission.ref])
    return untested


def last_tests(mission: str, now: datetime, just: Contact | None = None) -> list[datetime | None]:
    """Per person at post, when any of his contacts was last tested with success. just: one that is being written."""
    there = [one.pk for one in Person.objects.filter(mission_id=mission) if one.at_post(now.date())]
    others = Contact.objects.filter(mission_id=mission).exclude(pk=just.pk if just else "")
    latest: dict[str, datetime | None] = dict(others.values_list("person_id").annotate(last=Max("tested_at")))
    if just and just.tested_at:
        latest[just.person_id] = just.tested_at
    return [latest.get(pk) for pk in there]


def reminder(mission: str, now: datetime, just: Contact | None = None) -> list[Word]:
    """The deadline by which contacts of the mission must be tried again, as it stands after this act."""
    standing = Deadline.objects.filter(key=f"contacts|{mission}", fired_at__isnull=True).first()
    at = rules.next_reminder(last_tests(mission, now, just), now, standing.due_at if standing else None)
    return [_due(mission, at)] if at else []


def _due(mission: str, at: datetime) -> Due:
    key = MissionId(mission)
    return Due(key, UNTESTED, Ref("Mission", mission), at, "rso", f"contacts|{mission}")


def _of(contact: Contact) -> Person:
    return Person.objects.get(pk=contact.person_id)
