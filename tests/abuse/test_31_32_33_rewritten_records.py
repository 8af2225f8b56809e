"""Abuse 31–33: the tail is cut off, the machine goes back to yesterday, two readers are shown two histories."""

import dataclasses
import io
from collections.abc import Iterator
from pathlib import Path

import pytest
import verify_ledger
from django.db import connection
from tests import given
from tests.platform.given import START, draft, record, record_many

from legation.platform import clock
from legation.platform.ledger import checkpoints, export, proofs, tree, witness
from legation.platform.ledger.check import check
from legation.platform.ledger.models import Entry, Node
from legation.platform.secrets import node


@pytest.fixture(autouse=True)
def keys(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[node.NodeKeys]:
    monkeypatch.setattr(clock, "wall", lambda: START)
    given.keys()
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    made = dataclasses.replace(node.in_memory(), home=home)
    node.hold(made)
    yield made
    node.forget()


def cut_back_to(size: int) -> None:
    """What a DBA does who knows the tables: rows, tiles, edge and counters all agree afterwards."""
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("position").values_list("leaf", flat=True)][:size]
    edge = tree.Frontier()
    edge.extend(leaves)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM platform_entry WHERE position >= %s", [size])
        cursor.execute("DELETE FROM platform_subjectrow WHERE entry_id >= %s", [size])
        cursor.execute("DELETE FROM platform_partkey WHERE id >= %s", [size * 256])
        cursor.execute('DELETE FROM platform_tile WHERE ("index" + 1) << (4 * level) > %s', [size])
        cursor.execute("UPDATE platform_node SET size = %s, frontier = %s", [size, edge.pack()])


def test_31_a_tail_cut_off_by_a_dba_is_found_and_the_node_neither_signs_nor_appends(keys: node.NodeKeys) -> None:
    record_many(40)
    signed = checkpoints.sign_now()
    assert signed is not None
    cut_back_to(20)
    assert [(found.code, found.first, found.last) for found in check().findings] == [("rolled_back", 20, 40)]
    checkpoints._checked.clear()
    with pytest.raises(checkpoints.RolledBack, match="holds 20 entries, but 41 were signed"):
        record(draft(99))
    assert checkpoints.sign_now() is None
    assert "rolled back" in checkpoints.faults[keys.name]


def test_31_the_tail_grown_again_to_the_same_length_is_found(keys: node.NodeKeys) -> None:
    """The counters fit; only what was signed does not."""
    record_many(40)
    checkpoints.sign_now()
    cut_back_to(20)
    checkpoints._checked[keys.name] = _state(keys)  # a node that does not look: the control
    record_many(30, start=500)
    assert Node.objects.get().size > 41
    checkpoints._checked.clear()
    with pytest.raises(checkpoints.RolledBack, match="rewritten"):
        record(draft(99))
    assert checkpoints.sign_now() is None
    assert any(found.code == "head" for found in check().findings)


def _state(keys: node.NodeKeys) -> tuple[int, int]:
    assert keys.home is not None
    look = (keys.home / checkpoints.FILE).stat()
    return look.st_size, look.st_mtime_ns


def test_32_a_machine_gone_back_with_its_checkpoints_is_found_by_one_kept_elsewhere(keys: node.NodeKeys) -> None:
    assert keys.home is not None
    record_many(20)
    checkpoints.sign_now()
    yesterday = (keys.home / checkpoints.FILE).read_bytes()
    record_many(20, start=100)
    today = checkpoints.sign_now()
    assert today is not None
    cut_back_to(21)
    (keys.home / checkpoints.FILE).write_bytes(yesterday)
    assert check().sound, "the control: nothing on this machine can tell"
    with pytest.raises(checkpoints.RolledBack, match="rolled back"):
        checkpoints.confront(today.line)
    with pytest.raises(checkpoints.RolledBack):
        record(draft(99))
    with pytest.raises(checkpoints.NotACheckpoint):
        checkpoints.confront(today.line.replace(" 41 ", " 42 "))


def test_32_after_a_person_reconciled_the_loss_stays_in_every_export(keys: node.NodeKeys) -> None:
    record_many(40)
    lost = checkpoints.sign_now()
    assert lost is not None
    cut_back_to(20)
    checkpoints._checked.clear()
    checkpoints.reconcile(START)
    record_many(30, start=500)
    assert checkpoints.sign_now() is not None
    out = io.BytesIO()
    export.write(out)
    found = verify_ledger.Verifier(verify_ledger.Key(keys.public_key), [])
    found.run(iter(out.getvalue().splitlines(keepends=True)))
    assert found.faults == []
    assert any("41 entries, no longer in this record" in line for line in found.lost)
    assert any("goes on from 20" in line for line in found.lost)
    assert verify_ledger.report(found, as_json=False) == 3
    assert check().sound


def test_33_two_histories_of_one_node_are_their_own_proof(keys: node.NodeKeys, tmp_path: Path) -> None:
    inspector = dataclasses.replace(node.in_memory(), home=tmp_path)
    record_many(20)
    shown_first = checkpoints.sign_now()
    assert shown_first is not None
    witness.cosign(inspector, shown_first.line, keys.public_key, [])
    cut_back_to(10)
    record_none = checkpoints.sign(keys, "checkpoint", 10, tree.Frontier.parse(*_edge()).root(), START)
    with pytest.raises(witness.Stale):
        witness.cosign(inspector, record_none.line, keys.public_key, [])
    checkpoints._checked[keys.name] = _state(keys)
    record_many(20, start=700)
    other = checkpoints.sign(keys, "checkpoint", 30, tree.Frontier.parse(*_edge()).root(), START)
    proof = proofs.consistency(Node.objects.get(), 21, 30)
    with pytest.raises(witness.SplitView) as split:
        witness.cosign(inspector, other.line, keys.public_key, proof)
    for line in split.value.heads:
        checkpoints.Checkpoint.parse(line).verify(keys.public_key)


def _edge() -> tuple[int, bytes]:
    own = Node.objects.get()
    return own.size, bytes(own.frontier)
