"""What can happen to the zones and portals of premises, and the images of them that travel in the ledger."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class ZoneKind(StrEnum):
    """How near to what must be kept safe; what a portal asks for depends on it."""

    PUBLIC = "public"  # waiting room, counter hall
    GENERAL = "general"  # offices for all who work here
    CONTROLLED = "controlled"  # only who has a reason
    RESTRICTED = "restricted"  # classified work, communications, the safe room


class PortalKind(StrEnum):
    """What stands between two zones."""

    GATE = "gate"  # in the perimeter, for people
    VEHICLE_GATE = "vehicle_gate"  # in the perimeter, for vehicles
    DOOR = "door"  # inside a building
    TURNSTILE = "turnstile"  # one person at a time
    COUNTER = "counter"  # where a guard lets people in by hand


@dataclass(frozen=True, slots=True)
class SiteImage:
    """Premises under access control. timezone: IANA name, by which hours at its portals are read."""

    premises_id: str
    name: str
    timezone: str


@dataclass(frozen=True, slots=True)
class ZoneImage:
    """A part of premises inside which everybody may be equally near to everything."""

    site_id: str
    name: str
    kind: ZoneKind


@dataclass(frozen=True, slots=True)
class PortalImage:
    """A way between two zones; outside_id empty: from the street. code: how its reader calls itself, unique."""

    site_id: str
    name: str
    code: str
    kind: PortalKind
    inside_id: str
    outside_id: str


@dataclass(frozen=True, slots=True)
class SiteOpened:
    """Premises came under access control."""

    version: ClassVar[int] = 1
    name: str
    timezone: str


@dataclass(frozen=True, slots=True)
class ZoneLaidOut:
    """A zone was drawn, or is now of another kind."""

    version: ClassVar[int] = 1
    name: str
    kind: ZoneKind


@dataclass(frozen=True, slots=True)
class PortalFitted:
    """A portal was put between two zones, or changed."""

    version: ClassVar[int] = 1
    name: str
    kind: PortalKind
