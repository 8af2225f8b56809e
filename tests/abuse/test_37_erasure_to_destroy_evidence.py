"""Abuse case 37: erasure to destroy evidence. A hold blocks it, one person cannot do it, the proof remains."""

import pytest
from tests import given
from tests.abuse.given import signed_in, with_key
from tests.missions.given import person

from legation.foundations.decisions import Grant
from legation.missions.models import Person
from legation.missions.rules import erasure as rules
from legation.platform.ledger.check import check
from legation.platform.ledger.log import open_body
from legation.platform.ledger.models import Entry, SealedPart

pytestmark = pytest.mark.django_db(transaction=True)
WHY = {"reason": "asked by the person"}


@pytest.fixture
def row() -> Person:
    given.keys()
    return person(given.missions()[0], name="CANARY Lima")


def path(row: Person, what: str) -> str:
    return f"/missions/people/{row.pk}/{what}/"


def test_a_hold_placed_by_the_auditor_blocks_both_persons_at_every_door(row: Person) -> None:
    rso, head, auditor = (given.operator(role) for role in ("rso", "head_of_mission", "auditor"))
    signed_in(rso).post(path(row, "erasure"), WHY)
    head_of_mission = signed_in(head)
    from legation.platform.authority.resolve import claim_house
    from legation.platform.holds import hold

    hold(claim_house("ledger.hold", auditor), row.ref, reason="inquiry 7")
    head_of_mission.post(path(row, "erasure/confirm"))
    assert with_key(head).post(f"/api/missions/people/{row.pk}/erasure/confirm").status_code >= 400
    assert Person.objects.filter(pk=row.pk).exists()
    assert SealedPart.objects.filter(key=row.pk).exists()
    said = head_of_mission.get(path(row, "")[:-1]).content.decode()
    assert "inquiry 7" in said
    head_of_mission.post(path(row, "hold/lift"), {"reason": "closed"})
    head_of_mission.post(path(row, "erasure/confirm"))
    assert not Person.objects.filter(pk=row.pk).exists()


def test_one_person_with_page_and_key_is_still_one_person(row: Person) -> None:
    head = given.operator("head_of_mission")
    signed_in(head).post(path(row, "erasure"), WHY)
    signed_in(head).post(path(row, "erasure/confirm"))
    with_key(head).post(f"/api/missions/people/{row.pk}/erasure/confirm")
    assert Person.objects.filter(pk=row.pk).exists()


def test_tombstone_reason_and_both_persons_stand_and_the_record_verifies(row: Person) -> None:
    rso, head = given.operator("rso"), given.operator("head_of_mission")
    before = bytes(Entry.objects.get(fact="missions.PersonAdded/1").commitments)
    signed_in(rso).post(path(row, "erasure"), WHY)
    signed_in(head).post(path(row, "erasure/confirm"))
    proposed = Entry.objects.get(fact="missions.ErasureProposed/1")
    erased = Entry.objects.get(fact="holds.PersonErased/1")
    assert (proposed.actor, erased.actor) == (rso.id, head.id)
    body = open_body(erased)
    assert body.said["reason"] == WHY["reason"]
    assert (f"Person/{row.pk}", None) in [(ref, image["value"]) for ref, image in body.images]
    assert bytes(Entry.objects.get(fact="missions.PersonAdded/1").commitments) == before
    assert check().sound


def test_the_control_without_the_second_person_one_erases(row: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "may_confirm", lambda **_: Grant("off"))
    head = given.operator("head_of_mission")
    signed_in(head).post(path(row, "erasure"), WHY)
    signed_in(head).post(path(row, "erasure/confirm"))
    assert not Person.objects.filter(pk=row.pk).exists()
