"""Who entered the premises, on whose word, and was it allowed?"""

from dataclasses import dataclass

from legation.law.models import HostRequest, PremisesEntry
from legation.law.rules import entering as rules
from legation.missions import published as missions
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet


@dataclass(frozen=True, slots=True)
class Logged:
    """One entry with the names that its reader may see. papers: the norm under which archives stay closed; protest:
    the request that protests at it, where one was drafted."""

    row: PremisesEntry
    mission: missions.MissionSeen
    spoke: str
    witnesses: list[str]
    papers: str
    protest: str


def entries(actor: Actor, mission: str = "") -> list[tuple[PremisesEntry, str]]:
    """Visible entries with the mission's name, who is inside first, then the latest."""
    found = _visible(actor).order_by("-asked_at")
    rows = list((found.filter(mission_id=mission) if mission else found)[:300])
    rows.sort(key=lambda row: row.state != "inside")
    keys = frozenset(row.mission_id for row in rows if row.mission_id)
    names = {str(one.id): one.name for one in missions.missions(actor, keys=keys)} if keys else {}
    return [(row, names.get(row.mission_id or "", "")) for row in rows]


def entry(actor: Actor, key: str) -> PremisesEntry:
    """One entry. Raises NotVisible."""
    row = _visible(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def logged(actor: Actor, key: str) -> Logged:
    """One entry with all that its page shows. Raises NotVisible."""
    row = entry(actor, key)
    seen = missions.mission(actor, row.mission_id or "")
    names = missions.names(actor, [row.person_id, *row.witnesses])
    protest = HostRequest.objects.visible_to(actor).filter(entry_id=key).values_list("pk", flat=True).first()
    return Logged(
        row,
        seen,
        names.get(row.person_id, ""),
        [names[key] for key in row.witnesses if key in names],
        rules.untouched(seen.kind),
        protest or "",
    )


def _visible(actor: Actor) -> MarkedQuerySet[PremisesEntry]:
    return PremisesEntry.objects.visible_to(actor)
