"""A watch changes hands by two acts of two persons; until the second the outgoing one has it."""

from datetime import UTC, datetime, timedelta

from legation.foundations.decisions import Refusal
from legation.watch.events.roster import DutyKind
from legation.watch.rules.handing import ANSWER_WITHIN, answer_by, may_accept, may_hand_over, may_note
from legation.watch.rules.roster import Turn

NOW = datetime(2018, 2, 5, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)
TURN = Turn(DutyKind.WATCH_OFFICER, "anna", NOW - 8 * HOUR, NOW)


def reason(**how: object) -> str:
    given: dict[str, object] = {
        "holder": "anna",
        "actor": "anna",
        "incoming": "bo",
        "reachable": ["anna", "bo"],
        "offered": False,
        "note": "",
        "now": NOW,
        **how,
    }
    answer = may_hand_over(TURN, **given)  # type: ignore[arg-type]
    return answer.reason if isinstance(answer, Refusal) else ""


def test_the_one_who_has_the_watch_gives_it_once_to_another_whom_an_alarm_reaches() -> None:
    assert reason() == ""
    assert reason(now=NOW - 9 * HOUR) == "watch_not_begun"
    assert reason(holder="carla") == "watch_not_yours", "a deputy has it"
    assert reason(offered=True) == "watch_offered_already"
    assert reason(incoming="anna") == "watch_to_oneself"
    assert reason(incoming="dan") == "person_not_reachable"
    assert reason(note="x" * 2001) == "note_too_long"


def test_it_is_accepted_once_by_the_one_it_is_given_to_within_half_an_hour() -> None:
    assert not isinstance(may_accept("bo", "bo", accepted=False), Refusal)
    assert isinstance(may_accept("bo", "anna", accepted=False), Refusal)
    assert isinstance(may_accept("bo", "bo", accepted=True), Refusal)
    assert answer_by(TURN, NOW - HOUR) == NOW + ANSWER_WITHIN, "an early hand-over waits for the end of the turn"
    assert answer_by(TURN, NOW + HOUR) == NOW + HOUR + ANSWER_WITHIN


def test_an_empty_line_is_no_note() -> None:
    assert isinstance(may_note(" "), Refusal)
    assert isinstance(may_note("x" * 2001), Refusal)
    assert not isinstance(may_note("The gate camera flickers"), Refusal)
