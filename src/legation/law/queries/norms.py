"""Which norms are in force, and what does each say?"""

from legation.law.models import Norm
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet


def in_force(actor: Actor, *, instrument: str = "", state: str | None = None) -> MarkedQuerySet[Norm]:
    """Norms in force, by instrument and article; `state` leaves out those that bind other receiving states only."""
    found = Norm.objects.visible_to(actor).filter(until__isnull=True).order_by("instrument", "pk")
    if instrument:
        found = found.filter(instrument=instrument)
    return found if state is None else found.filter(state__in=("", state))


def norm(actor: Actor, key: str) -> Norm:
    """One norm by code, the wording in force, or an older wording by its id. Raises NotVisible."""
    visible = Norm.objects.visible_to(actor)
    found = visible.filter(code=key).order_by("until", "-in_force_from")
    row = found.filter(until__isnull=True).first() or found.first() or visible.filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def editions(actor: Actor, code: str) -> list[Norm]:
    """Every wording of a norm, the latest first."""
    return list(Norm.objects.visible_to(actor).filter(code=code).order_by("-in_force_from", "-pk"))


def count(actor: Actor) -> int:
    """How many norms are in force."""
    return in_force(actor).count()
