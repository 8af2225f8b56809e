"""A reception has its run-sheet, its survey and its guests, and forgets their names when it said it would."""

import io
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.urls import reverse
from pypdf import PdfReader
from tests import given
from tests.abuse.given import account, signed_in, with_key
from typer.testing import CliRunner

from legation.foundations.decisions import Refused
from legation.missions.actions import occasions as actions
from legation.missions.cli import app
from legation.missions.events.occasions import GuestValue, OccasionKind, RunLine
from legation.missions.models import Guest, Mission, Occasion
from legation.platform import clock
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.deadlines import fire_due, parked
from legation.platform.doors import issue_key
from legation.platform.holds import hold
from legation.platform.ledger.models import Entry, SealedPart

pytestmark = pytest.mark.django_db

START = datetime(2018, 2, 5, 6, tzinfo=UTC)
NAME = "Zeina Canary-Haddad"


class World:
    """A mission with a reception planned."""

    def __init__(self) -> None:
        given.keys()
        clock.start_demonstration(START)
        self.mission, self.other = given.missions()
        self.rso, self.staff = given.operator("rso"), given.operator("staff")
        evening = START + timedelta(days=3, hours=12)
        plan = actions.Plan(OccasionKind.RECEPTION, "National day", evening, evening + timedelta(hours=4), "Residence")
        claimed = claim(Mission, self.mission.pk, "missions.plan_occasion", self.rso)
        self.row = actions.plan_occasion(claimed, plan)

    def guests(self, *names: str) -> list[Guest]:
        claimed = claim(Occasion, self.row.pk, "missions.list_guests", self.rso)
        return actions.list_guests(claimed, [GuestValue(name, "=1+1") for name in names])

    def pass_to(self, at: datetime) -> None:
        clock.advance(at)
        fire_due(at)
        self.row.refresh_from_db()


@pytest.fixture
def world() -> World:
    return World()


def test_a_run_sheet_and_an_advance_survey_are_kept(world: World) -> None:
    claimed = claim(Occasion, world.row.pk, "missions.set_run_sheet", world.rso)
    row = actions.set_run_sheet(claimed, [RunLine("19:00", "Doors open", "Guards")])
    assert row.lines[0].what == "Doors open"
    tick = claim(Occasion, world.row.pk, "missions.tick_advance", world.rso)
    assert actions.tick_advance(tick, "ways", note="Both driven").ticks[0].note == "Both driven"
    with pytest.raises(Refused, match="nothing_to_tick"):
        actions.tick_advance(tick, "ways")


def test_a_guest_is_listed_once_and_ticked_once_at_the_door(world: World) -> None:
    (guest,) = world.guests(NAME)
    with pytest.raises(Refused, match="no_guest_named"):
        world.guests(NAME)
    claimed = claim(Guest, guest.pk, "missions.admit_guest", world.staff)
    first = actions.admit_guest(claimed)
    assert actions.admit_guest(claimed).version == first.version


def test_names_stand_in_no_body_and_are_gone_with_their_parts_when_it_was_said(world: World) -> None:
    from legation.platform.ledger import log

    (guest,) = world.guests(NAME)
    entry = Entry.objects.latest("pk")
    assert NAME not in repr(log.open_body(entry))
    world.pass_to(world.row.forget_at)
    assert (world.row.forgotten, Guest.objects.count()) == (True, 0)
    assert not SealedPart.objects.filter(type="Guest", key=guest.pk).exists()
    with connection.cursor() as cursor:
        cursor.execute("select count(*) from missions_guest where name like %s", [f"%{NAME}%"])
        assert cursor.fetchone() == (0,)
    with pytest.raises(Refused, match="guests_forgotten"):
        world.guests("Another")
    worker = given.service(given.ServiceAccount.WORKER)
    again = actions.forget_guests(claim(Occasion, world.row.pk, "missions.forget_guests", worker))
    assert again.forgotten


