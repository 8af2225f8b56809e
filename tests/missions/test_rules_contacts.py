"""By what is somebody reached, and when must it be tried again? And how is a list of people read?"""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.foundations.decisions import Grant, Refusal
from legation.missions.events.contacts import ContactChannel
from legation.missions.rules import contacts
from legation.missions.rules.people_list import COLUMNS, FaultReason, Known, keys_of, plain, plan, read_rows

NOW = datetime(2018, 2, 5, tzinfo=UTC)
DAYS = st.integers(0, 400).map(lambda days: NOW - timedelta(days=days))


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        (ContactChannel.MOBILE, "+963 (11) 555-0101"),
        (ContactChannel.EMAIL, "name@example.org"),
        (ContactChannel.RADIO, "Delta 4"),
        (ContactChannel.MOBILE, "٠١١٥٥٥٠١٠١"),
    ],
)
def test_what_can_be_dialled_written_to_or_called_is_a_contact(channel: ContactChannel, address: str) -> None:
    assert isinstance(contacts.may_reach(channel, address), Grant)


@pytest.mark.parametrize(
    ("channel", "address"),
    [(ContactChannel.MOBILE, "ask Rui"), (ContactChannel.EMAIL, "name at home"), (ContactChannel.RADIO, "a\nb")],
)
def test_what_cannot_is_none(channel: ContactChannel, address: str) -> None:
    assert isinstance(contacts.may_reach(channel, address), Refusal)


@given(st.lists(st.one_of(st.none(), DAYS), min_size=1))
def test_the_reminder_comes_before_any_standing_test_runs_out_and_never_at_once(lasts: list[datetime | None]) -> None:
    at = contacts.next_reminder(lasts, NOW)
    assert at is not None
    assert at >= NOW + timedelta(days=7)
    for last in lasts:
        if contacts.tested(last, NOW):
            assert last is not None
            assert at <= max(last + contacts.TESTED_FOR, NOW + contacts.SOONEST)
        else:
            assert at <= NOW + contacts.FIRST_ROUND
    assert contacts.next_reminder([], NOW) is None


def test_a_reminder_is_not_put_off_while_somebody_stays_untested() -> None:
    standing = NOW + timedelta(days=3)
    assert contacts.next_reminder([None, NOW], NOW, standing) == standing
    assert contacts.next_reminder([NOW], NOW, standing) == NOW + contacts.TESTED_FOR


CELLS = st.dictionaries(st.sampled_from(COLUMNS), st.text(max_size=30))


@given(st.lists(CELLS, max_size=8))
def test_every_row_is_loaded_or_named_once_and_reading_never_fails(rows: list[dict[str, str]]) -> None:
    read = read_rows(COLUMNS, enumerate(rows, start=2))
    done = plan(read, [])
    lines = [one.row.line for one in done.rows] + [fault.line for fault in done.faults]
    assert len(lines) == len(set(lines))
    assert all(fault.advice for fault in done.faults)
    again = plan(read, [Known(str(one.row.line), one.value("p")) for one in done.rows])
    assert [one.known is not None for one in again.rows] == [True] * len(done.rows)


def test_two_spellings_of_a_name_are_one_and_two_numbers_are_two_people() -> None:
    assert plain("  MÜLLER  Ana") == plain("muller ana")
    row = {"name": "Ana", "category": "service"}
    one, two = ({**row, "staff_number": n} for n in ("1", "2"))
    assert len(read_rows(COLUMNS, [(2, one), (3, two)]).rows) == 2
    twice = read_rows(COLUMNS, [(2, row), (3, row)])
    assert [fault.reason for fault in twice.faults] == [FaultReason.REPEATED]
    assert keys_of(twice.rows[0].value) == ("name ana ",)
