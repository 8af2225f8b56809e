"""People at post for tests, added by the act that adds them."""

from typing import Any

from tests import given

from legation.missions.actions.people import PERSONAL, add_person
from legation.missions.events.people import PersonCategory, PersonValue
from legation.missions.models import Mission, Person
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import claim


def person(
    mission: Mission,
    *,
    name: str = "Ana Lima",
    category: PersonCategory = PersonCategory.DIPLOMATIC_AGENT,
    operator: Actor | None = None,
    marking: Any = PERSONAL,
    **fields: Any,
) -> Person:
    """Somebody at post; `operator` is the account with which he signs in."""
    claimed = claim(Mission, mission.pk, "missions.add_person", given.local())
    value = PersonValue(name=name, category=category, **fields)
    return add_person(claimed, value, marking=marking, operator_id=operator.id if operator else "")
