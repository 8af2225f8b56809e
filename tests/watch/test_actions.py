"""Alarms of any room reach the queue once, are taken, escalate when nobody answers, and close with what came of it."""

from datetime import UTC, datetime, timedelta

import pytest
from tests import given
from tests.watch.given import queued, raised

from legation.foundations.decisions import Refused
from legation.foundations.words import Severity
from legation.platform import clock
from legation.platform.authority.actor import Forbidden, NotVisible
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import fire_due
from legation.platform.subscribers import deliver_all
from legation.watch import actions, queries
from legation.watch.events import AlarmState, Outcome
from legation.watch.models import QueuedAlarm

pytestmark = pytest.mark.django_db

START = datetime(2018, 2, 5, 6, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    clock.start_demonstration(START)


def test_an_alarm_that_a_room_raises_stands_in_the_queue_with_its_limit() -> None:
    damascus, _ = given.missions()
    row = queued(damascus)
    assert (row.kind, row.state, row.due_at) == ("test.shelling", AlarmState.STANDING, START + timedelta(minutes=5))
    assert [s.row.pk for s in queries.queue(given.operator("rso"))] == [row.pk]


def test_a_storm_of_the_same_alarm_is_one_alarm_with_a_count() -> None:
    damascus, _ = given.missions()
    row = queued(damascus)
    for _ in range(30):
        raised(damascus)
    deliver_all()
    (standing,) = queries.queue(given.operator("rso"))
    assert (standing.row.pk, standing.count) == (row.pk, 31)


def test_hearing_an_entry_twice_queues_it_once() -> None:
    from legation.platform.subscribers import Cursor

    damascus, _ = given.missions()
    queued(damascus)
    Cursor.objects.update(position=-1)
    deliver_all()
    assert QueuedAlarm.objects.count() == 1


def test_an_alarm_is_taken_and_closed_and_the_next_of_its_kind_is_a_new_one() -> None:
    damascus, _ = given.missions()
    row, rso = queued(damascus), given.operator("rso")
    actions.take(claim(QueuedAlarm, row.pk, "watch.take", rso))
    done = actions.close(claim(QueuedAlarm, row.pk, "watch.close", rso), Outcome.FALSE, note="Fireworks")
    assert (done.state, done.outcome) == (AlarmState.CLOSED, Outcome.FALSE)
    assert queries.count(rso) == 0
    assert queued(damascus).pk != row.pk


def test_an_alarm_nobody_takes_goes_up_the_chain_and_never_goes_away() -> None:
    damascus, _ = given.missions()
    row = queued(damascus)
    for minutes, step in ((5, 1), (10, 2), (15, 3)):
        assert fire_due(START + timedelta(minutes=minutes)) == 1
        clock.advance(START + timedelta(minutes=minutes))
        row.refresh_from_db()
        assert row.step == step
    assert queries.count(given.operator("rso")) == 1


def test_a_closed_alarm_escalates_no_more() -> None:
    damascus, _ = given.missions()
    row, rso = queued(damascus), given.operator("rso")
    actions.take(claim(QueuedAlarm, row.pk, "watch.take", rso))
    actions.close(claim(QueuedAlarm, row.pk, "watch.close", rso), Outcome.ACTED, note="Patrol sent")
    assert fire_due(START + timedelta(days=1)) == 0
    with pytest.raises(Refused):
        actions.take(claim(QueuedAlarm, row.pk, "watch.take", rso))


def test_the_gravest_alarm_stands_first() -> None:
    damascus, beirut = given.missions()
    queued(damascus, key="small", severity=Severity.NOTICE)
    queued(beirut, key="grave", severity=Severity.URGENT)
    assert [s.row.severity for s in queries.queue(given.operator("rso"))] == [3, 1]


def test_another_missions_alarm_is_neither_seen_nor_taken() -> None:
    damascus, beirut = given.missions()
    row = queued(damascus)
    rso = given.operator("rso", scope=frozenset({beirut.pk}))
    assert queries.count(rso) == 0
    with pytest.raises(NotVisible):
        claim(QueuedAlarm, row.pk, "watch.take", rso)
    with pytest.raises(NotVisible):
        queries.alarm(rso, row.pk)


def test_an_auditor_reads_the_queue_and_takes_nothing() -> None:
    damascus, _ = given.missions()
    row, auditor = queued(damascus), given.operator("auditor")
    assert queries.count(auditor) == 1
    with pytest.raises(Forbidden):
        claim(QueuedAlarm, row.pk, "watch.take", auditor)
