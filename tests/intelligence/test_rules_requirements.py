"""A question goes round its circle and no other way, and those who are asked are known by how they answer."""

from datetime import UTC, datetime, timedelta

from hypothesis import given as with_any
from hypothesis import strategies as st

from legation.foundations.decisions import Grant, Refusal
from legation.intelligence.rules import requirements
from legation.intelligence.rules.requirements import STANDING, Exchange, State, Step

NOW = datetime(2018, 2, 5, 6, tzinfo=UTC)


@with_any(st.lists(st.sampled_from(Step), max_size=12))
def test_no_row_of_steps_leaves_the_circle_and_what_is_closed_stays_closed(steps: list[Step]) -> None:
    state = State.OPEN
    for one in steps:
        if isinstance(requirements.may_step(state, one), Grant):
            assert state in STANDING
            state = requirements.step(state, one)
        else:
            assert (state, one) not in requirements.STEPS


def test_nothing_is_closed_that_nobody_answered() -> None:
    for state in (State.OPEN, State.ASKED):
        assert isinstance(requirements.may_step(state, Step.CLOSE), Refusal)
    assert requirements.step(State.ANSWERED, Step.CLOSE) is State.SATISFIED
    assert requirements.step(State.ANSWERED, Step.ASK_AGAIN) is State.ASKED


def test_a_question_says_which_decision_waits_for_it_and_when() -> None:
    assert isinstance(requirements.may_put("Who?", "the posture of this week"), Grant)
    assert isinstance(requirements.may_put("Who?", " "), Refusal)
    assert isinstance(requirements.may_put(" ", "why"), Refusal)
    assert isinstance(requirements.may_answer(" "), Refusal)
    assert isinstance(requirements.may_answer("Nobody."), Grant)
    assert isinstance(requirements.may_fall_due(NOW, NOW), Refusal)
    assert isinstance(requirements.may_fall_due(NOW + timedelta(days=400), NOW), Refusal)
    assert isinstance(requirements.may_fall_due(NOW + timedelta(days=2), NOW), Grant)


def test_days_to_answer_are_the_median_and_usefulness_is_of_those_judged() -> None:
    def told(days: float, useful: bool | None) -> Exchange:
        return Exchange(NOW, NOW + timedelta(days=days), useful)

    found = requirements.track([told(1, True), told(2, None), told(30, False)])
    assert (found.answers, found.median_days, found.useful_share) == (3, 2.0, 0.5)
    nobody = requirements.track([])
    assert (nobody.answers, nobody.median_days, nobody.useful_share) == (0, None, None)
