"""An alarm stands for a limited time, and somebody else is called when it runs out."""

from datetime import UTC, datetime

from legation.foundations.decisions import Grant, Refusal
from legation.foundations.words import Severity
from legation.watch.events import AlarmState
from legation.watch.events.roster import DutyKind
from legation.watch.rules.alarms import CHAIN, LIMITS, call, called_at, may_close, may_take, next_limit
from legation.watch.rules.roster import OnCall

NOW = datetime(2018, 2, 5, tzinfo=UTC)


def test_the_graver_the_sooner() -> None:
    limits = [LIMITS[s] for s in sorted(Severity, reverse=True)]
    assert [x.unclaimed for x in limits] == sorted(x.unclaimed for x in limits)
    assert [x.open for x in limits] == sorted(x.open for x in limits)
    assert set(LIMITS) == set(Severity)


def test_taking_gives_more_time_than_standing() -> None:
    for severity in Severity:
        assert next_limit(severity, AlarmState.TAKEN, NOW) > next_limit(severity, AlarmState.STANDING, NOW) > NOW


def test_the_last_of_the_chain_is_called_again_and_again() -> None:
    assert [called_at(n) for n in range(5)] == [*CHAIN, CHAIN[-1], CHAIN[-1]]
    assert called_at(0, at_mission=False) == CHAIN[-1], "an alarm of no mission begins at headquarters"


def test_whoever_is_on_call_is_called_and_the_role_only_where_the_roster_has_a_hole() -> None:
    anna = OnCall(DutyKind.DUTY_OFFICER, "anna", "anna", NOW, NOW)
    found = call(CHAIN[0], {DutyKind.DUTY_OFFICER: anna}.get)
    assert (found.who, found.called_as, found.hole) == ("anna", "duty_officer", False)
    nobody = call(CHAIN[0], lambda duty: None)
    assert (nobody.who, nobody.called_as, nobody.hole) == ("", "rso", True)


def test_an_alarm_nobody_took_cannot_be_closed_nor_one_without_a_note() -> None:
    assert isinstance(may_take(AlarmState.TAKEN), Grant)
    assert isinstance(may_close(AlarmState.TAKEN, "patrol sent"), Grant)
    for state, note, reason in (
        (AlarmState.STANDING, "x", "alarm_unclaimed"),
        (AlarmState.CLOSED, "x", "alarm_closed"),
        (AlarmState.TAKEN, " ", "note_missing"),
        (AlarmState.TAKEN, "x" * 401, "note_too_long"),
    ):
        answer = may_close(state, note)
        assert isinstance(answer, Refusal)
        assert answer.reason == reason
