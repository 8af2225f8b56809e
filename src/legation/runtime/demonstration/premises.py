"""Which premises of the demonstration are under access control? One embassy, one consulate with its residence."""

from legation.access.actions.places import fit_portal, lay_out_zone, open_site
from legation.access.events.places import PortalKind, ZoneKind
from legation.access.models import Site
from legation.missions.actions import add_premises
from legation.missions.events import PremisesCategory, PremisesKind
from legation.missions.models import Mission, Premises
from legation.missions.published import home_state
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import of_operator, service
from legation.platform.authority.models import Operator
from legation.platform.authority.resolve import claim

MARKED = "(demonstration)"
EMBASSY, CONSULATE = "Damascus", "Mumbai"

type Zones = tuple[tuple[str, ZoneKind], ...]
type Portals = tuple[tuple[str, PortalKind, str, str], ...]

CHANCERY_ZONES: Zones = (
    ("Forecourt", ZoneKind.PUBLIC),
    ("Reception hall", ZoneKind.PUBLIC),
    ("Offices", ZoneKind.GENERAL),
    ("Chancery floor", ZoneKind.CONTROLLED),
    ("Registry", ZoneKind.RESTRICTED),
)
CHANCERY_PORTALS: Portals = (
    ("Main gate", PortalKind.GATE, "", "Forecourt"),
    ("Vehicle gate", PortalKind.VEHICLE_GATE, "", "Forecourt"),
    ("Guard's counter", PortalKind.COUNTER, "Forecourt", "Reception hall"),
    ("Turnstile", PortalKind.TURNSTILE, "Reception hall", "Offices"),
    ("Chancery door", PortalKind.DOOR, "Offices", "Chancery floor"),
    ("Registry door", PortalKind.DOOR, "Chancery floor", "Registry"),
)
CONSULAR_ZONES: Zones = (
    ("Waiting room", ZoneKind.PUBLIC),
    ("Consular offices", ZoneKind.GENERAL),
    ("Passport store", ZoneKind.RESTRICTED),
)
CONSULAR_PORTALS: Portals = (
    ("Street door", PortalKind.GATE, "", "Waiting room"),
    ("Staff door", PortalKind.DOOR, "Waiting room", "Consular offices"),
    ("Store door", PortalKind.DOOR, "Consular offices", "Passport store"),
)
HOUSE_ZONES: Zones = (("Garden", ZoneKind.GENERAL), ("House", ZoneKind.CONTROLLED))
HOUSE_PORTALS: Portals = (
    ("Garden gate", PortalKind.VEHICLE_GATE, "", "Garden"),
    ("Front door", PortalKind.DOOR, "Garden", "House"),
)


def lay_out() -> int:
    """Bring the premises of the two missions under access control. Returns how many portals; 0 where it was done."""
    by = of_operator(Operator.objects.get(user__username="rso"))
    if Site.objects.exists():
        return 0
    done = 0
    for mission in _missions():
        if mission.city == EMBASSY:
            chancery = Premises.objects.get(mission_id=mission.pk, name=f"Chancery {MARKED}")
            done += _site(by, chancery, "Asia/Damascus", "damascus", CHANCERY_ZONES, CHANCERY_PORTALS)
            continue
        section, house = (
            add_premises(claim(Mission, mission.pk, "missions.add_premises", by), name=name, kind=kind, category=cat)
            for name, kind, cat in (
                (f"Consular section {MARKED}", PremisesKind.CONSULAR_SECTION, PremisesCategory.CONSULAR_PUBLIC),
                (f"Residence of the consul {MARKED}", PremisesKind.RESIDENCE, PremisesCategory.RESIDENCE_HEAD),
            )
        )
        done += _site(by, section, "Asia/Kolkata", "mumbai", CONSULAR_ZONES, CONSULAR_PORTALS)
        done += _site(by, house, "Asia/Kolkata", "mumbai-residence", HOUSE_ZONES, HOUSE_PORTALS)
    return done


def _missions() -> list[Mission]:
    local = service(ServiceAccount.LOCAL)
    own = Mission.objects.visible_to(local).filter(sending_state=home_state(local))
    return list(own.filter(city__in=(EMBASSY, CONSULATE)).order_by("city"))


def _site(by: Actor, premises: Premises, timezone: str, code: str, zones: Zones, portals: Portals) -> int:
    claimed = claim(Premises, premises.pk, "access.open_site", by)
    site = open_site(claimed, name=premises.name, timezone=timezone)
    laid = {
        name: lay_out_zone(claim(Site, site.pk, "access.lay_out_zone", by), name=name, kind=kind).pk
        for name, kind in zones
    }
    for name, kind, outside, inside in portals:
        word = "".join(c if c.isalnum() else "-" for c in name.lower().replace("'", ""))
        fit_portal(
            claim(Site, site.pk, "access.fit_portal", by),
            name=name,
            code=f"{code}-{word}",
            kind=kind,
            inside=laid[inside],
            outside=laid.get(outside),
        )
    return len(portals)
