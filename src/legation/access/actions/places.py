"""What people do with sites: bring premises under access control, lay out zones, fit portals."""

from zoneinfo import available_timezones

from legation.access.events.places import PortalFitted, PortalKind, SiteOpened, ZoneKind, ZoneLaidOut
from legation.access.models import Portal, Site, Zone
from legation.access.rules import places as rules
from legation.foundations.decisions import require
from legation.platform.act import Context, act
from legation.platform.authority.actor import NotVisible
from legation.platform.records import Record

TIMEZONES = frozenset(available_timezones())
"""Read once: looking them up walks the time zone files of the machine."""


@act("access.open_site")
def open_site(ctx: Context, premises: Record, *, name: str, timezone: str) -> Site:
    """Bring premises under access control. Raises Refused."""
    opened = Site.objects.filter(premises_id=premises.pk).exists()
    require(rules.may_open(name, timezone, known=timezone in TIMEZONES, opened=opened))
    site = Site(id=ctx.new_id(), mission_id=premises.mission_id, marking_id=premises.marking_id)
    site.premises_id, site.name, site.timezone = premises.pk, name.strip(), timezone
    return ctx.write(site, SiteOpened(site.name, timezone))


@act("access.lay_out_zone")
def lay_out_zone(ctx: Context, site: Site, *, name: str, kind: ZoneKind) -> Zone:
    """Draw a zone. Raises Refused where the name is missing or taken."""
    require(rules.may_lay_out(name, frozenset(site.zones.values_list("name", flat=True))))
    zone = Zone(id=ctx.new_id(), mission_id=site.mission_id, marking_id=site.marking_id, site=site)
    zone.name, zone.kind = name.strip(), kind.value
    return ctx.write(zone, ZoneLaidOut(zone.name, kind))


@act("access.fit_portal")
def fit_portal(
    ctx: Context, site: Site, *, name: str, code: str, kind: PortalKind, inside: str, outside: str | None
) -> Portal:
    """Put a portal between two zones of the site; outside None: from the street. Raises NotVisible, Refused."""
    zones = {zone.pk: zone for zone in site.zones.all()}
    if inside not in zones or (outside is not None and outside not in zones):
        raise NotVisible
    taken = frozenset(Portal.objects.filter(code=code).values_list("code", flat=True))
    require(rules.may_fit(name, code, taken, inside, outside))
    portal = Portal(id=ctx.new_id(), mission_id=site.mission_id, marking_id=site.marking_id, site=site)
    portal.name, portal.code, portal.kind = name.strip(), code, kind.value
    portal.inside, portal.outside = zones[inside], zones[outside] if outside else None
    return ctx.write(portal, PortalFitted(portal.name, kind))
