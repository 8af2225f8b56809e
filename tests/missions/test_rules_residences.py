"""Nobody moves in while a must fails that nobody waived, and no waiver outlives its half year."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.missions.events.residences import Answer, Found, Waived
from legation.missions.rules import residences as rules

NOW = datetime(2018, 2, 5, tzinfo=UTC)
LATER = NOW + timedelta(days=100)
answers = st.fixed_dictionaries({one.code: st.sampled_from(list(Answer)) for one in rules.STANDARD})
waivers = st.sets(st.sampled_from([one.code for one in rules.STANDARD]))


def survey(**failing: str) -> list[Found]:
    return [
        Found(one.code, Answer.NOT_MET if one.code in failing else Answer.MET, failing.get(one.code, ""))
        for one in rules.STANDARD
    ]


def refused(decision: Decision) -> str:
    return decision.reason if isinstance(decision, Refusal) else ""


@given(answers, waivers)
def test_a_move_is_granted_exactly_where_every_must_is_met_or_waived(said: dict[str, Answer], borne: set[str]) -> None:
    found = [Found(code, answer, "x") for code, answer in said.items()]
    waived = [Waived(code, "head", "guard", LATER) for code in borne]
    decision = rules.may_move_in(found, waived, LATER, NOW, lives_there=False)
    failing = [one for one in rules.STANDARD if one.must and said[one.code] is Answer.NOT_MET and one.code not in borne]
    assert isinstance(decision, Grant) == (not failing)


@given(answers, st.integers(0, 9))
def test_it_weighs_only_where_somebody_lives(said: dict[str, Answer], residents: int) -> None:
    found = [Found(code, answer) for code, answer in said.items()]
    weight = rules.weight(found, [], LATER, NOW, residents=residents)
    assert weight == (sum(one.points for one in rules.holes(found)) if residents else 0)


def test_without_a_survey_that_holds_nobody_moves_in() -> None:
    assert refused(rules.may_move_in([], [], None, NOW, lives_there=False)) == "not_surveyed"
    assert refused(rules.may_move_in(survey(), [], NOW, NOW, lives_there=False)) == "survey_is_over"
    assert refused(rules.may_move_in(survey(), [], LATER, NOW, lives_there=True)) == "lives_there_already"


def test_a_survey_answers_every_line_and_says_where_it_falls_short() -> None:
    assert isinstance(rules.may_survey(survey(locks="old")), Grant)
    assert refused(rules.may_survey(survey()[1:])) == "survey_incomplete"
    assert refused(rules.may_survey([*survey(), *survey()[:1]])) == "survey_incomplete"
    assert refused(rules.may_survey(survey(locks=" "))) == "hole_without_note"


def test_a_waiver_is_for_a_failing_must_with_a_measure_and_an_end() -> None:
    found = survey(locks="old", patrol="none")
    assert isinstance(rules.may_waive(found, "locks", "Guard at the door", LATER, NOW), Grant)
    assert refused(rules.may_waive(found, "patrol", "x", LATER, NOW)) == "residence_nothing_to_waive"
    assert refused(rules.may_waive(found, "door", "x", LATER, NOW)) == "residence_nothing_to_waive"
    assert refused(rules.may_waive(found, "locks", " ", LATER, NOW)) == "residence_waiver_without_measure"
    assert refused(rules.may_waive(found, "locks", "x", NOW + timedelta(days=181), NOW)) == "residence_waiver_too_long"
    assert refused(rules.may_waive(found, "locks", "x", NOW, NOW)) == "residence_waiver_too_long"


def test_a_waived_hole_weighs_half_and_a_waiver_that_ended_nothing() -> None:
    found = survey(locks="old")
    waived = [Waived("locks", "head", "guard", LATER)]
    assert rules.weight(found, waived, LATER + timedelta(days=9), NOW, residents=2) == 1
    assert rules.weight(found, waived, LATER + timedelta(days=9), LATER, residents=2) == 2
    assert [one.code for one in rules.open_musts(found, waived, LATER)] == ["locks"]


def test_the_next_look_is_at_what_ends_first() -> None:
    waived = [Waived("locks", "head", "guard", LATER)]
    assert rules.next_look(LATER + timedelta(days=1), waived, NOW) == LATER
    assert rules.next_look(LATER + timedelta(days=1), waived, LATER) == LATER + timedelta(days=1)
    assert rules.next_look(None, [], NOW) is None


def test_codes_of_the_standard_are_told_apart_and_each_is_argued() -> None:
    assert len(rules.BY_CODE) == len(rules.STANDARD)
    assert all(one.why and one.points > 0 for one in rules.STANDARD)
