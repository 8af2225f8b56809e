"""An occasion lies ahead, its run-sheet is in order, and its guests' names are forgotten in time."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.missions.events.occasions import GuestValue
from legation.missions.rules import occasions as rules

NOW = datetime(2018, 2, 5, tzinfo=UTC)
HOUR = timedelta(hours=1)


def refused(decision: Decision) -> str:
    return decision.reason if isinstance(decision, Refusal) else ""


def test_it_is_planned_ahead_with_a_title_a_place_and_an_end_to_its_names() -> None:
    assert isinstance(rules.may_plan("National day", "Residence", NOW + HOUR, NOW + 3 * HOUR, NOW, 30), Grant)
    assert refused(rules.may_plan(" ", "Residence", NOW + HOUR, NOW + 3 * HOUR, NOW, 30)) == "occasion_unnamed"
    assert refused(rules.may_plan("A", "B", NOW, NOW + HOUR, NOW, 30)) == "occasion_times"
    assert refused(rules.may_plan("A", "B", NOW + 2 * HOUR, NOW + HOUR, NOW, 30)) == "occasion_times"
    assert refused(rules.may_plan("A", "B", NOW + HOUR, NOW + 2 * HOUR, NOW, 91)) == "retention_out_of_range"


@given(st.lists(st.tuples(st.integers(0, 23), st.integers(0, 59)), max_size=20))
def test_a_run_sheet_stands_in_order_of_time(times: list[tuple[int, int]]) -> None:
    lines = rules.run_sheet("\n".join(f"{h}:{m:02d} | something | somebody" for h, m in times))
    assert [line.at for line in lines] == sorted(f"{h:02d}:{m:02d}" for h, m in times)


def test_a_line_that_cannot_be_read_is_named() -> None:
    with pytest.raises(ValueError, match="line 2"):
        rules.run_sheet("19:00 | doors\n25:00 | nothing")
    with pytest.raises(ValueError, match="line 1"):
        rules.run_sheet("19:00")


def test_guests_are_read_by_line_and_named_once() -> None:
    told = rules.guest_list("Ali Haddad ; Chamber of Commerce\n\nAli Haddad ; Chamber of Commerce\nZeina")
    assert told == (GuestValue("Ali Haddad", "Chamber of Commerce"), GuestValue("Zeina", ""))


def test_names_come_onto_the_list_only_while_they_may_be_kept() -> None:
    assert isinstance(rules.may_list(1, 0, forgotten=False), Grant)
    assert refused(rules.may_list(1, 0, forgotten=True)) == "guests_forgotten"
    assert refused(rules.may_list(0, 3, forgotten=False)) == "no_guest_named"
    assert refused(rules.may_list(1, 2000, forgotten=False)) == "too_many_guests"


def test_a_line_of_the_survey_is_ticked_once() -> None:
    assert isinstance(rules.may_tick("ways", []), Grant)
    assert refused(rules.may_tick("ways", ["ways"])) == "nothing_to_tick"
    assert refused(rules.may_tick("nothing", [])) == "nothing_to_tick"
    assert rules.forget_at(NOW, 30) == NOW + timedelta(days=30)
