"""Missions are written by acts: each is one commit and one entry, and a refused act writes nothing."""

import pytest
from tests import given

from legation.foundations.decisions import Refused
from legation.foundations.place import Point
from legation.foundations.posture import PostureLevel
from legation.missions import actions, queries
from legation.missions.events import PremisesCategory, PremisesKind
from legation.missions.models import Mission, Premises
from legation.platform.act import ActMisused
from legation.platform.authority.actor import Forbidden, NotVisible
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.ledger.log import history
from legation.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()


def facts(mission: Mission) -> list[str]:
    return [e.fact for e in history(mission.ref, marking_ids=given.local().markings, missions=None)]


def test_loading_a_list_registers_each_mission_with_an_entry_of_its_own() -> None:
    damascus, beirut = given.missions()
    assert facts(damascus) == ["missions.MissionRegistered/1"]
    assert facts(beirut) == ["missions.MissionRegistered/1"]


def test_loading_the_same_list_again_changes_nothing() -> None:
    given.missions()
    before = Entry.objects.count()
    house = claim_house("missions.import", given.local())
    assert actions.import_list(house, (given.DAMASCUS, given.BEIRUT), "again").unchanged == 2
    assert Entry.objects.count() == before


def test_a_changed_row_amends_the_mission_and_says_what_changed() -> None:
    import dataclasses

    (damascus,) = given.missions(given.DAMASCUS)
    given.missions(dataclasses.replace(given.DAMASCUS, city="Dimashq"))
    assert facts(damascus) == ["missions.MissionAmended/1", "missions.MissionRegistered/1"]
    damascus.refresh_from_db()
    assert (damascus.city, damascus.version) == ("Dimashq", 2)


def test_a_posture_is_set_with_its_reason_and_recorded() -> None:
    damascus, _ = given.missions()
    rso = given.operator("rso")
    claimed = claim(Mission, damascus.pk, "missions.set_posture", rso)
    done = actions.set_posture(claimed, PostureLevel.RESTRICTED, lockdown=True, reason="Shelling nearby")
    assert (done.posture.level, done.lockdown) == (PostureLevel.RESTRICTED, True)
    assert facts(damascus)[0] == "missions.PostureChanged/1"


def test_a_refused_posture_writes_nothing() -> None:
    damascus, _ = given.missions()
    claimed = claim(Mission, damascus.pk, "missions.set_posture", given.operator("rso"))
    before = Entry.objects.count()
    with pytest.raises(Refused):
        actions.set_posture(claimed, PostureLevel.RESTRICTED, lockdown=False, reason=" ")
    damascus.refresh_from_db()
    assert (damascus.posture_level, Entry.objects.count()) == (1, before)


def test_an_analyst_cannot_set_a_posture() -> None:
    damascus, _ = given.missions()
    with pytest.raises(Forbidden):
        claim(Mission, damascus.pk, "missions.set_posture", given.operator("analyst"))


def test_a_claim_on_one_verb_opens_no_other() -> None:
    damascus, _ = given.missions()
    claimed = claim(Mission, damascus.pk, "missions.amend", given.operator("rso"))
    with pytest.raises(ActMisused):
        actions.set_posture(claimed, PostureLevel.RESTRICTED, lockdown=False, reason="r")


def test_an_rso_of_one_mission_finds_no_other() -> None:
    damascus, beirut = given.missions()
    rso = given.operator("rso", scope=frozenset({beirut.pk}))
    assert [m.pk for m in queries.missions(rso)] == [beirut.pk]
    with pytest.raises(NotVisible):
        claim(Mission, damascus.pk, "missions.set_posture", rso)


def test_an_administrator_sees_no_mission() -> None:
    given.missions()
    assert not queries.missions(given.operator("administrator")).exists()


def test_premises_are_added_to_their_mission() -> None:
    damascus, _ = given.missions()
    head = given.operator("head_of_mission")
    done = actions.add_premises(
        claim(Mission, damascus.pk, "missions.add_premises", head),
        name="Residence",
        kind=PremisesKind.RESIDENCE,
        point=Point(33.5, 36.2),
    )
    assert [p.name for p in queries.premises(head, damascus.pk)] == ["Residence"]
    assert done.mission_id == damascus.pk


def test_an_amended_mission_keeps_its_id() -> None:
    import dataclasses

    damascus, _ = given.missions()
    claimed = claim(Mission, damascus.pk, "missions.amend", given.operator("rso"))
    done = actions.amend(claimed, dataclasses.replace(given.DAMASCUS, address="Rue 1"))
    assert (done.pk, done.address) == (damascus.pk, "Rue 1")


def test_set_category_says_what_a_building_is_for_once() -> None:
    damascus, _ = given.missions()
    rso = given.operator("rso")
    row = actions.add_premises(
        claim(Mission, damascus.pk, "missions.add_premises", rso), name="Chancery", kind=PremisesKind.CHANCERY
    )
    claimed = claim(Premises, row.pk, "missions.set_category", rso)
    done = actions.set_category(claimed, PremisesCategory.CHANCERY_PUBLIC, receives_public=True)
    assert (done.category, done.receives_public, done.version) == ("chancery_public", True, 2)
    assert actions.set_category(claimed, PremisesCategory.CHANCERY_PUBLIC, receives_public=True).version == 2
    with pytest.raises(Forbidden):
        claim(Premises, row.pk, "missions.set_category", given.operator("analyst"))
