"""May this stand in the record of people at post, and who may change it?"""

from dataclasses import fields
from datetime import date

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.missions.events.people import PersonCategory, PersonValue

RULE = "people"

LONGEST: dict[str, int] = {
    "name": 160,
    "post": 120,
    "staff_number": 40,
    "languages": 160,
    "warden_group": 60,
}
"""Characters that a field holds; what is longer is a shifted column or a note, not a name."""


def may_stand(value: PersonValue) -> Decision:
    """Whether a person's fields agree with one another."""
    if not value.name.strip():
        return Refusal("person_unnamed", RULE)
    for field, longest in LONGEST.items():
        if len(getattr(value, field)) > longest:
            return Refusal("person_field_too_long", RULE, params={"field": field, "longest": str(longest)})
    if value.arrived and value.departs and value.departs < value.arrived:
        days = {"arrived": value.arrived.isoformat(), "departs": value.departs.isoformat()}
        return Refusal("departs_before_arrival", RULE, params=days)
    if value.category is PersonCategory.DEPENDANT and not value.principal_id:
        return Refusal("principal_missing", RULE)
    return Grant(RULE)


def may_depart(arrived: date | None, on: date) -> Decision:
    """Whether `on` can be the last day of somebody who arrived then."""
    if arrived and on < arrived:
        return Refusal("departs_before_arrival", RULE, params={"arrived": str(arrived), "departs": str(on)})
    return Grant(RULE)


def own_or_keeper(actor: str, verbs: frozenset[str], operator_id: str) -> Decision:
    """Who keeps the record of people may change what it says; everybody else only what is about himself."""
    if "missions.correct_person" in verbs or (operator_id and operator_id == actor):
        return Grant(RULE)
    return Refusal("not_about_you", RULE)


def changed_in(before: PersonValue, after: PersonValue) -> tuple[str, ...]:
    """Names of the fields in which two accounts of one person differ."""
    return tuple(f.name for f in fields(after) if getattr(before, f.name) != getattr(after, f.name))
