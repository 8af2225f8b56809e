"""Who is at post, as far as this actor may know?"""

from datetime import date

from django.db.models import Q

from legation.missions.models import Person
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet


def people(
    actor: Actor, mission_id: str | None = None, *, on: date | None = None, text: str = ""
) -> MarkedQuerySet[Person]:
    """Visible people by name; of one mission, at post on a day, with a text in name, post or staff number."""
    found = Person.objects.visible_to(actor).order_by("name", "pk")
    if mission_id is not None:
        found = found.filter(mission_id=mission_id)
    if on is not None:
        found = found.filter(Q(arrived__isnull=True) | Q(arrived__lte=on))
        found = found.filter(Q(departs__isnull=True) | Q(departs__gte=on))
    if text:
        found = found.filter(Q(name__icontains=text) | Q(post__icontains=text) | Q(staff_number=text))
    return found


def person(actor: Actor, key: str) -> Person:
    """One person. Raises NotVisible where he is absent or hidden."""
    found = Person.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def person_of(actor: Actor) -> Person | None:
    """The person at post behind a signed-in account; None where none is linked."""
    return Person.objects.visible_to(actor).filter(operator_id=actor.id).order_by("pk").first()
