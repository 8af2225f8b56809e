"""Signed heads: when they are made, what they refuse, and what a witness sees."""

import dataclasses
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from tests.platform.given import START, draft, record, record_many

from legation.platform import clock
from legation.platform.authority.markings import forget
from legation.platform.ledger import checkpoints, log, proofs, witness
from legation.platform.ledger.models import Node
from legation.platform.secrets import node


class Wall:
    """The machine's clock, moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> object:
        return self.now


@pytest.fixture
def wall(monkeypatch: pytest.MonkeyPatch) -> Wall:
    hand = Wall()
    monkeypatch.setattr(clock, "wall", hand)
    return hand


@pytest.fixture(autouse=True)
def keys(db: None, tmp_path: Path, wall: Wall) -> Iterator[node.NodeKeys]:
    forget()
    log.forget_names()
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    made = dataclasses.replace(node.in_memory(), home=home)
    node.hold(made)
    yield made
    node.forget()


def test_a_head_is_signed_at_most_once_a_second_and_only_when_the_log_grew(wall: Wall) -> None:
    record(draft(1))
    assert checkpoints.sign_if_due() is not None
    record(draft(2))
    assert checkpoints.sign_if_due() is None
    wall.now += timedelta(seconds=1)
    made = checkpoints.sign_if_due()
    assert made is not None
    assert made.size == 3
    wall.now += timedelta(seconds=5)
    assert checkpoints.sign_if_due() is None


def test_a_head_set_back_by_the_clock_keeps_the_order_of_times(wall: Wall) -> None:
    record(draft(1))
    first = checkpoints.sign_now()
    wall.now -= timedelta(days=1)
    record(draft(2))
    second = checkpoints.sign_now()
    assert first is not None
    assert second is not None
    assert second.time == first.time


def test_a_line_torn_by_a_power_cut_is_left_out_and_replaced(keys: node.NodeKeys) -> None:
    record(draft(1))
    checkpoints.sign_now()
    assert keys.home is not None
    path = keys.home / checkpoints.FILE
    with path.open("ab") as file:
        file.write(b"checkpoint/1 torn in the mid")
    assert len(list(checkpoints.every(keys.home))) == 1
    record(draft(2))
    checkpoints.sign_now()
    assert [head.size for head in checkpoints.every(keys.home)] == [2, 3]
    assert b"torn" not in path.read_bytes()


def test_a_head_reads_as_a_signed_note(keys: node.NodeKeys) -> None:
    record(draft(1))
    head = checkpoints.sign_now()
    assert head is not None
    note = head.note(keys.public_key)
    assert note.startswith(f"legation/{keys.name}\n2\n")
    assert f"\n\n— legation/{keys.name} " in note
    assert checkpoints.Checkpoint.parse(head.line) == head


def test_a_full_disk_keeps_the_head_back_and_says_so(keys: node.NodeKeys, monkeypatch: pytest.MonkeyPatch) -> None:
    record(draft(1))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(checkpoints, "_write", full)
        assert checkpoints.sign_now() is None
    assert "No space left" in checkpoints.faults[keys.name]
    assert checkpoints.sign_now() is not None
    assert keys.name not in checkpoints.faults


def test_a_missing_checkpoint_file_refuses_and_a_person_may_reconcile(keys: node.NodeKeys) -> None:
    record(draft(1))
    checkpoints.sign_now()
    assert keys.home is not None
    (keys.home / checkpoints.FILE).unlink()
    with pytest.raises(checkpoints.RolledBack, match="is missing"):
        record(draft(2))
    checkpoints.reconcile(START)
    record(draft(2))
    assert Node.objects.get().size == 3


def test_a_witness_signs_what_continues_and_nothing_else(keys: node.NodeKeys, tmp_path: Path) -> None:
    other = dataclasses.replace(node.in_memory(), home=tmp_path)
    record_many(10)
    first = checkpoints.sign_now()
    record_many(30, start=50)
    second = checkpoints.sign_now()
    assert first is not None
    assert second is not None
    witness.cosign(other, first.line, keys.public_key, [])
    proof = proofs.consistency(Node.objects.get(), first.size, second.size)
    signed = witness.cosign(other, second.line, keys.public_key, proof)
    assert witness.Cosignature.parse(signed.line) == signed
    with pytest.raises(witness.Stale):
        witness.cosign(other, first.line, keys.public_key, [])
    forked = checkpoints.sign(keys, "checkpoint", second.size, bytes(32), START)
    with pytest.raises(witness.SplitView) as split:
        witness.cosign(other, forked.line, keys.public_key, [])
    assert split.value.heads == (second.line, forked.line)
    with pytest.raises(checkpoints.NotACheckpoint):
        witness.cosign(other, second.line, other.public_key, [])
