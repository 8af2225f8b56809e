"""What does a row of a list of people say, why can it not be read, and whom does it mean?

Form of the list: name and category are needed; the other columns of COLUMNS may be there, in any order.
"""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import StrEnum

from legation.foundations.countries import countries, country_named
from legation.foundations.decisions import Refusal
from legation.foundations.time import midnight
from legation.missions.events.contacts import ContactChannel, ContactValue, SensitiveValue
from legation.missions.events.people import PersonCategory, PersonValue
from legation.missions.rules.contacts import may_reach
from legation.missions.rules.people import LONGEST

REQUIRED = ("name", "category")
DAYS = ("born", "arrived", "departs")
CHANNELS: tuple[str, ...] = tuple(ContactChannel)
CLOSE = ("next_of_kin", "special_needs")
COLUMNS = (
    *REQUIRED,
    "staff_number",
    "post",
    "nationality",
    *DAYS,
    "principal",
    "languages",
    "warden_group",
    *CHANNELS,
    "tested",
    *CLOSE,
)
CLOSE_LONGEST = 1000

CATEGORY_WORDS: dict[str, PersonCategory] = {
    "diplomat": PersonCategory.DIPLOMATIC_AGENT,
    "a and t": PersonCategory.ADMINISTRATIVE_AND_TECHNICAL,
    "a&t": PersonCategory.ADMINISTRATIVE_AND_TECHNICAL,
    "administrative and technical staff": PersonCategory.ADMINISTRATIVE_AND_TECHNICAL,
    "service staff": PersonCategory.SERVICE,
    "local staff": PersonCategory.LOCALLY_ENGAGED,
    "family": PersonCategory.DEPENDANT,
    "dependent": PersonCategory.DEPENDANT,
    "temporary duty": PersonCategory.VISITOR,
}
"""What personnel offices write beside our own words."""


class FaultReason(StrEnum):
    """Why a row was left out, each with what to do about it in ADVICE."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    UNKNOWN_CATEGORY = "unknown_category"
    NOT_A_DAY = "not_a_day"
    DEPARTS_FIRST = "departs_first"
    UNKNOWN_COUNTRY = "unknown_country"
    NOT_REACHED_BY = "not_reached_by"
    REPEATED = "repeated"
    PRINCIPAL_MISSING = "principal_missing"
    PRINCIPAL_UNKNOWN = "principal_unknown"


ADVICE: dict[FaultReason, str] = {
    FaultReason.MISSING: "this is empty; fill it in",
    FaultReason.TOO_LONG: "this has {value} characters; shorten it to {longest}",
    FaultReason.UNKNOWN_CATEGORY: "“{value}” is no category; write one of {known}",
    FaultReason.NOT_A_DAY: "“{value}” is not a day; write year-month-day, as 2018-02-05",
    FaultReason.DEPARTS_FIRST: "the departure {value} lies before the arrival; correct one of the two",
    FaultReason.UNKNOWN_COUNTRY: "“{value}” is no country; write its two-letter code or its name",
    FaultReason.NOT_REACHED_BY: "nobody is reached by what is written here; correct it or leave it empty",
    FaultReason.REPEATED: "the same person stands on line {value} already; keep one, or give both a staff number",
    FaultReason.PRINCIPAL_MISSING: "a dependant needs whose he is; write that person's staff number or name",
    FaultReason.PRINCIPAL_UNKNOWN: "nobody here or in this list is called or numbered “{value}”; add that person first",
}


@dataclass(frozen=True, slots=True)
class RowFault:
    """A row that was left out. line counts from 1, the heading being line 1."""

    line: int
    column: str
    reason: FaultReason
    params: tuple[tuple[str, str], ...] = ()

    @property
    def advice(self) -> str:
        return ADVICE[self.reason].format(**dict(self.params))


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row that can be read. principal: as written; `said` are the fields of the value that the row fills."""

    line: int
    value: PersonValue
    said: tuple[str, ...]
    principal: str = ""
    contacts: tuple[ContactValue, ...] = ()
    tested: datetime | None = None
    sensitive: SensitiveValue | None = None


@dataclass(frozen=True, slots=True)
class PeopleList:
    """What a file held. unread: columns of its heading that mean nothing here."""

    rows: tuple[PersonRow, ...]
    faults: tuple[RowFault, ...]
    unread: tuple[str, ...] = ()


