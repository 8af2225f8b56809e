"""What is open goes with the watch, frozen; what nobody accepts is told; what the other may not read is not shown."""

from datetime import UTC, datetime, timedelta

import pytest
from tests import given
from tests.abuse.given import signed_in, with_key
from tests.watch.given import authority, planned, queued
from typer.testing import CliRunner

from legation.foundations.decisions import Refused
from legation.foundations.markings import Classification, Marking, Tlp
from legation.missions.models import Mission
from legation.platform import clock
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.markings import intern
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.deadlines import fire_due
from legation.platform.subscribers import deliver_all
from legation.platform.writing import Urgency, writing
from legation.watch import actions as alarms
from legation.watch.actions import handing as actions
from legation.watch.actions import standing
from legation.watch.cli import app
from legation.watch.events import Outcome
from legation.watch.events.roster import DutyKind
from legation.watch.models import HandOver, QueuedAlarm, Shift, ShiftNote, StandingAuthority
from legation.watch.queries import handing as queries
from legation.watch.queries import roster

pytestmark = pytest.mark.django_db(transaction=True)

START = datetime(2018, 2, 5, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    clock.start_demonstration(START)
    intern(roster.MARKING)


def world() -> tuple[Mission, Actor, Actor, Shift]:
    """An alarm stands at a mission whose duty officer goes home in an hour."""
    damascus, _ = given.missions()
    anna, bo = given.operator("rso", name="Anna"), given.operator("rso", name="Bo")
    shift = planned(anna, damascus, DutyKind.DUTY_OFFICER, anna, START - 8 * HOUR, START + HOUR)
    planned(anna, damascus, DutyKind.DUTY_OFFICER, bo, START + HOUR, START + 12 * HOUR)
    queued(damascus)
    return damascus, anna, bo, shift


def given_away(shift: Shift, outgoing: Actor, incoming: Actor, note: str = "The gate camera flickers") -> HandOver:
    return actions.hand_over(claim(Shift, shift.pk, "watch.hand_over", outgoing), incoming.id, note=note)


def test_what_is_open_is_frozen_into_the_hand_over_and_the_other_accepts_it() -> None:
    damascus, anna, bo, shift = world()
    row = given_away(shift, anna, bo)
    assert {item.kind for item in row.open_items} == {"alarm", "gap"}
    alarm = QueuedAlarm.objects.get(kind="test.shelling")
    alarms.take(claim(QueuedAlarm, alarm.pk, "watch.take", bo))
    alarms.close(claim(QueuedAlarm, alarm.pk, "watch.close", bo), Outcome.FALSE, note="Fireworks")
    row.refresh_from_db()
    assert "alarm" in {item.kind for item in row.open_items}, "it stands as it stood"
    with pytest.raises(Refused):
        actions.accept(claim(HandOver, row.pk, "watch.accept_watch", anna))
    assert queries.waiting_for(bo) == [row]
    assert actions.accept(claim(HandOver, row.pk, "watch.accept_watch", bo)).accepted_at == START
    assert fire_due(START + 2 * HOUR) == 0
    assert queries.waiting_for(bo) == []
    with pytest.raises(Refused):
        given_away(shift, anna, bo)
    assert damascus.pk == row.mission_id


def test_a_watch_nobody_accepts_becomes_an_alarm() -> None:
    _, anna, bo, shift = world()
    row = given_away(shift, anna, bo)
    with writing(Urgency.PERSON):
        clock.advance(START + 2 * HOUR)
    fire_due(START + 2 * HOUR)
    deliver_all()
    assert QueuedAlarm.objects.get(kind=actions.UNANSWERED).subject_id == row.pk
    actions.accept(claim(HandOver, row.pk, "watch.accept_watch", bo))
    worker = service(ServiceAccount.WORKER)
    assert actions.miss(claim(HandOver, row.pk, "watch.miss_hand_over", worker)).accepted_at is not None


def test_what_was_done_without_asking_is_handed_over_for_its_review() -> None:
    damascus, anna, bo, shift = world()
    row = authority(given.operator("head_of_mission"), damascus)
    standing.use(claim(StandingAuthority, row.pk, "watch.use_authority", anna), level=4, reason="Shots")
    assert "review" in {item.kind for item in given_away(shift, anna, bo).open_items}


def test_what_the_incoming_one_may_not_read_is_counted_and_not_shown() -> None:
    damascus, anna, _, shift = world()
    low = given.operator("rso", name="Low", clearance=Marking(Classification.RESTRICTED, Tlp.AMBER))
    secret = intern(Marking(Classification.CONFIDENTIAL, Tlp.AMBER))
    QueuedAlarm.objects.filter(kind="test.shelling").update(marking_id=secret)
    anna = given.operator("rso", name="Anna the second")
    Shift.objects.filter(pk=shift.pk).update(who=anna.id)
    row = given_away(shift, anna, low)
    assert "test.shelling" not in {item.code for item in row.open_items}
    assert (row.withheld >= 1, row.marking_id) == (True, intern(roster.MARKING))
    assert damascus.pk == row.mission_id


def test_the_pages_hand_over_accept_note_and_print() -> None:
    damascus, anna, bo, shift = world()
    out, come = signed_in(anna), signed_in(bo)
    out.post(f"/watch/roster/{damascus.pk}/notes/", {"text": "Grey van twice at the gate"})
    assert ShiftNote.objects.get().by == anna.id
    page = f"/watch/shifts/{shift.pk}/"
    assert b"Hand over the watch" in out.get(page).content
    assert b"Hand over the watch" not in come.get(page).content
    moved = out.post(page + "hand-over/", {"who": bo.id, "note": "Mind the gate"})
    told = come.get(moved["Location"]).content.decode()
    for words in ("Mind the gate", "Grey van twice", "Accept the watch", "Anna still has the watch"):
        assert words in told
    assert "waits for you to accept it" in come.get("/").content.decode()
    assert "Accept the watch</button>" not in out.get(moved["Location"]).content.decode()
    come.post(moved["Location"] + "accept/")
    assert "Bo has the watch since" in out.get(moved["Location"]).content.decode()
    answer = out.post(moved["Location"] + "print/")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf" or b"Mind the gate" in answer.content


def test_the_api_and_the_terminal_do_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    damascus, anna, bo, shift = world()
    mine, his = with_key(anna), with_key(bo)
    text = {"text": "Grey van"}
    assert mine.post(f"/api/watch/roster/{damascus.pk}/notes", text, content_type="application/json").status_code == 200
    where = f"/api/watch/roster/turns/{shift.pk}/hand-over"
    made = mine.post(where, {"incoming": bo.id, "note": "x"}, content_type="application/json").json()
    assert his.get(f"/api/watch/hand-overs/{made['id']}").json()["items"]
    assert his.post(f"/api/watch/hand-overs/{made['id']}/accept").json()["accepted_at"]
    walt = given.operator("watch_officer", name="Walt")
    desk = planned(walt, None, DutyKind.WATCH_OFFICER, walt, START, START + 8 * HOUR)
    monkeypatch.setattr("legation.watch.cli.handing.at_terminal", lambda: walt)
    run = CliRunner().invoke
    assert run(app, ["note", "Quiet night"]).exit_code == 0
    assert run(app, ["hand-over", desk.pk, "Bo"]).exit_code == 0
    row = HandOver.objects.get(shift_id=desk.pk)
    assert run(app, ["accept-watch", row.pk]).exit_code == 3, "it was given to another"
    assert actions.log_note(claim_house("watch.log_note", walt), " still quiet ").text == "still quiet"
    assert actions.printed(claim(HandOver, row.pk, "watch.print_hand_over", walt))
