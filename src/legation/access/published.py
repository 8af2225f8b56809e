"""What other rooms may ask of access, answered with frozen values."""

from dataclasses import dataclass
from typing import cast

from legation.access.events.places import PortalKind, ZoneKind
from legation.access.models import Site, Zone
from legation.access.queries import places
from legation.foundations.identity import EntryId, MissionId
from legation.platform.authority.actor import Actor, Authorised
from legation.platform.authority.resolve import claim
from legation.platform.records import Record


@dataclass(frozen=True, slots=True)
class SiteSeen:
    """Premises under access control as other rooms see them. timezone: IANA name."""

    id: str
    mission_id: MissionId
    premises_id: str
    name: str
    timezone: str


@dataclass(frozen=True, slots=True)
class ZoneSeen:
    """A zone as other rooms see it."""

    id: str
    mission_id: MissionId
    site_id: str
    name: str
    kind: ZoneKind


@dataclass(frozen=True, slots=True)
class PortalSeen:
    """A portal as other rooms see it. outside_id: None for the street."""

    id: str
    site_id: str
    name: str
    code: str
    kind: PortalKind
    inside_id: str
    outside_id: str | None


def sites(actor: Actor, mission: str | None = None) -> list[SiteSeen]:
    """Visible sites by name."""
    return [_site(row) for row in places.sites(actor, mission)]


def site(actor: Actor, key: str) -> SiteSeen:
    """One site. Raises NotVisible."""
    return _site(places.site(actor, key))


def site_claimed(actor: Actor, key: str, verb: str, *, caused_by: EntryId | None = None) -> Authorised[Record]:
    """A claim on a site, for another room's act about it. Raises NotVisible or Forbidden."""
    return cast(Authorised[Record], claim(Site, key, verb, actor, caused_by=caused_by))


def zones(actor: Actor, site: str) -> list[ZoneSeen]:
    """Visible zones of a site."""
    return [_zone(row) for row in places.zones(actor, site)]


def portals(actor: Actor, site: str) -> list[PortalSeen]:
    """Visible portals of a site from the street inward."""
    return [
        PortalSeen(row.pk, row.site_id, row.name, row.code, PortalKind(row.kind), row.inside_id, row.outside_id)
        for row in places.portals(actor, site)
    ]


def _site(row: Site) -> SiteSeen:
    return SiteSeen(row.pk, MissionId(str(row.mission_id)), row.premises_id, row.name, row.timezone)


def _zone(row: Zone) -> ZoneSeen:
    return ZoneSeen(row.pk, MissionId(str(row.mission_id)), row.site_id, row.name, ZoneKind(row.kind))
