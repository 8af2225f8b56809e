"""Which outside systems are read? The register of collectors, and the recognition of bytes whose source is not said."""

from pathlib import Path

from legation.intelligence.links import (
    advisories,
    cap,
    feed,
    gdacs,
    gdelt,
    incident_log,
    own,
    stix,
    typed,
    ucdp,
    unpacking,
    usgs,
)
from legation.intelligence.links.manifest import Collector, Looks, Manifest

COLLECTORS: dict[str, Collector] = {
    one.MANIFEST.name: one
    # in the order of recognition: a GDACS or CAP feed is also a feed, so that one is asked last
    for one in (gdelt, ucdp, usgs, stix, gdacs, cap, advisories, typed, own, incident_log, feed)
}


def manifests() -> list[Manifest]:
    """What every collector promises, in the order of the register."""
    return [one.MANIFEST for one in COLLECTORS.values()]


def sniff(source: bytes | Path) -> str | None:
    """The name of the collector whose form these bytes, or this file, have; None where none claims it."""
    data = source.read_bytes() if isinstance(source, Path) else source
    name = source.name if isinstance(source, Path) else ""
    looks = Looks(head=unpacking.head(data), name=name)
    return next((key for key, one in COLLECTORS.items() if one.recognises(looks)), None)
