"""The table of everyday reports is whole and leads to kinds that there are; times come out in the time of the house."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from legation.foundations.markings import Marking
from legation.foundations.threats import ThreatClass
from legation.foundations.words import Severity
from legation.intelligence.rules import everyday
from legation.intelligence.rules.everyday import EVERYDAY, NEED_TO_KNOW, ROW_OF, Told
from legation.intelligence.rules.kinds import KIND_BY_WORD

NOW = datetime(2018, 2, 5, 6, tzinfo=UTC)
WALL = datetime(2031, 5, 5, 6, tzinfo=UTC)


def test_every_everyday_report_has_one_row_with_a_kind_of_the_table_and_a_reason() -> None:
    assert [row.told for row in EVERYDAY] == list(Told)
    assert all(row.kind in KIND_BY_WORD and len(row.why) > 20 for row in EVERYDAY)


def test_an_approach_and_harassment_are_read_by_fewer_and_nothing_is_open_to_the_world() -> None:
    tight = {row.told for row in EVERYDAY if row.marking == NEED_TO_KNOW}
    assert tight == {Told.APPROACH, Told.HARASSMENT}
    assert all(not Marking().covers(row.marking) for row in EVERYDAY)
    assert ROW_OF[Told.APPROACH].severity is Severity.URGENT
    assert KIND_BY_WORD[ROW_OF[Told.SURVEILLANCE].kind].threat is ThreatClass.ESPIONAGE


@given(
    minutes=st.integers(0, 43_200),
    waited=st.integers(-86_400, 604_800),
)
def test_what_waited_on_a_phone_happened_that_much_earlier_and_never_later_than_now(minutes: int, waited: int) -> None:
    claimed = WALL - timedelta(seconds=waited)
    at = everyday.occurred_at(minutes_ago=minutes, claimed=claimed, wall=WALL, now=NOW)
    assert at == NOW - timedelta(seconds=max(0, waited), minutes=minutes)
    assert everyday.occurred_at(minutes_ago=minutes, claimed=None, wall=WALL, now=NOW) == NOW - timedelta(
        minutes=minutes
    )


def test_only_what_is_too_long_or_too_old_is_refused() -> None:
    assert everyday.refusal("", "", 0) is None
    for text, place, minutes, reason in (
        ("x" * 2_001, "", 0, "tell_text"),
        ("", "x" * 201, 0, "tell_place"),
        ("", "", 43_201, "tell_when"),
        ("", "", -1, "tell_when"),
    ):
        refused = everyday.refusal(text, place, minutes)
        assert refused is not None
        assert refused.reason == reason
