"""What is erased is gone, and the record still verifies; a legal hold comes first."""

from datetime import timedelta

import pytest
from tests.platform.given import START, Visitor, draft, record
from tests.platform.test_verify_ledger import exported, keys, verify

from legation.foundations.decisions import Refused
from legation.foundations.identity import Ref
from legation.platform.ledger import erasure, log
from legation.platform.ledger.check import check
from legation.platform.ledger.models import Entry, PartKey, SealedPart

__all__ = ["keys"]
ANA, EVA = Ref("Person", "ana"), Ref("Person", "eva")


def given_two_visitors() -> Entry:
    both = {ANA: Visitor("Ana", "CANARY-ANA"), EVA: Visitor("Eva", "CANARY-EVA")}
    record(draft(1, personal=both), draft(2, personal={ANA: Visitor("Ana", "CANARY-ANA")}))
    return Entry.objects.get(position=1)


def test_what_is_erased_cannot_be_opened_and_the_proof_still_verifies() -> None:
    entry = given_two_visitors()
    commitments = bytes(entry.commitments)
    assert erasure.erase(ANA) == 2
    assert log.personal_of(entry) == {EVA: {"name": "Eva", "passport": "CANARY-EVA"}}
    with pytest.raises(log.Erased):
        log.open_part(entry, 1)
    assert not SealedPart.objects.filter(type="Person", key="ana").exists()
    assert PartKey.objects.count() == 3 + 1  # three bodies, one part of Eva's
    assert bytes(Entry.objects.get(position=1).commitments) == commitments
    assert check().sound
    assert verify(exported(opened=True, personal=True)).faults == []


@pytest.mark.parametrize("held", [ANA, Ref("Mission", "m1")])
def test_a_legal_hold_blocks_erasure_until_it_is_lifted(held: Ref) -> None:
    given_two_visitors()
    standing = erasure.hold(held, reason="inquiry 7", by="auditor", at=START)
    with pytest.raises(Refused) as refused:
        erasure.erase(ANA)
    assert refused.value.refusal.reason == "legal_hold"
    assert refused.value.refusal.params["reason"] == "inquiry 7"
    erasure.lift(standing, by="auditor", at=START + timedelta(days=1))
    assert erasure.erase(ANA) == 2
