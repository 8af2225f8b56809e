"""Who may propose and who may confirm that somebody is erased."""

from datetime import UTC, datetime, timedelta

import pytest

from legation.foundations.decisions import Grant, Refusal
from legation.missions.rules import erasure as rules

NOW = datetime(2018, 2, 5, tzinfo=UTC)


def confirmed(actors: set[str], proposers: set[str], subject: str = "operator/s", age_days: int = 1) -> object:
    return rules.may_confirm(
        actors=frozenset(actors),
        proposers=frozenset(proposers),
        subject_account=subject,
        proposed_at=NOW - timedelta(days=age_days),
        now=NOW,
    )


def test_another_person_confirms_within_a_month() -> None:
    assert isinstance(confirmed({"operator/b"}, {"operator/a"}), Grant)


@pytest.mark.parametrize(
    ("actors", "proposers", "age_days", "reason"),
    [
        ({"operator/a"}, {"operator/a"}, 1, "second_person_needed"),
        ({"operator/b", "person"}, {"operator/a", "person"}, 1, "second_person_needed"),
        ({"operator/s"}, {"operator/a"}, 1, "own_erasure"),
        ({"operator/b"}, {"operator/a"}, 30, "proposal_too_old"),
    ],
)
def test_nobody_confirms_alone_late_or_for_himself(
    actors: set[str], proposers: set[str], age_days: int, reason: str
) -> None:
    refusal = confirmed(actors, proposers, age_days=age_days)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason


@pytest.mark.parametrize(
    ("reason", "standing", "code"),
    [("", False, "reason_missing"), ("x" * 401, False, "reason_too_long"), ("r", True, "erasure_proposed_already")],
)
def test_a_proposal_has_a_reason_and_stands_once(reason: str, standing: bool, code: str) -> None:
    refusal = rules.may_propose(reason, actor="operator/a", subject_account="", standing=standing)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == code
