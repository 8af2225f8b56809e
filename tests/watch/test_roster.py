"""A roster is planned, changed and asked; its gaps are said once, a week ahead; alarms go where somebody is on call."""

from datetime import UTC, datetime, timedelta

import pytest
from tests import given
from tests.watch.given import planned, queued

from legation.foundations.decisions import Refused
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actions import revoke
from legation.platform.authority.actor import Forbidden
from legation.platform.authority.markings import intern
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.deadlines import fire_due
from legation.platform.subscribers import deliver_all
from legation.watch import published
from legation.watch import queries as alarms
from legation.watch.actions import roster as actions
from legation.watch.events.roster import DutyKind
from legation.watch.links import rostering
from legation.watch.models import KeptDuty, Leave, QueuedAlarm, Shift
from legation.watch.queries import roster as queries
from legation.watch.rules.roster import Away, GapKind, Turn

pytestmark = pytest.mark.django_db

START = datetime(2018, 2, 5, 6, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
RSO, DEPUTY, WATCH = DutyKind.RSO_ON_CALL, DutyKind.DEPUTY_HEAD, DutyKind.WATCH_OFFICER


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    clock.start_demonstration(START)
    intern(queries.MARKING)  # actors of these tests are made before the first roster, those of requests anew
    rostering.Round.hour = ""


def refused(run: object) -> str:
    with pytest.raises(Refused) as told:
        run()  # type: ignore[operator]
    return told.value.refusal.reason


def gap_alarms() -> list[str]:
    return [str(row.params["gap"]) for row in QueuedAlarm.objects.filter(kind=actions.GAP).exclude(state="closed")]


def test_who_is_on_call_is_asked_by_any_room() -> None:
    damascus, _ = given.missions()
    anna, head = given.operator("rso", name="anna"), given.operator("head_of_mission")
    planned(head, damascus, RSO, anna, START, START + DAY)
    found = published.on_call(head, damascus.pk, RSO, START + HOUR)
    assert found is not None
    assert found.who == anna.id
    assert published.on_call(head, damascus.pk, RSO, START + DAY) is None
    assert published.on_call(head, damascus.pk, DEPUTY, START) is None
    assert queries.duties_of(anna, damascus.pk, START) == {RSO}


def test_an_alarm_goes_to_who_is_on_call_then_to_the_deputy_then_to_the_headquarters_desk() -> None:
    damascus, _ = given.missions()
    head = given.operator("head_of_mission", name="head")
    anna, walt = given.operator("rso", name="anna"), given.operator("watch_officer", name="walt")
    planned(head, damascus, RSO, anna, START, START + DAY)
    planned(head, damascus, DEPUTY, head, START, START + DAY)
    planned(walt, None, WATCH, walt, START, START + 12 * HOUR)
    row = queued(damascus)
    called = [(row.called, row.hole)]
    for minutes in (5, 10, 15):
        fire_due(START + timedelta(minutes=minutes))
        clock.advance(START + timedelta(minutes=minutes))
        row.refresh_from_db()
        called.append((row.called, row.hole))
    assert called == [(anna.id, False), (head.id, False), (walt.id, False), (walt.id, False)]
    assert [s.called for s in alarms.queue(anna) if s.row.pk == row.pk] == ["walt"]


def test_where_the_roster_has_a_hole_the_alarm_calls_the_role_and_says_so() -> None:
    damascus, _ = given.missions()
    row = queued(damascus)
    assert (row.called, row.called_as, row.hole) == ("", "rso", True)


def test_a_person_on_leave_is_not_called_but_his_deputy_and_one_whose_account_is_closed_is_a_hole() -> None:
    damascus, _ = given.missions()
    head, anna, bo = (
        given.operator("head_of_mission"),
        given.operator("rso", name="anna"),
        given.operator("rso", name="bo"),
    )
    planned(head, damascus, RSO, anna, START, START + 3 * DAY)
    away = Away(anna.id, START, START + DAY, bo.id)
    row = actions.enter_leave(missions.claimed(head, damascus.pk, "watch.enter_leave"), away)
    assert queued(damascus).called == bo.id
    actions.withdraw_leave(claim(Leave, row.pk, "watch.withdraw_leave", head))
    assert queries.on_call(head, damascus.pk, RSO, START).who == anna.id  # type: ignore[union-attr]
    account = claim(Operator, anna.id.removeprefix("operator/"), "authority.revoke", given.operator("administrator"))
    revoke(account, reason="left the service")
    assert queries.on_call(head, damascus.pk, RSO, START) is None
    gaps = queries.roster(head, damascus.pk, START).gaps(START, START + DAY)
    assert [gap.kind for gap in gaps] == [GapKind.AWAY]


def test_a_gap_in_the_coming_week_is_said_once_and_settled_when_it_is_filled() -> None:
    damascus, _ = given.missions()
    head, anna = given.operator("head_of_mission"), given.operator("rso", name="anna")
    planned(head, damascus, RSO, anna, START, START + 2 * DAY)
    planned(head, damascus, RSO, anna, START + 3 * DAY, START + 9 * DAY)
    deliver_all()
    deliver_all()
    assert gap_alarms() == ["uncovered"]
    assert rostering.look_for_gaps() == 0, "it was said"
    clock.advance(START + 2 * HOUR)
    assert rostering.look_for_gaps() == 0, "an hour later it is the same gap"
    planned(head, damascus, RSO, anna, START + 2 * DAY, START + 3 * DAY)
    deliver_all()
    assert gap_alarms() == []


def test_a_gap_comes_into_sight_a_week_ahead() -> None:
    damascus, _ = given.missions()
    head, anna = given.operator("head_of_mission"), given.operator("rso", name="anna")
    planned(head, damascus, RSO, anna, START, START + 8 * DAY)
    deliver_all()
    deliver_all()
    assert gap_alarms() == []
    clock.advance(START + 2 * DAY)
    assert rostering.look_for_gaps() == 1
    deliver_all()
    assert gap_alarms() == ["uncovered"]


def test_a_turn_is_swapped_and_cancelled_and_a_duty_given_up() -> None:
    damascus, _ = given.missions()
    head, anna, bo = (
        given.operator("head_of_mission"),
        given.operator("rso", name="anna"),
        given.operator("rso", name="bo"),
    )
    shift = planned(head, damascus, RSO, anna, START, START + DAY)
    actions.swap(claim(Shift, shift.pk, "watch.swap_shift", head), bo.id, reason="ill")
    assert queries.on_call(head, damascus.pk, RSO, START).who == bo.id  # type: ignore[union-attr]
    stranger = given.operator("auditor")
    assert refused(lambda: actions.swap(claim(Shift, shift.pk, "watch.swap_shift", head), stranger.id, reason="x"))
    actions.cancel(claim(Shift, shift.pk, "watch.cancel_shift", head), reason="closed for the day")
    assert queries.on_call(head, damascus.pk, RSO, START) is None
    assert queries.roster(head, damascus.pk, START).gaps(START, START + DAY)
    kept = KeptDuty.objects.get()
    assert refused(lambda: actions.give_up(claim(KeptDuty, kept.pk, "watch.give_up_duty", head), reason=" "))
    actions.give_up(claim(KeptDuty, kept.pk, "watch.give_up_duty", head), reason="the mission closes")
    assert not queries.roster(head, damascus.pk, START).gaps(START, START + DAY)


def test_the_headquarters_roster_belongs_to_those_who_see_every_mission() -> None:
    damascus, _ = given.missions()
    local = given.operator("rso", name="local", scope=frozenset({damascus.pk}))
    walt = given.operator("watch_officer")
    turn = [Turn(WATCH, walt.id, START, START + 8 * HOUR)]
    assert refused(lambda: actions.plan(claim_house("watch.plan_roster", local), turn)) == "headquarters_not_yours"
    shift = actions.plan(claim_house("watch.plan_roster", walt), turn)[0]
    assert refused(lambda: actions.cancel(claim(Shift, shift.pk, "watch.cancel_shift", local), reason="x"))


def test_one_who_may_take_no_alarm_is_put_on_no_duty() -> None:
    damascus, _ = given.missions()
    head, auditor = given.operator("head_of_mission"), given.operator("auditor")
    claimed = missions.claimed(head, damascus.pk, "watch.plan_roster")
    assert refused(lambda: actions.plan(claimed, [Turn(RSO, auditor.id, START, START + DAY)])) == "person_not_reachable"
    with pytest.raises(Forbidden):
        missions.claimed(auditor, damascus.pk, "watch.plan_roster")


def test_only_the_worker_says_gaps_and_settles_alarms_whose_ground_is_gone() -> None:
    damascus, _ = given.missions()
    head = given.operator("head_of_mission")
    for verb in ("watch.find_gaps", "watch.settle"):
        with pytest.raises(Forbidden):
            missions.claimed(head, damascus.pk, verb)


def test_planning_again_what_stands_enters_nothing() -> None:
    damascus, _ = given.missions()
    head, anna = given.operator("head_of_mission"), given.operator("rso", name="anna")
    planned(head, damascus, RSO, anna, START, START + DAY)
    assert refused(lambda: planned(head, damascus, RSO, anna, START, START + DAY)) == "shift_stands_already"
    assert Shift.objects.count() == 1
