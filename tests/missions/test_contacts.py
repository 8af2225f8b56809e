"""Contacts are tested by people and asked for by deadlines; what is sensitive is sealed, and opening it is recorded."""

from datetime import timedelta

import pytest
from tests import given
from tests.missions.given import person

from legation.foundations.decisions import Refused
from legation.foundations.words import Alarm
from legation.missions.actions import contacts
from legation.missions.events.contacts import ContactChannel, SensitiveValue
from legation.missions.links.subscribers import contacts_untested
from legation.missions.models import Contact, Mission, Person
from legation.missions.queries import people as asked
from legation.platform import clock
from legation.platform.authority.actor import Actor, Forbidden
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Deadline, Fired
from legation.platform.ledger.log import open_body, personal_of
from legation.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def damascus() -> Mission:
    given.keys()
    return given.missions()[0]


def added(row: Person, actor: Actor, address: str = "+999 55501") -> Contact:
    return contacts.add_contact(claim(Person, row.pk, "missions.add_contact", actor), ContactChannel.MOBILE, address)


def due() -> Deadline:
    return Deadline.objects.get(kind=contacts.UNTESTED)


def test_a_contact_counts_once_somebody_was_reached_by_it(damascus: Mission) -> None:
    rso, row = given.operator("rso"), person(damascus)
    contact = added(row, rso)
    assert not asked.reached(rso, [row], clock.as_of())[0].holds
    contacts.test_contact(claim(Contact, contact.pk, "missions.test_contact", rso), reached=True)
    (reached,) = asked.reached(rso, [row], clock.as_of())
    assert reached.holds
    assert reached.contacts[0].tested_by == rso.id
    assert not asked.reached(rso, [row], clock.as_of() + timedelta(days=180))[0].holds
    contacts.test_contact(claim(Contact, contact.pk, "missions.test_contact", rso), reached=False)
    assert not asked.reached(rso, [row], clock.as_of())[0].holds


def test_an_address_stands_only_in_the_persons_own_part(damascus: Mission) -> None:
    row = person(damascus)
    added(row, given.operator("rso"), "+999 7777777")
    entry = Entry.objects.get(fact="missions.ContactAdded/1")
    assert "7777777" not in str(open_body(entry))
    assert personal_of(entry)[row.ref]["address"] == "+999 7777777"


def test_the_reminder_stands_half_a_year_after_the_last_test_and_comes_again_while_nobody_tests(
    damascus: Mission,
) -> None:
    rso, row = given.operator("rso"), person(damascus)
    contact = added(row, rso)
    assert due().due_at < clock.as_of() + timedelta(days=43)
    contacts.test_contact(claim(Contact, contact.pk, "missions.test_contact", rso), reached=True)
    assert due().due_at > clock.as_of() + timedelta(days=179)
    person(damascus, name="Rui")
    row_due = due()
    contacts_untested(
        Fired(row_due.kind, row_due.key, row_due.subject, row_due.mission_id, "rso", row_due.due_at, row_due.caused_by)
    )
    said = open_body(Entry.objects.get(fact="missions.ContactsUntested/1"))
    assert said.said == {"people": 1}
    assert [word.kind for word in said.spoken() if isinstance(word, Alarm)] == [contacts.NOT_REACHED]
    assert due().due_at > clock.as_of() + timedelta(days=29)


def test_nobody_but_the_worker_reminds(damascus: Mission) -> None:
    for role in ("rso", "head_of_mission"):
        with pytest.raises(Forbidden):
            claim(Mission, damascus.pk, "missions.remind_contacts", given.operator(role))


def test_anyone_keeps_his_own_contacts_and_nobody_elses(damascus: Mission) -> None:
    staff = given.operator("staff")
    own, other = person(damascus, operator=staff), person(damascus, name="Rui")
    contact = added(own, staff)
    with pytest.raises(Refused):
        added(other, staff)
    foreign = added(other, given.operator("rso"))
    for verb, work in (
        ("missions.test_contact", lambda c: contacts.test_contact(c, reached=True)),
        ("missions.remove_contact", contacts.remove_contact),
    ):
        with pytest.raises(Refused):
            work(claim(Contact, foreign.pk, verb, staff))
    contacts.remove_contact(claim(Contact, contact.pk, "missions.remove_contact", staff))
    assert list(Contact.objects.values_list("pk", flat=True)) == [foreign.pk]


def test_what_nobody_can_dial_is_refused(damascus: Mission) -> None:
    row, rso = person(damascus), given.operator("rso")
    for address in ("", "call me", "12", "+999 555\n01"):
        with pytest.raises(Refused):
            added(row, rso, address)


def test_sensitive_data_lies_sealed_and_each_opening_is_recorded_with_its_reason(damascus: Mission) -> None:
    staff, rso = given.operator("staff"), given.operator("rso")
    row = person(damascus, operator=staff)
    value = SensitiveValue("CANARY mother", "CANARY insulin")
    contacts.set_sensitive(claim(Person, row.pk, "missions.set_sensitive", staff), value)
    row.refresh_from_db()
    assert b"CANARY" not in bytes(row.sensitive)
    assert "CANARY" not in str(open_body(Entry.objects.get(fact="missions.SensitiveSet/1")))
    opened = contacts.read_sensitive(claim(Person, row.pk, "missions.read_sensitive", rso), reason="Evacuation list")
    assert opened == value
    entry = Entry.objects.get(fact="missions.SensitiveRead/1")
    assert (entry.actor, open_body(entry).said) == (rso.id, {"reason": "Evacuation list"})
    with pytest.raises(Refused):
        contacts.read_sensitive(claim(Person, row.pk, "missions.read_sensitive", rso), reason=" ")
    for role in ("staff", "watch_officer", "analyst", "auditor"):
        reader = staff if role == "staff" else given.operator(role)
        with pytest.raises(Forbidden):
            claim(Person, row.pk, "missions.read_sensitive", reader)


def test_nobody_enters_what_is_sensitive_about_another(damascus: Mission) -> None:
    row = person(damascus)
    with pytest.raises(Refused):
        contacts.set_sensitive(
            claim(Person, row.pk, "missions.set_sensitive", given.operator("staff")), SensitiveValue("x", "")
        )
