"""What people do with missions: load a list of them, correct one, add premises, set the posture."""

from collections.abc import Sequence
from dataclasses import dataclass

from legation.foundations.decisions import require
from legation.foundations.markings import OPEN
from legation.foundations.place import Point
from legation.foundations.posture import PostureLevel
from legation.missions.events import (
    MissionAmended,
    MissionRegistered,
    MissionValue,
    PostureChanged,
    PremisesAdded,
    PremisesCategorised,
    PremisesCategory,
    PremisesKind,
)
from legation.missions.models import Mission, Premises
from legation.missions.rules import posture as posture_rules
from legation.missions.rules.importing import changed_fields
from legation.platform.act import Context, act
from legation.platform.authority.resolve import House
from legation.platform.writing import Urgency


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a list did."""

    registered: int
    amended: int
    unchanged: int


@act("missions.import", urgency=Urgency.BATCH)
def import_list(ctx: Context, house: House, values: Sequence[MissionValue], source: str) -> Loaded:
    """Bring the list of missions to what `values` say; a mission that the list does not name stays as it is.

    The same list again changes nothing. Posture and markings are the node's own and are not touched.
    """
    marking = ctx.marking_id(OPEN)
    known = Mission.objects.visible_to(ctx.actor).in_bulk([v.external_id for v in values], field_name="external_id")
    pairs: list[tuple[Mission, MissionRegistered | MissionAmended]] = []
    for value in values:
        mission = known.get(value.external_id)
        if mission is None:
            key = ctx.new_id()
            fresh = Mission(id=key, mission_id=key, marking_id=marking).take(value)
            pairs.append((fresh, MissionRegistered(source)))
        elif changed := changed_fields(mission.value, value):
            pairs.append((mission.take(value), MissionAmended(source, changed)))
    ctx.write_each(pairs)
    registered = sum(isinstance(fact, MissionRegistered) for _, fact in pairs)
    return Loaded(registered, len(pairs) - registered, len(values) - len(pairs))


@act("missions.amend")
def amend(ctx: Context, mission: Mission, value: MissionValue) -> Mission:
    """Correct what the list says of one mission. Its external id stays."""
    changed = changed_fields(mission.value, value)
    if not changed:
        return mission
    return ctx.write(mission.take(value), MissionAmended(ctx.actor.id, changed))


@act("missions.add_premises")
def add_premises(
    ctx: Context,
    mission: Mission,
    *,
    name: str,
    kind: PremisesKind,
    category: str = "",
    address: str = "",
    point: Point | None = None,
    receives_public: bool = False,
) -> Premises:
    """Add a building or address to a mission."""
    premises = Premises(
        id=ctx.new_id(),
        mission_id=mission.pk,
        marking_id=mission.marking_id,
        name=name,
        kind=kind,
        category=category,
        address=address,
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        receives_public=receives_public,
    )
    return ctx.write(premises, PremisesAdded(kind))


@act("missions.set_category")
def set_category(ctx: Context, premises: Premises, category: PremisesCategory, *, receives_public: bool) -> Premises:
    """Say what a building is for; its standard follows. The same again changes nothing."""
    before = premises.category
    if (before, premises.receives_public) == (category, receives_public):
        return premises
    premises.category, premises.receives_public = category.value, receives_public
    return ctx.write(premises, PremisesCategorised(before, category, receives_public))


@act("missions.set_posture", urgency=Urgency.ALARM)
def set_posture(ctx: Context, mission: Mission, level: PostureLevel, *, lockdown: bool, reason: str) -> Mission:
    """Set how the mission stands from now on. Raises Refused with what the rule lacks."""
    before = mission.posture
    require(posture_rules.may_set(before, level, lockdown=lockdown, reason=reason, now=ctx.now))
    after = posture_rules.set_to(level, lockdown=lockdown, reason=reason, now=ctx.now)
    mission.posture_level, mission.lockdown = int(after.level), after.lockdown
    mission.posture_since, mission.posture_reason = after.since, after.reason
    return ctx.write(mission, PostureChanged(before, after))
