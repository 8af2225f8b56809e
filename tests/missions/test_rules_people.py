"""What may stand in the record of people, and who may change it."""

from datetime import date

import pytest

from legation.foundations.decisions import Grant, Refusal
from legation.missions.events.people import PersonCategory, PersonValue
from legation.missions.rules import people

ANA = PersonValue("Ana Lima", PersonCategory.DIPLOMATIC_AGENT)


def test_a_name_and_a_category_are_enough() -> None:
    assert isinstance(people.may_stand(ANA), Grant)


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (PersonValue(" ", PersonCategory.SERVICE), "person_unnamed"),
        (PersonValue("A" * 161, PersonCategory.SERVICE), "person_field_too_long"),
        (PersonValue("Rui", PersonCategory.DEPENDANT), "principal_missing"),
        (
            PersonValue("Rui", PersonCategory.VISITOR, arrived=date(2018, 2, 2), departs=date(2018, 2, 1)),
            "departs_before_arrival",
        ),
    ],
)
def test_what_does_not_agree_is_refused_with_its_reason(value: PersonValue, reason: str) -> None:
    refusal = people.may_stand(value)
    assert isinstance(refusal, Refusal)
    assert refusal.reason == reason


def test_one_changes_what_is_about_oneself_and_a_keeper_everybodys() -> None:
    assert isinstance(people.own_or_keeper("operator/1", frozenset(), "operator/1"), Grant)
    assert isinstance(people.own_or_keeper("operator/2", frozenset({"missions.correct_person"}), ""), Grant)
    assert isinstance(people.own_or_keeper("operator/2", frozenset(), "operator/1"), Refusal)
    assert isinstance(people.own_or_keeper("", frozenset(), ""), Refusal)


def test_changed_fields_are_named() -> None:
    assert people.changed_in(ANA, PersonValue("Ana Lima", PersonCategory.SERVICE)) == ("category",)
