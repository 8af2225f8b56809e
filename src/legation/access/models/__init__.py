"""The room access as rows, a module for each part of it."""

from legation.access.models.places import Portal, Site, Zone

__all__ = ["Portal", "Site", "Zone"]
