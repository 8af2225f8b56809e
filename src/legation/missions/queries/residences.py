"""Where do people of a mission live, and how far do those places meet the standard?"""

from dataclasses import dataclass

from legation.missions.events.residences import Found, Waived
from legation.missions.models import Premises, Residence
from legation.missions.rules.residences import STANDARD, Criterion, open_musts
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the standard as it stands at one residence; found is None where it was never surveyed."""

    criterion: Criterion
    found: Found | None
    waiver: Waived | None
    open: bool


def residences(actor: Actor, mission_id: str) -> MarkedQuerySet[Residence]:
    """Residences of one mission, by address."""
    return Residence.objects.visible_to(actor).filter(mission_id=mission_id).order_by("address", "pk")


def residence(actor: Actor, key: str) -> Residence:
    """One residence. Raises NotVisible."""
    found = Residence.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return found


def lines(row: Residence) -> list[Line]:
    """The whole standard against one residence."""
    now = clock.as_of()
    found = {one.criterion: one for one in row.lines}
    waived = {one.criterion: one for one in row.waivers if now < one.until}
    failing = {one.code for one in open_musts(row.lines, row.waivers, now)}
    return [Line(one, found.get(one.code), waived.get(one.code), one.code in failing) for one in STANDARD]


def unlisted(actor: Actor, mission_id: str) -> list[Premises]:
    """Premises of the kind residence that are not on the list yet."""
    seen = Premises.objects.visible_to(actor).filter(mission_id=mission_id, kind="residence")
    return list(seen.exclude(residence__isnull=False).order_by("name"))


def homes_of(actor: Actor, person: str) -> list[Residence]:
    """Where a person lives, out of what the actor may read."""
    return [row for row in Residence.objects.visible_to(actor) if person in row.residents]
