"""A version says what changes and why; who must read it is reminded; what is unread weighs by its share."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.law.events.protocols import ChangedBy
from legation.law.rules import protocols as rules

NOW = datetime(2018, 2, 5, tzinfo=UTC)
texts = st.lists(st.sampled_from(["Sound the alarm.", "Close the gate.", "Count heads.", ""]), max_size=30).map(
    "\n".join
)


def refused(decision: Decision) -> str:
    return decision.reason if isinstance(decision, Refusal) else ""


def publishable(number: int = 2, before: str = "old", text: str = "new", by: ChangedBy = ChangedBy.LESSON) -> Decision:
    return rules.may_publish(number, before, text, by, "because", 7, ["staff"])


def test_a_version_changes_something_and_says_what_made_it() -> None:
    assert isinstance(publishable(), Grant)
    assert isinstance(publishable(1, "", "new", ChangedBy.FIRST), Grant)
    assert refused(publishable(text=" ")) == "protocol_empty"
    assert refused(publishable(text=" old ")) == "protocol_unchanged"
    assert refused(publishable(by=ChangedBy.FIRST)) == "protocol_changed_by_what"
    assert refused(publishable(text="x" * 40_001)) == "protocol_too_long"
    assert refused(rules.may_publish(2, "a", "b", ChangedBy.LAW, " ", 7, ["staff"])) == "protocol_without_reason"
    assert refused(rules.may_publish(2, "a", "b", ChangedBy.LAW, "x", 0, ["staff"])) == "protocol_reading_time"
    assert refused(rules.may_publish(2, "a", "b", ChangedBy.LAW, "x", 7, [])) == "protocol_without_readers"


def test_a_receipt_is_for_the_version_in_force_and_given_once() -> None:
    assert isinstance(rules.may_read(2, 2, must=True, has=False, ended=False), Grant)
    assert refused(rules.may_read(1, 2, must=True, has=False, ended=False)) == "version_not_in_force"
    assert refused(rules.may_read(2, 2, must=True, has=False, ended=True)) == "version_not_in_force"
    assert refused(rules.may_read(2, 2, must=False, has=False, ended=False)) == "not_a_reader"
    assert refused(rules.may_read(2, 2, must=True, has=True, ended=False)) == "read_already"


def test_a_review_lies_ahead_within_two_years() -> None:
    assert isinstance(rules.may_review(NOW + timedelta(days=365), NOW), Grant)
    for days in (0, -1, 731):
        assert refused(rules.may_review(NOW + timedelta(days=days), NOW)) == "review_date_out_of_range"


@given(st.lists(st.integers(0, 9).map(str), unique=True), st.sets(st.integers(0, 9).map(str)))
def test_unread_are_those_who_must_and_have_not(must: list[str], have: set[str]) -> None:
    left = rules.unread(must, have)
    assert set(left) == set(must) - have
    assert list(left) == [one for one in must if one in left]


@given(st.integers(0, 50), st.integers(0, 50), st.booleans(), st.booleans())
def test_unread_weighs_by_its_share_and_only_after_its_time(must: int, missing: int, late: bool, old: bool) -> None:
    missing = min(must, missing)
    weight = rules.weight(must, missing, reading_lapsed=late, review_lapsed=old)
    assert 0 <= weight <= rules.UNREAD_POINTS + rules.REVIEW_POINTS
    assert (weight == 0) == ((not late or not must or not missing) and not old)


@given(texts, texts)
def test_a_comparison_holds_every_line_that_was_added_or_taken_out(before: str, after: str) -> None:
    lines = rules.difference(before, after)
    added = sum(line.sign == "+" for line in lines)
    taken = sum(line.sign == "−" for line in lines)
    assert added - taken == len(after.splitlines()) - len(before.splitlines())
    if before == after:
        assert not lines


def test_what_stays_far_from_a_change_is_left_out() -> None:
    before = "\n".join(f"line {n}" for n in range(40))
    lines = rules.difference(before, before.replace("line 20", "line twenty"))
    assert [line.text for line in lines if line.sign] == ["line 20", "line twenty"]
    assert lines[0].text == "…"
    assert len(lines) < 10
