"""Sites, zones and portals as rows."""

from datetime import datetime
from typing import ClassVar
from zoneinfo import ZoneInfo

from django.db import models

from legation.access.events.places import PortalImage, PortalKind, SiteImage, ZoneImage, ZoneKind
from legation.platform.records import Record


class Site(Record):
    """Premises under access control; one for each."""

    premises_id = models.CharField(max_length=32, unique=True)
    name = models.CharField(max_length=120)
    timezone = models.CharField(max_length=60)

    def offset_min(self, at: datetime) -> int:
        """Minutes that the clock on the wall of the premises is ahead of UTC."""
        ahead = at.astimezone(ZoneInfo(self.timezone)).utcoffset()
        return int(ahead.total_seconds() // 60) if ahead else 0

    def to_value(self) -> SiteImage:
        return SiteImage(self.premises_id, self.name, self.timezone)


class Zone(Record):
    """A part of a site."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="zones")
    name = models.CharField(max_length=120)
    kind = models.CharField(max_length=12)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["site", "name"], name="access_zone_name")]

    def to_value(self) -> ZoneImage:
        return ZoneImage(self.site_id, self.name, ZoneKind(self.kind))


class Portal(Record):
    """A way between two zones of a site, or from the street."""

    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="portals")
    name = models.CharField(max_length=120)
    code = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=14)
    inside = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+")
    outside = models.ForeignKey(Zone, on_delete=models.PROTECT, related_name="+", null=True)

    def to_value(self) -> PortalImage:
        return PortalImage(
            self.site_id, self.name, self.code, PortalKind(self.kind), self.inside_id, self.outside_id or ""
        )
