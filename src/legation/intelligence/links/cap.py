"""Which public warning is in force? Alerts in the Common Alerting Protocol, alone or inside a feed.

Source: OASIS CAP 1.0, 1.1, 1.2; index feeds as the US National Weather Service and USGS write them.
A message may carry a signature, but no key of a sender is known here: none is believed to prove its sender, and a
cancellation therefore only stands beside the alert that it names and never removes it.
"""

import math
from xml.etree.ElementTree import Element

import numpy as np

from legation.foundations.grading import Reliability
from legation.foundations.place import Point, distances_km
from legation.foundations.time import DAY_S
from legation.intelligence.links.feed import plain_text
from legation.intelligence.links.guarded_xml import children, local, text
from legation.intelligence.links.items import Item, Tray, Unreadable, content_id, instant, point
from legation.intelligence.links.manifest import NO_HINT, Hint, Looks, Manifest
from legation.intelligence.links.xml_tray import read_items
from legation.intelligence.rules import kinds, mappings
from legation.intelligence.rules.signals import Collected

MANIFEST = Manifest(
    name="cap",
    title="Public warnings (CAP)",
    reads="CAP 1.0 to 1.2 messages, and Atom or RSS files that hold or index them, plain or .gz.",
    credit="The authority that sends the alert",
    licence="The sender's; most are public domain",
    owner="The national alerting authority",
    on_failure="Fetched again at the next cadence; each alert that cannot be read is put aside alone.",
    rate_s=60,
    cadence_s=7 * DAY_S,
    reliability=Reliability.B,
)

_ITEMS = frozenset({"alert", "entry", "item"})

NOT_ACTUAL = frozenset({"exercise", "system", "test", "draft"})
"""CAP status of messages that warn nobody: kept, never profiled."""

POINTS_MAX = 20_000
"""Corners of one alert's polygons; a coast in full detail has fewer."""


PRECISION_KM = 1.0
"""A circle of radius 0 names a point; what is warned of is never so exact."""


def recognises(looks: Looks) -> bool:
    """True where the CAP namespace, an index of it or its element names stand in the head."""
    head = looks.head
    return any(
        word in head
        for word in (b"tc:emergency:cap:", b"incident.com/cap/", b"application/cap+xml", b"CAP Index", b"GetCapAlert")
    )


def read(data: bytes, *, hint: Hint = NO_HINT) -> Collected:
    """All alerts, and all entries of an index; an alert in several languages is one signal."""
    return read_items(data, Tray(hint), _ITEMS, _item)


def _item(tree: Element, raw: bytes) -> list[Item]:
    if local(tree.tag) == "alert":
        return _alert(tree, raw)
    inside = next((e for e in tree.iter() if local(e.tag) == "alert"), None)
    return _alert(inside, raw) if inside is not None else [_indexed(tree, raw)]


def _alert(alert: Element, raw: bytes) -> list[Item]:
    sender, identifier = text(alert, "sender"), text(alert, "identifier")
    if not identifier:
        raise Unreadable("no_id")
    sent = instant(text(alert, "sent"), "sent")
    infos = children(alert, "info")
    info = next((i for i in infos if text(i, "language").lower().startswith("en")), infos[0] if infos else alert)
    language = text(info, "language")
    same_language = [i for i in infos if text(i, "language") == language]
    kind = _kind(alert, info)
    latitude, longitude, radius = _area([a for i in same_language for a in children(i, "area")])
    started, ended = _span(info, sent)
    headline = text(info, "headline") or text(info, "event") or text(alert, "note") or identifier
    return [
        Item(
            # one sender's identifier may be used by another, forged or not: both together are the name
            external_id=f"{sender},{identifier},{text(alert, 'sent')}",
            occurred_s=started,
            ended_s=ended,
            published_s=sent,
            latitude=latitude,
            longitude=longitude,
            precision_km=radius,
            place="; ".join(dict.fromkeys(text(a, "areaDesc") for i in same_language for a in children(i, "area")))[
                :300
            ],
            kind=kind,
            intensity=_intensity(kind, info),
            title=_prefix(alert) + headline,
            text=_words(alert, info),
            actors="",
            origin=sender.lower(),
            url=text(info, "web"),
            raw=raw,
        )
    ]


def _kind(alert: Element, info: Element) -> str:
    """What it warns of. Tests warn of nothing, and neither does a word that an alert is over."""
    if text(alert, "status").lower() in NOT_ACTUAL or _said(alert, "msgType") in ("cancel", "ack", "error"):
        return kinds.NO_KIND
    over = _said(info, "responseType") == "allclear" or _said(info, "urgency") == "past"
    # USGS marks earthquakes Past because they are over when reported; weather marked Past is an all-clear
    if over and _said(info, "category") != "geo":
        return kinds.NO_KIND
    return mappings.cap_kind(text(info, "category"), text(info, "event") or text(info, "headline"))


def _said(tree: Element, name: str) -> str:
    return text(tree, name).lower()


def _prefix(alert: Element) -> str:
    kind = text(alert, "msgType").lower()
    status = text(alert, "status").lower()
    words = {
        "cancel": "Cancellation, not verified: ",
        "update": "Update: ",
        "error": "Error: ",
        "ack": "Acknowledged: ",
    }
    return (f"{status.capitalize()}: " if status in NOT_ACTUAL else "") + words.get(kind, "")


def _words(alert: Element, info: Element) -> str:
    """What it says, and which earlier messages it claims to replace."""
    signed = any(local(e.tag) == "Signature" for e in alert)
    references = text(alert, "references")
    return "\n".join(
        filter(
            None,
            (
                plain_text(text(info, "description")),
                plain_text(text(info, "instruction")),
                f"Refers to: {references}" if references else "",
                "It carries a signature that was not checked." if signed else "",
            ),
        )
    )


