"""A duty is held by one, by nobody or by two; parts of it may be held by several, each by one."""

from hypothesis import given
from hypothesis import strategies as st

from legation.foundations.decisions import Grant, Refusal
from legation.foundations.identity import Ref
from legation.law.events.matrix import Holder
from legation.law.links import norm_file
from legation.law.rules.matrix import (
    Held,
    Standing,
    by_subject,
    hole_points,
    is_grave,
    may_hold,
    must_be_held,
    standing,
)

DRILLS = Ref("Norm", "ministry-3")


def held(part: str = "", office: str = "RSO", person: str = "", holder: Holder = Holder.MISSION) -> Held:
    return Held(DRILLS, part, holder, office, person)


def test_nobody_is_a_hole_one_holds_and_two_are_a_double() -> None:
    assert standing([]) is Standing.HOLE
    assert standing([held()]) is Standing.HELD
    assert standing([held(), held(office="Administrative officer")]) is Standing.DOUBLE


def test_parts_are_held_by_one_each_and_never_beside_the_whole() -> None:
    assert standing([held("fire"), held("shelter")]) is Standing.HELD
    assert standing([held("fire"), held("Fire")]) is Standing.DOUBLE
    assert standing([held(), held("fire")]) is Standing.DOUBLE


@given(st.lists(st.sampled_from(["", "fire", "shelter"]), max_size=5))
def test_one_holder_more_never_turns_a_double_back(parts: list[str]) -> None:
    rows = [held(part) for part in parts]
    if standing(rows) is Standing.DOUBLE:
        assert standing([*rows, held("evacuation")]) is Standing.DOUBLE
    assert by_subject(rows) == ({DRILLS: rows} if rows else {})


def test_a_holder_is_somebody_and_a_person_at_post_holds_for_the_mission() -> None:
    assert isinstance(may_hold(held()), Grant)
    assert isinstance(may_hold(held(office=" ")), Refusal)
    assert isinstance(may_hold(held(office="", person="p" * 32)), Grant)
    assert isinstance(may_hold(held(person="p" * 32, holder=Holder.CONTRACTOR)), Refusal)


def test_what_must_be_held_is_ours_to_do_or_ours_to_ask_for() -> None:
    norms = {n.code: n for code in norm_file.SHIPPED for n in norm_file.shipped(code)[1].norms}
    assert must_be_held(norms["vcdr-22-2"])  # the police must be known by name of office
    assert must_be_held(norms["vcdr-10-1-a"])
    assert not must_be_held(norms["vcdr-31-1"])  # an immunity is held by nobody
    assert not must_be_held(norms["ipp-3-1-a"])
    assert is_grave(norms["vcdr-22-2"])
    assert not is_grave(norms["vcdr-10-1-a"])


def test_only_a_grave_hole_counts() -> None:
    assert hole_points(grave=True, standing=Standing.HOLE) > 0
    assert hole_points(grave=False, standing=Standing.HOLE) == 0
    assert hole_points(grave=True, standing=Standing.HELD) == 0
