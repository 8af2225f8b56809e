"""Where did the earth shake? GeoJSON summaries of the United States Geological Survey.

Source: USGS GeoJSON Summary Format, https://earthquake.usgs.gov/earthquakes/feed/v1.0/geojson.php
"""

import json
import math

from legation.foundations.grading import Reliability
from legation.foundations.time import DAY_S
from legation.intelligence.links import countries
from legation.intelligence.links.items import Item, Tray, Unreadable, content_id, point
from legation.intelligence.links.json_items import decoded, listed
from legation.intelligence.links.manifest import NO_HINT, Hint, Looks, Manifest
from legation.intelligence.rules import kinds
from legation.intelligence.rules.signals import Collected

MANIFEST = Manifest(
    name="usgs",
    title="USGS earthquakes",
    reads="GeoJSON summary feeds, plain or .gz.",
    credit="United States Geological Survey",
    licence="Public domain",
    owner="USGS Earthquake Hazards Program",
    on_failure="Fetched again at the next cadence; each feature that cannot be read is put aside alone.",
    hosts=("earthquake.usgs.gov",),
    rate_s=60,
    cadence_s=DAY_S,  # the world has no day without a catalogued earthquake
    lists_happenings=True,
    reliability=Reliability.A,
    rows_are_happenings=True,
)

KIND_OF_TYPE = {"earthquake": "earthquake", "landslide": "landslide", "volcanic eruption": "volcano"}
"""Other types (quarry blast, explosion, ice quake, sonic boom) shake instruments, not missions."""

MAGNITUDES = (-5.0, 10.0)
"""Micro-earthquakes reach below -2; nothing above 9.5 was ever measured."""

PRECISION_KM = 10.0
"""Horizontal error of most catalogued epicentres; the shaking reaches much farther, by the kind's own reach."""


def recognises(looks: Looks) -> bool:
    """True for a FeatureCollection of the survey."""
    head = looks.head[:4_000]
    return b"FeatureCollection" in head and b"earthquake" in head


def read(data: bytes, *, hint: Hint = NO_HINT) -> Collected:
    """All features; one signal each."""
    tray = Tray(hint)
    raws, broken = listed(data, "features")
    tray.quarantined += broken
    tray.read(((f"item {i}", raw, raw) for i, raw in enumerate(raws, start=1)), _item)
    return tray.collected()


def _item(raw: bytes, _: bytes) -> list[Item]:
    feature = decoded(raw)
    properties, geometry = feature.get("properties"), feature.get("geometry")
    if not isinstance(properties, dict):
        raise Unreadable("missing", field="properties")
    if not isinstance(geometry, dict) or not isinstance(geometry.get("coordinates"), list):
        raise Unreadable("missing", field="geometry")
    longitude, latitude = geometry["coordinates"][:2]
    latitude, longitude = point(latitude, longitude)
    magnitude = properties.get("mag")
    if magnitude is not None and not (_is_number(magnitude) and MAGNITUDES[0] <= magnitude <= MAGNITUDES[1]):
        raise Unreadable("bad_value", field="mag", value=str(magnitude)[:30], wanted="a magnitude")
    occurred = _seconds(properties.get("time"), "time")
    place = str(properties.get("place") or "")
    kind = KIND_OF_TYPE.get(str(properties.get("type")), kinds.NO_KIND)
    known = math.nan if magnitude is None else float(magnitude)
    return [
        Item(
            external_id=str(feature.get("id") or content_id(raw)),
            occurred_s=occurred,
            published_s=max(occurred, _seconds(properties.get("updated"), "updated")),
            latitude=latitude,
            longitude=longitude,
            precision_km=PRECISION_KM,
            country=countries.last_in(place),
            place=place,
            kind=kind,
            intensity=_intensity(kind, known),
            title=str(properties.get("title") or place or "Earthquake"),
            text=_text(properties),
            origin=f"usgs:{properties.get('net') or 'us'}",
            url=str(properties.get("url") or ""),
            raw=raw,
        )
    ]


def _intensity(kind: str, magnitude: float) -> float | None:
    if kind != "earthquake":
        return None
    return kinds.of_magnitude(magnitude)


def _text(properties: dict[str, object]) -> str:
    said = {"depth review": properties.get("status"), "alert": properties.get("alert"), "felt": properties.get("felt")}
    return "; ".join(f"{name}: {value}" for name, value in said.items() if value is not None)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)


def _seconds(value: object, name: str) -> int:
    """Milliseconds since 1970 to seconds."""
    if not isinstance(value, int | float) or not _is_number(value):
        raise Unreadable("bad_time", field=name, value=str(value)[:30])
    return int(value // 1000)


class MemoryUsgs:
    """The twin for tests: earthquakes in, the bytes of a feed out."""

    def __init__(self) -> None:
        self.features: list[dict[str, object]] = []

    def add(
        self, *, magnitude: object = 5.5, latitude: object = 19.4, longitude: object = -99.1, **more: object
    ) -> None:
        """One feature with a fresh id, near Mexico City unless said otherwise."""
        properties = {
            "mag": magnitude, "place": "10km N of Mexico City, Mexico", "time": 1_517_800_000_000,
            "updated": 1_517_800_600_000, "type": "earthquake", "net": "us", "title": f"M {magnitude} - Mexico",
        } | more  # fmt: skip
        geometry = {"type": "Point", "coordinates": [longitude, latitude, 10.0]}
        identity = f"us{len(self.features):05d}"
        self.features.append({"type": "Feature", "properties": properties, "geometry": geometry, "id": identity})

    def feed(self) -> bytes:
        """What the server would answer."""
        about = {"title": "USGS earthquakes", "url": "https://earthquake.usgs.gov"}
        return json.dumps({"type": "FeatureCollection", "metadata": about, "features": self.features}).encode()
