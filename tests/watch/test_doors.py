"""The roster is read and changed at pages, API and terminal, by the same acts."""

import json
from datetime import UTC, datetime

import pytest
from django.test import Client
from tests import given
from tests.abuse.given import signed_in, with_key
from typer.testing import CliRunner

from legation.platform import clock
from legation.platform.authority.markings import intern
from legation.watch.cli import app
from legation.watch.models import Shift
from legation.watch.queries import roster

pytestmark = pytest.mark.django_db(transaction=True)

START = datetime(2018, 2, 5, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    clock.start_demonstration(START)
    intern(roster.MARKING)


def said(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, answer.content.decode()[:400]
    return answer.content.decode()


def test_a_month_is_planned_in_one_form_and_a_gap_is_filled_from_its_line() -> None:
    damascus, _ = given.missions()
    anna, bo = given.operator("rso", name="Anna"), given.operator("rso", name="Bo")
    client, place = signed_in(anna), f"/watch/roster/{damascus.pk}/"
    assert "not kept here" in said(client, place)
    turn = {"rotation-duty": "rso_on_call", "rotation-first": anna.id, "rotation-second": bo.id, "rotation-turn": "168"}
    client.post(place + "rotation/", {**turn, "rotation-begins": "2018-02-05T08:00", "rotation-weeks": "4"})
    assert Shift.objects.count() == 4
    client.post(f"/watch/shifts/{Shift.objects.order_by('begins')[1].pk}/swap/", {"who": "", "reason": "ill"})
    page = said(client, place + "?week=2018-02-12")
    assert "Nobody" in page
    assert "duty=rso_on_call&amp;begins=2018-02-12T08:00&amp;ends=2018-02-19T08:00" in page
    filled = said(client, place + "?week=2018-02-12&duty=rso_on_call&begins=2018-02-12T08:00&ends=2018-02-19T08:00")
    assert 'value="2018-02-12T08:00"' in filled
    one = {"shift-duty": "rso_on_call", "shift-who": bo.id, "shift-begins": "2018-02-12T08:00"}
    client.post(place + "shifts/", {**one, "shift-ends": "2018-02-19T08:00"})
    assert "duty=rso_on_call" not in said(client, place + "?week=2018-02-12")
    assert "Anna" in said(client, "/watch/roster/")
    assert "Anna" in said(client, f"/missions/{damascus.pk}/")


def test_leave_and_what_is_wrong_are_said_on_the_page() -> None:
    damascus, _ = given.missions()
    anna = given.operator("rso", name="Anna")
    client, place = signed_in(anna), f"/watch/roster/{damascus.pk}/"
    away = {"leave-who": anna.id, "leave-begins": "2018-02-06T00:00", "leave-ends": "2018-02-08T00:00"}
    assert client.post(place + "leave/", away).status_code == 302
    assert "no deputy" in said(client, place)
    client.post(place + "leave/", {**away, "leave-deputy": anna.id})
    assert "Nobody is his own deputy" in said(client, place)
    client.post(place + "shifts/", {"shift-duty": "watch_officer"})
    assert "Select a valid choice" in said(client, place)


def test_staff_see_who_is_on_call_and_plan_nothing() -> None:
    damascus, _ = given.missions()
    anna, staff = given.operator("rso", name="Anna"), given.operator("staff", scope=frozenset({damascus.pk}))
    key = with_key(anna)
    body = {
        "duty": "rso_on_call",
        "turns": [{"who": anna.id, "begins": "2018-02-05T06:00Z", "ends": "2018-02-09T06:00Z"}],
    }
    assert key.post(f"/api/watch/roster/{damascus.pk}/turns", body, content_type="application/json").status_code == 200
    assert "Anna" in said(signed_in(staff), "/")
    assert "Enter the rotation" not in said(signed_in(staff), f"/watch/roster/{damascus.pk}/")


def test_the_api_plans_swaps_cancels_and_tells() -> None:
    damascus, _ = given.missions()
    anna, bo = given.operator("rso", name="Anna"), given.operator("rso", name="Bo")
    key, place = with_key(anna), f"/api/watch/roster/{damascus.pk}"
    turns = [{"who": anna.id, "begins": "2018-02-05T06:00Z", "ends": "2018-02-09T06:00Z"}]

    def post(path: str, body: object, status: int = 200) -> dict[str, str]:
        answer = key.post(path, body, content_type="application/json")
        assert answer.status_code == status, answer.content
        found: dict[str, str] = answer.json()
        return found

    made = post(place + "/turns", {"duty": "rso_on_call", "turns": turns})["id"]
    again = post(place + "/turns", {"duty": "rso_on_call", "turns": turns}, 409)
    assert again["reason"] == "shift_stands_already"
    post(f"/api/watch/roster/turns/{made}/swap", {"who": bo.id, "reason": "ill"})
    told = key.get(place).json()
    assert [one["name"] for one in told["on_call"]] == ["Bo"]
    assert [one["gap"] for one in told["gaps"]] == ["uncovered"]
    away = {"who": bo.id, "begins": "2018-02-05T06:00Z", "ends": "2018-02-06T06:00Z", "deputy": anna.id}
    leave = post(place + "/leave", away)["id"]
    assert key.get(place).json()["on_call"][0]["instead_of"] == bo.id
    post(f"/api/watch/roster/leave/{leave}/withdraw", {})
    post(f"/api/watch/roster/turns/{made}/cancel", {"reason": "closed"})
    assert key.get(place).json()["on_call"][0]["who"] == ""


def test_the_terminal_prints_who_is_on_call_and_the_gaps(monkeypatch: pytest.MonkeyPatch) -> None:
    given.missions()
    anna = given.operator("rso", name="Anna")
    monkeypatch.setattr("legation.watch.cli.roster.at_terminal", lambda: anna)
    run = CliRunner().invoke
    where = ["--mission", "Damascus"]
    planned = run(
        app, ["plan", "rso_on_call", "Anna", "--from", "2018-02-05T06:00:00Z", "--weeks", "1", "--hours", "100", *where]
    )
    assert planned.exit_code == 0, planned.output
    shift = Shift.objects.order_by("begins").last()
    assert shift is not None
    assert run(app, ["cancel-shift", shift.pk, "--reason", "away"]).exit_code == 0
    told = json.loads(run(app, ["roster", *where, "--json"]).output)
    assert [one["name"] for one in told["on_call"]] == ["Anna"]
    assert [one["gap"] for one in told["gaps"]] == ["uncovered"]
    assert json.loads(run(app, ["on-call", *where, "--json"]).output)[0]["duty"] == "rso_on_call"
    assert "uncovered" in run(app, ["roster", *where]).output
    assert run(app, ["leave", "Nobody", "--from", "2018-02-06", "--until", "2018-02-07", *where]).exit_code == 2
    assert run(app, ["give-up-duty", "rso_on_call", "--reason", "closes", *where]).exit_code == 0
    assert json.loads(run(app, ["on-call", *where, "--json"]).output) == []
