"""Which days does a list name? Tables of public holidays, and iCalendar files that anybody may have written.

iCalendar: RFC 5545, by the package icalendar, one event at a time. A rule of repetition is never unrolled: each day of
the window is asked whether the rule names it, so a rule that never ends costs no more than one that does.
"""

import csv
import hashlib
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from icalendar import Event

from legation.intelligence.events.calendar import DayKind, DayValue
from legation.intelligence.links import reasons
from legation.intelligence.links.encodings import plain
from legation.intelligence.rules import calendar as rules
from legation.intelligence.rules.signals import Quarantined

BYTES_MAX, EVENTS_MAX, EVENT_BYTES_MAX, RULES_MAX = 4_000_000, 5_000, 64_000, 500
WINDOW_BEFORE, WINDOW_AFTER = timedelta(days=400), timedelta(days=800)
"""A year behind, to count what happened then, and two ahead; what lies outside is no forward calendar."""

RELIGIOUS = re.compile(
    r"eid|ashura|mawlid|prophet|ramadan|christmas|easter|good friday|epiphany|pentecost|ascension|assumption|saint|"
    r"vesak|buddha|waso|thadingyut|diwali|deepavali|holi\b|corpus|immaculate|all souls|dead|virgin|miraj|hijri|islamic",
    re.IGNORECASE,
)
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_UNDERSTOOD = {"FREQ", "INTERVAL", "UNTIL", "COUNT", "BYMONTH", "BYMONTHDAY", "BYDAY", "WKST"}
COUNTED_FROM = timedelta(days=3_700)


@dataclass(slots=True)
class Days:
    """What a list gave: each item is a day or put aside. outside: items of other countries or times, left out."""

    values: list[DayValue] = field(default_factory=list)
    aside: list[Quarantined] = field(default_factory=list)
    outside: int = 0


class _NotOurs(ValueError):
    """An event that is not taken; the code and params of links/reasons."""

    def __init__(self, reason: str, **params: str) -> None:
        super().__init__(reason)
        self.reason, self.params = reason, params


def read(data: bytes, name: str, today: date, *, countries: Iterable[str] = (), country: str = "") -> Days:
    """A table of holidays (only of `countries`, all where none is named) or an iCalendar file (for one country)."""
    if len(data) > BYTES_MAX:
        return Days(aside=[Quarantined("file", "too_large", {"limit": str(BYTES_MAX)}, data[:1000])])
    text = plain(data)
    if b"BEGIN:VCALENDAR" in text[:1000].upper():
        return _calendar(text, name, today, country)
    return _holidays(text, name, today, frozenset(countries))


def from_path(path: Path, today: date, countries: Sequence[str]) -> Days:
    """read of a file; an iCalendar is of the country named, where one is."""
    only = countries[0] if len(countries) == 1 else ""
    return read(path.read_bytes(), path.name, today, countries=countries, country=only)


def _holidays(text: bytes, name: str, today: date, countries: frozenset[str]) -> Days:
    found = Days()
    lines = text.decode("utf-8", "replace").splitlines()
    if not lines or [part.strip() for part in lines[0].split(",")][:3] != ["iso2", "date", "holiday"]:
        return Days(aside=[Quarantined("file", "header", {"missing": "iso2, date, holiday"}, text[:1000])])
    for number, row in enumerate(csv.reader(io.StringIO("\n".join(lines[1:]))), start=2):
        if countries and row and row[0] not in countries:
            found.outside += 1
            continue
        try:
            value = _holiday(row, name)
        except (ValueError, IndexError):
            said = ",".join(row)
            params = {"field": "date", "value": said[:40]}
            found.aside.append(Quarantined(f"line {number}", "bad_time", params, said.encode()))
            continue
        if _in_window(value.first, today):
            found.values.append(value)
        else:
            found.outside += 1
    return found


def _holiday(row: list[str], name: str) -> DayValue:
    code, said, title = row[0], row[1], row[2].strip()
    day = date.fromisoformat(said)
    kind = DayKind.RELIGIOUS_DAY if RELIGIOUS.search(title) else DayKind.PUBLIC_HOLIDAY
    estimated = len(row) > 3 and row[3].strip() == "True"
    return _value(title, kind, day, day, code, name, f"{code} {said} {title}", estimated=estimated)


def _value(
    title: str, kind: DayKind, first: date, last: date, country: str, source: str, same: str, *, estimated: bool = False
) -> DayValue:
    value = DayValue(
        title=_shown(title)[: rules.TITLE_CHARS_MAX],
        kind=kind,
        first=first,
        last=last,
        country=country,
        threats=tuple(one.value for one in rules.THREATS_OF[kind]),
        why=rules.WHY_OF[kind],
        source=_shown(source)[:200],
        external_id=hashlib.sha256(same.encode("utf-8", "surrogatepass")).hexdigest(),
        estimated=estimated,
    )
    if (lacking := rules.refusal(value)) is not None:
        raise ValueError(lacking.reason)
    return value


