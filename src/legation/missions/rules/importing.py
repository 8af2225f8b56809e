"""What does a row of a mission list say, and why can it not be read?

Form of the list: qid, type, operator, country, city, jurisdictions, address, latitude, longitude, website, title.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from enum import StrEnum

from legation.foundations.countries import country_named
from legation.foundations.place import Point
from legation.missions.events import MissionKind, MissionValue

REQUIRED = ("qid", "type", "operator", "country", "title")
COLUMNS = (*REQUIRED, "city", "jurisdictions", "address", "latitude", "longitude", "website")

# Most specific first: "consulate general" holds the word "consulate", "honorary consulate" as well.
KIND_WORDS: tuple[tuple[str, MissionKind], ...] = (
    ("nunciature", MissionKind.NUNCIATURE),
    ("high commission", MissionKind.HIGH_COMMISSION),
    ("permanent mission", MissionKind.PERMANENT_MISSION),
    ("honorary consul", MissionKind.HONORARY_CONSULATE),
    ("consulate general", MissionKind.CONSULATE_GENERAL),
    ("consul", MissionKind.CONSULATE),
    ("embassy", MissionKind.EMBASSY),
    ("liaison", MissionKind.LIAISON_OFFICE),
    ("interests section", MissionKind.LIAISON_OFFICE),
    ("representative", MissionKind.REPRESENTATIVE_OFFICE),
    ("delegation", MissionKind.REPRESENTATIVE_OFFICE),
    ("government office", MissionKind.REPRESENTATIVE_OFFICE),
)


class FaultReason(StrEnum):
    """Why a row was left out, each with what to do about it in ADVICE."""

    MISSING = "missing"
    HALF_PLACE = "half_place"
    NOT_A_NUMBER = "not_a_number"
    OFF_THE_GLOBE = "off_the_globe"
    REPEATED = "repeated"
    TOO_LONG = "too_long"


ADVICE: dict[FaultReason, str] = {
    FaultReason.MISSING: "the column {column} is empty; fill it in",
    FaultReason.HALF_PLACE: "latitude and longitude go together; give both or neither",
    FaultReason.NOT_A_NUMBER: "{column} is {value}; write decimal degrees with a point, as 33.49324",
    FaultReason.OFF_THE_GLOBE: "{value} is not a place on Earth; latitude is -90 to 90, longitude -180 to 180",
    FaultReason.REPEATED: "{value} stands already on line {line}; keep one of the two",
    FaultReason.TOO_LONG: "{column} has {value} characters; shorten it to {line}",
}

LONGEST: dict[str, int] = {
    "qid": 32,
    "title": 250,
    "operator": 120,
    "country": 120,
    "city": 120,
    "jurisdictions": 2000,
    "address": 500,
    "website": 300,
}
"""Characters that a column holds; a longer one is a shifted or broken row, not a name."""


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that was left out. line counts from 1, the heading being line 1."""

    line: int
    reason: FaultReason
    params: tuple[tuple[str, str], ...] = ()

    @property
    def advice(self) -> str:
        return ADVICE[self.reason].format(**dict(self.params))


@dataclass(frozen=True, slots=True)
class MissionList:
    """What a file held: the missions that can be loaded, and the rows that cannot."""

    missions: tuple[MissionValue, ...]
    faults: tuple[RowFault, ...]


class NotAMissionList(ValueError):
    """The heading lacks columns without which nothing can be read."""


def read_rows(heading: Iterable[str], rows: Iterable[tuple[int, dict[str, str]]]) -> MissionList:
    """Read (line, row) pairs. Raises NotAMissionList naming the columns that the heading lacks."""
    lacking = [column for column in REQUIRED if column not in set(heading)]
    if lacking:
        raise NotAMissionList(f"the first line lacks {', '.join(lacking)}; the columns are {', '.join(COLUMNS)}")
    missions: list[MissionValue] = []
    faults: list[RowFault] = []
    first_line: dict[str, int] = {}
    for line, row in rows:
        cells = {column: (row.get(column) or "").strip() for column in COLUMNS}
        read = _read_row(line, cells)
        if isinstance(read, RowFault):
            faults.append(read)
        elif read.external_id in first_line:
            said = (("value", read.external_id), ("line", str(first_line[read.external_id])))
            faults.append(RowFault(line, FaultReason.REPEATED, said))
        else:
            first_line[read.external_id] = line
            missions.append(read)
    return MissionList(tuple(missions), tuple(faults))


def _read_row(line: int, cells: dict[str, str]) -> MissionValue | RowFault:
    for column in REQUIRED:
        if not cells[column]:
            return RowFault(line, FaultReason.MISSING, (("column", column),))
    for column, longest in LONGEST.items():
        if len(cells[column]) > longest:
            size = str(len(cells[column]))
            return RowFault(line, FaultReason.TOO_LONG, (("column", column), ("value", size), ("line", str(longest))))
    place = _read_place(line, cells["latitude"], cells["longitude"])
    if isinstance(place, RowFault):
        return place
    sending, receiving = country_named(cells["operator"]), country_named(cells["country"])
    return MissionValue(
        external_id=cells["qid"],
        kind=kind_of(cells["type"]),
        title=cells["title"],
        sending_state=cells["operator"],
        sending_code=sending.alpha2 if sending else "",
        receiving_state=cells["country"],
        receiving_code=receiving.alpha2 if receiving else "",
        city=cells["city"],
        jurisdictions=cells["jurisdictions"],
        address=cells["address"],
        latitude=place.latitude if place else None,
        longitude=place.longitude if place else None,
        website=cells["website"],
    )


def _read_place(line: int, latitude: str, longitude: str) -> Point | RowFault | None:
    if not latitude and not longitude:
        return None
    if not (latitude and longitude):
        return RowFault(line, FaultReason.HALF_PLACE)
    degrees = []
    for column, text in (("latitude", latitude), ("longitude", longitude)):
        try:
            degrees.append(float(text))
        except ValueError:
            return RowFault(line, FaultReason.NOT_A_NUMBER, (("column", column), ("value", text[:40])))
    try:
        return Point(*degrees)
    except ValueError:
        return RowFault(line, FaultReason.OFF_THE_GLOBE, (("value", f"{latitude}, {longitude}"[:60]),))


def kind_of(words: str) -> MissionKind:
    """The kind that a list's own words stand for; OTHER where none of ours is in them."""
    lower = words.casefold()
    return next((kind for word, kind in KIND_WORDS if word in lower), MissionKind.OTHER)


def changed_fields(before: MissionValue, after: MissionValue) -> tuple[str, ...]:
    """Names of the fields in which two readings of one mission differ."""
    return tuple(f.name for f in fields(after) if getattr(before, f.name) != getattr(after, f.name))
