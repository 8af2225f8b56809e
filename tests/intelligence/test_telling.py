"""What a member of staff tells becomes a signal and an alarm; who he is, few learn; what came of it, he does."""

from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import given
from tests.abuse.given import account, signed_in, with_key
from tests.abuse.photographs import photograph
from typer.testing import CliRunner

from legation.foundations.decisions import Refused
from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.threats import ThreatClass
from legation.foundations.time import parse_instant
from legation.intelligence import actions, queries
from legation.intelligence.cli import app
from legation.intelligence.links import own
from legation.intelligence.models import OwnReport, Signal
from legation.intelligence.queries import reports
from legation.intelligence.rules.everyday import EVERYDAY, Told
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.actors import of_operator
from legation.platform.authority.resolve import claim
from legation.platform.ledger.models import Entry, WordRow
from legation.platform.secrets import node

pytestmark = pytest.mark.django_db

STAFF = Marking(Classification.RESTRICTED, Tlp.AMBER)


@pytest.fixture(autouse=True)
def _node(tmp_path: Path) -> None:
    given.keys()
    node.hold(replace(node.held(), home=tmp_path))  # photographs need a data folder
    clock.start_demonstration(parse_instant("2018-02-05T06:00Z"))


@pytest.fixture
def mission() -> str:
    return given.missions()[0].pk


@pytest.fixture
def staff(mission: str) -> Actor:
    return given.operator("staff", clearance=STAFF)


def tell(actor: Actor, mission: str, told: Told = Told.SURVEILLANCE, **more: object) -> str:
    claimed = missions.claimed(actor, mission, "intelligence.tell")
    picture = more.pop("photograph", b"")
    assert isinstance(picture, bytes)
    return actions.tell(claimed, own.Said(told, **more), photograph=picture)  # type: ignore[arg-type]


def now(actor: Actor) -> Actor:
    """The same person at his next request: rights, and what he may read of new markings, are read anew."""
    return of_operator(account(actor))


def score(actor: Actor, mission: str, threat: ThreatClass) -> float:
    (line,) = [one for one in queries.profile(actor, missions.mission(actor, mission)) if one.threat is threat]
    return line.score


def test_hostile_surveillance_moves_the_profile_of_the_mission_and_alarms_its_officer(
    staff: Actor, mission: str
) -> None:
    rso = given.operator("rso")
    before = score(rso, mission, ThreatClass.ESPIONAGE)
    key = tell(staff, mission, text="The same grey car again")
    rso = now(rso)
    assert score(rso, mission, ThreatClass.ESPIONAGE) > before
    profile = signed_in(rso).get(reverse("threat-profile", args=[mission]))
    assert "Hostile surveillance" in profile.content.decode()
    (seen,) = reports.reported(rso)
    assert seen.row.pk == key
    found, signals = queries.occurrence(rso, seen.occurrence)
    assert (found.row.kind, len(signals)) == ("hostile_surveillance", 1)
    assert signals[0].words.text == "The same grey car again"
    alarm = WordRow.objects.get(word="alarm", current=True)
    assert (alarm.severity, alarm.subject_type, alarm.subject_key) == (2, "OwnReport", key)


@pytest.mark.parametrize("row", EVERYDAY, ids=lambda row: row.told)
def test_each_row_of_the_table_stores_its_kind_severity_and_marking(row: object, staff: Actor, mission: str) -> None:
    key = tell(staff, mission, row.told)  # type: ignore[attr-defined]
    report = OwnReport.objects.get(pk=key)
    signal = Signal.objects.get(key=bytes.fromhex(report.signal))
    assert signal.kind == row.kind  # type: ignore[attr-defined]
    assert signal.mission_id == mission
    assert reports.own(staff)[0].marking == row.marking  # type: ignore[attr-defined]
    assert WordRow.objects.get(word="alarm").severity == row.severity  # type: ignore[attr-defined]
    assert signal.latitude == pytest.approx(33.51)


def test_the_same_report_sent_twice_is_one(staff: Actor, mission: str) -> None:
    first = tell(staff, mission, command="a1")
    assert tell(staff, mission, command="a1") == first
    assert OwnReport.objects.count() == Signal.objects.count() == 1
    assert tell(staff, mission, command="a2") != first


def test_two_reports_of_one_person_do_not_bear_each_other_out_and_two_persons_do(staff: Actor, mission: str) -> None:
    tell(staff, mission, text="A grey car outside")
    tell(staff, mission, text="The grey car outside is still there")
    rso = given.operator("rso")
    assert reports.reported(rso)[0].words.origin == reports.reported(rso)[1].words.origin
    other = given.operator("staff", name="other", clearance=STAFF)
    tell(other, mission, text="A grey car outside, two men")
    assert len({one.words.origin for one in reports.reported(rso)}) == 2
    assert not any("operator" in one.words.origin for one in reports.reported(rso))


def test_readers_see_a_member_of_staff_and_only_those_who_call_back_see_who(staff: Actor, mission: str) -> None:
    key = tell(staff, mission)
    for role, name in (("analyst", ""), ("watch_officer", ""), ("rso", "staff"), ("head_of_mission", "staff")):
        assert reports.one(given.operator(role), key).reporter == name
    assert "staff" not in str(OwnReport.objects.get(pk=key).to_value())
    assert staff.id not in str(OwnReport.objects.get(pk=key).to_value())
    page = signed_in(given.operator("analyst", name="a2")).get(reverse("told", args=[key])).content.decode()
    assert "a member of staff" in page


