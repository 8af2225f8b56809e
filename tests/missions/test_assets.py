"""What is in custody changes hands by both sides, is counted in time, and says so where it is not."""

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
from legation.missions.actions import assets as actions
from legation.missions.cli import app
from legation.missions.events.custody import AssetKind, AssetState, VolumeUnit
from legation.missions.models import Asset, Mission
from legation.missions.queries import assets as asked
from legation.platform import clock
from legation.platform.authority.actor import Actor, Forbidden, NotVisible
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Deadline, fire_due
from legation.platform.doors import issue_key
from legation.platform.ledger.models import WordRow
from legation.platform.personal import held_about

pytestmark = pytest.mark.django_db

START = datetime(2018, 2, 5, 6, tzinfo=UTC)


class World:
    """A mission, its RSO, and two members of staff who sign in."""

    def __init__(self) -> None:
        given.keys()
        clock.start_demonstration(START)
        self.mission, self.other = given.missions()
        self.rso = given.operator("rso")
        self.staff = [given.operator("staff", name=name) for name in ("ana", "bea")]
        self.ana, self.bea = (person(self.mission, name=a.name, operator=a).pk for a in self.staff)

    def asset(self, kind: AssetKind = AssetKind.SAFE, custodian: str = "", **more: object) -> Asset:
        claimed = claim(Mission, self.mission.pk, "missions.add_asset", self.rso)
        thing = actions.Thing(kind, f"The {kind}", f"{kind}-1", custodian or self.ana, **more)  # type: ignore[arg-type]
        return actions.add_asset(claimed, thing)

    def propose(self, row: Asset, by: Actor, to: str) -> Asset:
        return actions.propose_hand_over(claim(Asset, row.pk, "missions.propose_hand_over", by), to)

    def answer(self, row: Asset, by: Actor, *, taken: bool = True, reason: str = "") -> Asset:
        claimed = claim(Asset, row.pk, "missions.answer_hand_over", by)
        return actions.answer_hand_over(claimed, taken=taken, reason=reason)

    def count(self, seen: list[str], missing: list[str]) -> list[Asset]:
        claimed = claim(Mission, self.mission.pk, "missions.count_assets", self.rso)
        return actions.count_assets(claimed, seen=seen, missing=missing)

    def pass_to(self, at: datetime) -> None:
        clock.advance(at)
        fire_due(at)


@pytest.fixture
def world() -> World:
    return World()


def strength(row: Asset) -> float:
    """What stands as evidence about the asset; 0 where nothing does."""
    found = WordRow.objects.filter(word="evidence", current=True, subject_key=row.pk).first()
    return float(found.strength) if found else 0.0


def alarms(row: Asset) -> list[tuple[str, int]]:
    return list(WordRow.objects.filter(word="alarm", subject_key=row.pk).values_list("kind", "severity"))


def test_a_safe_changes_hands_by_two_acts_of_two_persons(world: World) -> None:
    row, (ana, bea) = world.asset(), world.staff
    offered = world.propose(row, ana, world.bea)
    assert (offered.state, offered.custodian) == (AssetState.HANDING_OVER, world.ana)
    with pytest.raises(Refused, match="both_sides_one_person"):
        world.answer(row, ana)
    with pytest.raises(Refused, match="not_the_receiver"):
        world.answer(row, world.rso)
    taken = world.answer(row, bea)
    assert (taken.state, taken.custodian, taken.receiver) == (AssetState.HELD, world.bea, "")
    assert taken.combination_due_at == START + timedelta(days=3)


def test_what_is_refused_or_taken_back_stays_with_its_custodian(world: World) -> None:
    row, (ana, bea) = world.asset(), world.staff
    world.propose(row, ana, world.bea)
    with pytest.raises(Refused, match="custody_reason_missing"):
        world.answer(row, bea, taken=False)
    done = world.answer(row, bea, taken=False, reason="The mark is another one")
    assert (done.state, done.custodian, done.combination_due_at) == (AssetState.HELD, world.ana, None)
    world.propose(row, ana, world.bea)
    back = actions.take_back_hand_over(claim(Asset, row.pk, "missions.take_back_hand_over", ana))
    assert (back.state, back.custodian) == (AssetState.HELD, world.ana)


def test_an_rso_proposes_for_the_custodian_but_never_answers_his_own_proposal(world: World) -> None:
    row = world.asset()
    world.propose(row, world.rso, world.rso.id)
    with pytest.raises(Refused, match="both_sides_one_person"):
        world.answer(row, world.rso)


