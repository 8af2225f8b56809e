"""What did the police count? Figures by area and month from a table in CSV: area, month, offence, count.

Where known also: country (ISO 3166-1 alpha-2), latitude, longitude, publisher. An area without a place is looked up by
its name. month: 2018-01. offence: in the words of rules/offences.py.
"""

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from legation.intelligence.links.items import Unreadable, point
from legation.intelligence.links.towns import gazetteer
from legation.intelligence.rules.offences import OFFENCE_OF
from legation.intelligence.rules.signals import Quarantined
from legation.platform.egress import tables

REQUIRED = ("area", "month", "offence", "count")
COLUMNS = (*REQUIRED, "country", "latitude", "longitude", "publisher")
AREA_KM_MAX = 60.0
"""A name that the gazetteer knows only as a country is no area."""

_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line. month: its first day."""

    publisher: str
    area: str
    country: str
    latitude: float
    longitude: float
    month: date
    offence: str
    count: int


@dataclass(frozen=True, slots=True)
class Figures:
    """What could be read, and what was put aside line by line."""

    rows: list[Figure]
    quarantined: list[Quarantined]


def read(data: bytes) -> Figures:
    """Every line, either a figure or put aside with its reason."""
    try:
        heading, lines = tables.read(data)
    except tables.NotATable as fault:
        return Figures([], [Quarantined("file", "wrong_form", {"wanted": f"a table in CSV: {fault}"}, data)])
    missing = [name for name in REQUIRED if name not in heading]
    if missing:
        return Figures([], [Quarantined("line 1", "header", {"missing": ", ".join(missing)}, data[:2000])])
    found = Figures([], [])
    for number, row in lines:
        try:
            found.rows.append(_figure({name: row.get(name, "").strip() for name in COLUMNS}))
        except Unreadable as why:
            raw = tables.write(heading, [list(row.values())])
            found.quarantined.append(Quarantined(f"line {number}", why.reason, why.params, raw))
    return found


def _figure(said: Mapping[str, str]) -> Figure:
    for name in REQUIRED:
        if not said[name]:
            raise Unreadable("missing", field=name)
    offence = OFFENCE_OF.get(said["offence"].casefold().replace("_", " "))
    if offence is None:
        raise Unreadable("bad_value", field="offence", value=said["offence"][:40], wanted="an offence of the table")
    month = _MONTH.match(said["month"])
    if month is None:
        raise Unreadable("bad_value", field="month", value=said["month"][:20], wanted="a month as 2018-01")
    if not said["count"].isdecimal() or len(said["count"]) > 8:
        raise Unreadable("bad_value", field="count", value=said["count"][:20], wanted="a whole number, not negative")
    latitude, longitude, country = _place(said)
    return Figure(
        said["publisher"][:120] or "Police",
        said["area"][:120],
        country,
        latitude,
        longitude,
        date(int(month[1]), int(month[2]), 1),
        offence,
        int(said["count"]),
    )


def _place(said: Mapping[str, str]) -> tuple[float, float, str]:
    country = said["country"].upper()[:2]
    if said["latitude"] or said["longitude"]:
        return *point(said["latitude"], said["longitude"]), country
    found = gazetteer().place(said["area"], country=country)
    if math.isnan(found.latitude) or found.precision_km > AREA_KM_MAX:
        raise Unreadable("bad_value", field="area", value=said["area"][:40], wanted="a town that is known, or a place")
    return found.latitude, found.longitude, found.country


class MemoryPoliceFigures:
    """The twin for tests: figures in, the bytes of a table out."""

    def __init__(self) -> None:
        self.rows: list[list[str | int]] = []

    def add(self, area: str = "Damascus", month: str = "2018-01", offence: str = "robbery", count: int = 10) -> None:
        """One figure."""
        self.rows.append([area, month, offence, count, "SY", "", "", "City police"])

    def table(self) -> bytes:
        """What the police publish."""
        return tables.write(COLUMNS, self.rows)
