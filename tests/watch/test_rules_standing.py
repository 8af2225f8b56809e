"""A standing authority is a limit: what is beyond it is refused, whoever asks."""

from datetime import UTC, datetime, timedelta

from hypothesis import given as drawn
from hypothesis import strategies as st

from legation.foundations.decisions import Grant, Refusal
from legation.foundations.posture import Posture, PostureLevel
from legation.watch.events.roster import DutyKind
from legation.watch.events.standing import AuthorityKind, AuthorityState
from legation.watch.rules.standing import KINDS, LONGEST, Signed, may_review, may_revoke, may_sign, may_use

NOW = datetime(2018, 2, 5, tzinfo=UTC)
DAY = timedelta(days=1)
RAISE, LOCK = AuthorityKind.RAISE_POSTURE, AuthorityKind.LOCKDOWN


def signed(
    kind: AuthorityKind = RAISE,
    *,
    level: int = 4,
    duty: DutyKind | None = DutyKind.RSO_ON_CALL,
    person: str = "",
    until: datetime = NOW + 30 * DAY,
    conditions: str = "Shots within 500 m",
    norm: str = "VCDR 22",
) -> Signed:
    return Signed(kind, level, duty, person, until, conditions, norm)


def asked(one: Signed, **how: object) -> str:
    given: dict[str, object] = {
        "who": "anna",
        "duties": [DutyKind.RSO_ON_CALL],
        "level": one.level,
        "posture": Posture(PostureLevel.VIGILANT),
        "reason": "Shots at the gate",
        "now": NOW,
        "state": AuthorityState.STANDING,
        **how,
    }
    answer = may_use(one, given.pop("state"), **given)  # type: ignore[arg-type]
    return answer.reason if isinstance(answer, Refusal) else ""


@drawn(st.sampled_from(PostureLevel), st.integers(2, 5), st.integers(0, 6))
def test_a_use_never_goes_beyond_what_was_signed_and_never_lowers_the_posture(
    present: PostureLevel, limit: int, wanted: int
) -> None:
    answer = asked(signed(level=limit), level=wanted, posture=Posture(present))
    assert (answer == "") == (present < wanted <= limit)


def test_each_limit_is_said_when_it_stands_against_a_use() -> None:
    assert asked(signed()) == ""
    assert asked(signed(), state=AuthorityState.REVOKED) == "authority_not_in_force"
    assert asked(signed(), now=NOW + 30 * DAY) == "authority_not_in_force"
    assert asked(signed(), duties=[DutyKind.DUTY_OFFICER]) == "authority_not_yours"
    assert asked(signed(duty=None, person="anna"), duties=[]) == ""
    assert asked(signed(duty=None, person="bo")) == "authority_not_yours"
    assert asked(signed(), reason=" ") == "reason_missing"
    assert asked(signed(), reason="x" * 301) == "reason_too_long"
    assert asked(signed(LOCK, level=0), posture=Posture(lockdown=True)) == "lockdown_already"
    assert asked(signed(LOCK, level=0), posture=Posture(PostureLevel.CRITICAL)) == ""


def test_a_signature_says_what_how_far_who_until_when_why_and_on_which_norm() -> None:
    def reason(one: Signed) -> str:
        answer = may_sign(one, {"anna"}, NOW)
        return answer.reason if isinstance(answer, Refusal) else ""

    assert reason(signed()) == ""
    assert reason(signed(LOCK, level=0)) == ""
    assert reason(signed(level=1)) == "authority_without_level"
    assert reason(signed(LOCK, level=3)) == "authority_takes_no_level"
    assert reason(signed(duty=None)) == "authority_for_whom"
    assert reason(signed(person="anna")) == "authority_for_whom"
    assert reason(signed(duty=None, person="nobody")) == "person_not_reachable"
    assert reason(signed(conditions=" ")) == "authority_without_conditions"
    assert reason(signed(norm="")) == "authority_without_norm"
    assert reason(signed(until=NOW)) == "authority_over_already"
    assert reason(signed(until=NOW + LONGEST + DAY)) == "authority_too_long"
    assert set(KINDS) == set(AuthorityKind)


def test_a_use_is_reviewed_once_by_another_and_what_stands_is_revoked_with_a_reason() -> None:
    assert isinstance(may_review("anna", "head", reviewed=False, note="right"), Grant)
    assert isinstance(may_review("anna", "anna", reviewed=False, note="right"), Refusal)
    assert isinstance(may_review("anna", "head", reviewed=True, note="right"), Refusal)
    assert isinstance(may_review("anna", "head", reviewed=False, note=" "), Refusal)
    assert isinstance(may_revoke(AuthorityState.STANDING, "I am back"), Grant)
    assert isinstance(may_revoke(AuthorityState.STANDING, ""), Refusal)
    assert isinstance(may_revoke(AuthorityState.EXPIRED, "x"), Refusal)
