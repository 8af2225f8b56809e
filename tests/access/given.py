"""Worlds for the room access: premises under access control with zones and portals, made by acts."""

from dataclasses import dataclass

from tests import given

from legation.access.actions import places
from legation.access.events.places import PortalKind, ZoneKind
from legation.access.models import Portal, Site, Zone
from legation.missions.actions import add_premises
from legation.missions.events import PremisesKind
from legation.missions.models import Mission, Premises
from legation.platform.authority.resolve import claim


@dataclass(frozen=True)
class Building:
    """A chancery: street → gate → hall (public) → door → offices (general) → registry door → registry (restricted)."""

    mission: Mission
    premises: Premises
    site: Site
    hall: Zone
    offices: Zone
    registry: Zone
    gate: Portal
    door: Portal
    registry_door: Portal


def building(mission: Mission | None = None, code: str = "dam") -> Building:
    """A chancery under access control, at Damascus where no mission is given."""
    mission = mission or given.missions()[0]
    by = given.operator("rso", name=f"builder {code}")
    claimed = claim(Mission, mission.pk, "missions.add_premises", by)
    premises = add_premises(claimed, name=f"Chancery {code}", kind=PremisesKind.CHANCERY)
    site = places.open_site(
        claim(Premises, premises.pk, "access.open_site", by), name=premises.name, timezone="Asia/Damascus"
    )
    hall, offices, registry = (
        places.lay_out_zone(claim(Site, site.pk, "access.lay_out_zone", by), name=name, kind=kind)
        for name, kind in (
            ("Hall", ZoneKind.PUBLIC),
            ("Offices", ZoneKind.GENERAL),
            ("Registry", ZoneKind.RESTRICTED),
        )
    )
    gate, door, registry_door = (
        places.fit_portal(
            claim(Site, site.pk, "access.fit_portal", by),
            name=name,
            code=f"{code}-{name.lower().replace(' ', '-')}",
            kind=kind,
            inside=inside.pk,
            outside=outside.pk if outside else None,
        )
        for name, kind, inside, outside in (
            ("Gate", PortalKind.GATE, hall, None),
            ("Door", PortalKind.DOOR, offices, hall),
            ("Registry door", PortalKind.DOOR, registry, offices),
        )
    )
    return Building(mission, premises, site, hall, offices, registry, gate, door, registry_door)
