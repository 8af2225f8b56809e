"""What may this actor read of missions?"""

from functools import lru_cache

from django.db.models import Count, Q

from legation.missions.models import Mission, Premises
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.ledger.models import Entry
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


def one_premises(actor: Actor, key: str) -> Premises:
    """One building. Raises NotVisible."""
    found = Premises.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def sending_states(actor: Actor) -> list[str]:
    """Sending states that have visible missions."""
    return [state for state, _ in _states(actor)]


def home_state(actor: Actor) -> str:
    """The sending state with the most visible missions: whose service this is, where lists of others are loaded too."""
    counted = _states(actor)
    return max(counted, key=lambda one: one[1])[0] if counted else ""


def _states(actor: Actor) -> tuple[tuple[str, int], ...]:
    """Sending states by name, each with its number of visible missions."""
    last = Entry.objects.order_by("-pk").values_list("entry_id", flat=True).first()
    return _counted(actor, last or "")


@lru_cache(maxsize=64)
def _counted(actor: Actor, last_entry: str) -> tuple[tuple[str, int], ...]:
    """Counted once until the next entry (`last_entry`): a page asks five times, and it is a walk over all missions."""
    rows = Mission.objects.visible_to(actor).order_by("sending_state").values_list("sending_state")
    return tuple((str(state), int(n)) for state, n in rows.annotate(n=Count("pk")))
