"""Who of the host state enters is written down at the door; who is inside without consent raises an alarm at once."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import given
from tests.abuse.given import signed_in
from tests.missions.given import person

from legation.foundations.decisions import Refused
from legation.law.actions import entering as actions
from legation.law.events.entering import Capacity, Emergency, Given, Outsider, Part
from legation.law.models import HostRequest, PremisesEntry
from legation.law.queries import entering as queries
from legation.missions.events import MissionKind
from legation.missions.models import Mission
from legation.platform import clock
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.markings import intern
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import fire_due
from legation.platform.ledger.models import SealedPart
from legation.platform.subscribers import deliver_all
from legation.watch.models import QueuedAlarm

pytestmark = pytest.mark.django_db(transaction=True)

MEXICO = replace(
    given.BEIRUT, external_id="Q1", kind=MissionKind.CONSULATE_GENERAL, receiving_state="Mexico", receiving_code="MX"
)


@pytest.fixture
def embassy() -> Mission:
    given.keys()
    intern(actions.MARKING)
    return given.missions(given.DAMASCUS, MEXICO)[0]


@pytest.fixture
def consulate(embassy: Mission) -> Mission:
    return Mission.objects.get(kind="consulate_general")


@pytest.fixture
def guard(embassy: Mission) -> Actor:
    return given.operator("staff")


def logged(actor: Actor, mission: Mission, **said: object) -> PremisesEntry:
    stated = actions.Entering(**{"part": Part.OFFICES, **said})  # type: ignore[arg-type]
    return actions.log_entry(claim(Mission, mission.pk, "law.log_entry", actor), stated)


def alarms() -> list[tuple[str, int]]:
    deliver_all()
    return list(QueuedAlarm.objects.values_list("kind", "severity"))


def test_an_entry_into_an_embassy_without_consent_is_an_urgent_alarm_in_a_fire_too(
    guard: Actor, embassy: Mission
) -> None:
    row = logged(guard, embassy, emergency=Emergency.FIRE, inside=True)
    assert not row.allowed
    assert row.norm == "vcdr-22-1"
    assert alarms() == [("law.entry_unlawful", 3)]


def test_firemen_enter_a_consulate_without_an_alarm(guard: Actor, consulate: Mission) -> None:
    row = logged(guard, consulate, emergency=Emergency.FIRE, inside=True)
    assert row.allowed
    assert row.reason.endswith("consent_assumed")
    assert alarms() == []


def test_they_go_in_on_the_heads_word_and_an_alarm_comes_when_they_stay(guard: Actor, embassy: Mission) -> None:
    until = clock.as_of() + timedelta(hours=1)
    row = logged(guard, embassy, given=Given.CONSENT, capacity=Capacity.HEAD, until=until)
    row = actions.mark_entered(claim(PremisesEntry, row.pk, "law.mark_entered", guard))
    with pytest.raises(Refused, match="entry_not_waiting"):
        actions.mark_entered(claim(PremisesEntry, row.pk, "law.mark_entered", guard))
    assert alarms() == []
    fire_due(until)
    assert alarms() == [("law.entry_overstayed", 3)]
    actions.mark_left(claim(PremisesEntry, row.pk, "law.mark_left", guard))
    with pytest.raises(Refused, match="nobody_inside"):
        actions.mark_left(claim(PremisesEntry, row.pk, "law.mark_left", guard))


def test_who_left_in_time_raises_nothing(guard: Actor, embassy: Mission) -> None:
    until = clock.as_of() + timedelta(hours=1)
    row = logged(guard, embassy, given=Given.CONSENT, capacity=Capacity.HEAD, until=until, inside=True)
    actions.mark_left(claim(PremisesEntry, row.pk, "law.mark_left", guard))
    worker = service(ServiceAccount.WORKER)
    actions.call_overstay(claim(PremisesEntry, row.pk, "law.call_overstay", worker))
    fire_due(until)
    assert alarms() == []
    with pytest.raises(Refused, match="consent_over_already"):
        logged(guard, embassy, until=clock.as_of() - timedelta(minutes=1))


def test_names_are_personal_and_apart_and_our_own_are_asked_for(guard: Actor, embassy: Mission) -> None:
    ana = person(embassy, name="Ana Lima")
    row = logged(
        guard,
        embassy,
        given=Given.CONSENT,
        capacity=Capacity.HEAD,
        person_id=ana.pk,
        outsiders=(Outsider("Captain Haddad", "Police"),),
    )
    assert SealedPart.objects.filter(type="Outsider").count() == 1
    assert "Haddad" not in str(row.to_value())
    assert queries.logged(given.operator("rso"), row.pk).spoke == "Ana Lima"
    assert queries.logged(given.operator("rso", name="other"), row.pk).papers == "vcdr-24"


def test_the_pages_lead_from_the_door_to_the_protest(embassy: Mission) -> None:
    client = signed_in(given.operator("rso"))
    assert "not in a fire" in client.get(f"/law/entries/at/{embassy.pk}/").content.decode()
    form = {"part": "offices", "emergency": "pursuit", "given": "not_asked", "capacity": "other", "inside": "on"}
    lines = {"officials": "Captain Haddad, Police\n<script>"}
    where = client.post(f"/law/entries/at/{embassy.pk}/", form | lines)["Location"]
    page = client.get(where).content.decode()
    assert "They may not enter" in page
    assert "&lt;script&gt;" in page
    protest = client.post(f"{where}protest/")["Location"]
    assert HostRequest.objects.get().entry_id == where.strip("/").rpartition("/")[2]
    page = client.post(f"{protest}number/", {"step": "number", "language": "en"}, follow=True).content.decode()
    assert "protests in the strongest terms" in page
    assert "The protest at it" in client.get(where).content.decode()
    assert client.post(f"{where}mark/", {"step": "left"}).status_code == 302
    assert "Captain" not in client.get("/law/entries/").content.decode()
    assert "left" in client.get("/law/entries/").content.decode()
