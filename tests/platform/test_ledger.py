"""What an act records: order, content, history, words, and what may not be recorded."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from hypothesis import given as always
from hypothesis import settings
from hypothesis import strategies as st
from tests.platform.given import START, GateOpened, Visitor, draft, record, record_many

from legation.foundations.identity import EntryId, MissionId, Ref
from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.threats import Aspect, ThreatClass
from legation.foundations.words import Alarm, Evidence, Severity
from legation.platform.authority.markings import forget, intern
from legation.platform.ledger import body, log, proofs, tree, upcast, words
from legation.platform.ledger.checkpoints import LedgerRefused
from legation.platform.ledger.models import Entry, Node, Tile, WordRow
from legation.platform.secrets import node

HOSTAGE = Marking(Classification.SECRET, Tlp.RED, frozenset({"NEGOTIATION"}))


@pytest.fixture(autouse=True)
def fresh(db: None) -> Iterator[None]:
    forget()
    log.forget_names()
    node.hold(node.in_memory())
    yield
    node.forget()


def test_entry_0_fixes_what_the_node_is() -> None:
    record(draft(1))
    first = log.deliver(Entry.objects.get(position=0))
    keys = node.held()
    assert first.fact == "ledger.NodeFounded/1"
    assert first.body.said == {"kind": "demonstration", "node": keys.name, "public_key": keys.public_key.hex()}


def test_an_entry_gives_back_what_was_recorded() -> None:
    subject = Ref("Gate", "north")
    (entry_id,) = record(draft(1, subject=subject))
    read = log.read(entry_id)
    assert read.body.read(GateOpened) == GateOpened("gate 1", 1)
    assert read.body.about == [subject]
    assert read.body.images == [("Gate/north", {"name": "gate 1", "opened_at": "2018-02-05T06:00:01Z"})]
    assert (read.body.actor, read.body.mission, read.body.marking) == (
        "operator-1",
        "m1",
        "UNCLASSIFIED // TLP:CLEAR",
    )


def test_the_sealed_body_is_canonical_json() -> None:
    assert body.encode(draft(1)).startswith(b'{"actor":"operator-1","caused_by":null,"fact":"access.GateOpened/1","im')


def test_nothing_of_a_body_is_readable_in_its_row() -> None:
    record(draft(1, gate="CANARY"))
    assert b"CANARY" not in bytes(Entry.objects.get(position=1).body)


@pytest.mark.django_db(transaction=True)
def test_an_entry_outside_a_transaction_is_refused() -> None:
    with pytest.raises(LedgerRefused, match="through @act"):
        log.append([draft(1)], recorded_at=START)


def test_what_is_rolled_back_leaves_no_entry_and_no_gap() -> None:
    record(draft(1))
    with transaction.atomic():
        log.append([draft(2)], recorded_at=START)
        transaction.set_rollback(True)
    record(draft(3))
    assert list(Entry.objects.order_by("position").values_list("position", flat=True)) == [0, 1, 2]
    assert [e.entry_id for e in log.entries_after(0)] == [f"{1:032x}", f"{3:032x}"]


def test_recorded_time_never_goes_back() -> None:
    record(draft(1), after_s=100)
    record(draft(2), after_s=5)
    times = list(Entry.objects.order_by("position").values_list("recorded_at", flat=True))
    assert times[2] == times[1] == START + timedelta(seconds=100)


def test_keys_of_another_node_cannot_append() -> None:
    record(draft(1))
    node.hold(node.in_memory())
    with pytest.raises(LedgerRefused, match="set LEGATION_KEYS"):
        record(draft(2))


def test_a_subscriber_reads_on_from_its_cursor_and_by_fact() -> None:
    record_many(25)
    first = log.entries_after(-1, limit=10)
    assert [e.position for e in first] == list(range(10))
    rest = log.entries_after(first[-1].position)
    assert [e.entry_id for e in rest] == [f"{n:032x}" for n in range(10, 26)]
    assert [e.position for e in log.entries_after(-1, facts=("ledger.",))] == [0]
    assert log.head() == 25


def test_history_shows_what_marking_and_mission_allow_newest_first() -> None:
    gate = Ref("Gate", "north")
    record(
        draft(1, subject=gate),
        draft(2, subject=gate, marking=HOSTAGE),
        draft(3, subject=gate, mission="m2"),
        draft(4, subject=gate),
        draft(5),
    )
    plain, secret = intern(Marking()), intern(HOSTAGE)

    def seen(**asked: object) -> list[int]:
        return [int(e.entry_id, 16) for e in log.history(gate, **asked)]  # type: ignore[arg-type]

    assert seen(marking_ids=[plain], missions=None) == [4, 3, 1]
    assert seen(marking_ids=[plain, secret], missions=None) == [4, 3, 2, 1]
    assert seen(marking_ids=[plain], missions=["m1"]) == [4, 1]
    assert seen(marking_ids=[plain], missions=None, limit=1) == [4]
    oldest = Entry.objects.get(entry_id=f"{3:032x}").pk
    assert seen(marking_ids=[plain], missions=None, before=oldest) == [1]


def alarm(key: str = "fence", severity: Severity = Severity.SERIOUS) -> Alarm:
    return Alarm(MissionId("m1"), "intrusion", severity, Ref("Gate", "g"), key, {"zone": "CANARY"})


def evidence(strength: float) -> Evidence:
    return Evidence(
        "intelligence",
        Ref("Mission", "m1"),
        Aspect.THREAT,
        ThreatClass.CRIME,
        MissionId("m1"),
        strength,
        START,
        {},
    )


def test_an_alarm_that_repeats_is_counted_and_one_that_was_settled_begins_anew() -> None:
    record(draft(1, words=[alarm(), alarm()]))
    record(draft(2, words=[alarm(severity=Severity.URGENT)]), draft(3, words=[alarm("door")]))
    rows = {row.key.rpartition("|")[2]: row for row in WordRow.objects.filter(word="alarm")}
    assert {key: row.count for key, row in rows.items()} == {"fence": 3, "door": 1}
    assert rows["fence"].severity == Severity.URGENT
    assert rows["fence"].first_at < rows["fence"].at
    words.settle_alarm(rows["fence"].pk)
    record(draft(4, words=[alarm()]))
    assert WordRow.objects.get(word="alarm", current=True, key=rows["fence"].key).count == 1


def test_the_latest_evidence_replaces_and_strength_0_withdraws() -> None:
    record(draft(1, words=[evidence(0.5)]))
    record(draft(2, words=[evidence(0.8)]))
    assert [row.strength for row in WordRow.objects.filter(word="evidence", current=True)] == [0.8]
    record(draft(3, words=[evidence(0)]))
    assert not WordRow.objects.filter(word="evidence", current=True).exists()
    assert WordRow.objects.filter(word="evidence").count() == 3


def test_parameters_of_a_compartmented_word_are_sealed_and_its_count_is_its_own() -> None:
    record(draft(1, words=[alarm()]), draft(2, marking=HOSTAGE, words=[alarm()]))
    plain, sealed = WordRow.objects.order_by("entry_id")
    assert (plain.count, sealed.count) == (1, 1)
    assert sealed.payload == ""
    assert b"CANARY" not in bytes(sealed.sealed or b"")
    assert words.params(sealed, node.held().sealer) == words.params(plain, node.held().sealer) == {"zone": "CANARY"}


@settings(max_examples=20)  # each writes up to 360 entries
@always(st.lists(st.integers(1, 90), min_size=1, max_size=4), st.data())
def test_proofs_read_from_the_tables_verify(batches: list[int], data: st.DataObject) -> None:
    with transaction.atomic():
        forget()
        start = 1
        for count in batches:
            record_many(count, start=start, batch=count)
            start += count
        own = Node.objects.get(own=True)
        assert own.size == start
        leaves = [bytes(leaf) for leaf in Entry.objects.order_by("position").values_list("leaf", flat=True)]
        root = tree.Frontier.parse(own.size, bytes(own.frontier)).root()
        index = data.draw(st.integers(0, own.size - 1))
        tree.verify_inclusion(leaves[index], index, own.size, proofs.inclusion(own, index, own.size), root)
        old = data.draw(st.integers(1, own.size))
        before = proofs.root_at(own, old)
        assert before is not None
        tree.verify_consistency(old, own.size, before, root, proofs.consistency(own, old, own.size))
        assert Tile.objects.filter(level=1).count() == own.size // 16
        transaction.set_rollback(True)
    log.forget_names()


def test_personal_data_is_sealed_apart_from_the_body() -> None:
    ana, eva = Ref("Person", "ana"), Ref("Person", "eva")
    record(draft(1, personal={ana: Visitor("Ana", "CS-1"), eva: Visitor("Eva", "CS-2")}))
    entry = Entry.objects.get(position=1)
    assert b"CS-1" not in log.open_part(entry, 0)[1]
    assert log.personal_of(entry) == {
        ana: {"name": "Ana", "passport": "CS-1"},
        eva: {"name": "Eva", "passport": "CS-2"},
    }
    assert len(bytes(entry.commitments)) == 3 * 32


def test_an_older_fact_is_brought_forward_and_its_bytes_stay() -> None:
    golden = (
        b'{"actor":"operator-1","caused_by":null,"fact":"tests.GateShut/1","images":[],"marking":"","mission":null,'
        b'"occurred_at":"2018-02-05T06:00:01Z","said":{"door":"north"},"subjects":["Gate/north"],"words":[]}'
    )

    @upcast.upcaster("tests.GateShut", 1)
    def renamed(said: dict[str, object]) -> dict[str, object]:
        return {"gate": said.pop("door")}

    read = body.decode(golden)
    assert read.read(GateOpened) == GateOpened("north")
    assert upcast.latest("tests.GateShut") == 2
    with pytest.raises(upcast.NoSuchVersion, match="update this node"):
        upcast.to_present("tests.GateShut/3", {}, wanted=2)


def test_an_entry_id_is_recorded_once() -> None:
    record(draft(1))
    with pytest.raises(Exception, match=r"UNIQUE|unique"), transaction.atomic():
        log.append([draft(1)], recorded_at=START)
    assert log.read(EntryId(f"{1:032x}")).position == 1
