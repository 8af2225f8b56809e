"""What does the press of the world report? GDELT 2.0 event tables, fifteen minutes each, coded by machine.

Source: GDELT Event Codebook 2.0 (2015): 61 columns, tab-separated, no header, no quotes.
"""

import re

import numpy as np
import polars as pl

from legation.foundations.grading import Reliability
from legation.foundations.time import DAY_S
from legation.intelligence.links import countries, tables
from legation.intelligence.links.encodings import plain
from legation.intelligence.links.manifest import NO_HINT, Hint, Looks, Manifest
from legation.intelligence.rules import kinds, mappings
from legation.intelligence.rules.signals import Collected, Quarantined, Signals

MANIFEST = Manifest(
    name="gdelt",
    title="GDELT 2.0 events",
    reads="Event export files (.export.CSV, .tsv), plain, .gz or .zip with one member.",
    credit="The GDELT Project, https://www.gdeltproject.org",
    licence="Open for unlimited use with citation",
    owner="The GDELT Project",
    on_failure="Fetched again at the next cadence; each line that cannot be read is put aside alone.",
    hosts=("data.gdeltproject.org",),
    rate_s=900,
    cadence_s=3_600,
    reliability=Reliability.D,  # the place and the act are coded by machine and wrong about as often as right
)

WIDTH = 61
_COLUMNS = {
    "id": 0, "day": 1, "actor_1": 6, "actor_2": 16, "event": 26, "goldstein": 30, "geo_type": 51, "place": 52,
    "country": 53, "latitude": 56, "longitude": 57, "added": 59, "url": 60,
}  # fmt: skip

ROOT_TITLES = {
    "01": "public statement", "02": "appeal", "03": "intent to cooperate", "04": "consultation",
    "05": "diplomatic cooperation", "06": "material cooperation", "07": "aid", "08": "concession",
    "09": "investigation", "10": "demand", "11": "disapproval", "12": "rejection", "13": "threat", "14": "protest",
    "15": "show of force", "16": "reduced relations", "17": "coercion", "18": "assault", "19": "fighting",
    "20": "mass violence",
}  # fmt: skip
"""CAMEO 1.1b3 root codes in words short enough for a title."""

_DOMAIN = re.compile(r"^[a-z]+://(?:www\d?\.)?([^/:?#]+)", re.IGNORECASE)
_FIRST_LINE = re.compile(rb"^\d{5,12}\t\d{8}\t\d{6}\t\d{4}\t")


def recognises(looks: Looks) -> bool:
    """True where the first line has 61 columns and begins with an id and three dates."""
    first = looks.head.split(b"\n", 1)[0]
    return bool(_FIRST_LINE.match(first)) and first.count(b"\t") == WIDTH - 1


def read(data: bytes, *, hint: Hint = NO_HINT) -> Collected:
    """All rows of an export file; one signal each."""
    lines, aside = tables.readable(tables.split_lines(plain(data)))
    lines, narrow = tables.in_width(lines, [raw.count(b"\t") + 1 for raw in lines.raws], WIDTH)
    aside += narrow
    signals, refused = _signals(tables.tab_frame(lines, _COLUMNS), lines, hint)
    return Collected(signals, aside + refused)


def _signals(frame: pl.DataFrame, lines: tables.Lines, hint: Hint) -> tuple[Signals, list[Quarantined]]:
    sieve = tables.Sieve(lines)
    occurred, bad_day = tables.instants(frame["day"], "%Y%m%d")
    published, bad_added = tables.instants(frame["added"], "%Y%m%d%H%M%S")
    latitude, longitude = tables.numbers(frame["latitude"]), tables.numbers(frame["longitude"])
    unsaid = tables.blank(frame["latitude"]) & tables.blank(frame["longitude"])
    event = frame["event"]
    coded = event.str.contains(r"^(0[1-9]|1\d|20)\d{0,2}$").to_numpy()

    def text(column: str, i: int) -> str:
        return str(frame[column][i])

    sieve.refuse(~frame["id"].str.contains(r"^\d{1,18}$").to_numpy(), "no_id", lambda _: {})
    sieve.refuse(bad_day, "bad_time", lambda i: {"field": "SQLDATE", "value": text("day", i)})
    sieve.refuse(bad_added, "bad_time", lambda i: {"field": "DATEADDED", "value": text("added", i)})
    late = tables.too_late(published, hint.received_s)
    sieve.refuse(late, "future", lambda i: {"field": "DATEADDED", "value": text("added", i)})
    # SQLDATE is a calendar day somewhere on Earth: it may be up to a day ahead of the UTC stamp, not more
    sieve.refuse(occurred > published + DAY_S, "bad_time", lambda i: {"field": "SQLDATE", "value": text("day", i)})
    off = tables.off_globe(latitude, longitude, unsaid)
    sieve.refuse(off, "bad_place", lambda i: {"latitude": text("latitude", i), "longitude": text("longitude", i)})
    sieve.refuse(
        ~coded, "bad_value", lambda i: {"field": "EventCode", "value": text("event", i), "wanted": "a CAMEO code"}
    )
    kept = np.flatnonzero(sieve.keep)
    frame = frame[kept]
    published, latitude, longitude = published[kept], latitude[kept], longitude[kept]
    occurred = np.minimum(occurred[kept], published)
    return _columns(frame, occurred, published, latitude, longitude, [lines.raws[i] for i in kept.tolist()]), (
        sieve.quarantined
    )


