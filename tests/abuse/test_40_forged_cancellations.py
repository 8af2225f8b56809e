"""Abuse case 40: who forges a sender, or sends a cancellation, takes no live alert away; it only stands beside it."""

from legation.intelligence.links import cap
from legation.intelligence.rules.kinds import NO_KIND


def test_a_cancellation_warns_of_nothing_and_names_what_it_wants_cancelled() -> None:
    world = cap.MemoryCap()
    alert = cap.read(world.alert()).signals
    cancel = cap.read(
        world.alert(identifier="A-2", kind="Cancel", references="alerts@example.org,A-1,2018-02-05T06:00:00+00:00")
    ).signals
    assert (alert.kind, cancel.kind, cancel.threat.tolist()) == (["flood"], [NO_KIND], [-1])
    assert cancel.title[0].startswith("Cancellation, not verified")
    assert "A-1" in cancel.text[0]


def test_the_same_identifier_from_another_sender_is_another_item() -> None:
    world = cap.MemoryCap()
    true, forged = cap.read(world.alert()).signals, cap.read(world.alert(sender="evil@example.net")).signals
    assert true.external_id != forged.external_id
    assert true.origin != forged.origin


def test_a_signature_is_not_taken_for_proof() -> None:
    alert = cap.MemoryCap().alert(kind="Cancel")
    signed = alert.replace(b"</alert>", b'<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/></alert>')
    found = cap.read(signed).signals
    assert found.kind == [NO_KIND]
    assert "not checked" in found.text[0]
