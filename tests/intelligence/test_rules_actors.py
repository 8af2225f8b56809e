"""Names are matched whole in any script and never guessed; reach is said with its reason."""

from dataclasses import replace

import numpy as np
from hypothesis import given as having
from hypothesis import strategies as st

from legation.foundations.place import Point
from legation.intelligence.events.actors import ActorKind, ActorValue
from legation.intelligence.rules.actors import (
    METHODS,
    NO_ACTS,
    Acts,
    Reach,
    alike,
    by_name,
    named,
    normalised,
    reaching,
    refusal,
)

IS = ActorValue("Islamic State", ("IS", "Daesh", "داعش"), ActorKind.TERRORIST_GROUP, "", ("SY",), (), 100.0, ())
DAMASCUS = Point(33.51, 36.28)


def acts(*places: tuple[float, float]) -> Acts:
    columns = np.array(places, dtype=np.float64).reshape(-1, 2)
    return Acts(list(range(1, len(places) + 1)), columns[:, 0], columns[:, 1])


def test_one_name_has_one_spelling_whatever_its_case_marks_and_punctuation() -> None:
    assert normalised("  Jabhat  al-Nuṣra ") == normalised("jabhat al nusra") == "jabhat al nusra"
    assert normalised("داعـش") == normalised("دَاعِش")
    assert normalised("Government of Syria") != normalised("Government of Syria - Syrian insurgents")


@having(st.text(max_size=60))
def test_normalising_twice_changes_nothing(name: str) -> None:
    assert normalised(normalised(name)) == normalised(name)


def test_a_name_that_two_actors_bear_counts_for_both_and_a_part_of_a_name_for_none() -> None:
    index = by_name({"a": IS, "b": replace(IS, name="ISIS", aliases=("daesh",))})
    assert index["daesh"] == ["a", "b"]
    assert "islamic" not in index


def test_what_looks_alike_is_shown_and_what_is_the_same_or_shares_one_word_is_not() -> None:
    found = alike(["Islamic State Sinai", "ISLAMIC STATE", "State police", "Islamic state of somewhere"], IS)
    assert found == ["Islamic State Sinai", "Islamic state of somewhere"]


def test_sides_that_are_nobody_are_no_names() -> None:
    assert named("Government of Syria; Civilians; ; 12; government of Syria") == [
        "Government of Syria", "government of Syria",
    ]  # fmt: skip


def test_reach_is_by_name_then_by_acts_then_by_country_and_else_not_at_all() -> None:
    near, far = acts((33.6, 36.3)), acts((36.2, 37.1))
    assert reaching(IS, "m", "SY", DAMASCUS, far) is not None
    assert reaching(IS, "m", "SY", DAMASCUS, near).why is Reach.NEARBY  # type: ignore[union-attr]
    assert reaching(IS, "m", "SY", DAMASCUS, far).why is Reach.COUNTRY  # type: ignore[union-attr]
    assert reaching(replace(IS, missions=("m",)), "m", "LB", None, NO_ACTS).why is Reach.NAMED  # type: ignore[union-attr]
    assert reaching(replace(IS, radius_km=0.0), "m", "LB", DAMASCUS, near) is None


def test_the_nearest_act_is_named_and_those_within_the_radius_are_counted() -> None:
    found = reaching(IS, "m", "LB", DAMASCUS, acts((33.9, 36.3), (33.52, 36.29), (40.0, 40.0)))
    assert found is not None
    assert (found.acts, found.nearest) == (2, 2)
    assert found.nearest_km < 2


def test_what_cannot_be_is_refused_with_its_reason() -> None:
    reasons = [
        refusal(replace(IS, name=" - ")), refusal(replace(IS, aliases=("x" * 201,))),
        refusal(replace(IS, methods=("magic",))), refusal(replace(IS, countries=("Syria",))),
        refusal(replace(IS, radius_km=-1.0)), refusal(IS),
    ]  # fmt: skip
    assert [one.reason if one else None for one in reasons] == [
        "actor_name", "actor_aliases", "actor_method", "actor_country", "actor_reach", None,
    ]  # fmt: skip


def test_every_method_says_what_of_a_mission_it_meets_and_stands_once() -> None:
    assert all(one.meets for one in METHODS)
    assert len({one.word for one in METHODS}) == len(METHODS)
