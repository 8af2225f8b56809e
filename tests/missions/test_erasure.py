"""A person is forgotten by two others, everywhere at once; what he asks about himself is answered to him."""

from datetime import timedelta

import pytest
from tests import given
from tests.missions.given import person

from legation.foundations.decisions import Refused
from legation.foundations.identity import Ref
from legation.missions import published
from legation.missions.actions import contacts, erasure
from legation.missions.actions.people_list import merge_people
from legation.missions.events.contacts import ContactChannel, SensitiveValue
from legation.missions.events.people import PersonCategory
from legation.missions.models import Contact, CorrectionRequest, ErasureProposal, Mission, Person
from legation.missions.queries import erasure as asked
from legation.platform import clock
from legation.platform.authority.actor import Actor, Forbidden, NotVisible
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.deadlines import Deadline, fire_due
from legation.platform.holds import hold, lift
from legation.platform.ledger.check import check
from legation.platform.ledger.models import Entry, SealedPart
from legation.platform.personal import held_about

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def damascus() -> Mission:
    given.keys()
    return given.missions()[0]


def proposed(row: Person, actor: Actor, reason: str = "asked by the person") -> ErasureProposal:
    return erasure.propose_erasure(claim(Person, row.pk, "missions.propose_erasure", actor), reason=reason)


def erased(row: Person, actor: Actor) -> int:
    return erasure.erase_person(claim(Person, row.pk, "missions.erase_person", actor))


def refused(reason: str, work: object) -> None:
    with pytest.raises(Refused) as found:
        work()  # type: ignore[operator]  # a lambda of the test
    assert found.value.refusal.reason == reason


def test_two_persons_erase_one_everywhere(damascus: Mission) -> None:
    rso, head, staff = given.operator("rso"), given.operator("head_of_mission"), given.operator("staff")
    row = person(damascus, operator=staff)
    child = person(damascus, name="Eva", category=PersonCategory.DEPENDANT, principal_id=row.pk)
    contacts.add_contact(claim(Person, row.pk, "missions.add_contact", staff), ContactChannel.MOBILE, "+999 55501")
    contacts.set_sensitive(claim(Person, row.pk, "missions.set_sensitive", staff), SensitiveValue("a", "b"))
    erasure.ask_correction(claim(Person, row.pk, "missions.ask_correction", staff), "my post")
    proposed(row, rso)
    assert erased(row, head) >= 4
    with pytest.raises(NotVisible):
        published.person(head, row.pk)
    assert published.names(head, [row.pk, child.pk]) == {child.pk: "Eva"}
    child.refresh_from_db()
    assert child.principal_id == ""
    for model in (Contact, CorrectionRequest, ErasureProposal):
        assert not model.objects.filter(person_id=row.pk).exists()
    assert not SealedPart.objects.filter(key=row.pk).exists()
    assert not Deadline.objects.filter(subject_id=row.pk).exists()
    assert Entry.objects.filter(fact="holds.PersonErased/1", actor=head.id).count() == 1
    assert not check().findings


def test_what_was_merged_into_a_person_goes_with_him(damascus: Mission) -> None:
    rso, head = given.operator("rso"), given.operator("head_of_mission")
    kept, other = person(damascus), person(damascus, name="A. Lima")
    merge_people(claim(Person, kept.pk, "missions.merge_people", rso), other.pk)
    proposed(kept, rso)
    erased(kept, head)
    assert not SealedPart.objects.exists()


def test_one_person_alone_erases_nobody_nor_with_a_second_account(damascus: Mission) -> None:
    rso, head = given.operator("rso"), given.operator("head_of_mission")
    second = given.operator("rso", name="the same man's second account")
    row = person(damascus)
    person(damascus, name="Rui", operator=rso)
    person(damascus, name="Rui once more", operator=second)
    refused("erasure_not_proposed", lambda: erased(row, head))
    proposed(row, rso)
    refused("second_person_needed", lambda: erased(row, rso))
    refused("erasure_proposed_already", lambda: proposed(row, head))
    ErasureProposal.objects.update(proposed_at=clock.as_of() - timedelta(days=30))
    refused("proposal_too_old", lambda: erased(row, head))
    for role in ("staff", "analyst", "auditor", "watch_officer"):
        with pytest.raises(Forbidden):
            claim(Person, row.pk, "missions.erase_person", given.operator(role))