class NotAPeopleList(ValueError):
    """The heading lacks columns without which nothing can be read."""


class _Unreadable(Exception):
    """A cell cannot be read; carries the fault."""

    def __init__(self, column: str, reason: FaultReason, **params: str) -> None:
        super().__init__(reason)
        self.column, self.reason, self.params = column, reason, tuple(params.items())


def read_rows(heading: Iterable[str], rows: Iterable[tuple[int, dict[str, str]]]) -> PeopleList:
    """Read (line, row) pairs. Raises NotAPeopleList naming the columns that the heading lacks."""
    named = {name.strip().casefold().replace(" ", "_"): name for name in heading}
    lacking = [column for column in REQUIRED if column not in named]
    if lacking:
        raise NotAPeopleList(f"the first line lacks {', '.join(lacking)}; the columns are {', '.join(COLUMNS)}")
    read: list[PersonRow] = []
    faults: list[RowFault] = []
    lines: dict[str, int] = {}
    for line, row in rows:
        cells = {column: row.get(named.get(column, ""), "").strip() for column in COLUMNS}
        if not any(cells.values()):
            continue
        try:
            one = _read(line, cells)
            twin = next((lines[key] for key in keys_of(one.value) if key in lines), None)
            if twin is not None:
                column = "staff_number" if one.value.staff_number else "name"
                raise _Unreadable(column, FaultReason.REPEATED, value=str(twin))
        except _Unreadable as fault:
            faults.append(RowFault(line, fault.column, fault.reason, fault.params))
            continue
        lines |= dict.fromkeys(keys_of(one.value), line)
        read.append(one)
    return PeopleList(tuple(read), tuple(faults), tuple(name for key, name in named.items() if key not in COLUMNS))


def keys_of(value: PersonValue) -> tuple[str, ...]:
    """By what a person is known again: the staff number where there is one, else name and birth date."""
    if value.staff_number:
        return (f"number {value.staff_number.casefold()}",)
    return (f"name {plain(value.name)} {value.born or ''}",)


def plain(name: str) -> str:
    """A name without case, accents and doubled blanks, so that two spellings of it agree."""
    folded = unicodedata.normalize("NFKD", name.casefold())
    return " ".join("".join(c for c in folded if not unicodedata.combining(c)).split())


def _read(line: int, cells: dict[str, str]) -> PersonRow:
    for column in REQUIRED:
        if not cells[column]:
            raise _Unreadable(column, FaultReason.MISSING)
    for column, longest in {**LONGEST, **dict.fromkeys(CLOSE, CLOSE_LONGEST)}.items():
        if len(cells[column]) > longest:
            raise _Unreadable(column, FaultReason.TOO_LONG, value=str(len(cells[column])), longest=str(longest))
    days = {column: _day(column, cells[column]) for column in (*DAYS, "tested")}
    arrived, departs = days["arrived"], days["departs"]
    if arrived and departs and departs < arrived:
        raise _Unreadable("departs", FaultReason.DEPARTS_FIRST, value=str(departs))
    category = _category(cells["category"])
    if category is PersonCategory.DEPENDANT and not cells["principal"]:
        raise _Unreadable("principal", FaultReason.PRINCIPAL_MISSING)
    value = PersonValue(
        name=" ".join(cells["name"].split()),
        category=category,
        post=cells["post"],
        staff_number=cells["staff_number"],
        born=days["born"],
        nationality=_country(cells["nationality"]),
        arrived=arrived,
        departs=departs,
        languages=cells["languages"],
        warden_group=cells["warden_group"],
    )
    close = SensitiveValue(cells["next_of_kin"], cells["special_needs"])
    return PersonRow(
        line=line,
        value=value,
        said=tuple(f.name for f in fields(value) if getattr(value, f.name)),
        principal=cells["principal"],
        contacts=tuple(_contact(ContactChannel(channel), cells[channel]) for channel in CHANNELS if cells[channel]),
        tested=midnight(days["tested"]) if days["tested"] else None,
        sensitive=close if close.next_of_kin or close.special_needs else None,
    )


def _category(words: str) -> PersonCategory:
    said = " ".join(words.casefold().replace("_", " ").replace("-", " ").split())
    known = {category.replace("_", " "): category for category in PersonCategory}
    found = known.get(said) or CATEGORY_WORDS.get(said)
    if found is None:
        raise _Unreadable("category", FaultReason.UNKNOWN_CATEGORY, value=words[:40], known=", ".join(known))
    return found


