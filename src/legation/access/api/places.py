"""Sites, zones and portals over HTTP with JSON."""

from typing import ClassVar

from django.http import HttpRequest
from ninja import Router, Schema

from legation.access.actions import places as actions
from legation.access.events.places import PortalKind, ZoneKind
from legation.access.models import Site
from legation.access.queries import places as queries
from legation.missions import published as missions
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import actor_of

router = Router(tags=["access"])


class SiteIn(Schema):
    """Premises to bring under access control."""

    model_config: ClassVar = {"extra": "forbid"}
    name: str
    timezone: str


class SiteOut(Schema):
    """Premises under access control."""

    id: str
    mission_id: str
    premises_id: str
    name: str
    timezone: str


class ZoneIn(Schema):
    """A zone to lay out."""

    model_config: ClassVar = {"extra": "forbid"}
    name: str
    kind: ZoneKind


class ZoneOut(Schema):
    """A zone of a site."""

    id: str
    site_id: str
    name: str
    kind: str


class PortalIn(Schema):
    """A portal to fit; outside: null for the street."""

    model_config: ClassVar = {"extra": "forbid"}
    name: str
    code: str
    kind: PortalKind
    inside: str
    outside: str | None = None


class PortalOut(Schema):
    """A portal between two zones; outside_id: null for the street."""

    id: str
    site_id: str
    name: str
    code: str
    kind: str
    inside_id: str
    outside_id: str | None


@router.get("/missions/{key}/sites", response=list[SiteOut])
def sites(request: HttpRequest, key: str) -> object:
    """Premises of a mission under access control."""
    actor = actor_of(request)
    check_verb("access.read", actor)
    return queries.sites(actor, missions.mission(actor, key).id)


@router.post("/premises/{key}/site", response=SiteOut)
def open_site(request: HttpRequest, key: str, body: SiteIn) -> object:
    """Bring premises under access control."""
    return actions.open_site(
        missions.premises_claimed(actor_of(request), key, "access.open_site"), name=body.name, timezone=body.timezone
    )


@router.get("/sites/{key}/zones", response=list[ZoneOut])
def zones(request: HttpRequest, key: str) -> object:
    """Zones of a site."""
    actor = actor_of(request)
    check_verb("access.read", actor)
    return queries.zones(actor, queries.site(actor, key).pk)


@router.post("/sites/{key}/zones", response=ZoneOut)
def lay_out(request: HttpRequest, key: str, body: ZoneIn) -> object:
    """Draw a zone."""
    return actions.lay_out_zone(
        claim(Site, key, "access.lay_out_zone", actor_of(request)), name=body.name, kind=body.kind
    )


@router.get("/sites/{key}/portals", response=list[PortalOut])
def portals(request: HttpRequest, key: str) -> object:
    """Portals of a site."""
    actor = actor_of(request)
    check_verb("access.read", actor)
    return queries.portals(actor, queries.site(actor, key).pk)


@router.post("/sites/{key}/portals", response=PortalOut)
def fit(request: HttpRequest, key: str, body: PortalIn) -> object:
    """Put a portal between two zones."""
    return actions.fit_portal(claim(Site, key, "access.fit_portal", actor_of(request)), **body.dict())
