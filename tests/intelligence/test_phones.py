"""What a telephone kept without a line arrives once, by the page's own act; where its right ended, a person decides."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from tests import given
from tests.abuse.given import account, signed_in
from tests.abuse.photographs import photograph

from legation.foundations.time import parse_instant
from legation.intelligence import actions
from legation.intelligence.actions.phones import Arrival
from legation.intelligence.links.phones import BadEnvelope, MemoryPhone
from legation.intelligence.models import HeldReport, OwnReport, Phone
from legation.intelligence.queries import reports
from legation.platform import clock
from legation.platform.authority.actions import revoke
from legation.platform.authority.actor import Actor, Forbidden, NotVisible
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.ledger.models import WordRow
from legation.platform.secrets import node

pytestmark = pytest.mark.django_db

COMMAND = "a1b2c3d4e5f60718"


@pytest.fixture(autouse=True)
def _node(tmp_path: Path) -> None:
    given.keys()
    node.hold(replace(node.held(), home=tmp_path))
    clock.start_demonstration(parse_instant("2018-02-05T06:00Z"))


@pytest.fixture
def mission() -> str:
    return given.missions()[0].pk


@pytest.fixture
def staff(mission: str) -> Actor:
    return given.operator("staff")


@pytest.fixture
def phone(staff: Actor) -> MemoryPhone:
    one = MemoryPhone()
    told = actions.register(staff, one.public_key)
    one.id, one.box = str(told["phone"]), str(told["box"])
    return one


def now_ms() -> int:
    return int(clock.wall().timestamp() * 1000)


def arrive(body: dict[str, object]) -> Arrival:
    return actions.arrive(json.dumps(body).encode())


def close_account(staff: Actor) -> None:
    house = claim(Operator, account(staff).pk, "authority.revoke", given.operator("administrator"))
    revoke(house, reason="left the service")


def test_what_was_kept_arrives_once_however_often_it_is_sent(staff: Actor, phone: MemoryPhone, mission: str) -> None:
    body = phone.kept(mission, COMMAND, now_ms() - 3_600_000, text="Grey car, two men")
    assert arrive(body).state == "received"
    assert arrive(body).state == "received"
    (report,) = reports.own(staff)
    assert report.words.text == "Grey car, two men"
    assert report.row.received_at - report.row.occurred_at == pytest.approx(
        timedelta(hours=1), abs=timedelta(minutes=1)
    )
    assert report.row.claimed_at is not None
    assert report.row.claimed_at.year >= 2025, "the clock of the telephone is kept as it was"


def test_it_is_sent_without_a_session_and_the_signature_is_what_counts(
    staff: Actor, phone: MemoryPhone, mission: str
) -> None:
    body = phone.kept(mission, COMMAND, now_ms(), photograph=photograph())
    answer = Client(enforce_csrf_checks=True).post(reverse("tell-queue"), body, "application/json")
    assert answer.json() == {"state": "received", "wipe": False}
    assert reports.own(staff)[0].row.photograph
    for change in ({"claimed_ms": 5}, {"command": "f" * 16}, {"base": 1}, {"phone": "0" * 32}, {"sealed": "AAAA"}):
        refused = Client().post(reverse("tell-queue"), body | change, "application/json")
        assert refused.status_code == 400, change
    assert OwnReport.objects.count() == 1
    assert not HeldReport.objects.exists()


def test_another_telephone_cannot_speak_for_this_one(phone: MemoryPhone, mission: str) -> None:
    other = MemoryPhone()
    other.id, other.box = phone.id, phone.box
    with pytest.raises(BadEnvelope):
        arrive(other.kept(mission, COMMAND, now_ms()))


@pytest.mark.parametrize("ended", ["account", "revoked", "expired"])
def test_where_its_right_has_ended_the_report_is_held_for_a_person_and_never_lost(
    ended: str, staff: Actor, phone: MemoryPhone, mission: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = phone.kept(mission, COMMAND, now_ms())
    if ended == "account":
        close_account(staff)
    elif ended == "revoked":
        actions.revoke_phone(claim(Phone, phone.id, "intelligence.revoke_phone", given.operator("rso", name="r0")))
    else:
        later = clock.wall() + timedelta(days=15)
        monkeypatch.setattr("legation.intelligence.actions.phones.clock.wall", lambda: later)
    done = arrive(body)
    assert (done.state, done.wipe) == ("held", ended != "expired")
    assert arrive(body).state == "held"
    assert not OwnReport.objects.exists()
    rso = given.operator("rso")
    (held,) = actions.waiting(rso)
    assert held.row.reason == f"phone_{ended}"
    assert held.kept is not None
    assert held.kept.said.text == "A grey car"
    assert WordRow.objects.get(word="alarm").subject_type == "HeldReport"
    page = signed_in(rso).get(reverse("told-held")).content.decode()
    assert "A grey car" in page
    taken = actions.take(claim(HeldReport, held.row.pk, "intelligence.take_held", rso))
    assert taken.reporter == staff.id
    assert reports.one(rso, taken.pk).words.text == "A grey car"
    assert not actions.waiting(rso)


def test_what_is_let_go_says_why_and_is_decided_once(staff: Actor, phone: MemoryPhone, mission: str) -> None:
    body = phone.kept(mission, COMMAND, now_ms())
    close_account(staff)
    arrive(body)
    rso = given.operator("rso")
    (held,) = actions.waiting(rso)
    client = signed_in(rso)
    client.post(reverse("held-refuse", args=[held.row.pk]), {"note": ""})
    assert actions.waiting(rso)
    client.post(reverse("held-refuse", args=[held.row.pk]), {"note": "He says he did not write it"})
    assert not actions.waiting(rso)
    client.post(reverse("held-take", args=[held.row.pk]))
    assert not OwnReport.objects.exists()
    assert HeldReport.objects.get().state == "refused"


def test_what_cannot_be_told_as_it_stands_is_held_too(phone: MemoryPhone, mission: str) -> None:
    assert arrive(phone.kept(mission, COMMAND, now_ms(), text="x" * 3_000)).state == "held"
    assert arrive(phone.kept(mission, COMMAND[::-1], now_ms(), photograph=b"no picture")).state == "held"
    assert arrive(phone.kept("0" * 32, COMMAND + "0", now_ms())).state == "held"
    assert set(HeldReport.objects.values_list("reason", flat=True)) == {
        "tell_text",
        "photograph_form",
        "phone_mission",
    }


def test_a_sealed_report_says_nothing_to_who_finds_the_telephone(phone: MemoryPhone, mission: str) -> None:
    body = phone.kept(mission, COMMAND, now_ms(), text="CANARY")
    assert "CANARY" not in json.dumps(body)
    assert mission not in json.dumps(body)


def test_only_its_owner_or_who_may_know_him_takes_a_telephone_off_the_list(staff: Actor, phone: MemoryPhone) -> None:
    other = given.operator("staff", name="other")
    with pytest.raises(Forbidden):
        actions.revoke_phone(claim(Phone, phone.id, "intelligence.revoke_phone", other))
    actions.revoke_phone(claim(Phone, phone.id, "intelligence.revoke_phone", staff))
    assert Phone.objects.get(pk=phone.id).revoked_at is not None


def test_a_person_has_a_few_telephones_and_the_oldest_makes_room(staff: Actor) -> None:
    for _ in range(6):
        actions.register(staff, MemoryPhone().public_key)
    assert Phone.objects.filter(revoked_at=None).count() == 5


def test_the_page_registers_a_telephone_and_hands_out_its_worker(staff: Actor) -> None:
    client = signed_in(staff)
    made = client.post(reverse("tell-phones"), {"public_key": MemoryPhone().public_key})
    assert made.status_code == 201
    assert set(made.json()) == {"phone", "box", "expires_ms"}
    assert client.post(reverse("tell-phones"), {"public_key": "AAAA"}).status_code == 400
    worker = client.get(reverse("tell-worker"))
    assert worker.headers["Content-Type"] == "text/javascript"
    kept = client.get(reverse("tell") + "?kept=1").content.decode()
    assert "csrfmiddlewaretoken" not in kept
    assert "data-owner" not in kept


def test_signing_out_makes_the_browser_forget(staff: Actor) -> None:
    client = signed_in(staff)
    out = client.post(reverse("account_logout"))
    assert "storage" in out.headers["Clear-Site-Data"]
    assert "Clear-Site-Data" not in signed_in(staff).get("/").headers
    client = signed_in(staff)
    Operator.objects.filter(pk=account(staff).pk).update(active=False)
    assert "storage" in client.get("/").headers["Clear-Site-Data"]


def test_only_the_worker_holds_reports(staff: Actor) -> None:
    for verb, actor in (("intelligence.hold_report", staff), ("intelligence.register_phone", given.local())):
        with pytest.raises(Forbidden):
            claim_house(verb, actor)
    with pytest.raises(NotVisible):
        claim(HeldReport, "0" * 32, "intelligence.refuse_held", given.operator("rso"))


def test_who_is_erased_leaves_his_reports_without_him(staff: Actor, phone: MemoryPhone, mission: str) -> None:
    from tests.missions.given import person

    from legation.intelligence.actions import forgetting
    from legation.missions.actions import erasure
    from legation.missions.models import Mission, Person

    row = person(Mission.objects.get(pk=mission), operator=staff)
    arrive(phone.kept(mission, COMMAND, now_ms(), photograph=photograph()))
    picture = OwnReport.objects.get().photograph
    assert [one.what for one in forgetting.holds(staff, row.ref)] == [
        "intelligence.holds_reports",
        "intelligence.holds_phones",
    ]
    rso, head = given.operator("rso"), given.operator("head_of_mission")
    erasure.propose_erasure(claim(Person, row.pk, "missions.propose_erasure", rso), reason="he left")
    erasure.erase_person(claim(Person, row.pk, "missions.erase_person", head))
    report = OwnReport.objects.get()
    assert (report.reporter, report.photograph) == ("", "")
    assert not Phone.objects.exists()
    assert not list((node.held().home or Path()).glob(f"blobs/*/{picture}"))
