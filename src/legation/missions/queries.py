"""What may this actor read of missions?"""

from django.db.models import Count, Q

from legation.missions.models import Mission, Premises
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet


def missions(actor: Actor, *, text: str = "", state: str = "") -> MarkedQuerySet[Mission]:
    """Visible missions by name; `text` in title, city or country, `state` the sending state."""
    found = Mission.objects.visible_to(actor).order_by("receiving_state", "city", "title")
    if state:
        found = found.filter(sending_state=state)
    if text:
        found = found.filter(Q(title__icontains=text) | Q(city__icontains=text) | Q(receiving_state__icontains=text))
    return found


def mission(actor: Actor, key: str) -> Mission:
    """One mission. Raises NotVisible where it is absent or hidden."""
    found = Mission.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def mission_named(actor: Actor, words: str) -> Mission:
    """The one mission meant by an id, an external id or a city. Raises NotVisible for none, LookupError for several.

    Where several states have a mission in a city, our own is meant.
    """
    visible = Mission.objects.visible_to(actor)
    for condition in (Q(pk=words), Q(external_id=words), Q(city__iexact=words), Q(title__icontains=words)):
        found = list(visible.filter(condition)[:60])
        own = [m for m in found if m.sending_state == home_state(actor)] if len(found) > 1 else found
        if len(own) == 1:
            return own[0]
        if found:
            several = ", ".join(f"{m.external_id} ({m.title})" for m in (own or found)[:6])
            raise LookupError(f"{words!r} fits several missions: {several}; name one by its id")
    raise NotVisible


def premises(actor: Actor, mission_id: str) -> MarkedQuerySet[Premises]:
    """Visible premises of one mission."""
    return Premises.objects.visible_to(actor).filter(mission_id=mission_id).order_by("name")


def sending_states(actor: Actor) -> list[str]:
    """Sending states that have visible missions."""
    return list(
        Mission.objects.visible_to(actor).order_by("sending_state").values_list("sending_state", flat=True).distinct()
    )


def home_state(actor: Actor) -> str:
    """The sending state with the most visible missions: whose service this is, where lists of others are loaded too."""
    counted = missions(actor).order_by().values("sending_state").annotate(n=Count("pk"))
    row = counted.order_by("-n", "sending_state").first()
    return str(row["sending_state"]) if row else ""
