"""A protocol's next version is published with what changed it, read by those concerned, and chased until it is."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from tests import given
from tests.abuse.given import account, signed_in, with_key
from typer.testing import CliRunner

from legation.foundations.decisions import Refused
from legation.foundations.threats import ThreatClass
from legation.law.actions import protocols as actions
from legation.law.cli import app
from legation.law.events.protocols import ChangedBy, ProtocolKind
from legation.law.models import Protocol
from legation.law.queries import protocols as asked
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.deadlines import Deadline, fire_due
from legation.platform.doors import issue_key
from legation.platform.ledger.models import WordRow

pytestmark = pytest.mark.django_db

START = datetime(2018, 2, 5, 6, tzinfo=UTC)
TEXT = "Sound the alarm.\nClose the gate.\nCount heads at the muster point."
LATER = TEXT.replace("Close the gate.", "Close both gates.")


class World:
    """A mission with an RSO and two members of staff, and one protocol in force."""

    def __init__(self) -> None:
        given.keys()
        clock.start_demonstration(START)
        self.mission, self.other = given.missions()
        here = frozenset({self.mission.pk})
        self.rso = given.operator("rso", scope=here)
        self.ana, self.bea = (given.operator("staff", name=name, scope=here) for name in ("ana", "bea"))
        claimed = missions.claimed(self.rso, self.mission.pk, "law.enter_protocol")
        self.row = actions.enter_protocol(
            claimed, self.subject(), actions.Wording(TEXT, ChangedBy.FIRST, "None before")
        )

    def subject(self, title: str = "Alarm at the gate", readers: tuple[str, ...] = ("staff",)) -> actions.Subject:
        review = START + timedelta(days=300)
        return actions.Subject(
            title, ProtocolKind.STANDING_ORDER, ThreatClass.TERRORISM, "rso", readers, 7, review, "vcdr-22-2"
        )

    def publish(self, text: str = LATER, **more: str) -> Protocol:
        wording = actions.Wording(text, ChangedBy.INCIDENT, "The second gate stood open", **more)
        claimed = claim(Protocol, self.row.pk, "law.publish_protocol", self.rso)
        return actions.publish_protocol(claimed, wording, within_days=5)

    def read(self, who: Actor, number: int) -> None:
        actions.read_protocol(claim(Protocol, self.row.pk, "law.read_protocol", who), number)

    def pass_to(self, days: int) -> None:
        clock.advance(START + timedelta(days=days))
        fire_due(START + timedelta(days=days))


@pytest.fixture
def world() -> World:
    return World()


def strength(row: Protocol) -> float:
    found = WordRow.objects.filter(word="evidence", current=True, subject_key=row.pk).first()
    return float(found.strength) if found else 0.0


def alarms(row: Protocol) -> list[tuple[str, int, int]]:
    found = WordRow.objects.filter(word="alarm", subject_key=row.pk)
    return list(found.values_list("kind", "severity", "count"))


def test_a_new_version_replaces_the_one_before_which_stays_readable(world: World) -> None:
    world.read(world.ana, 1)
    row = world.publish()
    assert (row.in_force, asked.version(world.ana, row.pk, 1).text) == (2, TEXT)
    assert [line.text for line in asked.changes(world.ana, row.pk, 2) if line.sign] == [
        "Close the gate.",
        "Close both gates.",
    ]
    assert {key for key, _ in asked.reading(world.rso, row).unread} == {world.ana.id, world.bea.id}
    with pytest.raises(Refused, match="version_not_in_force"):
        world.read(world.ana, 1)


def test_nothing_is_published_without_a_change_or_a_reason(world: World) -> None:
    with pytest.raises(Refused, match="protocol_unchanged"):
        world.publish(TEXT)
    with pytest.raises(ValueError, match="not a reference"):
        world.publish(because_of="somewhere")


def test_who_has_not_read_in_time_is_named_each_week_and_weighs_until_he_has(world: World) -> None:
    world.publish()
    world.read(world.ana, 2)
    assert (alarms(world.row), strength(world.row)) == ([], 0)
    world.pass_to(5)
    assert alarms(world.row) == [("law.protocol_unread", 1, 1)]
    assert strength(world.row) == 3
    world.pass_to(12)
    assert alarms(world.row) == [("law.protocol_unread", 1, 2)]
    world.read(world.bea, 2)
    assert strength(world.row) == 0
    assert not Deadline.objects.filter(key=world.row.reading_key, fired_at=None).exists()
    world.pass_to(20)
    assert alarms(world.row) == [("law.protocol_unread", 1, 2)]
    assert "lapse_reading" in actions.lapse_reading.__name__


def test_once_all_have_read_nobody_is_reminded(world: World) -> None:
    world.read(world.ana, 1)
    world.read(world.bea, 1)
    world.pass_to(10)
    assert (alarms(world.row), strength(world.row)) == ([], 0)


def test_only_readers_give_receipts_and_only_once(world: World) -> None:
    with pytest.raises(Refused, match="not_a_reader"):
        world.read(world.rso, 1)
    world.read(world.ana, 1)
    with pytest.raises(Refused, match="read_already"):
        world.read(world.ana, 1)


def test_a_review_that_lapsed_is_an_alarm_and_weighs_until_somebody_has_looked(world: World) -> None:
    world.read(world.ana, 1)
    world.read(world.bea, 1)
    world.pass_to(301)
    assert ("law.protocol_unreviewed", 1, 1) in alarms(world.row)
    assert strength(world.row) == 3
    claimed = claim(Protocol, world.row.pk, "law.review_protocol", world.rso)
    row = actions.review_protocol(claimed, START + timedelta(days=600))
    assert (row.review_lapsed, strength(row)) == (False, 0)
    worker = given.service(given.ServiceAccount.WORKER)
    assert not actions.lapse_review(claim(Protocol, row.pk, "law.lapse_review", worker)).review_lapsed


def test_what_ended_binds_nobody(world: World) -> None:
    world.pass_to(8)
    assert strength(world.row) == 6
    done = actions.end_protocol(claim(Protocol, world.row.pk, "law.end_protocol", world.rso), "One gate is walled up")
    assert (done.ended, strength(done)) == (True, 0)
    assert asked.to_read(world.ana) == []
    with pytest.raises(Refused, match="protocol_has_ended"):
        world.publish()


def test_what_binds_the_whole_service_is_changed_by_headquarters_only(world: World) -> None:
    watch = given.operator("watch_officer")
    wording = actions.Wording(TEXT, ChangedBy.FIRST, "None before")
    row = actions.enter_service_protocol(
        claim_house("law.enter_service_protocol", watch), world.subject("All"), wording
    )
    assert {one.protocol.title for one in asked.to_read(world.ana)} == {"All", "Alarm at the gate"}
    claimed = claim(Protocol, row.pk, "law.publish_protocol", world.rso)
    with pytest.raises(Refused, match="protocol_of_the_service"):
        actions.publish_protocol(claimed, actions.Wording(LATER, ChangedBy.LESSON, "A drill"), within_days=5)


def test_another_missions_protocol_is_not_there(world: World) -> None:
    elsewhere = given.operator("staff", name="cleo", scope=frozenset({world.other.pk}))
    with pytest.raises(NotVisible):
        asked.protocol(elsewhere, world.row.pk)
    assert asked.to_read(elsewhere) == []


def test_pages_show_the_unread_by_name_to_who_chases_them_and_the_reader_his_own(world: World) -> None:
    world.publish()
    officer, reader = signed_in(world.rso), signed_in(world.ana)
    page = officer.get(reverse("law-protocol", args=[world.row.pk])).content.decode()
    assert "ana" in page
    assert "Close both gates." in page
    assert "Alarm at the gate" in reader.get("/").content.decode()
    own = reader.get(reverse("law-protocol", args=[world.row.pk])).content.decode()
    assert "I have read and understood it" in own
    assert ">bea<" not in own
    reader.post(reverse("law-protocol-read", args=[world.row.pk, 2]))
    assert "Alarm at the gate" not in reader.get(reverse("law-reading")).content.decode()
    for name, args in (
        ("law-protocols", []),
        ("law-protocol-version", [world.row.pk, 1]),
        ("law-protocol-enter", [world.mission.pk]),
        ("mission", [world.mission.pk]),
    ):
        assert officer.get(reverse(name, args=args)).status_code == 200, name


def test_a_protocol_is_entered_and_published_on_the_pages(world: World) -> None:
    officer = signed_in(world.rso)
    said = {
        "title": "Keys",
        "kind": "procedure",
        "against": "crime",
        "owner": "rso",
        "readers": ["staff", "rso"],
        "within_days": 7,
        "review_on": "2018-09-01",
        "text": "Keys are counted.",
        "reason": "None before",
    }
    officer.post(reverse("law-protocol-enter", args=[world.mission.pk]), said)
    row = Protocol.objects.get(title="Keys")
    next_one = {"text": "Keys are counted weekly.", "changed_by": "finding", "reason": "Inspection", "within_days": 3}
    officer.post(reverse("law-protocol-publish", args=[row.pk]), next_one)
    row.refresh_from_db()
    assert row.in_force == 2
    officer.post(reverse("law-protocol-review", args=[row.pk]), {"review_on": "2018-12-01"})
    officer.post(reverse("law-protocol-end", args=[row.pk]), {"reason": "No keys any more"})
    row.refresh_from_db()
    assert row.ended


def test_a_printed_copy_is_recorded_and_says_whose_it_is(world: World) -> None:
    import io

    from pypdf import PdfReader

    answer = signed_in(world.ana).post(reverse("law-protocol-print", args=[world.row.pk, 1]))
    assert answer["Content-Type"] == "application/pdf"
    text = PdfReader(io.BytesIO(answer.content)).pages[0].extract_text()
    assert "RESTRICTED // TLP:AMBER" in text
    assert "Close the gate." in text
    printed = actions.print_protocol(claim(Protocol, world.row.pk, "law.print_protocol", world.rso), 1)
    assert printed.number == 1


def test_the_api_does_the_same(world: World) -> None:
    officer, reader = with_key(world.rso), with_key(world.ana)
    body = {"text": LATER, "changed_by": "lesson", "reason": "A drill", "within_days": 3}
    path = f"/api/law/protocols/{world.row.pk}"
    made = officer.post(f"{path}/versions", body, content_type="application/json")
    assert made.json()["number"] == 2
    assert reader.post(f"{path}/versions/1/read").status_code == 409
    assert reader.post(f"{path}/versions/2/read").status_code == 200
    (listed,) = officer.get("/api/law/protocols").json()
    assert (listed["read"], listed["must"]) == (1, 2)
    assert len(officer.get(path).json()) == 2
    ahead = {"review_at": "2018-10-01T06:00:00Z"}
    assert officer.post(f"{path}/review", ahead, content_type="application/json").status_code == 200
    assert officer.post(f"{path}/end", {"reason": "over"}, content_type="application/json").status_code == 200
    fresh = {
        "title": "Keys",
        "kind": "procedure",
        "against": "crime",
        "owner": "rso",
        "readers": ["staff"],
        "within_days": 7,
        "review_at": "2018-09-01T06:00:00Z",
        "text": "Keys are counted.",
        "reason": "None before",
    }
    entered = officer.post(f"/api/law/missions/{world.mission.pk}/protocols", fresh, content_type="application/json")
    assert entered.json()["number"] == 1


def test_the_terminal_lists_publishes_and_reads(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def run(who: Actor, *words: str) -> str:
        key = tmp_path / who.name
        key.write_text(issue_key(account(who)))
        key.chmod(0o600)
        monkeypatch.setenv("LEGATION_KEY_FILE", str(key))
        done = CliRunner().invoke(app, ["protocols", *words])
        return done.output if done.exit_code == 0 else f"{done.exit_code}"

    text = tmp_path / "order.txt"
    text.write_text(LATER, encoding="utf-8")
    words = ("publish", world.row.pk, str(text), "--changed-by", "incident", "--reason", "Gate stood open", "--json")
    assert json.loads(run(world.rso, *words))["in_force"] == 2
    assert "Recorded" in run(world.ana, "read", world.row.pk, "2")
    (listed,) = json.loads(run(world.rso, "list", "--mission", "Damascus", "--json"))
    assert listed["unread"] == ["bea"]
    assert json.loads(run(world.bea, "list", "--json"))[0]["unread"] == []
