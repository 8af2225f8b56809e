"""Which sites, zones and portals are there, as far as the reader may see them?"""

from django.db.models import Case, Value, When

from legation.access.events.places import ZoneKind
from legation.access.models import Portal, Site, Zone
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet


def sites(actor: Actor, mission: str | None = None) -> MarkedQuerySet[Site]:
    """Sites by name, of one mission where it is named."""
    found = Site.objects.visible_to(actor).order_by("name")
    return found.filter(mission_id=mission) if mission else found


def site(actor: Actor, key: str) -> Site:
    """One site. Raises NotVisible."""
    return _or_hidden(Site.objects.visible_to(actor).filter(pk=key).first())


def zones(actor: Actor, site: str) -> MarkedQuerySet[Zone]:
    """Zones of a site from the street inward, then by name."""
    return Zone.objects.visible_to(actor).filter(site_id=site).order_by(_inward("kind"), "name")


def zone(actor: Actor, key: str) -> Zone:
    """One zone. Raises NotVisible."""
    return _or_hidden(Zone.objects.visible_to(actor).filter(pk=key).first())


def portals(actor: Actor, site: str) -> MarkedQuerySet[Portal]:
    """Portals of a site from the street inward, then by name, with the zones they join."""
    found = Portal.objects.visible_to(actor).filter(site_id=site).select_related("inside", "outside")
    return found.order_by(_inward("inside__kind"), "name")


def portal(actor: Actor, key: str) -> Portal:
    """One portal with its site and zones. Raises NotVisible."""
    found = Portal.objects.visible_to(actor).select_related("site", "inside", "outside")
    return _or_hidden(found.filter(pk=key).first())


def _inward(field: str) -> Case:
    """Orders kinds of zone from public to restricted, as the list of them does."""
    return Case(*[When(**{field: kind}, then=Value(rank)) for rank, kind in enumerate(ZoneKind)])


def _or_hidden[M](row: M | None) -> M:
    if row is None:
        raise NotVisible
    return row
