"""A mission's log of past incidents becomes signals with their own dates, line by line, once."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import given
from tests.abuse.given import account, signed_in, with_key
from typer.testing import CliRunner

from legation.foundations.threats import ThreatClass
from legation.foundations.time import parse_instant
from legation.intelligence import actions, queries
from legation.intelligence.cli import app
from legation.intelligence.links.incident_log import MemoryIncidentLog
from legation.intelligence.models import Aside, Signal
from legation.intelligence.rules.everyday import WITHIN_THE_POST
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.actors import of_operator
from legation.platform.authority.markings import marking_of
from legation.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    clock.start_demonstration(parse_instant("2018-02-05T06:00Z"))


@pytest.fixture
def rso() -> Actor:
    return given.operator("rso")


@pytest.fixture
def mission() -> str:
    return given.missions()[0].pk


def log() -> bytes:
    """Four incidents, one of a day to come, and two lines that nobody can read."""
    table = MemoryIncidentLog()
    table.add("2017-11-03", "theft", "Bag taken from a car", number="17-4")
    table.add("2017-12-24T22:10Z", "crime_against_staff", "Driver beaten", place="Homs")
    table.add("2018-01-30", "surveillance", "Two men photographed the gate", latitude="33.515", longitude="36.28")
    table.add("2018-03-01", "theft", "Not yet")
    table.add("yesterday", "theft", "When?")
    table.add("2017-11-03", "sorcery", "A curse")
    return table.table()


def imported(actor: Actor, mission: str, *, dry_run: bool = False) -> actions.Outcome:
    claimed = missions.claimed(actor, mission, "intelligence.import_incidents")
    return actions.import_incidents(claimed, log(), "log.csv", dry_run=dry_run)


def test_a_trial_says_what_would_come_of_each_line_and_writes_nothing(rso: Actor, mission: str) -> None:
    done = imported(rso, mission, dry_run=True)
    assert (done.signals, done.held_back, [one.where for one in done.quarantined]) == (3, 1, ["line 6", "line 7"])
    assert not Signal.objects.exists()
    assert not Aside.objects.exists()


def test_a_log_becomes_signals_of_their_own_dates_marked_and_at_the_mission(rso: Actor, mission: str) -> None:
    done = imported(rso, mission)
    assert (done.signals, len(done.quarantined)) == (3, 2)
    rows = list(Signal.objects.order_by("occurred_s"))
    assert [row.kind for row in rows] == ["theft", "crime_against_staff", "hostile_surveillance"]
    assert {row.mission_id for row in rows} == {mission}
    assert {marking_of(row.marking_id) for row in rows} == {WITHIN_THE_POST}
    assert rows[0].published_s == rows[0].occurred_s
    assert rows[0].latitude == pytest.approx(33.51)
    assert rows[1].latitude == pytest.approx(34.73, abs=0.1)
    assert {one.reason for one in Aside.objects.all()} == {"bad_time", "bad_value"}
    entry = Entry.objects.order_by("-pk")[0]
    assert entry.fact.startswith("intelligence.SignalsCollected/")
    assert entry.mission == mission


def test_the_same_log_again_changes_nothing(rso: Actor, mission: str) -> None:
    imported(rso, mission)
    done = imported(rso, mission)
    assert (done.signals, done.known, Signal.objects.count(), Aside.objects.count()) == (0, 3, 3, 2)


def test_what_happened_a_week_ago_moves_the_profile_as_if_it_had_been_told_then(rso: Actor, mission: str) -> None:
    imported(rso, mission)
    actor = of_operator(account(rso))
    lines = {one.threat: one.score for one in queries.profile(actor, missions.mission(actor, mission))}
    assert lines[ThreatClass.ESPIONAGE] > 0
    assert lines[ThreatClass.CRIME] > 0


def test_a_table_of_another_kind_is_put_aside_whole(rso: Actor, mission: str) -> None:
    claimed = missions.claimed(rso, mission, "intelligence.import_incidents")
    done = actions.import_incidents(claimed, b"name,born\nx,y\n", "people.csv")
    assert [one.reason for one in done.quarantined] == ["header"]
    assert [one.reason for one in actions.import_incidents(claimed, b"\xff\xfe", "x").quarantined] == ["wrong_form"]


def test_another_mission_of_nobody_s_scope_takes_no_log(mission: str) -> None:
    elsewhere = given.operator("rso", name="r2", scope=frozenset({given.missions()[1].pk}))
    with pytest.raises(NotVisible):
        imported(elsewhere, mission)


def test_page_api_and_terminal_say_the_same(
    rso: Actor, mission: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = {"file": SimpleUploadedFile("log.csv", log()), "dry_run": "on"}
    page = signed_in(rso).post(reverse("incidents-import", args=[mission]), form).content.decode()
    assert "line 7" in page
    assert "sorcery" in page
    address = f"/api/intelligence/missions/{mission}/incidents?dry_run=true"
    said = with_key(rso).post(address, {"file": SimpleUploadedFile("log.csv", log())})
    assert said.status_code == 207, said.content
    assert (said.json()["signals"], len(said.json()["aside"])) == (3, 2)
    file = tmp_path / "log.csv"
    file.write_bytes(log())
    monkeypatch.setattr("legation.intelligence.cli.incidents.at_terminal", lambda: rso)
    run = CliRunner().invoke(app, ["incidents", "import", str(file), "--mission", "Damascus", "--dry-run", "--json"])
    assert run.exit_code == 5, run.output
    assert '"signals": 3' in run.output
    assert not Signal.objects.exists()
