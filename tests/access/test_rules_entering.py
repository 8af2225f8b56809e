"""May he pass? Whatever comes together: nothing that is known to be wrong ever opens a portal inward."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from legation.access.events.entering import CredentialState, Direction, Factor
from legation.access.events.places import ZoneKind
from legation.access.rules.entering import Asked, Badge, Case, Door, Known, Permit, may_enter
from legation.access.rules.table import SHIPPED, asked_at
from legation.foundations.decisions import Grant, Refusal
from legation.foundations.posture import PostureLevel

NOON = datetime(2018, 2, 5, 10, 0, tzinfo=UTC)  # a Monday; noon on a clock two hours ahead
YEAR = timedelta(days=365)
BADGE = Badge("b1", "ana", frozenset({"diplomatic_agent"}), CredentialState.ACTIVE, NOON - YEAR, NOON + YEAR)
OTHER = replace(BADGE, id="b2", holder="bea")
DOOR = Door("d1", "offices", "hall", ZoneKind.GENERAL, 120)
PERMIT = Permit("p1", "offices", holder="ana")
ASKED = Asked("d1", Direction.IN, frozenset({Factor.BADGE}), NOON, sequence=8)
KNOWN = Known(PostureLevel.NORMAL, lockdown=False, table=SHIPPED, inside="hall", last_sequence=7)
CASE = Case(ASKED, BADGE, DOOR, (PERMIT,), KNOWN)


def reason(case: Case) -> str:
    found = may_enter(case)
    return found.reason if isinstance(found, Refusal) else ""


def asked(case: Case, **changed: object) -> Case:
    return replace(case, asked=replace(case.asked, **changed))  # type: ignore[arg-type]


def known(case: Case, **changed: object) -> Case:
    return replace(case, known=replace(case.known, **changed))  # type: ignore[arg-type]


def badge(case: Case, **changed: object) -> Case:
    return replace(case, badge=replace(case.badge, **changed))  # type: ignore[arg-type]


def permit(case: Case, **changed: object) -> Case:
    return replace(case, permits=(replace(case.permits[0], **changed),))  # type: ignore[arg-type]


def test_who_is_named_by_a_permit_passes_and_the_grant_says_by_which() -> None:
    assert may_enter(CASE) == Grant("permit/p1")
    by_category = permit(CASE, holder="", category="diplomatic_agent")
    assert may_enter(by_category) == Grant("permit/p1")


@pytest.mark.parametrize(
    ("case", "why"),
    [
        (known(CASE, denied=frozenset({"b1"})), "credential_denied"),
        (asked(CASE, sequence=7), "frame_replayed"),
        (badge(CASE, state=CredentialState.REVOKED), "credential_revoked"),
        (badge(CASE, state=CredentialState.LOST), "credential_lost"),
        (badge(CASE, valid_from=NOON + YEAR), "credential_not_yet"),
        (badge(CASE, valid_until=NOON), "credential_expired"),
        (known(CASE, lockdown=True), "locked_down"),
        (known(CASE, inside="offices"), "passed_back"),
        (asked(CASE, factors=frozenset()), "factor_missing"),
        (known(CASE, level=PostureLevel.RESTRICTED), "factor_missing"),
        (badge(known(CASE, level=PostureLevel.RESTRICTED), escorted=True), "factor_missing"),
        (known(CASE, table={}), "no_rule"),
        (permit(CASE, zone="registry"), "no_permit"),
        (permit(CASE, holder="bea"), "no_permit"),
        (permit(CASE, expires=NOON), "permit_expired"),
        (permit(known(CASE, level=PostureLevel.VIGILANT), highest=PostureLevel.NORMAL), "posture_forbids"),
        (permit(CASE, hours=((13 * 60, 18 * 60),)), "outside_hours"),
        (permit(CASE, escort=True), "escort_missing"),
        (permit(CASE, two_person=True), "second_person_missing"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_each_check_refuses_with_its_own_reason(case: Case, why: str) -> None:
    assert reason(case) == why


def test_hours_are_read_on_the_clock_at_the_premises_and_may_run_over_the_end_of_the_week() -> None:
    assert not reason(permit(CASE, hours=((12 * 60, 13 * 60),)))  # 12:00 there is 10:00 UTC
    assert reason(permit(CASE, hours=((10 * 60, 11 * 60),))) == "outside_hours"
    sunday_night = permit(CASE, hours=((6 * 1440 + 22 * 60, 60),))
    assert not reason(asked(sunday_night, at=NOON - timedelta(hours=11, minutes=30)))  # Monday 00:30 there


def test_company_counts_only_where_it_stands_itself() -> None:
    escorted = permit(CASE, escort=True)
    assert not reason(asked(escorted, escort=OTHER))
    for wrong in (
        BADGE,
        replace(OTHER, escorted=True),
        replace(OTHER, state=CredentialState.SUSPENDED),
        replace(OTHER, valid_until=NOON),
    ):
        assert reason(asked(escorted, escort=wrong)) == "escort_missing"
    assert reason(known(asked(escorted, escort=OTHER), denied=frozenset({"b2"}))) == "escort_missing"
    assert not reason(known(permit(CASE, two_person=True), occupants=1))


def test_everybody_may_leave_but_a_recording_opens_nothing() -> None:
    worst = known(badge(CASE, state=CredentialState.REVOKED), lockdown=True, level=PostureLevel.CRITICAL)
    leaving = asked(worst, direction=Direction.OUT, factors=frozenset())
    assert may_enter(leaving) == Grant("life_safety_exit")
    assert reason(asked(leaving, sequence=3)) == "frame_replayed"


def test_the_shipped_table_has_a_line_for_every_zone_at_every_posture_and_never_loosens_as_it_rises() -> None:
    assert set(SHIPPED) == {(level, kind) for level in PostureLevel for kind in ZoneKind}
    for kind in ZoneKind:
        lines = [SHIPPED[level, kind] for level in sorted(PostureLevel)]
        for lower, higher in pairwise(lines):
            assert lower.factors <= higher.factors
            assert lower.visitors or not higher.visitors
            assert higher.two_person or not lower.two_person
    assert [line.kind for line in asked_at(PostureLevel.CRITICAL)] == list(ZoneKind)


hours = st.integers(0, 7 * 24 * 60 - 1)
moments = st.integers(-3, 3).map(lambda n: NOON + timedelta(hours=n))
badges = st.builds(
    Badge,
    id=st.sampled_from(["b1", "b2", "b3"]),
    holder=st.sampled_from(["ana", "bea"]),
    categories=st.sampled_from([frozenset[str](), frozenset({"diplomatic_agent"}), frozenset({"visitor"})]),
    state=st.sampled_from(list(CredentialState)),
    valid_from=moments,
    valid_until=st.none() | moments,
    escorted=st.booleans(),
    response=st.booleans(),
)
cases = st.builds(
    Case,
    asked=st.builds(
        Asked,
        door=st.just("d1"),
        direction=st.just(Direction.IN),
        factors=st.frozensets(st.sampled_from(list(Factor))),
        at=moments,
        sequence=st.integers(0, 4),
        escort=st.none() | badges,
        second=st.none() | badges,
    ),
    badge=badges,
    door=st.builds(Door, st.just("d1"), st.just("offices"), st.none(), st.sampled_from(list(ZoneKind)), st.just(120)),
    permits=st.lists(
        st.builds(
            Permit,
            id=st.sampled_from(["p1", "p2"]),
            zone=st.sampled_from(["offices", "registry"]),
            holder=st.sampled_from(["", "ana"]),
            category=st.just("diplomatic_agent"),
            hours=st.lists(st.tuples(hours, hours), max_size=2).map(tuple),
            highest=st.sampled_from(list(PostureLevel)),
            escort=st.booleans(),
            two_person=st.booleans(),
            expires=st.none() | moments,
        ),
        max_size=3,
    ),
    known=st.builds(
        Known,
        level=st.sampled_from(list(PostureLevel)),
        lockdown=st.booleans(),
        table=st.just(SHIPPED),
        inside=st.sampled_from([None, "", "hall", "offices"]),
        occupants=st.integers(0, 2),
        last_sequence=st.integers(0, 4),
        denied=st.frozensets(st.sampled_from(["b1", "b2", "b3"])),
    ),
)


@settings(max_examples=500, deadline=None)
@given(case=cases)
def test_nothing_known_to_be_wrong_ever_opens_a_portal_inward(case: Case) -> None:
    granted = may_enter(case)
    assert granted == may_enter(case)
    if isinstance(granted, Refusal):
        return
    one, at, about = case.badge, case.asked.at, case.known
    assert one.state is CredentialState.ACTIVE
    assert one.id not in about.denied
    assert one.valid_from <= at
    assert one.valid_until is None or at < one.valid_until
    assert about.inside != case.door.inside
    assert not about.lockdown or one.response
    assert not case.asked.sequence or case.asked.sequence > about.last_sequence
    assert SHIPPED[about.level, case.door.kind].factors <= case.asked.factors
    used = [p for p in case.permits if granted.rule == f"permit/{p.id}" and p.zone == case.door.inside]
    assert any(about.level <= p.highest and (p.expires is None or at < p.expires) for p in used)
    if one.escorted:
        assert case.asked.escort is not None
