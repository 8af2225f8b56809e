"""May a site, a zone, a portal be laid out so?"""

import pytest

from legation.access.rules import places as rules
from legation.foundations.decisions import Decision, Grant, Refusal


def test_what_is_complete_and_free_is_granted() -> None:
    assert isinstance(rules.may_open("Chancery", "Asia/Kolkata", known=True, opened=False), Grant)
    assert isinstance(rules.may_lay_out("Registry", frozenset({"Hall"})), Grant)
    assert isinstance(rules.may_fit("Gate", "dam-gate", frozenset(), "hall", None), Grant)


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (rules.may_open("Chancery", "Asia/Kolkata", known=True, opened=True), "site_opened_already"),
        (rules.may_open("Chancery", "", known=False, opened=False), "timezone_unknown"),
        (rules.may_open(" ", "Asia/Kolkata", known=True, opened=False), "place_without_name"),
        (rules.may_lay_out("  ", frozenset()), "place_without_name"),
        (rules.may_lay_out("Hall ", frozenset({"Hall"})), "place_name_taken"),
        (rules.may_fit("", "dam-gate", frozenset(), "hall", None), "place_without_name"),
        (rules.may_fit("Gate", "Dam Gate", frozenset(), "hall", None), "portal_code_odd"),
        (rules.may_fit("Gate", "dam-gate", frozenset({"dam-gate"}), "hall", None), "portal_code_taken"),
        (rules.may_fit("Gate", "dam-gate", frozenset(), "hall", "hall"), "portal_leads_nowhere"),
    ],
)
def test_what_is_not_says_why(decision: Decision, reason: str) -> None:
    assert isinstance(decision, Refusal)
    assert decision.reason == reason
