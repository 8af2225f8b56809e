"""A residence is held against the standard before anybody moves in, and again before its survey is over."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from tests import given
from tests.abuse.given import account, signed_in, with_key
from tests.missions.given import person
from typer.testing import CliRunner

from legation.foundations.decisions import Refused
from legation.missions.actions import add_premises
from legation.missions.actions import residences as actions
from legation.missions.cli import app
from legation.missions.events import PremisesKind
from legation.missions.events.residences import Answer, Found
from legation.missions.models import Mission, Premises, Residence
from legation.missions.rules.residences import STANDARD
from legation.platform import clock
from legation.platform.authority.actor import Forbidden, NotVisible
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import fire_due
from legation.platform.doors import issue_key
from legation.platform.ledger.models import WordRow

pytestmark = pytest.mark.django_db

START = datetime(2018, 2, 5, 6, tzinfo=UTC)
UNTIL = START + timedelta(days=30)


class World:
    """A mission, a residence of it, somebody who wants to move in."""

    def __init__(self) -> None:
        given.keys()
        clock.start_demonstration(START)
        self.mission, self.other = given.missions()
        self.rso, self.head = given.operator("rso"), given.operator("head_of_mission")
        self.premises = self.add("Villa", PremisesKind.RESIDENCE)
        self.row = actions.add_residence(claim(Premises, self.premises.pk, "missions.add_residence", self.rso))
        self.ana = person(self.mission).pk

    def add(self, name: str, kind: PremisesKind) -> Premises:
        claimed = claim(Mission, self.mission.pk, "missions.add_premises", self.rso)
        return add_premises(claimed, name=name, kind=kind)

    def survey(self, **failing: str) -> Residence:
        found = [
            Found(one.code, Answer.NOT_MET if one.code in failing else Answer.MET, failing.get(one.code, ""))
            for one in STANDARD
        ]
        return actions.survey_residence(claim(Residence, self.row.pk, "missions.survey_residence", self.rso), found)

    def move_in(self, who: str = "") -> Residence:
        return actions.move_in(claim(Residence, self.row.pk, "missions.move_in", self.rso), who or self.ana)

    def waive(self, code: str) -> Residence:
        claimed = claim(Residence, self.row.pk, "missions.waive_criterion", self.head)
        return actions.waive_criterion(claimed, code, measure="A guard at the door", until=UNTIL)

    def strength(self) -> float:
        found = WordRow.objects.filter(word="evidence", current=True, subject_key=self.row.pk).first()
        return float(found.strength) if found else 0.0

    def alarms(self) -> list[str]:
        return list(WordRow.objects.filter(word="alarm", subject_key=self.row.pk).values_list("kind", flat=True))

    def pass_to(self, at: datetime) -> None:
        clock.advance(at)
        fire_due(at)


@pytest.fixture
def world() -> World:
    return World()


def test_nobody_moves_in_before_the_survey_nor_while_a_must_fails(world: World) -> None:
    with pytest.raises(Refused, match="not_surveyed"):
        world.move_in()
    world.survey(locks="Keys of the last tenant", patrol="None passes")
    with pytest.raises(Refused) as refused:
        world.move_in()
    assert "New locks" in refused.value.refusal.params["criteria"]
    assert world.strength() == 0


def test_a_waiver_lets_in_until_it_ends_and_then_raises_an_alarm(world: World) -> None:
    world.survey(locks="Keys of the last tenant")
    row = world.waive("locks")
    assert row.waivers[0].approver == world.head.id
    assert world.move_in().residents == [world.ana]
    assert world.strength() == 1
    world.pass_to(UNTIL)
    assert (world.strength(), world.alarms()) == (2, ["missions.residence_below_standard"])
    world.survey()
    assert world.strength() == 0


def test_an_rso_surveys_and_the_head_of_mission_waives(world: World) -> None:
    with pytest.raises(Forbidden):
        claim(Residence, world.row.pk, "missions.waive_criterion", world.rso)


def test_a_survey_that_is_over_says_so_while_somebody_lives_there(world: World) -> None:
    world.survey()
    world.move_in()
    world.pass_to(START + timedelta(days=365))
    assert (world.strength(), world.alarms()) == (3, ["missions.survey_over"])
    with pytest.raises(Refused, match="survey_is_over"):
        world.move_in(person(world.mission, name="Rui Sá").pk)
    moved = actions.move_out(claim(Residence, world.row.pk, "missions.move_out", world.rso), world.ana)
    assert (moved.residents, world.strength()) == ([], 0)
    with pytest.raises(Refused, match="lives_there_not"):
        actions.move_out(claim(Residence, world.row.pk, "missions.move_out", world.rso), world.ana)


def test_an_empty_residence_that_holds_is_left_as_it_is(world: World) -> None:
    world.survey()
    worker = given.service(given.ServiceAccount.WORKER)
    row = actions.lapse_residence(claim(Residence, world.row.pk, "missions.lapse_residence", worker))
    assert not row.lapsed


def test_only_residences_are_listed_once_and_only_people_of_the_mission_live_there(world: World) -> None:
    with pytest.raises(Refused, match="residence_is_listed"):
        actions.add_residence(claim(Premises, world.premises.pk, "missions.add_residence", world.rso))
    chancery = world.add("Chancery", PremisesKind.CHANCERY)
    with pytest.raises(Refused, match="not_a_residence"):
        actions.add_residence(claim(Premises, chancery.pk, "missions.add_residence", world.rso))
    world.survey()
    with pytest.raises(Refused, match="person_of_another_mission"):
        world.move_in(person(world.other, name="Rui Sá").pk)


def test_staff_and_other_missions_see_no_residence(world: World) -> None:
    elsewhere = given.operator("rso", name="elsewhere", scope=frozenset({world.other.pk}))
    with pytest.raises(NotVisible):
        claim(Residence, world.row.pk, "missions.move_in", elsewhere)
    staff = signed_in(given.operator("staff"))
    assert staff.get(reverse("residence", args=[world.row.pk])).status_code == 403


def test_pages_survey_waive_and_move(world: World) -> None:
    officer, head = signed_in(world.rso), signed_in(world.head)
    at = reverse("residence", args=[world.row.pk])
    assert "Nobody moves in before the survey" in officer.get(at).content.decode()
    said = {one.code: "met" for one in STANDARD} | {
        "locks": "not_met",
        "locks-note": "Old keys",
        "arranged-patrol": "Nightly",
    }
    officer.post(f"{at}survey/", said)
    world.row.refresh_from_db()
    assert (world.row.patrol, len(world.row.lines)) == ("Nightly", len(STANDARD))
    said_on = officer.post(f"{at}move-in/", {"person": world.ana}, follow=True).content.decode()
    assert "Refused, because these musts fail" in said_on
    head.post(f"{at}waive/", {"criterion": "locks", "measure": "A guard", "until": "2018-03-01"})
    officer.post(f"{at}move-in/", {"person": world.ana})
    world.row.refresh_from_db()
    assert world.row.residents == [world.ana]
    assert "waived until" in officer.get(at).content.decode()
    officer.post(f"{at}move-out/", {"person": world.ana})
    world.add("Flat", PremisesKind.RESIDENCE)
    listed = officer.get(reverse("mission-residences", args=[world.mission.pk])).content.decode()
    assert "Flat" in listed
    assert officer.get(reverse("mission", args=[world.mission.pk])).status_code == 200


def test_the_api_and_the_terminal_do_the_same(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    officer, head = with_key(world.rso), with_key(world.head)
    at = f"/api/missions/residences/{world.row.pk}"
    lines = [{"criterion": one.code, "answer": "met"} for one in STANDARD[1:]]
    lines.append({"criterion": STANDARD[0].code, "answer": "not_met", "note": "Glass door"})
    surveyed = officer.post(f"{at}/survey", {"lines": lines}, content_type="application/json").json()
    assert surveyed["open"] == [STANDARD[0].code]
    refused = officer.post(f"{at}/move-in", {"person": world.ana}, content_type="application/json")
    assert refused.json()["reason"] == "musts_fail"
    waiver = {"criterion": STANDARD[0].code, "measure": "A guard", "until": "2018-03-01T00:00:00Z"}
    assert head.post(f"{at}/waive", waiver, content_type="application/json").json()["open"] == []
    key = tmp_path / "key"
    key.write_text(issue_key(account(world.rso)))
    key.chmod(0o600)
    monkeypatch.setenv("LEGATION_KEY_FILE", str(key))
    run = CliRunner()
    assert run.invoke(app, ["residences", "move-in", world.row.pk, world.ana]).exit_code == 0
    (listed,) = json.loads(run.invoke(app, ["residences", "list", "Damascus", "--json"]).output)
    assert listed["residents"] == 1
    (shown,) = officer.get(f"/api/missions/{world.mission.pk}/residences").json()
    assert shown["residents"] == [world.ana]
    assert officer.post(f"{at}/move-out", {"person": world.ana}, content_type="application/json").status_code == 200
    flat = world.add("Flat", PremisesKind.RESIDENCE)
    assert officer.post(f"/api/missions/premises/{flat.pk}/residence").status_code == 200
