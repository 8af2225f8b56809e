"""What happened at a mission before this house kept its record? A log of past incidents as a table in CSV.

First line: date, kind, what; and, where they are known: number, details, place, latitude, longitude, deaths. A date is
a day or an instant in ISO 8601, UTC where no zone is said. kind: a word of the table of kinds, or of everyday reports.
"""

import math
from collections.abc import Mapping

import numpy as np

from legation.foundations.grading import Reliability
from legation.foundations.time import DAY_S
from legation.intelligence.links.items import Item, Tray, Unreadable, content_id, instant, point
from legation.intelligence.links.manifest import NO_HINT, Hint, Looks, Manifest
from legation.intelligence.rules import kinds
from legation.intelligence.rules.everyday import NEED_TO_KNOW, ROW_OF, WITHIN_THE_POST, Told
from legation.intelligence.rules.signals import Collected
from legation.platform.egress import tables

MANIFEST = Manifest(
    name="incident_log",
    title="Past incident logs of our own missions",
    reads="A table in CSV: date, kind, what; number, details, place, latitude, longitude, deaths.",
    credit="The mission that kept the log",
    licence="The service's own record",
    owner="The mission",
    on_failure="Lines that cannot be read are put aside one by one; correct them in the file and import it again.",
    cadence_s=3650 * DAY_S,
    ceiling=NEED_TO_KNOW,
    reliability=Reliability.B,
    rows_are_happenings=True,
    marking=WITHIN_THE_POST,
)

REQUIRED = ("date", "kind", "what")
COLUMNS = (*REQUIRED, "number", "details", "place", "latitude", "longitude", "deaths")
HEADING = ",".join(COLUMNS)

WORDS: dict[str, str] = {word: word for word in kinds.KIND_BY_WORD} | {
    told.value: ROW_OF[told].kind for told in Told
}  # fmt: skip
"""Word in the column kind → word of the table of kinds."""

PRECISION_KM = 1.0
"""Who writes a log years later remembers the street."""


def recognises(looks: Looks) -> bool:
    """True for a table whose first line begins as ours does."""
    first = looks.head.removeprefix(b"\xef\xbb\xbf").split(b"\n", 1)[0].strip().lower()
    return first.startswith(b"date,kind,what")


def read(data: bytes, *, hint: Hint = NO_HINT) -> Collected:
    """A signal for each line, published when it happened: the mission knew it then."""
    tray = Tray(hint)
    try:
        heading, rows = tables.read(data)
    except tables.NotATable as fault:
        tray.aside("file", "wrong_form", data, wanted=f"a table in CSV: {fault}")
        return tray.collected()
    missing = [name for name in REQUIRED if name not in heading]
    if missing:
        tray.aside("line 1", "header", data[:2000], missing=", ".join(missing))
        return tray.collected()
    lines = [(f"line {number}", tables.write(heading, [list(row.values())]), row) for number, row in rows]
    tray.read(((where, raw, row) for where, raw, row in lines if any(v.strip() for v in row.values())), _item)
    return tray.collected()


def _item(row: Mapping[str, str], raw: bytes) -> list[Item]:
    said = {name: row.get(name, "").strip() for name in COLUMNS}
    for name in REQUIRED:
        if not said[name]:
            raise Unreadable("missing", field=name)
    kind = WORDS.get(said["kind"].lower().replace(" ", "_"))
    if kind is None:
        raise Unreadable("bad_value", field="kind", value=said["kind"][:40], wanted="a word of the table of kinds")
    occurred = instant(said["date"], "date")
    latitude = longitude = math.nan
    if said["latitude"] or said["longitude"]:
        latitude, longitude = point(said["latitude"], said["longitude"])
    return [
        Item(
            external_id=said["number"] or content_id(raw),
            occurred_s=occurred,
            published_s=occurred,
            latitude=latitude,
            longitude=longitude,
            precision_km=PRECISION_KM if math.isfinite(latitude) else math.nan,
            place=said["place"],
            kind=kind,
            intensity=_intensity(kind, said["deaths"]),
            title=said["what"],
            text=said["details"],
            origin="own log",
            raw=raw,
        )
    ]


def _intensity(kind: str, deaths: str) -> float | None:
    if not deaths:
        return None
    if not deaths.isdecimal():
        raise Unreadable("bad_value", field="deaths", value=deaths[:20], wanted="a whole number")
    return float(kinds.by_deaths([kind], np.array([float(deaths)]))[0])


class MemoryIncidentLog:
    """The twin for tests: incidents in, the bytes of a log out."""

    def __init__(self) -> None:
        self.rows: list[list[str]] = []

    def add(self, date: str = "2017-11-03", kind: str = "theft", what: str = "Bag taken", **more: str) -> None:
        """One incident."""
        self.rows.append([date, kind, what, *(more.get(name, "") for name in COLUMNS[3:])])

    def table(self) -> bytes:
        """What the mission hands in."""
        return tables.write(COLUMNS, self.rows)