def _shown(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text).strip()


def _in_window(day: date, today: date) -> bool:
    return today - WINDOW_BEFORE <= day <= today + WINDOW_AFTER


def _blocks(text: bytes) -> Iterator[bytes]:
    """The bytes of each event, line by line: one that does not end is given up where the next begins, at one look."""
    block: list[bytes] | None = None
    for line in text.splitlines(keepends=True):
        word = line.strip().upper()
        if word == b"BEGIN:VEVENT":
            if block:
                yield b"".join(block)
            block = [line]
        elif block is not None:
            block.append(line)
            if word == b"END:VEVENT":
                yield b"".join(block)
                block = None
    if block:
        yield b"".join(block)


def _calendar(text: bytes, name: str, today: date, country: str) -> Days:
    found, ruled = Days(), 0
    for number, raw in enumerate(_blocks(text), start=1):
        where = f"event {number}"
        if number > EVENTS_MAX:
            found.aside.append(Quarantined("file", "too_large", {"limit": f"{EVENTS_MAX} events"}, text[:1000]))
            break
        try:
            ruled += b"RRULE" in raw.upper()
            if len(raw) > EVENT_BYTES_MAX or ruled > RULES_MAX:
                raise _NotOurs("too_large", limit=str(EVENT_BYTES_MAX if len(raw) > EVENT_BYTES_MAX else RULES_MAX))
            if b"END:VEVENT" not in raw.upper():
                raise _NotOurs("missing", field="END:VEVENT")
            values = list(_event(raw, name, today, country))
        except _NotOurs as why:
            found.aside.append(Quarantined(where, why.reason, why.params, raw))
        except Exception as error:  # noqa: BLE001  # the package raises what it likes at hostile bytes; one item falls
            found.aside.append(Quarantined(where, "unexpected", {"detail": f"{type(error).__name__}"}, raw))
        else:
            found.values += values
            found.outside += not values
    if not found.values and not found.aside and not found.outside:
        found.aside.append(Quarantined("file", "no_items", {"name": name}, text[:1000]))
    return found


def _event(raw: bytes, name: str, today: date, country: str) -> Iterator[DayValue]:
    event: Any = Event.from_ical(raw)  # what a property is depends on bytes that anybody wrote: checked at each use
    if "DTSTART" not in event:
        raise _NotOurs("missing", field="DTSTART")
    title = str(event.get("SUMMARY", "")).strip()
    if not title:
        raise _NotOurs("missing", field="SUMMARY")
    if any(word in event for word in ("RDATE", "EXRULE")):
        raise _NotOurs("calendar_rule", rule="RDATE or EXRULE")
    first = _day(event["DTSTART"].dt)
    last = _last(event, first)
    kind = _kind(title, str(event.get("CATEGORIES", "")))
    same = f"{event.get('UID', title)}"
    for day in _days(event, first, today):
        if _in_window(day, today):
            yield _value(title, kind, day, day + (last - first), country, name, f"{same} {day} {country}")