def test_a_combination_not_changed_in_time_is_an_alarm_and_weighs_until_it_is(world: World) -> None:
    row = world.asset()
    world.propose(row, world.staff[0], world.bea)
    world.answer(row, world.staff[1])
    world.pass_to(START + timedelta(days=4))
    assert alarms(row) == [("missions.combination_unchanged", 2)]
    assert strength(row) == 6
    done = actions.change_combination(claim(Asset, row.pk, "missions.change_combination", world.staff[1]))
    assert (done.combination_due_at, done.combination_changed_at) == (None, START + timedelta(days=4))
    assert strength(row) == 0
    assert "lapse_combination" in actions.lapse_combination.__name__


def test_a_combination_changed_in_time_is_never_spoken_of(world: World) -> None:
    row = world.asset()
    world.propose(row, world.staff[0], world.bea)
    world.answer(row, world.staff[1])
    actions.change_combination(claim(Asset, row.pk, "missions.change_combination", world.staff[1]))
    world.pass_to(START + timedelta(days=4))
    assert (alarms(row), strength(row)) == ([], 0)


def test_an_overdue_count_is_due_before_evidence_after_and_nothing_once_counted(world: World) -> None:
    arm = world.asset(AssetKind.ARM)
    due = Deadline.objects.get(key=arm.count_key)
    assert due.due_at == START + timedelta(days=7)
    world.pass_to(START + timedelta(days=7))
    arm.refresh_from_db()
    assert (arm.overdue, strength(arm)) == (True, 4)
    assert asked.custody(world.rso, world.mission.pk).overdue == 1
    world.count([arm.pk], [])
    arm.refresh_from_db()
    assert (arm.overdue, strength(arm)) == (False, 0)
    assert Deadline.objects.get(key=arm.count_key).due_at == START + timedelta(days=14)


def test_a_counted_arm_does_not_lapse(world: World) -> None:
    arm = world.asset(AssetKind.ARM)
    clock.advance(START + timedelta(days=6))
    world.count([arm.pk], [])
    world.pass_to(START + timedelta(days=8))
    arm.refresh_from_db()
    assert (arm.overdue, strength(arm)) == (False, 0)
    worker = given.service(given.ServiceAccount.WORKER)
    early = actions.lapse_count(claim(Asset, arm.pk, "missions.lapse_count", worker))
    assert not early.overdue


def test_what_is_not_found_raises_an_urgent_alarm_and_weighs_until_it_is_found(world: World) -> None:
    key, vest = world.asset(AssetKind.KEY), world.asset(AssetKind.ARMOUR)
    world.count([vest.pk], [key.pk])
    assert alarms(key) == [("missions.asset_missing", 3)]
    assert alarms(vest) == []
    key.refresh_from_db()
    assert (key.state, strength(key)) == (AssetState.MISSING, 8)
    world.count([key.pk], [])
    assert strength(key) == 0


def test_a_sheet_that_names_another_missions_asset_is_refused_whole(world: World) -> None:
    row = world.asset(AssetKind.KEY)
    with pytest.raises(Refused, match="count_names_others"):
        world.count([row.pk, "f" * 32], [])


def test_a_lost_key_weighs_until_its_locks_are_changed(world: World) -> None:
    key = world.asset(AssetKind.KEY)
    lost = actions.lose_asset(claim(Asset, key.pk, "missions.lose_asset", world.staff[0]), "Stolen on the bus")
    assert (lost.state, strength(key)) == (AssetState.LOST, 8)
    assert alarms(key) == [("missions.asset_lost", 3)]
    done = actions.write_off_asset(claim(Asset, key.pk, "missions.write_off_asset", world.rso), "All locks changed")
    assert (done.state, strength(key)) == (AssetState.GONE, 0)
    assert not asked.assets(world.rso, world.mission.pk).exists()


def test_the_volume_of_all_holdings_is_summed_for_destruction(world: World) -> None:
    world.asset(AssetKind.CLASSIFIED, volume=2.0, unit=VolumeUnit.METRES)
    world.asset(AssetKind.CLASSIFIED, volume=40.0, unit=VolumeUnit.LITRES)
    assert asked.custody(world.rso, world.mission.pk).volume_l == pytest.approx(164)


def test_staff_see_what_they_hold_or_are_offered_and_nothing_else(world: World) -> None:
    own, others = world.asset(AssetKind.KEY), world.asset(AssetKind.RADIO, world.bea)
    ana = world.staff[0]
    assert [row.pk for row in asked.assets(ana, world.mission.pk)] == [own.pk]
    with pytest.raises(NotVisible):
        asked.asset(ana, others.pk)
    world.propose(others, world.staff[1], world.ana)
    assert [row.pk for row in asked.mine(ana)] == [others.pk, own.pk]
    with pytest.raises(Forbidden):
        claim(Mission, world.mission.pk, "missions.count_assets", ana)


