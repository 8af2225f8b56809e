"""Which things does somebody answer for, as far as this actor may know?"""

from collections.abc import Iterable
from dataclasses import dataclass

from legation.missions.events.custody import AssetState
from legation.missions.models import Asset
from legation.missions.queries import people
from legation.missions.rules.custody import Hands, litres
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.actors import names_of, who_may
from legation.platform.records import MarkedQuerySet

RESPONSIBLE = "missions.count_assets"
"""Who may count a mission's assets answers for custody there, and so for every single one of them."""


@dataclass(frozen=True, slots=True)
class Custody:
    """How custody stands at a mission. volume_l: litres of all classified holdings."""

    total: int
    overdue: int
    missing: int
    handing_over: int
    combinations: int
    volume_l: float
    metres: float


def hands_of(actor: Actor) -> Hands:
    """The actor as one who hands over and receives: the person at post behind his account, else the account itself.

    An RSO of several missions, or an inspector, has an account and is nobody's person at post.
    """
    person = people.person_of(actor)
    return Hands(person.pk if person else actor.id, actor.id, RESPONSIBLE in actor.verbs)


def assets(actor: Actor, mission_id: str, *, state: AssetState | None = None) -> MarkedQuerySet[Asset]:
    """The register of one mission, for those who read it; else what the actor himself holds or is offered."""
    found = Asset.objects.visible_to(actor).filter(mission_id=mission_id)
    if "missions.read_assets" not in actor.verbs:
        found = found & _own(actor)
    found = found.filter(state=state) if state else found.exclude(state=AssetState.GONE)
    return found.order_by("kind", "name", "pk")


def asset(actor: Actor, key: str) -> Asset:
    """One asset, for those who read the register, its custodian, and the person it is offered to. Raises NotVisible."""
    found = Asset.objects.visible_to(actor).filter(pk=key).first()
    if found is None:
        raise NotVisible
    if "missions.read_assets" not in actor.verbs and hands_of(actor).person not in {found.custodian, found.receiver}:
        raise NotVisible
    return found


def mine(actor: Actor) -> list[Asset]:
    """What the actor answers for, and what waits for his answer; that first."""
    found = _own(actor).exclude(state=AssetState.GONE).order_by("kind", "name")
    person = hands_of(actor).person
    return sorted(found, key=lambda row: row.receiver != person)


def held_by(actor: Actor, person: str) -> MarkedQuerySet[Asset]:
    """What one person answers for, out of what the actor may read."""
    return Asset.objects.visible_to(actor).filter(custodian=person).exclude(state=AssetState.GONE)


def custody(actor: Actor, mission_id: str) -> Custody:
    """Counts and volumes of one mission, out of what the actor may read."""
    rows = list(assets(actor, mission_id))
    held = [(row.volume, row.unit) for row in rows if row.volume]
    return Custody(
        total=len(rows),
        overdue=sum(row.overdue for row in rows),
        missing=sum(row.standing in {AssetState.MISSING, AssetState.LOST} for row in rows),
        handing_over=sum(row.standing is AssetState.HANDING_OVER for row in rows),
        combinations=sum(row.combination_due_at is not None for row in rows),
        volume_l=litres(held),
        metres=sum(amount for amount, unit in held if unit == "metres"),
    )


def names(actor: Actor, keys: Iterable[str]) -> dict[str, str]:
    """Names of custodians by id: people at post as far as the actor may read them, and accounts."""
    wanted = {key for key in keys if key}
    at_post = {row.pk: row.name for row in people.people(actor).filter(pk__in=wanted)}
    return at_post | names_of(wanted)


def receivers(actor: Actor, mission_id: str) -> list[tuple[str, str]]:
    """Who could take something over at a mission: everybody there who signs in, for a hand-over has two sides."""
    at_post = [row for row in people.people(actor, mission_id) if row.operator_id]
    linked = {row.operator_id for row in at_post}
    others = [one for one in who_may("missions.answer_hand_over", mission_id) if one[0] not in linked]
    return sorted([*((row.pk, row.name) for row in at_post), *others], key=lambda one: one[1])


def _own(actor: Actor) -> MarkedQuerySet[Asset]:
    person = hands_of(actor).person
    seen = Asset.objects.visible_to(actor)
    return seen.filter(custodian=person) | seen.filter(receiver=person)