def test_an_approach_is_closed_to_colleagues_and_open_to_him_who_told_it(staff: Actor, mission: str) -> None:
    key = tell(staff, mission, Told.APPROACH, text="He knew my daughter's school")
    colleague = given.operator("analyst", clearance=STAFF)
    with pytest.raises(NotVisible):
        reports.one(colleague, key)
    assert reports.reported(colleague) == []
    assert reports.one(staff, key).words.text == "He knew my daughter's school"
    assert not reports.one(staff, key).occurrence
    other = given.operator("staff", name="other")
    with pytest.raises(NotVisible):
        reports.one(other, key)


def test_the_reporter_reads_who_has_seen_it_and_what_came_of_it(staff: Actor, mission: str) -> None:
    key = tell(staff, mission)
    rso = given.operator("rso")
    actions.answer(claim(OwnReport, key, "intelligence.answer_report", rso))
    assert reports.own(staff)[0].row.seen_by == "rso"
    entries = Entry.objects.count()
    actions.answer(claim(OwnReport, key, "intelligence.answer_report", rso))
    assert Entry.objects.count() == entries
    actions.answer(claim(OwnReport, key, "intelligence.answer_report", rso), outcome="Police took the plate.")
    page = signed_in(staff).get(reverse("told-own")).content.decode()
    assert "Police took the plate." in page
    with pytest.raises(Refused):
        actions.answer(claim(OwnReport, key, "intelligence.answer_report", rso), outcome="x" * 401)


def test_a_place_in_words_is_looked_up_in_the_country_else_it_is_in_the_city(staff: Actor, mission: str) -> None:
    tell(staff, mission, place="Homs")
    tell(staff, mission, place="behind the blue bakery")
    bakery, homs = reports.own(staff)
    assert homs.placed == pytest.approx((34.73, 36.71), abs=0.1)
    assert bakery.placed == pytest.approx((33.51, 36.28), abs=0.01)
    assert bakery.words.place == "behind the blue bakery"


def test_a_file_cannot_put_words_into_colleagues_mouths() -> None:
    (aside,) = own.read(own.MemoryOwn().report()).quarantined
    assert aside.reason == "wrong_form"
    assert len(own.signal(own.MemoryOwn().report()).signals) == 1


def test_the_page_takes_a_report_with_a_photograph_and_shows_pixels_alone(staff: Actor, mission: str) -> None:
    client = signed_in(staff)
    page = client.get(reverse("tell")).content.decode()
    assert page.count('name="told"') == len(EVERYDAY)
    form = {"told": "loss", "minutes_ago": "60", "text": "My phone", "mission": mission, "command": "w1"}
    picture = SimpleUploadedFile("a.jpg", photograph(), content_type="image/jpeg")
    answer = client.post(reverse("tell"), form | {"photograph": picture}, follow=True)
    assert "Your report has arrived" in answer.content.decode()
    key = reports.own(staff)[0].row.pk
    shown = client.get(reverse("told-photograph", args=[key]))
    assert shown.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in shown.headers["Content-Security-Policy"]
    assert shown.headers["X-Content-Type-Options"] == "nosniff"
    assert shown.content.startswith(b"\xff\xd8")
    assert b"Exif" not in shown.content
    assert signed_in(given.operator("staff", name="o")).get(reverse("told-photograph", args=[key])).status_code == 404


def test_the_page_says_what_is_missing_and_keeps_what_was_written(staff: Actor, mission: str) -> None:
    page = signed_in(staff).post(reverse("tell"), {"text": "Half a line", "mission": mission}).content.decode()
    assert "Choose what it was" in page
    assert "Half a line" in page
    assert OwnReport.objects.count() == 0


def test_the_api_and_the_terminal_tell_by_the_same_act(
    staff: Actor, mission: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, body = with_key(staff), {"told": "theft", "text": "Bag"}
    address = f"/api/intelligence/missions/{mission}/told"
    headers = {"Idempotency-Key": "k1"}
    first = client.post(address, body, "application/json", headers=headers)
    assert first.status_code == 201, first.content
    assert client.post(address, body, "application/json", headers=headers).json() == first.json()
    rso = with_key(given.operator("rso"))
    key = first.json()["id"]
    told = rso.post(f"/api/intelligence/told/{key}/answer", {"outcome": "Found."}, "application/json").json()
    assert (told["outcome"], told["reporter"]) == ("Found.", "staff")
    assert client.get("/api/intelligence/told/own").json()[0]["outcome"] == "Found."
    assert len(rso.get("/api/intelligence/told").json()) == 1

    monkeypatch.setattr("legation.intelligence.cli.reports.at_terminal", lambda: staff)
    run = CliRunner().invoke(app, ["tell", "near_miss", "--mission", "Damascus", "--text", "Brakes", "--json"])
    assert run.exit_code == 0, run.output
    assert "near_miss" in CliRunner().invoke(app, ["told", "--json"]).output
    monkeypatch.setattr("legation.intelligence.cli.reports.at_terminal", lambda: given.operator("rso", name="rso2"))
    assert CliRunner().invoke(app, ["answer-report", key, "--outcome", "Closed.", "--json"]).exit_code == 0