def test_an_rso_of_another_mission_sees_nothing_in_custody_here(world: World) -> None:
    row = world.asset()
    rso = given.operator("rso", name="elsewhere", scope=frozenset({world.other.pk}))
    with pytest.raises(NotVisible):
        asked.asset(rso, row.pk)
    with pytest.raises(NotVisible):
        claim(Asset, row.pk, "missions.propose_hand_over", rso)


def test_a_persons_own_page_names_what_he_answers_for(world: World) -> None:
    row = world.asset()
    holder = world.staff[0]
    from legation.foundations.identity import Ref

    (told,) = held_about(holder, Ref("Person", world.ana))["custody"]
    assert (told.what, told.params["mark"]) == ("missions.in_custody", row.mark)


def test_pages_hand_over_in_two_sessions(world: World) -> None:
    row, (ana, bea) = world.asset(), world.staff
    giving, taking = signed_in(ana), signed_in(bea)
    page = giving.get(reverse("asset", args=[row.pk])).content.decode()
    assert "never stored here" in page
    giving.post(reverse("asset-hand-over", args=[row.pk]), {"receiver": world.bea})
    assert "hands it over to you" in taking.get("/").content.decode()
    assert "I have it: take over" not in giving.get(reverse("asset", args=[row.pk])).content.decode()
    taking.post(reverse("asset-answer", args=[row.pk]), {"answer": "take"})
    row.refresh_from_db()
    assert row.custodian == world.bea
    officer = signed_in(world.rso)
    for path in (
        reverse("mission-assets", args=[world.mission.pk]),
        reverse("mission-assets-count", args=[world.mission.pk]),
        reverse("mission", args=[world.mission.pk]),
        reverse("my-assets"),
    ):
        assert officer.get(path).status_code == 200, path


def test_a_sheet_is_ticked_on_the_page(world: World) -> None:
    key, arm = world.asset(AssetKind.KEY), world.asset(AssetKind.ARM)
    officer = signed_in(world.rso)
    officer.post(reverse("mission-assets-count", args=[world.mission.pk]), {key.pk: "missing", arm.pk: "seen"})
    key.refresh_from_db()
    assert key.state == AssetState.MISSING


def test_the_api_does_the_same(world: World) -> None:
    client, ana, bea = with_key(world.rso), with_key(world.staff[0]), with_key(world.staff[1])
    path = f"/api/missions/{world.mission.pk}/assets"
    body = {"kind": "safe", "name": "Safe", "mark": "S-9", "custodian": world.ana}
    made = client.post(path, body, content_type="application/json").json()
    at = f"/api/missions/assets/{made['id']}"
    ana.post(f"{at}/hand-over", {"receiver": world.bea}, content_type="application/json")
    refused = ana.post(f"{at}/answer", {"taken": True}, content_type="application/json")
    assert (refused.status_code, refused.json()["reason"]) == (409, "both_sides_one_person")
    assert bea.post(f"{at}/answer", {"taken": True}, content_type="application/json").json()["custodian"] == world.bea
    counted = client.post(f"{path}/count", {"seen": [made["id"]]}, content_type="application/json")
    assert counted.status_code == 200
    assert bea.post(f"{at}/combination").json()["combination_due_at"] is None
    assert client.post(f"{at}/lose", {"text": "gone"}, content_type="application/json").json()["state"] == "lost"
    assert client.post(f"{at}/write-off", {"text": "new safe"}, content_type="application/json").status_code == 200
    assert client.get(path).json() == []


def test_the_terminal_does_the_same(world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    row = world.asset()

    def run(who: Actor, *words: str) -> str:
        key = tmp_path / who.name
        key.write_text(issue_key(account(who)))
        key.chmod(0o600)
        monkeypatch.setenv("LEGATION_KEY_FILE", str(key))
        done = CliRunner().invoke(app, ["assets", *words])
        return done.output if done.exit_code == 0 else f"{done.exit_code}"

    (listed,) = json.loads(run(world.rso, "list", "Damascus", "--json"))
    assert (listed["mark"], listed["state"]) == (row.mark, "held")
    run(world.staff[0], "hand-over", row.pk, "--to", world.bea)
    assert run(world.staff[0], "hand-over", row.pk, "--take") == "3"
    assert json.loads(run(world.staff[1], "hand-over", row.pk, "--take", "--json"))["custodian"] == world.bea
    assert "1 seen" in run(world.rso, "count", "Damascus", "--seen", row.mark)
