"""Who is on call is one person or a hole, and every hole is found before somebody falls into it."""

from datetime import UTC, datetime, timedelta

from hypothesis import given as drawn
from hypothesis import strategies as st

from legation.foundations.decisions import Grant, Refusal
from legation.watch.events.roster import DutyKind
from legation.watch.rules.roster import (
    DUTIES,
    Away,
    GapKind,
    Turn,
    gaps,
    may_be_away,
    may_change,
    may_plan,
    on_call,
    repeated,
    rotation,
    stands_in,
)

MONDAY = datetime(2018, 2, 5, tzinfo=UTC)
WATCH, HOUR, DAY = DutyKind.WATCH_OFFICER, timedelta(hours=1), timedelta(days=1)
EVERYONE = ("anna", "bo", "carla")


def turn(who: str, begins: float, ends: float, duty: DutyKind = WATCH) -> Turn:
    """Hours from Monday."""
    return Turn(duty, who, MONDAY + begins * HOUR, MONDAY + ends * HOUR)


def kinds(*turns: Turn, leave: tuple[Away, ...] = (), until: float = 24) -> list[GapKind]:
    return [gap.kind for gap in gaps(turns, leave, WATCH, MONDAY, MONDAY + until * HOUR)]


turns = st.lists(
    st.builds(
        lambda who, begins, length: turn(who, begins, begins + length),
        st.sampled_from(EVERYONE),
        st.integers(0, 60),
        st.integers(1, 20),
    ),
    max_size=8,
)
leave = st.lists(
    st.builds(
        lambda who, begins, length, deputy: Away(
            who, MONDAY + begins * HOUR, MONDAY + (begins + length) * HOUR, deputy if deputy != who else ""
        ),
        st.sampled_from(EVERYONE),
        st.integers(0, 60),
        st.integers(1, 30),
        st.sampled_from(("", *EVERYONE)),
    ),
    max_size=4,
)


@drawn(turns, leave, st.integers(0, 79))
def test_where_nobody_is_on_call_there_is_a_gap_and_where_somebody_is_there_is_none(
    planned: list[Turn], away: list[Away], hour: int
) -> None:
    at = MONDAY + hour * HOUR
    found = gaps(planned, away, WATCH, MONDAY, MONDAY + 80 * HOUR)
    holes = [gap for gap in found if gap.kind in {GapKind.UNCOVERED, GapKind.AWAY} and gap.begins <= at < gap.ends]
    answered = on_call(planned, away, WATCH, at)
    if answered is None:
        assert holes
    else:
        assert all(gap.kind is GapKind.AWAY for gap in holes), "one is away, and another answers"
        assert stands_in(answered.planned, away, at) == answered.who


@drawn(turns, leave)
def test_the_same_gap_has_the_same_key_when_it_is_looked_for_later(planned: list[Turn], away: list[Away]) -> None:
    now = {gap.key for gap in gaps(planned, away, WATCH, MONDAY, MONDAY + 60 * HOUR)}
    later = gaps(planned, away, WATCH, MONDAY, MONDAY + 90 * HOUR)
    assert {gap.key for gap in later if gap.begins < MONDAY + 60 * HOUR} == now


def test_an_hour_nobody_is_planned_for_is_found() -> None:
    (gap,) = gaps([turn("anna", 0, 8), turn("bo", 10, 20), turn("carla", 20, 24)], (), WATCH, MONDAY, MONDAY + DAY)
    assert (gap.kind, gap.begins, gap.ends) == (GapKind.UNCOVERED, MONDAY + 8 * HOUR, MONDAY + 10 * HOUR)


def test_two_at_a_time_are_handing_over_for_half_an_hour_and_longer_are_double() -> None:
    assert kinds(turn("anna", 0, 12.5), turn("bo", 12, 24)) == [GapKind.TOO_LONG]
    assert GapKind.DOUBLE in kinds(turn("anna", 0, 12), turn("bo", 11, 22), until=22)


def test_one_on_leave_yet_on_duty_is_found_unless_a_deputy_takes_it() -> None:
    week = Away("anna", MONDAY, MONDAY + 7 * DAY)
    assert kinds(turn("anna", 0, 12), leave=(week,), until=12) == [GapKind.AWAY]
    assert kinds(turn("anna", 0, 12), leave=(Away("anna", week.begins, week.ends, "bo"),), until=12) == []