def test_nobody_decides_on_his_own_erasure(damascus: Mission) -> None:
    rso, head = given.operator("rso"), given.operator("head_of_mission")
    row = person(damascus, operator=rso)
    refused("own_erasure", lambda: proposed(row, rso))
    proposed(row, head)
    refused("own_erasure", lambda: erased(row, rso))


def test_a_hold_stops_proposal_and_confirmation_until_it_is_lifted(damascus: Mission) -> None:
    rso, head = given.operator("rso"), given.operator("head_of_mission")
    row = person(damascus)
    hold(claim_house("ledger.hold", head), row.ref, reason="Court order 12")
    refused("legal_hold", lambda: proposed(row, rso))
    lift(claim_house("ledger.lift", head), row.ref, reason="closed")
    proposed(row, rso)
    hold(claim_house("ledger.hold", head), damascus.ref, reason="Inquiry at the mission")
    refused("legal_hold", lambda: erased(row, head))
    assert Person.objects.filter(pk=row.pk).exists()
    assert [one.reason for one in asked.holds(row)] == ["Inquiry at the mission"]


def test_a_proposal_is_withdrawn_and_may_be_made_anew(damascus: Mission) -> None:
    rso, head = given.operator("rso"), given.operator("head_of_mission")
    row = person(damascus)
    proposed(row, rso)
    erasure.withdraw_erasure(claim(Person, row.pk, "missions.withdraw_erasure", head))
    refused("erasure_not_proposed", lambda: erased(row, head))
    refused("reason_missing", lambda: proposed(row, rso, " "))
    assert proposed(row, head).proposed_by == head.id


def test_who_asks_to_be_corrected_is_answered_within_a_month(damascus: Mission) -> None:
    staff, rso = given.operator("staff"), given.operator("rso")
    own, other = person(damascus, operator=staff), person(damascus, name="Rui")
    refused(
        "not_about_you",
        lambda: erasure.ask_correction(claim(Person, other.pk, "missions.ask_correction", staff), "his post"),
    )
    refused(
        "request_missing", lambda: erasure.ask_correction(claim(Person, own.pk, "missions.ask_correction", staff), " ")
    )
    request = erasure.ask_correction(claim(Person, own.pk, "missions.ask_correction", staff), "I am second secretary")
    assert Deadline.objects.get(kind=erasure.ASKED).due_at > clock.as_of() + timedelta(days=29)
    assert list(asked.open_requests(rso)) == [request]
    fire_due(clock.as_of() + timedelta(days=31))
    assert Entry.objects.filter(fact="missions.CorrectionOverdue/1").exists()  # by "missions.remind_correction"
    claimed = claim(CorrectionRequest, request.pk, "missions.decide_correction", rso)
    refused("answer_missing", lambda: erasure.decide_correction(claimed, accepted=True, answer=""))
    erasure.decide_correction(claimed, accepted=False, answer="The decree says third secretary")
    refused("request_decided", lambda: erasure.decide_correction(claimed, accepted=True, answer="yes"))
    assert [one.answer for one in asked.requests(staff, own.pk)] == ["The decree says third secretary"]


def test_a_person_sees_who_opened_his_sealed_part_and_what_rooms_hold(damascus: Mission) -> None:
    staff, rso, head = given.operator("staff"), given.operator("rso"), given.operator("head_of_mission")
    row = person(damascus, operator=staff)
    contacts.read_sensitive(claim(Person, row.pk, "missions.read_sensitive", rso), reason="Evacuation list")
    assert [(one.actor, one.reason) for one in asked.openings(staff, row)] == [(rso.id, "Evacuation list")]
    proposed(row, head)
    person(damascus, name="Eva", category=PersonCategory.DEPENDANT, principal_id=row.pk)
    assert {one.what for one in held_about(staff, row.ref)["missions"]} == {"held_principal", "held_proposal"}
    assert "missions" not in held_about(staff, Ref("Person", "f" * 32))
