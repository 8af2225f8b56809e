"""Duties are given and released; what nobody holds shows, and a grave one counts until somebody holds it."""

import json

import pytest
from tests import given
from tests.abuse.given import signed_in
from tests.law.given import conventions

from legation.foundations.decisions import Refused
from legation.foundations.identity import Ref
from legation.law import actions, published
from legation.law.actions.matrix import Given
from legation.law.events.matrix import Holder
from legation.law.models import Holding
from legation.law.queries import matrix as queries
from legation.law.rules.matrix import Standing
from legation.missions import published as missions
from legation.missions.models import Mission
from legation.platform.authority.actor import Actor, Forbidden
from legation.platform.authority.resolve import claim
from legation.platform.ledger.models import WordRow
from legation.platform.personal import held_about

pytestmark = pytest.mark.django_db

POLICE = Given(Ref("Norm", "vcdr-22-2"), Holder.RECEIVING_STATE, "Diplomatic police")


@pytest.fixture
def damascus() -> Mission:
    given.keys()
    conventions()
    return given.missions()[0]


@pytest.fixture
def rso(damascus: Mission) -> Actor:
    return given.operator("rso")


def gave(actor: Actor, mission: Mission, *what: Given) -> list[Holding]:
    return actions.give_responsibility(missions.claimed(actor, mission.pk, "law.give_responsibility"), what)


def stands(actor: Actor, mission: Mission, code: str) -> Standing:
    return next(one.standing for one in queries.matrix(actor, mission.pk) if one.duty.subject.id == code)


def evidence(code: str) -> float | None:
    row = WordRow.objects.filter(word="evidence", subject_key__endswith=f".{code}", current=True).first()
    return row.strength if row else None


def test_the_matrix_of_an_embassy_holds_diplomatic_duties_only(damascus: Mission, rso: Actor) -> None:
    codes = {one.duty.subject.id for one in queries.matrix(rso, damascus.pk)}
    assert {"vcdr-22-2", "vcdr-10-1-a", "ministry-3"} <= codes
    assert not [code for code in codes if code.startswith("vccr-31")]
    assert len(codes) > 40


def test_a_duty_given_is_held_given_twice_is_double_and_released_is_a_hole(damascus: Mission, rso: Actor) -> None:
    assert stands(rso, damascus, "vcdr-22-2") is Standing.HOLE
    (row,) = gave(rso, damascus, POLICE)
    assert stands(rso, damascus, "vcdr-22-2") is Standing.HELD
    (second,) = gave(rso, damascus, Given(POLICE.subject, Holder.MISSION, "RSO"))
    assert stands(rso, damascus, "vcdr-22-2") is Standing.DOUBLE
    for one in (row, second):
        actions.release_responsibility(claim(Holding, one.pk, "law.release_responsibility", rso))
    assert stands(rso, damascus, "vcdr-22-2") is Standing.HOLE
    assert evidence("vcdr-22-2") == 2


def test_going_through_it_makes_grave_holes_count_until_they_are_filled(damascus: Mission, rso: Actor) -> None:
    done = actions.review_matrix(missions.claimed(rso, damascus.pk, "law.review_matrix"))
    assert done.holes == done.duties
    assert evidence("vcdr-22-2") == 2
    assert evidence("vcdr-10-1-a") is None  # a hole, but no grave one
    gave(rso, damascus, POLICE)
    assert not evidence("vcdr-22-2")


def test_a_measure_is_held_too_and_other_rooms_read_who_holds_what(damascus: Mission, rso: Actor) -> None:
    wall = Ref("Measure", "m" * 32)
    gave(rso, damascus, Given(wall, Holder.MINISTRY, "Buildings department", title="North wall"))
    assert published.holders(rso, damascus.pk) == {wall: ["Buildings department"]}


def test_a_person_reads_which_duties_he_holds(damascus: Mission, rso: Actor) -> None:
    gave(rso, damascus, Given(POLICE.subject, Holder.MISSION, person="p" * 32, title="VCDR art. 22(2)"))
    (told,) = held_about(rso, Ref("Person", "p" * 32))["law"]
    assert (told.what, told.params) == ("law.holds_duty", {"duty": "VCDR art. 22(2)"})


def test_a_holder_without_a_name_is_refused_and_an_analyst_gives_nothing(damascus: Mission, rso: Actor) -> None:
    with pytest.raises(Refused):
        gave(rso, damascus, Given(POLICE.subject, Holder.MISSION))
    with pytest.raises(Forbidden):
        gave(given.operator("analyst"), damascus, POLICE)


def test_the_page_shows_holes_and_takes_a_holder(damascus: Mission, rso: Actor) -> None:
    client = signed_in(rso)
    page = f"/law/missions/{damascus.pk}/matrix/"
    assert "VCDR art. 22(2)" in client.get(page, {"show": "hole"}).content.decode()
    form = {"subject": "Norm/vcdr-22-2", "holder": "receiving_state", "office": "Diplomatic police"}
    client.post(f"{page}give/", form)
    assert "Diplomatic police" in client.get(page).content.decode()
    assert "VCDR art. 22(2)<" not in client.get(page, {"show": "hole"}).content.decode()
    (line,) = [
        one
        for one in client.get(f"/api/law/missions/{damascus.pk}/matrix", {"show": "held"}).json()
        if one["subject"] == "Norm/vcdr-22-2"
    ]
    assert line["held"][0]["office"] == "Diplomatic police"
    wrong = client.post(
        f"/api/law/missions/{damascus.pk}/matrix",
        json.dumps([{"subject": "nothing", "holder": "mission"}]),
        content_type="application/json",
    )
    assert wrong.status_code == 422
