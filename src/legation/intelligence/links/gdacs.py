"""Which disaster may need help from abroad? Alerts of the Global Disaster Alert and Coordination System.

Source: GDACS RSS with the gdacs, geo and georss namespaces, https://www.gdacs.org/feed_reference.aspx
"""

from xml.etree.ElementTree import Element

import numpy as np

from legation.foundations.grading import Reliability
from legation.foundations.time import DAY_S
from legation.intelligence.links import countries
from legation.intelligence.links.guarded_xml import child, text
from legation.intelligence.links.items import Item, Tray, Unreadable, instant, point
from legation.intelligence.links.manifest import NO_HINT, Hint, Looks, Manifest
from legation.intelligence.links.xml_tray import read_items
from legation.intelligence.rules import kinds, mappings
from legation.intelligence.rules.signals import Collected

MANIFEST = Manifest(
    name="gdacs",
    title="GDACS disaster alerts",
    reads="RSS feeds of gdacs.org, plain or .gz.",
    credit="GDACS, European Commission Joint Research Centre and United Nations OCHA",
    licence="CC BY 4.0 (European Commission reuse)",
    owner="European Commission Joint Research Centre",
    on_failure="Fetched again at the next cadence; each item that cannot be read is put aside alone.",
    hosts=("www.gdacs.org",),
    rate_s=360,
    cadence_s=DAY_S,
    reliability=Reliability.B,  # impact is modelled within minutes and corrected by later episodes
)

_ITEMS = frozenset({"item"})


def recognises(looks: Looks) -> bool:
    """True for RSS that declares the gdacs namespace."""
    return b"http://www.gdacs.org" in looks.head and b"<rss" in looks.head


def read(data: bytes, *, hint: Hint = NO_HINT) -> Collected:
    """All items; one signal each."""
    return read_items(data, Tray(hint), _ITEMS, _item)


def _item(tree: Element, raw: bytes) -> list[Item]:
    event_type = text(tree, "eventtype").upper()
    if event_type not in mappings.GDACS:
        raise Unreadable(
            "bad_value", field="gdacs:eventtype", value=event_type or "absent", wanted="a GDACS event type"
        )
    kind = mappings.GDACS[event_type][0]
    started = instant(text(tree, "fromdate") or text(tree, "pubDate"), "gdacs:fromdate")
    ended = instant(text(tree, "todate"), "gdacs:todate") if text(tree, "todate") else started
    told = [text(tree, name) for name in ("pubDate", "dateadded", "datemodified")]
    latitude, longitude = _place(tree)
    colour = text(tree, "episodealertlevel") or text(tree, "alertlevel")
    name = text(tree, "country")
    return [
        Item(
            external_id=_identity(tree),
            occurred_s=started,
            ended_s=max(started, ended),
            # the text tells of the whole span, so it cannot have been said before the span ended
            published_s=max([started, ended, *(instant(word, "pubDate") for word in told if word)]),
            latitude=latitude,
            longitude=longitude,
            precision_km=kinds.KIND_BY_WORD[kind].same_km,
            country=countries.by_alpha3(text(tree, "iso3")) or countries.by_name(name.split(",")[0]),
            place=text(tree, "eventname") or name,
            kind=kind,
            intensity=_intensity(kind, colour, tree),
            title=text(tree, "title"),
            text=" ".join(filter(None, (text(tree, "description"), text(tree, "severity"), text(tree, "population")))),
            origin="gdacs.org",
            url=text(tree, "link"),
            raw=raw,
        )
    ]


def _identity(tree: Element) -> str:
    """Event and episode: a new episode is a new report about the same event."""
    guid = text(tree, "guid") or text(tree, "eventtype") + text(tree, "eventid")
    episode = text(tree, "episodeid")
    return f"{guid}/{episode}" if guid and episode else guid


def _place(tree: Element) -> tuple[float, float]:
    if child(tree, "Point") is not None:
        return point(text(tree, "Point", "lat"), text(tree, "Point", "long"))
    words = text(tree, "point").split()
    if len(words) != 2:
        raise Unreadable("missing", field="geo:Point")
    return point(words[0], words[1])


def _intensity(kind: str, colour: str, tree: Element) -> float:
    """By alert colour; an earthquake by its magnitude where that says more: colour also counts who lives there."""
    by_colour = float(kinds.by_alert([kind], [colour])[0])
    severity = child(tree, "severity")
    if kind != "earthquake" or severity is None:
        return by_colour
    try:
        magnitude = float(severity.get("value", ""))
    except ValueError:
        return by_colour
    return max(by_colour, float(kinds.by_magnitude(np.array([magnitude]))[0]))


class MemoryGdacs:
    """The twin for tests: alerts in, the bytes of a feed out."""

    def __init__(self) -> None:
        self.items: list[str] = []

    def add(
        self, *, event: str = "EQ", colour: str = "Orange", latitude: str = "19.4", longitude: str = "-99.1"
    ) -> None:
        """One alert with a fresh id, near Mexico City unless said otherwise."""
        number = 1_000 + len(self.items)
        self.items.append(
            f"<item><title>{colour} alert {number}</title><pubDate>Mon, 05 Feb 2018 06:00:00 GMT</pubDate>"
            f"<gdacs:fromdate>Mon, 05 Feb 2018 06:00:00 GMT</gdacs:fromdate><guid>{event}{number}</guid>"
            f"<geo:Point><geo:lat>{latitude}</geo:lat><geo:long>{longitude}</geo:long></geo:Point>"
            f"<gdacs:eventtype>{event}</gdacs:eventtype><gdacs:alertlevel>{colour}</gdacs:alertlevel>"
            f"<gdacs:iso3>MEX</gdacs:iso3><gdacs:country>Mexico</gdacs:country></item>"
        )

    def feed(self) -> bytes:
        """What the server would answer."""
        head = (
            '<rss version="2.0" xmlns:geo="http://www.w3.org/2003/01/geo/wgs84_pos#"'
            ' xmlns:gdacs="http://www.gdacs.org"><channel><title>GDACS</title>'
        )
        return (head + "".join(self.items) + "</channel></rss>").encode()
