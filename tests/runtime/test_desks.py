"""Do the composite pages show each role his own, and to nobody what is not his?"""

import json
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.test import Client
from tests import given
from tests.abuse.given import OPEN_ONLY, signed_in

from legation.foundations.posture import PostureLevel
from legation.missions.actions import set_posture
from legation.missions.models import Mission
from legation.pages import panels
from legation.pages.panels import Standing
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import claim
from legation.platform.ledger.models import Entry
from legation.runtime.desks import decisions, world_map

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_kept_from_other_tests() -> None:
    world_map._kept.clear()


@pytest.fixture
def world() -> list[Mission]:
    given.keys()
    return given.missions()


@pytest.fixture
def standings(monkeypatch: pytest.MonkeyPatch, world: list[Mission]) -> None:
    """Damascus stands very high and Beirut low, as a room that judges risk would say."""
    damascus, beirut = world

    def stands(actor: Actor) -> dict[str, Standing]:
        seen = set(Mission.objects.visible_to(actor).values_list("pk", flat=True))
        every = {damascus.pk: Standing(4, 3, 1, "Shelling near by", url="/why"), beirut.pk: Standing(1)}
        return {key: one for key, one in every.items() if key in seen}

    monkeypatch.setattr(panels, "_standings", [stands])


def watch(**rights: object) -> Client:
    return signed_in(given.operator("watch_officer", **rights))  # type: ignore[arg-type]


@pytest.mark.usefixtures("standings")
def test_the_map_shows_missions_with_their_band_and_only_those_of_its_reader(world: list[Mission]) -> None:
    damascus, beirut = world
    features = json.loads(watch().get("/map.json").content)["features"]
    bands = {one["properties"]["name"]: one["properties"]["band"] for one in features}
    assert bands == {"Damascus": 4, "Beirut": 1}
    few = watch(name="few", scope=frozenset({beirut.pk})).get("/map.json").content.decode()
    assert "Beirut" in few
    assert "Damascus" not in few
    assert damascus.pk not in few


@pytest.mark.usefixtures("standings")
def test_the_watch_floor_names_the_worst_first_with_its_cause() -> None:
    page = watch().get("/").content.decode()
    assert "Very high" in page
    assert "Shelling near by" in page
    assert page.index("Damascus") < page.index("Beirut")


@pytest.mark.usefixtures("world")
def test_each_role_has_its_own_home() -> None:
    titles = {}
    for role in ("watch_officer", "rso", "auditor"):
        page = signed_in(given.operator(role)).get("/").content.decode()
        titles[role] = page.partition("<title>")[2].partition(" ·")[0]
    assert titles == {"watch_officer": "Watch", "rso": "My day", "auditor": "My day"}


@pytest.mark.usefixtures("world")
def test_an_administrator_reads_no_content_anywhere() -> None:
    client = signed_in(given.operator("administrator", clearance=OPEN_ONLY))
    assert client.get("/").headers["Location"] == "/authority"
    for path in ("/watch/", "/missions/", "/map.json", "/search?q=amasc", "/ledger/"):
        assert "Damascus" not in client.get(path).content.decode(), path


def test_the_mission_page_carries_what_was_recorded_of_it(world: list[Mission]) -> None:
    damascus, _ = world
    rso = given.operator("rso")
    claimed = claim(Mission, damascus.pk, "missions.set_posture", rso)
    set_posture(claimed, PostureLevel(3), lockdown=False, reason="shelling near by")
    page = signed_in(rso).get(f"/missions/{damascus.pk}/").content.decode()
    assert "Posture 3" in page
    assert "shelling near by" in page
    assert "Posture changed" in page
    assert "Mission registered" in page
    assert rso.name == "rso"


def test_the_ledger_shows_bare_leaves_of_what_its_reader_may_not_open(world: list[Mission]) -> None:
    _, beirut = world
    auditor = given.operator("auditor", scope=frozenset({beirut.pk}))
    page = signed_in(auditor).get("/ledger/").content.decode()
    assert "sealed for you" in page
    hidden = Entry.objects.filter(mission=world[0].pk).first()
    assert hidden is not None
    assert signed_in(auditor).get(f"/ledger/{hidden.entry_id}/").status_code == 404
    shown = Entry.objects.filter(mission=beirut.pk).first()
    assert shown is not None
    assert signed_in(auditor).get(f"/ledger/{shown.entry_id}/").status_code == 200


def test_search_finds_by_part_of_a_name_and_only_what_may_be_read(world: list[Mission]) -> None:
    _, beirut = world
    assert "Damascus" in watch().get("/search?q=amasc").content.decode()
    few = watch(name="few", scope=frozenset({beirut.pk}))
    assert "Embassy of Brazil in Syria" not in few.get("/search?q=amasc").content.decode()
    assert "two letters" in few.get("/search?q=d").content.decode()


@pytest.mark.usefixtures("world")
def test_what_was_searched_for_is_shown_as_text() -> None:
    page = watch().get("/search", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in page


@pytest.mark.usefixtures("world")
def test_the_table_of_rights_is_shown_to_everyone_who_signs_in() -> None:
    page = signed_in(given.operator("analyst")).get("/authority").content.decode()
    assert "missions.set_posture" in page
    assert Client().get("/authority").status_code == 302


@pytest.mark.usefixtures("world")
def test_only_a_demonstration_can_be_played_forward() -> None:
    answer = watch().post("/next-day", follow=True)
    assert answer.status_code < 500


def test_the_auditor_takes_the_record_away_as_a_file_that_verifies(world: list[Mission], tmp_path: Path) -> None:
    auditor, analyst = given.operator("auditor"), given.operator("analyst")
    answer = signed_in(auditor).post("/ledger/export/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    body = b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert b"Damascus" not in body, "nothing is opened in it"
    file = tmp_path / "ledger.txt"
    file.write_bytes(body)
    checked = subprocess.run(
        [sys.executable, "verify_ledger.py", str(file)], cwd=ROOT, capture_output=True, check=False
    )
    assert checked.returncode == 0, checked.stdout + checked.stderr
    file.write_bytes(body[:-200] + bytes([body[-200] ^ 1]) + body[-199:])
    broken = subprocess.run([sys.executable, "verify_ledger.py", str(file)], cwd=ROOT, capture_output=True, check=False)
    assert broken.returncode != 0, "the control: a flipped byte is found"
    assert signed_in(analyst).post("/ledger/export/").status_code == 403
    assert world


def test_what_risk_calls_for_waits_for_a_decision(world: list[Mission], monkeypatch: pytest.MonkeyPatch) -> None:
    damascus, _ = world
    stands = {damascus.pk: Standing(4, 3, 1, "Shelling near by")}
    monkeypatch.setattr(panels, "_standings", [lambda actor: stands])
    calls = SimpleNamespace(current=PostureLevel(1), proposed=PostureLevel(4), ground="4")
    monkeypatch.setattr(decisions.risk, "proposal", lambda *_: calls)
    page = watch().get("/").content.decode()
    assert "risk calls for posture 4 in place of 1" in page
    calls.proposed = PostureLevel(1)
    assert "risk calls for" not in watch(name="other").get("/").content.decode(), "the control: one that fits is silent"


def test_one_line_of_the_rail_says_where_one_is(world: list[Mission]) -> None:
    officer = given.operator("watch_officer")
    for path in ("/", "/watch/", "/watch/alarms/", "/watch/roster/", f"/missions/{world[0].pk}/"):
        page = signed_in(officer).get(path).content.decode()
        assert page.count('aria-current="page"') == 1, path
