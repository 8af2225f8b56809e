"""Every page, endpoint and command of the room answers those who may ask, and says no to the others in one way."""

import json
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import given
from tests.abuse.given import signed_in, with_key
from tests.intelligence.given import collected, fighting, source
from typer.testing import CliRunner

from legation.foundations.time import parse_instant
from legation.intelligence import queries
from legation.intelligence.cli import app
from legation.platform import clock
from legation.platform.authority.actor import Actor

pytestmark = pytest.mark.django_db

ARABIC = "إطلاق نار قرب السوق <script>alert(1)</script>"


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    clock.start_demonstration(parse_instant("2018-02-05"))


@pytest.fixture
def analyst() -> Actor:
    given.missions()
    one = source()
    broken = fighting().replace(b'"33.49"', b'"<b>33</b>"')
    collected(one, broken)
    source("typed", "Typed reports")
    return given.operator("analyst")


def pages(actor: Actor) -> list[str]:
    """The address of every page that reads."""
    (first, *_rest) = queries.lately(actor)
    _seen, (signal, *_others) = queries.occurrence(actor, first.key)
    (aside, *_more) = queries.asides(actor)
    mission = given.missions()[0].pk
    named = {"occurrence": first.key, "signal": signal.key, "source": signal.source.pk, "aside": aside.pk}
    named |= {"threat-profile": mission}
    return [reverse(name) for name in ("intelligence", "sources", "asides", "tripwires", "report")] + [
        reverse(name, args=[key]) for name, key in named.items()
    ]


def test_every_page_shows_to_an_analyst_and_not_to_an_administrator(analyst: Actor) -> None:
    client, stranger = signed_in(analyst), signed_in(given.operator("administrator"))
    for address in pages(analyst):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert b"<script>alert" not in answer.content
        assert stranger.get(address).status_code in {403, 404}, address


def test_raw_bytes_are_shown_as_text_and_never_as_markup(analyst: Actor) -> None:
    (aside, *_more) = queries.asides(analyst)
    page = signed_in(analyst).get(reverse("aside", args=[aside.pk])).content.decode()
    assert "&lt;b&gt;33&lt;/b&gt;" in page
    assert "<b>33</b>" not in page


def test_a_report_typed_in_arabic_is_stored_and_shown_as_typed(analyst: Actor) -> None:
    client = signed_in(analyst)
    form = {
        "title": ARABIC, "text": "قال شهود عيان", "kind": "attack_on_civilians", "occurred_at": "2018-02-04",
        "latitude": "33.51", "longitude": "36.29", "office": "الشرطة", "grade": "B2",
        "marking": "UNCLASSIFIED // TLP:CLEAR",
    }  # fmt: skip
    answer = client.post(reverse("report"), form, follow=True)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "إطلاق نار قرب السوق" in page
    assert "<script>alert(1)" not in page


def test_a_report_that_is_not_whole_is_shown_again_with_what_it_lacks(analyst: Actor) -> None:
    answer = signed_in(analyst).post(
        reverse("report"),
        {"title": "x", "kind": "theft", "occurred_at": "soon", "office": "Police", "grade": "F6",
         "marking": "UNCLASSIFIED // TLP:CLEAR"},
    )  # fmt: skip
    assert answer.status_code == 200
    assert "is not a time" in answer.content.decode()


def test_a_file_fed_at_the_page_is_read(analyst: Actor) -> None:
    one = source(name="Another")
    upload = SimpleUploadedFile("table.csv", fighting(("34.0", "36.0")))
    answer = signed_in(analyst).post(reverse("source-collect", args=[one.pk]), {"file": upload}, follow=True)
    assert "1 new signals" in answer.content.decode()


def test_grading_and_drawing_a_line_at_the_page(analyst: Actor) -> None:
    client, mission = signed_in(analyst), given.missions()[0].pk
    form = {"threat": "terrorism", "step": "intent:3", "admiralty": "C3", "note": "Leaflets"}
    assert "grade stands" in client.post(reverse("threat-grade", args=[mission]), form, follow=True).content.decode()
    line = {"threat": "crime", "count": 2, "within_km": 5, "within_hours": 24, "owner": "RSO", "days": 30}
    assert "line is drawn" in client.post(reverse("tripwire-draw", args=[mission]), line, follow=True).content.decode()
    assert "RSO" in client.get(reverse("tripwires")).content.decode()


def test_the_api_answers_with_documented_fields(analyst: Actor) -> None:
    client, mission = with_key(analyst), given.missions()[0].pk
    assert {row["hearing"] for row in client.get("/api/intelligence/sources").json()} == {"heard", "never_heard"}
    (first, *_rest) = client.get("/api/intelligence/occurrences").json()
    behind = client.get(f"/api/intelligence/occurrences/{first['id']}").json()
    assert behind["signals"][0]["source"] == "Test ucdp"
    key = behind["signals"][0]["id"]
    assert client.get(f"/api/intelligence/signals/{key}").json()["country"] == "SY"
    lines = client.get(f"/api/intelligence/missions/{mission}/profile").json()
    assert lines[0]["causes"]["points"] == pytest.approx(lines[0]["score"])
    assert client.get(f"/api/intelligence/signals/{'0' * 32}").status_code == 404


def test_the_api_takes_a_report_once_for_one_key(analyst: Actor) -> None:
    client = with_key(analyst)
    body = {"title": ARABIC, "kind": "assault", "at": "2018-02-04", "office": "Police", "place": "Damascus"}
    headers = {"Idempotency-Key": "report-1"}
    first = client.post("/api/intelligence/reports", body, content_type="application/json", headers=headers)
    again = client.post("/api/intelligence/reports", body, content_type="application/json", headers=headers)
    assert (first.status_code, again.status_code) == (201, 200), first.content
    assert first.json() == again.json()
    wrong = client.post("/api/intelligence/reports", body | {"owner": "me"}, content_type="application/json")
    assert wrong.status_code == 422


def test_the_command_prints_what_collecting_did(tmp_path: Path) -> None:
    file = tmp_path / "ged.csv"
    file.write_bytes(fighting().replace(b'"33.49"', b'"north"'))
    run = CliRunner().invoke(app, ["collect", "--source", "UCDP", str(file), "--json"])
    assert run.exit_code == 5, run.output
    said = json.loads(run.stdout)
    assert (said["accepted"], said["signals"], said["occurrences"]) == (2, 2, 2)
    assert said["quarantined"][0]["reason"] == "bad_place"
    again = json.loads(CliRunner().invoke(app, ["collect", "--source", "UCDP", str(file), "--json"]).stdout)
    assert (again["signals"], again["known"]) == (0, 2)


def test_the_commands_that_read_answer_in_json(analyst: Actor) -> None:
    for command in (["sources"], ["occurrences", "--days", "60"], ["profile", "Damascus"], ["aside"]):
        run = CliRunner().invoke(app, [*command, "--json"])
        assert run.exit_code == 0, run.output
        assert json.loads(run.stdout)
    assert CliRunner().invoke(app, ["profile", "Nowhere"]).exit_code == 4