def _day(column: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise _Unreadable(column, FaultReason.NOT_A_DAY, value=text[:40]) from None


def _country(text: str) -> str:
    if not text or text.upper() in countries():
        return text.upper()
    found = country_named(text)
    if found is None:
        raise _Unreadable("nationality", FaultReason.UNKNOWN_COUNTRY, value=text[:40])
    return found.alpha2


def _contact(channel: ContactChannel, address: str) -> ContactValue:
    if isinstance(may_reach(channel, address), Refusal):
        raise _Unreadable(channel, FaultReason.NOT_REACHED_BY)
    return ContactValue(channel, address)


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody at the mission whom the loader may see."""

    id: str
    value: PersonValue


@dataclass(frozen=True, slots=True)
class Planned:
    """A row and whom it means. known: None for somebody new. principal: a person's id, or the line that adds him."""

    row: PersonRow
    known: Known | None
    principal: str | int = ""

    def value(self, principal_id: str) -> PersonValue:
        """What will be held: what the row says, and what it leaves empty as it was."""
        if self.known is None:
            return replace(self.row.value, principal_id=principal_id)
        said = {name: getattr(self.row.value, name) for name in self.row.said}
        if principal_id:
            said["principal_id"] = principal_id
        return replace(self.known.value, **said)


@dataclass(frozen=True, slots=True)
class Plan:
    """What loading a list will do, in the order of its lines, and the rows it leaves out."""

    rows: tuple[Planned, ...]
    faults: tuple[RowFault, ...]

    @property
    def fresh(self) -> int:
        return sum(one.known is None for one in self.rows)

    @property
    def met(self) -> int:
        return len(self.rows) - self.fresh


def plan(read: PeopleList, known: Sequence[Known]) -> Plan:
    """Whom each row means, among those known to the loader. Whoever is hidden from him is met by nothing here: his
    row is somebody new, and a person cleared for both merges the two."""
    by_key: dict[str, Known] = {}
    for someone in known:
        for key in (*keys_of(someone.value), f"name {plain(someone.value.name)} {someone.value.born or ''}"):
            by_key.setdefault(key, someone)
    principals: dict[str, str | int] = {}
    for row in read.rows:
        principals |= dict.fromkeys(_called(row.value), row.line)
    for someone in known:
        principals |= dict.fromkeys(_called(someone.value), someone.id)
    planned: list[Planned] = []
    faults = list(read.faults)
    for row in read.rows:
        principal = principals.get(plain(row.principal), "") if row.principal else ""
        if row.principal and (principal == "" or principal == row.line):
            said = (("value", row.principal[:60]),)
            faults.append(RowFault(row.line, "principal", FaultReason.PRINCIPAL_UNKNOWN, said))
            continue
        one = Planned(row, _meant(row, by_key), principal)
        held = one.value("")
        if held.arrived and held.departs and held.departs < held.arrived:
            faults.append(RowFault(row.line, "departs", FaultReason.DEPARTS_FIRST, (("value", str(held.departs)),)))
            continue
        planned.append(one)
    return _without_orphans(planned, faults)


def _meant(row: PersonRow, by_key: dict[str, Known]) -> Known | None:
    (key,) = keys_of(row.value)
    if key in by_key:
        return by_key[key]
    named = by_key.get(f"name {plain(row.value.name)} {row.value.born or ''}")
    # A number that was given to somebody after he was entered without one; two numbers are two people.
    return named if named and row.value.born and not named.value.staff_number else None


def _called(value: PersonValue) -> tuple[str, ...]:
    return tuple(plain(text) for text in (value.staff_number, value.name) if text)


def _without_orphans(planned: list[Planned], faults: list[RowFault]) -> Plan:
    """Rows whose principal stands on a line that is left out are left out too."""
    lines = {one.row.line for one in planned}
    kept = [one for one in planned if isinstance(one.principal, str) or one.principal in lines]
    for one in planned:
        if one not in kept:
            said = (("value", one.row.principal[:60]),)
            faults.append(RowFault(one.row.line, "principal", FaultReason.PRINCIPAL_UNKNOWN, said))
    return Plan(tuple(kept), tuple(sorted(faults, key=lambda fault: fault.line)))
