"""Where does a government tell its people not to go, and why? Travel advisories of the US Department of State.

Source: travel.state.gov; levels 1 to 4 since January 2018. Form: the lists and texts of travel-advisory-archive.
"""

import json
import re

from legation.foundations.grading import Reliability
from legation.foundations.time import DAY_S
from legation.intelligence.links import countries
from legation.intelligence.links.items import Item, Tray, Unreadable, content_id, instant
from legation.intelligence.links.json_items import decoded, listed
from legation.intelligence.links.manifest import NO_HINT, Hint, Looks, Manifest
from legation.intelligence.links.tables import split_lines
from legation.intelligence.rules import mappings
from legation.intelligence.rules.kinds import ADVISORY_INTENSITY
from legation.intelligence.rules.signals import Collected

MANIFEST = Manifest(
    name="advisories",
    title="Travel advisories of the US Department of State",
    reads="Lists (JSON) and full texts (JSON lines), plain or .gz.",
    credit="US Department of State, Bureau of Consular Affairs",
    licence="Public domain (17 USC 105)",
    owner="US Department of State",
    on_failure="Fetched again at the next cadence; each advisory that cannot be read is put aside alone.",
    hosts=("travel.state.gov", "cadataapi.state.gov"),
    rate_s=3_600,
    cadence_s=14 * DAY_S,
    reliability=Reliability.B,  # careful, and written for one nation's travellers
)

_LEVEL = re.compile(r"\s*-\s*(?:see summaries\s*-\s*)?level\s+[1-4]\s*:.*$", re.IGNORECASE)
_MARKUP = re.compile(r"[*_#]+|\[([^\]]*)\]\([^)]*\)")

OPENING_CHARS = 600
"""The reasons stand in bold in the first sentences; farther down every text names crime and health somewhere."""


def recognises(looks: Looks) -> bool:
    """True for a list, or lines, of objects with a country, a level and a full title."""
    head = looks.head[:4_000]
    return head.lstrip()[:1] in (b"[", b"{") and b'"full_title"' in head and b'"level"' in head


def read(data: bytes, *, hint: Hint = NO_HINT) -> Collected:
    """All advisories. One that names several reasons becomes one signal for each."""
    tray = Tray(hint)
    if data.lstrip()[:1] == b"{":
        lines = split_lines(data)
        tray.read(((f"line {n}", raw, raw) for n, raw in zip(lines.numbers, lines.raws, strict=True)), _advisory)
    else:
        raws, broken = listed(data)
        tray.quarantined += broken
        tray.read(((f"item {i}", raw, raw) for i, raw in enumerate(raws, start=1)), _advisory)
    return tray.collected()


def _advisory(raw: bytes, _: bytes) -> list[Item]:
    said = decoded(raw)
    title = str(said.get("full_title") or "").strip()
    level = said.get("level")
    if not title:
        raise Unreadable("missing", field="full_title")
    if not isinstance(level, int) or level not in ADVISORY_INTENSITY:
        raise Unreadable("bad_value", field="level", value=str(level)[:30], wanted="a level from 1 to 4")
    published = instant(str(said.get("date") or ""), "date")
    # the archive's own `country` cuts names at a hyphen (Guinea for Guinea-Bissau): the title is right
    name = _LEVEL.sub("", title).removesuffix(" Travel Advisory").strip()
    body = _MARKUP.sub(r"\1", str(said.get("content_md") or ""))
    link = str(said.get("remote_link") or said.get("link") or "")
    identity = f"{link or content_id(raw)}#{published}"
    return [
        Item(
            external_id=f"{identity}/{kind}",
            occurred_s=published,
            published_s=published,
            country=countries.by_name(name) or countries.by_name(str(said.get("country") or "")),
            place=name,
            kind=kind,
            intensity=ADVISORY_INTENSITY[level],
            title=title,
            text=body,
            origin="state.gov",
            url=link,
            raw=raw,
        )
        for kind in mappings.advisory_kinds(body[:OPENING_CHARS])
    ]


class MemoryAdvisories:
    """The twin for tests: advisories in, the bytes of a list out."""

    def __init__(self) -> None:
        self.items: list[dict[str, object]] = []

    def add(self, country: str = "Syria", level: object = 4, **more: object) -> None:
        """One advisory."""
        title = f"{country} - Level {level}: Do Not Travel"
        link = f"https://travel.state.gov/{country.lower()}.html"
        said = {"country": country, "level": level, "full_title": title, "link": link, "date": "Thu, 11 Jan 2018"}
        self.items.append(said | more)

    def list(self) -> bytes:
        """What the archive holds."""
        return json.dumps(self.items).encode()
