"""A source is borne out by origins that are not its own; a grade is questioned only beyond the interval."""

from itertools import pairwise

from hypothesis import given as having
from hypothesis import strategies as st

from legation.foundations.grading import Reliability
from legation.intelligence.rules.corroboration import Contradiction
from legation.intelligence.rules.track_record import (
    BANDS,
    Fate,
    Shared,
    Told,
    TrackRecord,
    fate,
    interval,
    proposed,
    records,
)

NONE = Contradiction.NONE


def told(source: int, first_s: int = 0, *origins: str, believed: bool | None = None) -> Told:
    return Told(source, first_s, frozenset(origins), believed=believed)


def record(yes: int, no: int) -> TrackRecord:
    return TrackRecord(yes, no, 0, 0, *interval(yes, yes + no))


def test_another_sources_own_origin_corroborates_and_the_same_origin_does_not() -> None:
    own = told(1, 0, "sohr")
    assert fate(own, Shared((own, told(2, 5, "reuters")), 2, NONE)) is Fate.CORROBORATED
    assert fate(own, Shared((own, told(2, 5, "sohr")), 1, NONE)) is Fate.ALONE


def test_several_origins_named_by_the_source_itself_do_not_corroborate_it() -> None:
    own = told(1, 0, "sohr", "reuters")
    assert fate(own, Shared((own, told(2, 5, "reuters")), 2, NONE)) is Fate.ALONE


def test_two_data_sets_of_one_owner_test_each_other_in_nothing() -> None:
    one, other = Told(1, 0, frozenset({"a"}), "Institute"), Told(2, 1, frozenset({"b"}), "Institute")
    for contradiction in (NONE, Contradiction.PLACE):
        assert fate(one, Shared((one, other), 2, contradiction)) is Fate.ALONE
    third = Told(3, 1, frozenset({"b"}), "Police")
    assert fate(one, Shared((one, other, third), 2, NONE)) is Fate.CORROBORATED


def test_a_contradiction_counts_against_both_until_a_person_says_whom_he_believes() -> None:
    one, other = told(1, 0, "a"), told(2, 1, "b")
    shared = Shared((one, other), 2, Contradiction.PLACE)
    assert (fate(one, shared), fate(other, shared)) == (Fate.CONTRADICTED, Fate.CONTRADICTED)
    assert fate(told(1, 0, "a", believed=True), shared) is Fate.CORROBORATED
    assert fate(told(2, 1, "b", believed=False), shared) is Fate.CONTRADICTED


def test_another_word_for_the_same_is_no_contradiction_of_a_source() -> None:
    own = told(1, 0, "a")
    assert fate(own, Shared((own, told(2, 1, "b")), 2, Contradiction.KIND)) is Fate.CORROBORATED


def test_first_to_tell_is_counted_where_one_was_first_and_not_at_a_tie() -> None:
    early = Shared((told(1, 0, "a"), told(2, 9, "b")), 2, NONE)
    tie = Shared((told(1, 5, "a"), told(2, 5, "b")), 2, NONE)
    found = records({1: 4, 2: 2}, [early, tie])
    assert (found[1].first, found[2].first) == (1, 0)
    assert (found[1].corroborated, found[1].alone) == (2, 2)


@having(st.integers(0, 500), st.integers(0, 500))
def test_the_interval_holds_its_median_and_narrows_with_the_number_tested(yes: int, no: int) -> None:
    share, low, high = interval(yes, yes + no)
    assert 0 <= low <= share <= high <= 1
    _, low2, high2 = interval(yes * 4 + 4, (yes + no) * 4 + 8)
    assert high2 - low2 <= high - low + 1e-9


@having(st.sampled_from(Reliability), st.integers(0, 300), st.integers(0, 300))
def test_a_proposal_is_never_the_grade_given_and_its_band_holds_the_share(
    grade: Reliability, yes: int, no: int
) -> None:
    answer = proposed(grade, record(yes, no))
    if answer is not None:
        band = next(one for one in BANDS if one.grade is answer)
        assert answer is not grade
        assert band.least <= record(yes, no).share <= band.most


def test_a_few_cases_question_no_grade_and_many_do() -> None:
    assert proposed(Reliability.B, record(1, 2)) is None
    assert proposed(Reliability.B, record(10, 40)) is Reliability.E
    assert proposed(Reliability.F, record(3, 0)) is None
    assert proposed(Reliability.F, record(60, 2)) is Reliability.A


def test_the_bands_leave_no_share_without_a_grade() -> None:
    assert BANDS[-1].least == 0
    assert all(one.least == below.most for one, below in pairwise(BANDS))
