"""Two signals differ where both cannot be right within their own precision; every version told is shown."""

from dataclasses import replace

from hypothesis import given as having
from hypothesis import strategies as st

from legation.foundations.time import DAY_S
from legation.intelligence.rules.corroboration import Contradiction
from legation.intelligence.rules.differences import (
    RANK,
    TOLERANCES,
    Field,
    Statement,
    deaths_said,
    differ,
    differences,
    fields_of,
)

ONE = Statement("a", 1, 0, 3600, "bombing", 0.5, 33.51, 36.29, 1.0, "Jobar", "Government of Syria", (3, 3))


def other(**changed: object) -> Statement:
    return replace(ONE, key="b", source=2, **changed)  # type: ignore[arg-type]


def test_each_field_differs_beyond_its_tolerance_and_not_within() -> None:
    assert differ(ONE, other()) == frozenset()
    assert differ(ONE, other(latitude=33.52)) == frozenset()
    assert differ(ONE, other(latitude=33.60)) == {Field.PLACE}
    assert differ(ONE, other(latitude=33.60, precision_km=25.0)) == frozenset()
    assert differ(ONE, other(start_s=3600 + DAY_S, end_s=3600 + DAY_S)) == frozenset()
    assert differ(ONE, other(start_s=3601 + DAY_S, end_s=3601 + DAY_S)) == {Field.TIME}
    assert differ(ONE, other(deaths=(5, 5))) == frozenset()
    assert differ(ONE, other(deaths=(7, 9))) == {Field.DEATHS}
    assert differ(ONE, other(deaths=None, intensity=0.9)) == {Field.GRAVITY}
    assert differ(ONE, other(kind="shelling")) == {Field.KIND}
    assert differ(ONE, other(actors="IS; Government of Syria")) == frozenset()
    assert differ(ONE, other(actors="IS")) == {Field.ACTORS}
    assert differ(ONE, other(actors="")) == frozenset()


def test_all_versions_are_kept_side_by_side_and_those_that_agree_stand_together() -> None:
    third = replace(ONE, key="c", source=3)
    (found,) = differences([ONE, other(kind="shelling"), third])
    assert [(side.said, side.keys) for side in found.sides] == [("bombing", ("a", "c")), ("shelling", ("b",))]


def test_a_withdrawal_comes_first_and_names_who_took_it_back() -> None:
    found = differences([replace(ONE, withdrawn="Cancellation, not verified: all clear"), other(kind="shelling")])
    assert [one.field for one in found] == [Field.WITHDRAWN, Field.KIND]
    assert found[0].sides[0].said.startswith("Cancellation")


def test_what_a_person_decided_to_be_different_is_shown_as_such() -> None:
    assert [one.field for one in differences([ONE, other()], frozenset({("b", "a")}))] == [Field.DECIDED]


def test_deaths_are_read_from_the_words_of_coded_rows_and_of_reports() -> None:
    assert deaths_said("Deaths: 5 (lowest 3, highest 8). Syria") == (3, 8)
    assert deaths_said("At least 12 people killed in the market") == (12, 12)
    assert deaths_said("a shooting killed 4 near the bridge") == (4, 4)
    assert deaths_said("killed nobody; 30 were hurt") is None


@having(st.integers(0, 300), st.integers(0, 300), st.floats(-89, 89), st.floats(-179, 179))
def test_differing_is_mutual_and_nothing_differs_from_itself(a: int, b: int, latitude: float, longitude: float) -> None:
    one, two = replace(ONE, deaths=(a, a)), other(deaths=(b, b), latitude=latitude, longitude=longitude)
    assert differ(one, two) == differ(two, one)
    assert not differ(two, replace(two, key="x"))


def test_every_field_has_a_tolerance_with_a_reason_and_a_rank_of_its_own() -> None:
    assert {row.field for row in TOLERANCES} == set(Field) == set(RANK)
    assert all(row.why for row in TOLERANCES)
    assert fields_of(Contradiction.KIND | Contradiction.PLACE) == [Field.PLACE, Field.KIND]