def test_a_watch_of_more_than_twelve_hours_and_a_rest_of_less_than_eleven_are_found() -> None:
    assert kinds(turn("anna", 0, 8), turn("anna", 8, 16), turn("bo", 16, 24)) == [GapKind.TOO_LONG]
    assert kinds(turn("anna", 0, 8), turn("bo", 8, 16), turn("anna", 16, 24)) == [GapKind.SHORT_REST]
    assert DUTIES[DutyKind.DUTY_OFFICER].rest < DUTIES[WATCH].rest, "who may sleep needs no rest between"


def test_a_deputy_who_is_away_too_passes_it_on_and_two_who_name_each_other_are_nobody() -> None:
    away = [Away("anna", MONDAY, MONDAY + DAY, "bo"), Away("bo", MONDAY, MONDAY + DAY, "carla")]
    assert stands_in("anna", away, MONDAY) == "carla"
    assert stands_in("anna", [away[0], Away("bo", MONDAY, MONDAY + DAY, "anna")], MONDAY) == ""


def test_of_two_on_one_duty_the_one_who_came_last_is_called() -> None:
    found = on_call([turn("anna", 0, 12), turn("bo", 11.5, 24)], (), WATCH, MONDAY + 11.75 * HOUR)
    assert found is not None
    assert found.who == "bo"


def test_a_month_is_one_rotation_and_a_week_is_repeated_where_nothing_stands() -> None:
    month = rotation(WATCH, EVERYONE, MONDAY, 12 * HOUR, MONDAY + 28 * DAY)
    assert len(month) == 56
    assert gaps(month, (), WATCH, MONDAY, MONDAY + 28 * DAY) == ()
    week = [one for one in month if one.begins < MONDAY + 7 * DAY]
    again = repeated(week, MONDAY, 3)
    assert len(again) == 42
    assert repeated([*week, *again], MONDAY, 3) == (), "what stands already is left as it is"


def test_a_plan_names_persons_that_an_alarm_reaches_and_is_not_written_afterwards() -> None:
    def reason(planned: list[Turn], *, headquarters: bool = True, standing: tuple[Turn, ...] = ()) -> str:
        answer = may_plan(planned, standing, EVERYONE, headquarters=headquarters, now=MONDAY + 2 * DAY)
        return answer.reason if isinstance(answer, Refusal) else ""

    good = turn("anna", 60, 72)
    assert reason([good]) == ""
    assert reason([]) == "shift_missing"
    assert reason([good] * 401) == "shifts_too_many"
    assert reason([good], headquarters=False) == "duty_kept_elsewhere"
    assert reason([turn("anna", 60, 60)]) == "shift_ends_before_it_begins"
    assert reason([turn("anna", 1, 12)]) == "shift_in_the_past"
    assert reason([turn("nobody", 60, 72)]) == "person_not_reachable"
    assert reason([good], standing=(good,)) == "shift_stands_already"


def test_a_turn_is_changed_until_it_is_over_and_leave_lies_ahead() -> None:
    good = turn("anna", 0, 12)
    assert isinstance(may_change(good, cancelled=False, reason="ill", now=MONDAY), Grant)
    assert isinstance(may_change(good, cancelled=False, reason=" ", now=MONDAY), Refusal)
    assert isinstance(may_change(good, cancelled=True, reason="ill", now=MONDAY), Refusal)
    assert isinstance(may_change(good, cancelled=False, reason="ill", now=MONDAY + DAY), Refusal)
    assert isinstance(may_be_away(Away("anna", MONDAY, MONDAY + DAY, "bo"), EVERYONE, MONDAY), Grant)
    for wrong in (
        Away("anna", MONDAY, MONDAY),
        Away("anna", MONDAY - DAY, MONDAY),
        Away("anna", MONDAY, MONDAY + DAY, "anna"),
        Away("anna", MONDAY, MONDAY + DAY, "nobody"),
    ):
        assert isinstance(may_be_away(wrong, EVERYONE, MONDAY), Refusal)
