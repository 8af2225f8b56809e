"""A list of people is loaded row by row; the same list twice changes nothing; nobody learns who is hidden from him."""

from importlib.resources import files

import pytest
from tests import given
from tests.abuse.given import signed_in
from tests.missions.given import person

from legation.foundations.markings import Classification, Marking, Tlp
from legation.missions.actions.people_list import PeopleLoaded, import_people, merge_people
from legation.missions.events.people import PersonCategory
from legation.missions.links import people_file
from legation.missions.models import Contact, Mission, Person
from legation.missions.queries import people as asked
from legation.missions.rules.people_list import FaultReason, NotAPeopleList
from legation.platform.authority.actor import Actor, Forbidden
from legation.platform.authority.resolve import claim
from legation.platform.ledger.log import open_body
from legation.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db
SHIPPED = files("legation.runtime.demonstration").joinpath("data/people.csv")
LIST = (
    "name,category,staff_number,principal,mobile,tested,next_of_kin\n"
    "Ana Lima,diplomat,S-1,,+999 1234567,2018-01-05,Rui Lima\n"
    "Eva Lima,family,,s-1,,,\n"
)


@pytest.fixture(autouse=True)
def damascus() -> Mission:
    given.keys()
    return given.missions()[0]


def loaded(mission: Mission, text: str | bytes, actor: Actor | None = None) -> PeopleLoaded:
    data = text.encode() if isinstance(text, str) else text
    claimed = claim(Mission, mission.pk, "missions.import_people", actor or given.local())
    return import_people(claimed, people_file.read(data), "test")


def test_rows_become_people_with_contacts_and_principals_and_the_same_again_changes_nothing(damascus: Mission) -> None:
    assert loaded(damascus, LIST).added == 2
    ana, eva = Person.objects.order_by("name")
    assert (ana.category, eva.principal_id) == (PersonCategory.DIPLOMATIC_AGENT, ana.pk)
    assert ana.opened().next_of_kin == "Rui Lima"
    assert [(c.channel, c.tested_at.date().isoformat()) for c in Contact.objects.all()] == [("mobile", "2018-01-05")]
    before = Entry.objects.count()
    again = loaded(damascus, LIST)
    assert (again.added, again.corrected, again.unchanged) == (0, 0, 2)
    assert Entry.objects.count() == before


def test_a_changed_row_corrects_and_an_empty_cell_leaves_what_is_held(damascus: Mission) -> None:
    loaded(damascus, LIST)
    done = loaded(damascus, "name,category,staff_number,post\nAna Souza,diplomat,S-1,\nEva Lima,family,,\n")
    assert done.corrected == 1
    assert [f.reason for f in done.left_out] == [FaultReason.PRINCIPAL_MISSING]
    assert Person.objects.get(staff_number="S-1").name == "Ana Souza"
    assert Contact.objects.count() == 1


def test_no_name_stands_in_any_body(damascus: Mission) -> None:
    loaded(damascus, LIST)
    for entry in Entry.objects.filter(fact__startswith="missions.Person"):
        assert "Lima" not in str(open_body(entry))


def test_the_shipped_list_has_ten_rows_that_cannot_be_read_each_with_line_column_and_advice(damascus: Mission) -> None:
    done = loaded(damascus, SHIPPED.read_bytes())
    assert (done.added, len(done.left_out)) == (190, 10)
    assert {fault.reason for fault in done.left_out} == set(FaultReason)
    assert all(fault.line > 1 and fault.column and fault.advice for fault in done.left_out)
    assert loaded(damascus, SHIPPED.read_bytes()).unchanged == 190


def test_a_dry_run_says_the_same_and_writes_nothing(damascus: Mission) -> None:
    rso = given.operator("rso")
    before = Entry.objects.count()
    plan = asked.foreseen(rso, damascus.pk, people_file.read(SHIPPED.read_bytes()))
    assert (plan.fresh, plan.met, len(plan.faults)) == (190, 0, 10)
    assert Entry.objects.count() == before


def test_what_is_no_list_of_people_is_said_with_what_it_lacks(damascus: Mission) -> None:
    for data in (b"a,b\n1,2\n", b"\xff\xfe"):
        with pytest.raises(NotAPeopleList):
            people_file.read(data)


def test_two_records_of_one_person_become_one_and_the_other_id_leads_to_it(damascus: Mission) -> None:
    rso = given.operator("rso")
    kept = person(damascus, name="Ana Lima", staff_number="S-1")
    other = person(damascus, name="A. Lima", staff_number="s-1", post="Consul")
    loaded(damascus, "name,category,mobile,principal\nEva,family,+999 55555,A. Lima\n")
    assert [{row.pk for row in group} for group in asked.twins(rso, damascus.pk)] == [{kept.pk, other.pk}]
    done = merge_people(claim(Person, kept.pk, "missions.merge_people", rso), other.pk)
    assert (done.post, done.name) == ("Consul", "Ana Lima")
    assert asked.person(rso, other.pk).pk == kept.pk
    assert asked.names(rso, [other.pk]) == {other.pk: "Ana Lima"}
    assert Person.objects.get(name="Eva").principal_id == kept.pk
    assert asked.twins(rso, damascus.pk) == []


def test_a_row_whose_twin_is_hidden_is_added_like_any_other(damascus: Mission) -> None:
    secret = Marking(Classification.SECRET, Tlp.RED)
    person(damascus, name="Ana Lima", staff_number="S-1", marking=secret)
    clerk = given.operator("rso", name="clerk", clearance=Marking(Classification.RESTRICTED, Tlp.AMBER))
    assert loaded(damascus, LIST, clerk).added == 2
    assert asked.twins(clerk, damascus.pk) == []
    assert len(asked.twins(given.operator("head_of_mission"), damascus.pk)) == 1


def test_a_list_that_was_taken_out_is_recorded_holds_no_formula_and_loads_again(damascus: Mission) -> None:
    loaded(damascus, SHIPPED.read_bytes())
    person(damascus, name="=cmd|' /C calc'!A0", staff_number="+1")
    sent = signed_in(given.operator("head_of_mission")).post(f"/missions/{damascus.pk}/people/export/")
    assert b"'=cmd" in sent.content
    assert open_body(Entry.objects.get(fact="missions.PeopleExported/1")).said == {"people": 191}
    assert loaded(damascus, sent.content).unchanged == 191
    with pytest.raises(Forbidden):
        claim(Mission, damascus.pk, "missions.export_people", given.operator("watch_officer"))