def _span(info: Element, sent: int) -> tuple[int, int]:
    said = text(info, "onset") or text(info, "effective")
    started = instant(said, "onset") if said else sent
    expires = text(info, "expires")
    ended = instant(expires, "expires") if expires else started
    return started, max(started, ended)


def _intensity(kind: str, info: Element) -> float | None:
    """By severity; an earthquake by the magnitude among its parameters, where its severity is left Unknown."""
    for parameter in children(info, "parameter"):
        if kind == "earthquake" and text(parameter, "valueName") == "Magnitude":
            try:
                return float(kinds.by_magnitude(np.array([float(text(parameter, "value"))]))[0])
            except ValueError:
                break
    return float(kinds.by_alert([kind], [text(info, "severity")])[0])


def _area(areas: list[Element]) -> tuple[float, float, float]:
    """Centre and radius that hold all circles and polygons; unknown where only names and codes are given."""
    latitudes: list[float] = []
    longitudes: list[float] = []
    reach = 0.0
    for area in areas:
        for circle in children(area, "circle"):
            place, _, radius = (circle.text or "").strip().rpartition(" ")
            latitude, longitude = point(*_pair(place))
            latitudes.append(latitude)
            longitudes.append(longitude)
            reach = max(reach, _radius(radius))
        for polygon in children(area, "polygon"):
            corners = [point(*_pair(pair)) for pair in (polygon.text or "").split()[:POINTS_MAX]]
            # the last corner repeats the first
            latitudes += [corner[0] for corner in corners[:-1] or corners]
            longitudes += [corner[1] for corner in corners[:-1] or corners]
    return _enclosing(latitudes, longitudes, reach)


def _enclosing(latitudes: list[float], longitudes: list[float], reach: float) -> tuple[float, float, float]:
    """The mean direction of the points, which does not break at the antimeridian, and the farthest of them in km."""
    if not latitudes:
        return math.nan, math.nan, math.nan
    lat, lon = np.radians(latitudes), np.radians(longitudes)
    x, y, z = (np.cos(lat) * np.cos(lon)).mean(), (np.cos(lat) * np.sin(lon)).mean(), np.sin(lat).mean()
    centre = Point(math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x)))
    farthest = float(distances_km(np.array(latitudes), np.array(longitudes), centre).max())
    return centre.latitude, centre.longitude, max(PRECISION_KM, farthest + reach)


def _pair(said: str) -> tuple[str, str]:
    latitude, _, longitude = said.partition(",")
    return latitude.strip(), longitude.strip()


def _radius(said: str) -> float:
    try:
        radius = float(said)
    except ValueError:
        radius = math.nan
    if not 0 <= radius <= 20_038:  # half the circumference of the Earth
        raise Unreadable("bad_value", field="circle", value=said[:30], wanted="a radius in kilometres")
    return radius


def _indexed(entry: Element, raw: bytes) -> Item:
    """An index's line about an alert that is elsewhere: what it says of it, by the same tables."""
    told = text(entry, "sent") or text(entry, "updated") or text(entry, "published") or text(entry, "pubDate")
    if not told:
        raise Unreadable("missing", field="the date")
    published = instant(told, "updated")
    title = plain_text(text(entry, "title"))
    if not title:
        raise Unreadable("missing", field="title")
    kind = _kind(entry, entry) if text(entry, "category") else mappings.cap_kind("", title)
    if not kind and title.startswith("M "):
        kind = "earthquake"
    started, ended = _span(entry, published)
    latitude, longitude, radius = _area([entry])
    for found in children(entry, "point"):
        words = (found.text or "").split()
        if len(words) == 2:
            latitude, longitude = point(words[0], words[1])
    link = next((e.get("href", "") for e in children(entry, "link") if e.get("href")), "") or text(entry, "link")
    return Item(
        external_id=text(entry, "id") or text(entry, "guid") or link or content_id(raw),
        occurred_s=started,
        ended_s=ended,
        published_s=published,
        latitude=latitude,
        longitude=longitude,
        precision_km=radius,
        place=text(entry, "areaDesc")[:300],
        kind=kind,
        intensity=_intensity(kind, entry),
        title=title,
        text=plain_text(text(entry, "summary") or text(entry, "description")),
        origin=text(entry, "author", "name").lower() or link.split("/")[2].lower() if link.count("/") > 1 else "",
        url=link,
        raw=raw,
    )


class MemoryCap:
    """The twin for tests: one alert in, its bytes out."""

    def alert(
        self,
        *,
        identifier: str = "A-1",
        sender: str = "alerts@example.org",
        kind: str = "Alert",
        references: str = "",
        circle: str = "19.4,-99.1 25",
        severity: str = "Severe",
    ) -> bytes:
        """What the authority would send: a flood near Mexico City unless said otherwise."""
        said = f"<references>{references}</references>" if references else ""
        return (
            '<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2">'
            f"<identifier>{identifier}</identifier><sender>{sender}</sender><sent>2018-02-05T06:00:00+00:00</sent>"
            f"<status>Actual</status><msgType>{kind}</msgType><scope>Public</scope>{said}"
            "<info><category>Met</category><event>Flash Flood</event><urgency>Immediate</urgency>"
            f"<severity>{severity}</severity><certainty>Observed</certainty><headline>Flood</headline>"
            f"<area><areaDesc>Centro</areaDesc><circle>{circle}</circle></area></info></alert>"
        ).encode()
