"""Whoever writes the export or the database without the signing key is found, and told where."""

import contextlib
import dataclasses
import hashlib
import io
import itertools
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import verify_ledger
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis import given as always
from hypothesis import strategies as st
from tests.platform.given import START, Visitor, draft, record, record_many

from legation.foundations.identity import Ref
from legation.foundations.markings import Classification, Marking
from legation.platform import clock
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.markings import forget
from legation.platform.ledger import checkpoints, export, log, proofs
from legation.platform.ledger.check import check
from legation.platform.ledger.models import Entry, Node
from legation.platform.secrets import node

ONE_WORLD = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
BATCHES = (9, 20, 31)  # heads are signed over 10, 30 and 61 entries, entry 0 included


@pytest.fixture(autouse=True)
def keys(db: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[node.NodeKeys]:
    monkeypatch.setattr(clock, "wall", lambda: START)  # heads are signed in the made-up entries' time
    forget()
    log.forget_names()
    tmp_path.chmod(0o700)
    made = dataclasses.replace(node.in_memory(), home=tmp_path)
    node.hold(made)
    yield made
    node.forget()


@pytest.fixture
def lines() -> list[bytes]:
    """An honest export: three heads, a personal part, a compartment."""
    start = 1
    for count in BATCHES:
        record_many(count, start=start, batch=count)
        start += count
        assert checkpoints.sign_now() is not None
    return exported()


def exported(*, opened: bool = False, personal: bool = False) -> list[bytes]:
    out = io.BytesIO()
    export.write(out, opened_for=service(ServiceAccount.LOCAL) if opened else None, personal=personal)
    return out.getvalue().splitlines(keepends=True)


def verify(
    lines: list[bytes], key: node.NodeKeys | None = None, *, outside: list[str] | None = None
) -> verify_ledger.Verifier:
    given = [one for one in map(verify_ledger.Signed.read, outside or []) if one]
    found = verify_ledger.Verifier(verify_ledger.Key(key.public_key) if key else None, given)
    found.run(iter(b"".join(lines).splitlines(keepends=True)))
    return found


def closed(lines: list[bytes]) -> list[bytes]:
    """The export with its own digest made to fit again, as a careful forger would."""
    body = [line for line in lines if not line.startswith(b"end/1 ")]
    count = sum(1 for line in body if line.startswith(b"leaf/1 "))
    body[0] = re.sub(rb"\d+\n$", b"%d\n" % count, body[0])
    return [*body, b"end/1 %d %s\n" % (len(body), hashlib.sha256(b"".join(body)).hexdigest().encode())]


def leaf_at(lines: list[bytes], position: int) -> int:
    return [i for i, line in enumerate(lines) if line.startswith(b"leaf/1 ")][position]


def test_an_honest_export_verifies(lines: list[bytes], keys: node.NodeKeys) -> None:
    found = verify(lines, keys)
    assert found.faults == []
    assert (found.tree.size, found.counts) == (61, {"checkpoints": 3, "opened": 1})
    assert found.kind == "demonstration"
    assert verify(lines).faults == []
    assert closed(lines) == lines


def test_the_verifier_runs_alone_and_says_what_it_verified(
    lines: list[bytes], keys: node.NodeKeys, tmp_path: Path
) -> None:
    file = tmp_path / "record.txt"
    file.write_bytes(b"".join(lines))
    script = Path(verify_ledger.__file__)
    command = [sys.executable, "-I", "-S", str(script), str(file), "--key", keys.public_key.hex()]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "61, positions whole" in done.stdout
    assert "verified: nothing edited, deleted, reordered, cut off or back-dated" in done.stdout
    file.write_bytes(b"".join(lines).replace(b"leaf/1", b"leaf/2", 1))
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "NOT verified" in done.stdout


@ONE_WORLD
@always(data=st.data())
def test_any_flipped_bit_of_an_export_is_found(lines: list[bytes], keys: node.NodeKeys, data: st.DataObject) -> None:
    whole = b"".join(lines)
    at = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[:at] + bytes([whole[at] ^ (1 << data.draw(st.integers(0, 7)))]) + whole[at + 1 :]
    for key in (keys, None):
        try:
            assert verify([flipped], key).faults
        except verify_ledger.Unreadable:
            assert at < len(lines[0]), "only a damaged first line may make the file unreadable"


def test_a_time_that_no_calendar_has_is_found_and_not_stumbled_over(lines: list[bytes], keys: node.NodeKeys) -> None:
    """Month 19 has the form of a time and is none; a flipped bit of a month's digit makes it."""
    at = leaf_at(lines, 30)
    impossible = re.sub(rb"-\d\d-(\d\dT)", rb"-19-\1", lines[at], count=1)
    assert impossible != lines[at]
    assert verify([*lines[:at], impossible, *lines[at + 1 :]], keys).faults
    month_zero = re.sub(rb"-\d\d-(\d\dT)", rb"-00-\1", lines[at], count=1)
    assert verify([*lines[:at], month_zero, *lines[at + 1 :]], keys).faults


@ONE_WORLD
@always(data=st.data())
def test_a_line_changed_with_a_fitting_digest_is_found_by_the_tree(
    lines: list[bytes], keys: node.NodeKeys, data: st.DataObject
) -> None:
    """The forger mends the export's digest; the place found is no wider than two heads."""
    position = data.draw(st.integers(0, 60))
    at = leaf_at(lines, position)
    line = bytearray(lines[at])
    # A digit of the commitment: the line stays well formed, so nothing but the tree can tell.
    line[-2] = ord("0") if line[-2] != ord("0") else ord("1")
    found = verify(closed([*lines[:at], bytes(line), *lines[at + 1 :]]), keys)
    assert found.faults
    narrowest = min((f for f in found.faults if f.first <= position <= f.last), key=lambda f: f.last - f.first)
    bounds = [0, 10, 30, 61]
    interval = next((a, b) for a, b in itertools.pairwise(bounds) if a <= position < b)
    assert narrowest.last - narrowest.first <= interval[1] - interval[0]


FORGERIES: dict[str, Callable[[list[bytes], int], list[bytes]]] = {
    "deleted": lambda lines, at: [*lines[:at], *lines[at + 1 :]],
    "doubled": lambda lines, at: [*lines[:at], lines[at], *lines[at:]],
    "swapped": lambda lines, at: [*lines[: at - 1], lines[at], lines[at - 1], *lines[at + 1 :]],
    "cut off": lambda lines, at: lines[:at],
    "inserted": lambda lines, at: [
        *lines[:at],
        re.sub(rb" [0-9a-f]{32} 2", b" " + b"f" * 32 + b" 2", lines[at]),
        *lines[at:],
    ],
    "back-dated": lambda lines, at: [*lines[:at], lines[at].replace(b" 2018-", b" 2017-"), *lines[at + 1 :]],
    "emptied": lambda lines, at: [*lines[:at], b"\n", *lines[at + 1 :]],
}


@pytest.mark.parametrize("kind", FORGERIES)
@ONE_WORLD
@always(data=st.data())
def test_an_entry_tampered_with_is_found(
    lines: list[bytes], keys: node.NodeKeys, kind: str, data: st.DataObject
) -> None:
    position = data.draw(st.integers(2, 60))
    forged = closed(FORGERIES[kind](lines, leaf_at(lines, position)))
    last = [line.decode().strip() for line in lines if line.startswith(b"checkpoint/1")][-1]
    assert verify(forged, keys, outside=[last]).faults


def renumbered(lines: list[bytes]) -> list[bytes]:
    """Positions made whole again after a deletion."""
    count = iter(range(len(lines)))
    return [
        re.sub(rb"^(leaf/1 [0-9a-f]{32}) \d+", rb"\1 %d" % next(count), line) if line.startswith(b"leaf/1") else line
        for line in lines
    ]


@ONE_WORLD
@always(position=st.integers(1, 60))
def test_a_deletion_with_positions_made_whole_is_found(lines: list[bytes], keys: node.NodeKeys, position: int) -> None:
    at = leaf_at(lines, position)
    assert verify(closed(renumbered([*lines[:at], *lines[at + 1 :]])), keys).faults


def test_a_log_cut_back_to_an_older_head_is_found_by_the_last_one_kept_apart(
    lines: list[bytes], keys: node.NodeKeys, tmp_path: Path
) -> None:
    """The one thing an export alone cannot show: the promise holds for whoever kept the last checkpoint."""
    heads = [line.decode().strip() for line in lines if line.startswith(b"checkpoint/1")]
    cut = closed(lines[: lines.index(heads[1].encode() + b"\n") + 1])
    assert verify(cut, keys).faults == []
    (fault,) = verify(cut, keys, outside=heads[2:]).faults
    assert (fault.first, fault.last) == (30, 60)
    assert verify(lines, keys, outside=heads).faults == []


def test_a_record_forged_under_another_key_is_found(lines: list[bytes], keys: node.NodeKeys) -> None:
    stranger = dataclasses.replace(keys, signing=Ed25519PrivateKey.generate())
    forged = list(lines)
    for i, line in enumerate(lines):
        if line.startswith(b"checkpoint/1"):
            head = checkpoints.Checkpoint.parse(line.decode().strip())
            forged[i] = dataclasses.replace(head, signature=stranger.sign(head.text)).line.encode() + b"\n"
    faults = verify(closed(forged), keys).faults
    assert len(faults) == 3
    assert all("signature" in fault.what for fault in faults)
    assert verify(closed(forged)).faults


def test_another_node_whole_and_sound_is_not_taken_for_ours(lines: list[bytes]) -> None:
    faults = verify(lines, node.in_memory()).faults
    assert "not of the key given" in faults[0].what


def test_opened_parts_are_held_against_what_was_committed_to(keys: node.NodeKeys) -> None:
    secret = Marking(Classification.SECRET, compartments=frozenset({"NEGOTIATION"}))
    record(
        draft(1, gate="open gate", personal={Ref("Person", "ana"): Visitor("Ana", "CS-1")}), draft(2, marking=secret)
    )
    pack = exported(opened=True, personal=True)
    found = verify(pack, keys)
    assert found.faults == []
    assert found.counts["opened"] == 3
    assert exported(opened=True)[2:] != pack[2:]
    at = next(i for i, line in enumerate(pack) if line.startswith(b"open/1 1 0"))
    forged = pack[at].split(b" ")
    forged[4] = b"YQ==\n"
    (fault,) = verify(closed([*pack[:at], b" ".join(forged), *pack[at + 1 :]]), keys).faults
    assert (fault.first, fault.what) == (1, "its opened part 0 is not the text that was recorded")


def test_a_receipt_proves_one_entry_and_no_altered_one(
    lines: list[bytes], keys: node.NodeKeys, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = checkpoints.latest(tmp_path)
    assert head is not None
    receipt = proofs.receipt(Entry.objects.get(position=17), size=head.size, checkpoint=head.line)
    file = tmp_path / "receipt.txt"
    file.write_text(receipt.text)
    asked = ["--receipt", str(file), "--key", keys.public_key.hex()]
    assert verify_ledger.main(asked) == 0
    assert "stands in the record" in capsys.readouterr().out
    file.write_text(receipt.text.replace("2018-02-05", "2018-02-04"))
    assert verify_ledger.main(asked) == 1
    with contextlib.suppress(ValueError):
        proofs.receipt(Entry.objects.get(position=60), size=30, checkpoint=head.line)
        pytest.fail("an entry after the head has no receipt under it")


def test_ed25519_agrees_with_rfc_8032_and_with_the_other_implementation() -> None:
    """RFC 8032 §7.1, tests 1–3; then signatures of the library that signs checkpoints."""
    for key, text, signature in (
        (
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ):
        checker = verify_ledger.Key(bytes.fromhex(key))
        assert checker.signed(bytes.fromhex(text), bytes.fromhex(signature))
        assert not checker.signed(bytes.fromhex(text) + b"x", bytes.fromhex(signature))
    for i in range(8):
        signing = node.in_memory()
        checker = verify_ledger.Key(signing.public_key)
        signature_bytes = bytearray(signing.sign(b"text %d" % i))
        assert checker.signed(b"text %d" % i, bytes(signature_bytes))
        signature_bytes[i * 8] ^= 1
        assert not checker.signed(b"text %d" % i, bytes(signature_bytes))


EDITS = {
    "recorded_at": "UPDATE platform_entry SET recorded_at = '2018-02-05 05:00:00' WHERE position = 17",
    "entry_id": "UPDATE platform_entry SET entry_id = 'ffffffffffffffffffffffffffffffff' WHERE position = 17",
    "commitments": "UPDATE platform_entry SET commitments = leaf WHERE position = 17",
    "leaf": "UPDATE platform_entry SET leaf = substr(commitments, 1, 31) WHERE position = 17",
    "actor": "UPDATE platform_entry SET actor = 'somebody-else' WHERE position = 17",
    "mission": "UPDATE platform_entry SET mission = 'm2' WHERE position = 17",
    "fact": "UPDATE platform_entry SET fact = 'access.GateShut/1' WHERE position = 17",
    "body": "UPDATE platform_entry SET body = (SELECT body FROM platform_entry WHERE id = 18) WHERE id = 17",
    "deletion": "DELETE FROM platform_entry WHERE position = 17",
    "truncation": "DELETE FROM platform_entry WHERE position > 50",
    "swap": "UPDATE platform_entry SET position = CASE id WHEN 17 THEN 1018 ELSE 17 END WHERE id IN (17, 18)",
    "subjects": "UPDATE platform_subjectrow SET key = 'other' WHERE entry_id = 17",
    "edge": "UPDATE platform_node SET frontier = substr(frontier, 2)",
}


@pytest.mark.parametrize("edit", EDITS)
def test_a_row_edited_in_the_database_is_found_where_it_was_edited(lines: list[bytes], edit: str) -> None:
    assert check().sound
    with connection.cursor() as cursor:
        cursor.execute(EDITS[edit])
    found = check()
    assert not found.sound
    assert any(one.first <= (51 if edit == "truncation" else 17) <= one.last for one in found.findings)
    assert all(one.sentence for one in found.findings)


def test_a_tail_cut_off_with_the_tree_made_to_fit_is_found_and_nothing_is_appended(
    lines: list[bytes], keys: node.NodeKeys
) -> None:
    """Abuse case 31's core: rows, tree and counters all agree with each other; only the signed head does not."""
    own = Node.objects.get()
    leaves = [bytes(leaf) for leaf in Entry.objects.order_by("position").values_list("leaf", flat=True)][:50]
    edge = export.Frontier()
    edge.extend(leaves)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM platform_entry WHERE position >= 50")
    Node.objects.filter(pk=own.pk).update(size=50, frontier=edge.pack())
    found = check()
    assert [(one.code, one.first, one.last) for one in found.findings] == [("rolled_back", 50, 60)]
    checkpoints._checked.clear()
    with pytest.raises(checkpoints.RolledBack, match="rolled back"):
        record(draft(99))
    assert checkpoints.sign_now() is None
