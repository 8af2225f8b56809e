"""A posture is set with a reason, changes something, and never begins before the one it replaces."""

from datetime import UTC, datetime, timedelta

import pytest

from legation.foundations.decisions import Grant, Refusal
from legation.foundations.posture import Posture, PostureLevel
from legation.missions.rules.posture import LONGEST_REASON, may_set, set_to

NOW = datetime(2018, 2, 5, tzinfo=UTC)
NORMAL = Posture(PostureLevel.NORMAL)


def test_a_higher_posture_with_a_reason_is_granted() -> None:
    assert isinstance(may_set(NORMAL, PostureLevel.CRITICAL, lockdown=False, reason="shelling", now=NOW), Grant)


def test_lockdown_alone_is_a_change() -> None:
    assert isinstance(may_set(NORMAL, PostureLevel.NORMAL, lockdown=True, reason="intruder", now=NOW), Grant)


@pytest.mark.parametrize(
    ("level", "reason", "refused"),
    [
        (PostureLevel.HEIGHTENED, "  ", "reason_missing"),
        (PostureLevel.HEIGHTENED, "x" * (LONGEST_REASON + 1), "reason_too_long"),
        (PostureLevel.NORMAL, "no change", "posture_unchanged"),
    ],
)
def test_what_lacks_a_reason_or_changes_nothing_is_refused(level: PostureLevel, reason: str, refused: str) -> None:
    answer = may_set(NORMAL, level, lockdown=False, reason=reason, now=NOW)
    assert isinstance(answer, Refusal)
    assert answer.reason == refused


def test_a_clock_behind_the_present_posture_is_refused() -> None:
    since = set_to(PostureLevel.VIGILANT, lockdown=False, reason="r", now=NOW)
    answer = may_set(since, PostureLevel.NORMAL, lockdown=False, reason="over", now=NOW - timedelta(days=1))
    assert isinstance(answer, Refusal)
