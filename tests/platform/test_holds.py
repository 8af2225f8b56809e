"""A hold stops erasure; erasing takes the parts and leaves the proof; both stand in the record with their reason."""

from dataclasses import dataclass

import pytest
from tests import given

from legation.foundations.decisions import Refused
from legation.foundations.identity import Ref
from legation.platform import personal
from legation.platform.act import Context
from legation.platform.authority.resolve import House, claim_house
from legation.platform.holds import hold, lift
from legation.platform.ledger.check import check
from legation.platform.ledger.models import Entry, SealedPart

pytestmark = pytest.mark.django_db
PERSON = Ref("Person", "p" * 32)


@dataclass(frozen=True, slots=True)
class Told:
    """A fact with a personal part, for these tests."""

    what: str


@given.unlisted("missions.erase_person")
def erase(ctx: Context, house: House, subject: Ref, *, reason: str) -> int:
    """What an erasing act does; the real one asks two persons first."""
    return personal.erase(ctx, [subject], mission=None, reason=reason)


@pytest.fixture
def head() -> object:
    given.keys()

    def body(ctx: Context, house: House) -> None:
        ctx.announce(Told("arrived"), subjects=[PERSON])
        ctx.drafts[0].personal[PERSON] = Told("next of kin")

    given.unlisted("missions.import")(body)(claim_house("missions.import", given.local()))
    return given.operator("head_of_mission")


def test_a_held_person_is_not_erased_until_the_hold_is_lifted(head: object) -> None:
    hold(claim_house("ledger.hold", head), PERSON, reason="Court order 12")
    with pytest.raises(Refused):
        erase(claim_house("missions.erase_person", head), PERSON, reason="asked by the person")
    assert SealedPart.objects.filter(key=PERSON.id).count() == 1
    assert lift(claim_house("ledger.lift", head), PERSON, reason="case closed") == 1
    assert erase(claim_house("missions.erase_person", head), PERSON, reason="asked by the person") == 1
    assert not SealedPart.objects.filter(key=PERSON.id).exists()


def test_what_is_left_still_verifies_and_says_who_erased(head: object) -> None:
    erase(claim_house("missions.erase_person", head), PERSON, reason="retention over")
    assert not check().findings
    assert Entry.objects.filter(fact="holds.PersonErased/1").exists()


def test_nothing_is_held_or_lifted_without_a_reason(head: object) -> None:
    before = Entry.objects.count()
    for verb, verbal in (("ledger.hold", hold), ("ledger.lift", lift)):
        with pytest.raises(Refused):
            verbal(claim_house(verb, head), PERSON, reason="  ")
    assert Entry.objects.count() == before


def test_lifting_where_nothing_is_held_writes_nothing(head: object) -> None:
    before = Entry.objects.count()
    assert lift(claim_house("ledger.lift", head), PERSON, reason="sure") == 0
    assert Entry.objects.count() == before