def _day(value: object) -> date:
    """The local day that the file names; its time zone, known or not, does not move it."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    raise _NotOurs("bad_time", field="DTSTART", value=str(value)[:40])


def _last(event: Any, first: date) -> date:
    if "DTEND" not in event:
        return first
    end = event["DTEND"].dt
    last = _day(end)
    if not isinstance(end, datetime) or (end.hour, end.minute) == (0, 0):
        last -= timedelta(days=1)  # the end of RFC 5545 is the first moment that is not in it
    if last < first:
        last = first
    if (last - first).days >= rules.DAYS_MAX:
        raise _NotOurs("bad_value", field="DTEND", value=str(last), wanted=f"within {rules.DAYS_MAX} days")
    return last


def _kind(title: str, categories: str) -> DayKind:
    said = f"{title} {categories}".casefold()
    for words, kind in (
        (("election", "referendum", "poll", "elección", "élection", "انتخاب"), DayKind.ELECTION),
        (("verdict", "ruling", "sentenc", "judgment"), DayKind.VERDICT),
        (("strike", "march", "protest", "huelga", "grève", "إضراب"), DayKind.STRIKE_CALL),
        (("anniversary", "aniversario", "ذكرى"), DayKind.ANNIVERSARY),
        (("visit", "summit"), DayKind.VISIT),
        (("holiday", "feriado"), DayKind.PUBLIC_HOLIDAY),
    ):
        if any(word in said for word in words):
            return kind
    return DayKind.RELIGIOUS_DAY if RELIGIOUS.search(title) else DayKind.OTHER_DAY


def _days(event: Any, first: date, today: date) -> Iterator[date]:
    """The day itself, or the days of the window that its rule names."""
    if "RRULE" not in event:
        yield first
        return
    rule = event["RRULE"]
    if isinstance(rule, list) or set(rule) - _UNDERSTOOD or ("BYDAY" in rule and _of_the_year(rule)):
        raise _NotOurs("calendar_rule", rule=rule.to_ical().decode()[:60] if not isinstance(rule, list) else "several")
    wanted = _Rule.of(rule, first)
    skipped = {_day(one.dt) for part in _listed(event.get("EXDATE")) for one in part.dts}
    day = first if wanted.count else max(first, today - WINDOW_BEFORE)
    if wanted.count and today - first > COUNTED_FROM:
        raise _NotOurs("calendar_rule", rule="COUNT from more than ten years ago")
    seen, end = 0, min(wanted.until, today + WINDOW_AFTER)
    while day <= end and (not wanted.count or seen < wanted.count):
        if wanted.names(day):
            seen += 1
            if day not in skipped:
                yield day
        day += timedelta(days=1)


def _of_the_year(rule: Any) -> bool:
    """True for weekdays counted through a year, which no calendar of holidays does."""
    return str(rule.get("FREQ", [""])[0]).upper() == "YEARLY" and "BYMONTH" not in rule


def _listed[T](value: T | list[T] | None) -> list[T]:
    return value if isinstance(value, list) else [] if value is None else [value]


@dataclass(frozen=True, slots=True)
class _Rule:
    """The part of RFC 5545's rules that calendars of holidays use."""

    first: date
    freq: str
    interval: int
    until: date
    count: int
    months: frozenset[int]
    month_days: frozenset[int]
    week_days: tuple[tuple[int, int], ...]  # ordinal in the month (0 = every), weekday

    @classmethod
    def of(cls, rule: dict[str, list[object]], first: date) -> "_Rule":
        """Raises _NotOurs for a frequency below a day or figures that cannot be."""

        def number(name: str, default: int, most: int) -> int:
            value = int(str(rule.get(name, [default])[0]))
            if not 0 <= value <= most:
                raise _NotOurs("calendar_rule", rule=f"{name}={value}"[:60])
            return value

        freq = str(rule.get("FREQ", [""])[0]).upper()
        if freq not in {"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}:
            raise _NotOurs("calendar_rule", rule=f"FREQ={freq}"[:60])
        until = rule.get("UNTIL")
        return cls(
            first,
            freq,
            max(1, number("INTERVAL", 1, 1000)),
            _day(until[0]) if until else date.max,
            number("COUNT", 0, 100_000),
            frozenset(int(str(m)) for m in rule.get("BYMONTH", [])),
            frozenset(int(str(d)) for d in rule.get("BYMONTHDAY", [])),
            tuple(_weekday(str(d)) for d in rule.get("BYDAY", [])),
        )

    def names(self, day: date) -> bool:
        """True where the rule repeats on this day."""
        if day < self.first or (self.months and day.month not in self.months):
            return False
        match self.freq:
            case "DAILY":
                return (day - self.first).days % self.interval == 0 and self._fits(day)
            case "WEEKLY":
                monday = self.first - timedelta(days=self.first.weekday())
                in_turn = (day - monday).days // 7 % self.interval == 0
                return in_turn and (self._fits(day) if self.week_days else day.weekday() == self.first.weekday())
            case "MONTHLY":
                months = (day.year - self.first.year) * 12 + day.month - self.first.month
                return months % self.interval == 0 and self._in_month(day)
            case _:
                fits = self.months or self.month_days or self.week_days or day.month == self.first.month
                return (day.year - self.first.year) % self.interval == 0 and bool(fits) and self._in_month(day)

    def _in_month(self, day: date) -> bool:
        if self.week_days or self.month_days:
            return self._fits(day)
        return day.day == self.first.day

    def _fits(self, day: date) -> bool:
        after = (date(day.year + day.month // 12, day.month % 12 + 1, 1) - day).days - 1 if day.year < 9999 else 0
        if self.month_days and not {day.day, -after - 1} & self.month_days:
            return False
        nth, last = (day.day - 1) // 7 + 1, -(after // 7) - 1
        return not self.week_days or any(day.weekday() == d and n in (0, nth, last) for n, d in self.week_days)


def _weekday(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", text.upper())
    if match is None:
        raise _NotOurs("calendar_rule", rule=f"BYDAY={text}"[:60])
    return int(match.group(1) or 0), _DAYS.index(match.group(2))


def told(one: Quarantined) -> tuple[str, str, str]:
    """Where, why and what to do, for who loaded the list."""
    return one.where, reasons.sentence(one.reason, one.params), reasons.advice(one.reason, one.params)
