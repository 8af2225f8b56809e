"""What does a newspaper, a ministry or a blog report? RSS and Atom feeds of any edition.

Source: RSS 0.9x, 1.0, 2.0; Atom 1.0 (RFC 4287); the dialects are feedparser's knowledge.
"""

import html
import re
from calendar import timegm
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, tostring

import feedparser

from legation.foundations.grading import Reliability
from legation.foundations.time import DAY_S
from legation.intelligence.links.guarded_xml import children, local, text
from legation.intelligence.links.items import Item, Tray, Unreadable, content_id, point
from legation.intelligence.links.manifest import NO_HINT, Hint, Looks, Manifest
from legation.intelligence.links.towns import gazetteer
from legation.intelligence.links.xml_tray import read_items
from legation.intelligence.rules.classify import kind_in_text
from legation.intelligence.rules.gazetteer import How, Placed
from legation.intelligence.rules.signals import Collected

MANIFEST = Manifest(
    name="feed",
    title="RSS or Atom feed",
    reads="RSS 0.9x to 2.0 and Atom 1.0, plain or .gz.",
    credit="The publisher named by the source's own record",
    licence="The publisher's",
    owner="The publisher",
    on_failure="Fetched again at the next cadence; each entry that cannot be read is put aside alone.",
    rate_s=900,
    cadence_s=2 * DAY_S,
    reliability=Reliability.F,  # until the source's own record says better
)

POINT_KM = 10.0
"""What a publisher's point is worth: the town that the story is about, mostly."""

_ITEMS = frozenset({"item", "entry"})
_TAG = re.compile(r"<[^>]*>")


def recognises(looks: Looks) -> bool:
    """True for RSS, RDF or Atom that no other collector claims first."""
    head = looks.head[:8_000]
    return b"<rss" in head or b"<rdf:RDF" in head or (b"feed" in head and b"http://www.w3.org/2005/Atom" in head)


def read(data: bytes, *, hint: Hint = NO_HINT) -> Collected:
    """All entries; one signal each."""

    def reading(tree: Element, raw: bytes) -> list[Item]:
        return [_entry(tree, raw, hint)]

    return read_items(data, Tray(hint), _ITEMS, reading)


def _entry(tree: Element, raw: bytes, hint: Hint) -> Item:
    entry = _parsed(tree)
    title = plain_text(str(entry.get("title") or ""))
    body = plain_text(str(entry.get("summary") or ""))
    if not (title or body):
        raise Unreadable("missing", field="title")
    published = _said_at(entry, hint)
    link = str(entry.get("link") or "")
    where = _where(tree, title, body)
    return Item(
        external_id=str(entry.get("id") or link or content_id(raw)),
        occurred_s=published,
        published_s=published,
        latitude=where.latitude,
        longitude=where.longitude,
        precision_km=where.precision_km,
        country=where.country,
        place=where.matched,
        kind=kind_in_text(title, body).kind,
        title=title or body[:120],
        text=body,
        origin=(urlsplit(link).hostname or "").removeprefix("www.") or plain_text(str(entry.get("author") or "")),
        url=link,
        raw=raw,
    )


def _parsed(tree: Element) -> feedparser.FeedParserDict:
    """One entry, read by feedparser inside a feed of its own: the guard has made it well formed and harmless."""
    atom = local(tree.tag) == "entry"
    inner = tostring(tree, encoding="unicode")
    shell = f'<rss version="2.0"><channel>{inner}</channel></rss>'
    if atom:
        shell = f'<feed xmlns="http://www.w3.org/2005/Atom">{inner}</feed>'
    entries = feedparser.parse(shell.encode(), sanitize_html=True, resolve_relative_uris=False).entries
    if not entries:
        raise Unreadable("wrong_form", wanted="an RSS item or an Atom entry")
    return entries[0]


def _said_at(entry: feedparser.FeedParserDict, hint: Hint) -> int:
    """The latest of what the entry says of itself; the time of receipt where it says nothing."""
    for name in ("updated", "published", "created"):
        # dict.get: the library's own get answers with another field and a warning where one is absent
        if said := dict.get(entry, f"{name}_parsed"):
            return timegm(said)
        if written := dict.get(entry, name):
            raise Unreadable("bad_time", field=name, value=str(written)[:60])
    if not hint.received_s:
        raise Unreadable("missing", field="the date")
    return hint.received_s


def _where(tree: Element, title: str, body: str) -> Placed:
    """georss:point or geo:lat and geo:long, else the town that the words name."""
    for found in children(tree, "point"):
        words = (found.text or "").replace(",", " ").split()
        if len(words) == 2:
            return Placed(*point(words[0], words[1]), POINT_KM, "", "", How.COORDINATES)
    if text(tree, "lat") and text(tree, "long"):
        return Placed(*point(text(tree, "lat"), text(tree, "long")), POINT_KM, "", "", How.COORDINATES)
    return gazetteer().place_in_text(f"{title}. {body[:1000]}")


def plain_text(markup: str) -> str:
    """Text without tags and entities; nothing here is ever shown as HTML."""
    return " ".join(html.unescape(_TAG.sub(" ", markup)).split())


class MemoryFeed:
    """The twin for tests: entries in, the bytes of a feed out."""

    def __init__(self) -> None:
        self.entries: list[str] = []

    def add(self, title: str = "Protest at the parliament", when: str = "Mon, 05 Feb 2018 06:00:00 GMT") -> None:
        """One entry with a fresh link."""
        number = len(self.entries)
        self.entries.append(
            f"<item><title>{html.escape(title)}</title><link>https://news.example.org/{number}</link>"
            f"<guid>https://news.example.org/{number}</guid><pubDate>{when}</pubDate></item>"
        )

    def feed(self) -> bytes:
        """What the server would answer."""
        return f'<rss version="2.0"><channel><title>News</title>{"".join(self.entries)}</channel></rss>'.encode()
