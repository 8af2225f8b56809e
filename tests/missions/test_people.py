"""People at post are kept by acts; who may see them is asked first; what is personal is sealed apart."""

from datetime import date

import pytest
from tests import given
from tests.missions.given import person

from legation.foundations.decisions import Refused
from legation.foundations.markings import Classification, Marking, Tlp
from legation.missions import published
from legation.missions.actions.people import correct_person, depart_person, link_account
from legation.missions.events import PersonCategory
from legation.missions.models import Mission, Person
from legation.platform.authority.actor import Forbidden, NotVisible
from legation.platform.authority.resolve import claim
from legation.platform.ledger.log import open_body, personal_of
from legation.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def damascus() -> Mission:
    given.keys()
    return given.missions()[0]


def test_a_name_stands_in_the_sealed_part_and_not_in_the_body(damascus: Mission) -> None:
    row = person(damascus, name="CANARY Lima", staff_number="S-1")
    entry = Entry.objects.get(fact="missions.PersonAdded/1")
    assert "CANARY" not in str(open_body(entry))
    assert personal_of(entry)[row.ref]["name"] == "CANARY Lima"


def test_people_are_answered_by_mission_and_by_day(damascus: Mission) -> None:
    person(damascus, name="Ana", arrived=date(2018, 1, 1), departs=date(2018, 2, 1))
    person(damascus, name="Rui", category=PersonCategory.VISITOR, arrived=date(2018, 2, 1))
    rso = given.operator("rso")
    assert [one.name for one in published.people(rso, damascus.pk)] == ["Ana", "Rui"]
    assert [one.name for one in published.people(rso, damascus.pk, on=date(2018, 1, 15))] == ["Ana"]
    assert [one.name for one in published.people(rso, on=date(2018, 2, 2))] == ["Rui"]


def test_who_is_not_cleared_or_elsewhere_sees_nobody(damascus: Mission) -> None:
    row = person(damascus)
    open_only = Marking(Classification.UNCLASSIFIED, Tlp.CLEAR)
    for actor in (given.operator("staff", clearance=open_only), given.operator("rso", scope=frozenset({"elsewhere"}))):
        assert published.names(actor, [row.pk]) == {}
        with pytest.raises(NotVisible):
            published.person(actor, row.pk)


def test_a_signed_in_account_finds_the_person_behind_it(damascus: Mission) -> None:
    staff, rso = given.operator("staff"), given.operator("rso")
    row = person(damascus)
    assert published.person_of(staff) is None
    link_account(claim(Person, row.pk, "missions.link_account", rso), staff.id)
    found = published.person_of(staff)
    assert found is not None
    assert (found.id, found.operator_id) == (row.pk, staff.id)


def test_a_correction_says_what_changed_and_the_same_again_writes_nothing(damascus: Mission) -> None:
    import dataclasses

    row, rso = person(damascus), given.operator("rso")
    value = dataclasses.replace(row.value, post="Second secretary")
    correct_person(claim(Person, row.pk, "missions.correct_person", rso), value)
    correct_person(claim(Person, row.pk, "missions.correct_person", rso), value)
    entry = Entry.objects.get(fact="missions.PersonCorrected/1")
    assert open_body(entry).said["changed"] == ["post"]
    with pytest.raises(Forbidden):
        claim(Person, row.pk, "missions.correct_person", given.operator("analyst"))


def test_nobody_departs_before_he_arrived(damascus: Mission) -> None:
    row, rso = person(damascus, arrived=date(2018, 1, 1)), given.operator("rso")
    with pytest.raises(Refused):
        depart_person(claim(Person, row.pk, "missions.depart_person", rso), date(2017, 12, 31))
    done = depart_person(claim(Person, row.pk, "missions.depart_person", rso), date(2018, 7, 1))
    assert done.departs == date(2018, 7, 1)


def test_only_keepers_of_the_record_add_people(damascus: Mission) -> None:
    for role in ("staff", "analyst", "watch_officer", "auditor"):
        with pytest.raises(Forbidden):
            claim(Mission, damascus.pk, "missions.add_person", given.operator(role))