def _columns(
    frame: pl.DataFrame,
    occurred: tables.IntArray,
    published: tables.IntArray,
    latitude: tables.FloatArray,
    longitude: tables.FloatArray,
    raw: list[bytes],
) -> Signals:
    events = frame["event"].to_list()
    kind_of = {code: mappings.cameo_kind(code).kind for code in set(events)}
    kind = [kind_of[code] for code in events]
    fips = frame["country"].to_list()
    country_of = {code: countries.by_fips(code) for code in set(fips)}
    precision_of = {str(k): v for k, v in mappings.GDELT_PRECISION_KM.items()}
    urls = frame["url"].to_list()
    actor_1, actor_2, place = frame["actor_1"].to_list(), frame["actor_2"].to_list(), frame["place"].to_list()
    return Signals(
        external_id=frame["id"].to_list(),
        occurred_s=occurred,
        # the day is all that is known, and nothing is reported before it happened
        ended_s=np.maximum(occurred, np.minimum(occurred + DAY_S - 1, published)),
        published_s=published,
        latitude=latitude,
        longitude=longitude,
        precision_km=np.array([precision_of.get(g, np.nan) for g in frame["geo_type"].to_list()], dtype=np.float64),
        country=[country_of[code] for code in fips],
        place=place,
        threat=kinds.threat_codes(kind),
        kind=kind,
        intensity=kinds.by_goldstein(kind, tables.numbers(frame["goldstein"])),
        actors=[f"{a}; {b}" if a and b else a or b for a, b in zip(actor_1, actor_2, strict=True)],
        title=[
            f"{a or b or 'Unnamed'}: {ROOT_TITLES[code[:2]]}{', ' + where if where else ''}"
            for a, b, code, where in zip(actor_1, actor_2, events, place, strict=True)
        ],
        text=[""] * len(events),
        origin=_origins(urls),
        url=urls,
        raw=raw,
    )


def _origins(urls: list[str]) -> list[str]:
    """The publisher's domain; the agencies' copies of one text stay apart, which FUSION's near-duplicates join."""
    domain_of: dict[str, str] = {}
    for url in set(urls):
        found = _DOMAIN.match(url)
        domain_of[url] = found.group(1).lower() if found else ""
    return [domain_of[url] for url in urls]


class MemoryGdelt:
    """The twin for tests: rows in, the bytes of an export file out."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []

    def add(
        self, *, event: str = "190", latitude: str = "33.5", longitude: str = "36.3", day: str = "20180101"
    ) -> None:
        """One row with a fresh id; what is not given is plausible for Damascus."""
        row = [""] * WIDTH
        values = {
            "id": str(719_000_000 + len(self.rows)), "day": day, "actor_1": "SYRIA", "actor_2": "REBEL", "event": event,
            "goldstein": "-10", "geo_type": "4", "place": "Damascus, Dimashq, Syria", "country": "SY",
            "latitude": latitude, "longitude": longitude, "added": "20180101000000", "url": "http://www.example.org/a",
        }  # fmt: skip
        for name, value in values.items():
            row[_COLUMNS[name]] = value
        row[2], row[3] = day[:6], day[:4]
        self.rows.append(row)

    def export(self) -> bytes:
        """What the server would answer."""
        return "".join("\t".join(row) + "\n" for row in self.rows).encode()
