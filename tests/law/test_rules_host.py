"""Does a request to the host state take its course, and is the host's record counted rightly?"""

from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.foundations.decisions import Grant, Refusal
from legation.law.events.host import NoteForm, RequestKind, RequestState, Step
from legation.law.rules import host as rules
from legation.law.rules.host import Course

S = RequestState
NOW = datetime(2018, 2, 5, 6, tzinfo=UTC)


def test_the_long_way_from_a_draft_to_a_protest() -> None:
    state = S.DRAFTED
    for step in (Step.NUMBER, Step.DELIVER, Step.REMIND, Step.ESCALATE, Step.PROTEST):
        assert isinstance(rules.may_step(state, step, undelivered=step is Step.DELIVER), Grant)
        state = rules.after(state, step)
    assert state is S.PROTESTED


@pytest.mark.parametrize(("state", "step"), [key for key in product(S, Step) if key not in rules.NEXT])
def test_what_does_not_follow_is_refused(state: RequestState, step: Step) -> None:
    for undelivered in (True, False):
        assert isinstance(rules.may_step(state, step, undelivered=undelivered), Refusal)


def test_a_note_is_handed_over_before_the_next_is_numbered() -> None:
    assert isinstance(rules.may_step(S.DELIVERED, Step.REMIND, undelivered=True), Refusal)
    assert isinstance(rules.may_step(S.REMINDED, Step.DELIVER, undelivered=False), Refusal)
    assert rules.proposed(S.REMINDED, undelivered=True, late=True) is Step.DELIVER


@given(st.sampled_from(list(S)), st.booleans(), st.booleans())
def test_what_is_proposed_may_be_done(state: RequestState, undelivered: bool, late: bool) -> None:
    step = rules.proposed(state, undelivered=undelivered, late=late)
    if step is None:
        assert state in {S.KEPT, S.WITHDRAWN}
    elif not undelivered or step not in rules.FORMS:
        waiting = undelivered or step is Step.DELIVER
        assert isinstance(rules.may_step(state, step, undelivered=waiting), Grant)


def test_every_state_is_reached_and_only_withdrawal_is_the_end() -> None:
    reached = {S.DRAFTED, *rules.NEXT.values(), *rules.VERDICTS}
    assert reached == set(S)
    assert {state for state in S if not rules.steps_from(state)} == {S.WITHDRAWN}


def test_every_kind_has_a_ground_and_a_term() -> None:
    for kind in RequestKind:
        assert rules.ground_of(kind, "embassy")
        assert rules.ground_of(kind, "consulate_general").startswith("vccr")
        assert rules.answer_by(kind, NOW) > NOW
    assert rules.answer_by(RequestKind.DETAINED_NATIONAL, NOW) == NOW + timedelta(days=2)


def test_an_intrusion_is_protested_at_with_the_first_note() -> None:
    assert rules.form_of(RequestKind.INTRUSION, Step.NUMBER) is NoteForm.PROTEST
    assert rules.form_of(RequestKind.ESCORT, Step.NUMBER) is NoteForm.REQUEST
    assert rules.form_of(RequestKind.ESCORT, Step.REMIND) is NoteForm.REMINDER


@given(st.sampled_from(list(RequestKind)))
def test_points_are_all_for_nothing_kept_half_for_some_and_none_for_all(kind: RequestKind) -> None:
    whole = rules.weight(kind, S.NOT_KEPT)
    assert rules.weight(kind, S.PARTLY_KEPT) == whole / 2
    assert rules.weight(kind, S.KEPT) == rules.weight(kind, S.WITHDRAWN) == 0


def test_a_proposal_that_was_left_is_raised_again() -> None:
    assert rules.chase_by(NOW) == NOW + timedelta(days=3)


def test_the_record_counts_what_was_delivered_and_shows_the_least_kept_first() -> None:
    rows = rules.tally(
        [
            Course("vcdr-22-2", S.KEPT, True, 2.0),
            Course("vcdr-22-2", S.NOT_KEPT, True, 6.0),
            Course("vcdr-22-2", S.DELIVERED, True, None),
            Course("vcdr-22-2", S.DRAFTED, False, None),
            Course("vcdr-27-3", S.KEPT, True, 1.0),
        ]
    )
    assert [(r.norm, r.asked, r.answered, r.kept, r.not_kept, r.median_days) for r in rows] == [
        ("vcdr-22-2", 3, 2, 1, 1, 4.0),
        ("vcdr-27-3", 1, 1, 1, 0, 1.0),
    ]