def test_a_legal_hold_on_the_mission_keeps_them_and_a_person_sees_it(world: World) -> None:
    world.guests(NAME)
    head = given.operator("head_of_mission")
    hold(claim_house("ledger.hold", head), world.mission.ref, reason="A theft that evening")
    for minutes in range(6):
        world.pass_to(world.row.forget_at + timedelta(minutes=minutes))
    assert Guest.objects.count() == 1
    assert parked().exists()


def test_a_guest_list_leaves_on_paper_and_as_a_table_without_formulas(world: World) -> None:
    world.guests(NAME, "=HYPERLINK(1)")
    door = signed_in(world.staff)
    printed = door.post(reverse("occasion-take-out", args=[world.row.pk, "guests"]))
    text = PdfReader(io.BytesIO(printed.content)).pages[0].extract_text()
    assert NAME in text
    assert "RESTRICTED // TLP:AMBER" in text
    table = door.post(reverse("occasion-take-out", args=[world.row.pk, "table"])).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in table
    sheet = door.post(reverse("occasion-take-out", args=[world.row.pk, "run-sheet"]))
    assert sheet["Content-Type"] == "application/pdf"
    taken = actions.take_out_occasion(claim(Occasion, world.row.pk, "missions.take_out_occasion", world.rso), "guests")
    assert taken.pk == world.row.pk


def test_pages_plan_write_list_and_admit(world: World) -> None:
    officer, door = signed_in(world.rso), signed_in(world.staff)
    said = {
        "kind": "visit",
        "title": "Visit of the inspector",
        "begins_at": "2018-02-10T09:00",
        "ends_at": "2018-02-10T12:00",
        "place": "Chancery",
        "retention_days": 10,
    }
    officer.post(reverse("mission-occasions-plan", args=[world.mission.pk]), said)
    assert "Visit of the inspector" in door.get(reverse("mission-occasions", args=[world.mission.pk])).content.decode()
    at = reverse("occasion", args=[world.row.pk])
    assert officer.post(f"{at}run-sheet/", {"lines": "at seven | doors"}).status_code == 422
    officer.post(f"{at}run-sheet/", {"lines": "19:00 | Doors open | Guards"})
    officer.post(f"{at}advance/", {"code": "ways"})
    officer.post(f"{at}guests/", {"lines": f"{NAME} ; Press"})
    shown = door.get(at).content.decode()
    assert "Doors open" in shown
    assert NAME in shown
    guest = Guest.objects.get()
    door.post(reverse("guest-admit", args=[guest.pk]))
    guest.refresh_from_db()
    assert guest.arrived_at is not None


def test_the_api_and_the_terminal_do_the_same(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    client = with_key(world.rso)
    at = f"/api/missions/occasions/{world.row.pk}"

    def post(path: str, body: object = None) -> int:
        return client.post(path, body or {}, content_type="application/json").status_code

    assert post(f"{at}/run-sheet", {"lines": [{"at": "19:00", "what": "Doors"}]}) == 200
    assert post(f"{at}/advance", {"code": "shelter"}) == 200
    assert post(f"{at}/guests", {"guests": [{"name": NAME}]}) == 200
    (guest,) = client.get(f"{at}/guests").json()
    assert post(f"/api/missions/guests/{guest['id']}/admit") == 200
    plan = {"kind": "visit", "title": "V", "begins_at": "2018-02-10T09:00:00Z", "ends_at": "2018-02-10T12:00:00Z"}
    assert post(f"/api/missions/{world.mission.pk}/occasions", plan | {"place": "Chancery"}) == 200
    assert len(client.get(f"/api/missions/{world.mission.pk}/occasions").json()) == 2
    key, listed = tmp_path / "key", tmp_path / "guests.txt"
    key.write_text(issue_key(account(world.rso)))
    key.chmod(0o600)
    listed.write_text("Another ; Press", encoding="utf-8")
    monkeypatch.setenv("LEGATION_KEY_FILE", str(key))
    assert "1 guests" in CliRunner().invoke(app, ["occasions", "guests", world.row.pk, str(listed)]).output
    assert len(json.loads(CliRunner().invoke(app, ["occasions", "list", "Damascus", "--json"]).output)) == 2
