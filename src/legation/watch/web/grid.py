"""How is a week of a roster laid out? Duties down, days across; each turn and each gap in the day it touches."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from legation.watch.events.roster import DutyKind
from legation.watch.queries.roster import Roster
from legation.watch.rules.roster import DUTIES, WEEK, Gap, GapKind, Turn, stands_in

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Block:
    """A turn in one day's cell. hours: as they touch this day; instead: who really takes it, where a deputy does."""

    key: str
    hours: str
    name: str
    instead: str
    now: bool


@dataclass(frozen=True, slots=True)
class Hole:
    """A gap in one day's cell."""

    kind: GapKind
    hours: str
    names: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One day of one duty."""

    day: datetime
    blocks: list[Block]
    holes: list[Hole]


@dataclass(frozen=True, slots=True)
class Row:
    """One duty over the week. kept: gaps are looked for."""

    duty: DutyKind
    kept: bool
    cells: list[Cell]


def monday_of(at: datetime) -> datetime:
    """Midnight of the Monday of this week, UTC."""
    day = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=day.weekday())


def week(roster: Roster, monday: datetime, now: datetime) -> list[Row]:
    """The duties of this place over seven days from `monday`."""
    names, gaps = roster.names, roster.gaps(monday, monday + WEEK)
    kept = {one.duty for one in roster.kept}
    days = [monday + n * DAY for n in range(7)]
    rows = []
    for duty, rule in DUTIES.items():
        if rule.headquarters is (roster.place is None):
            turns = [turn for turn in roster.turns if turn.duty is duty]
            own = [gap for gap in gaps if gap.duty is duty]
            cells = [Cell(day, _blocks(turns, roster, names, day, now), _holes(own, names, day)) for day in days]
            rows.append(Row(duty, duty.value in kept, cells))
    return rows


def _blocks(turns: list[Turn], roster: Roster, names: dict[str, str], day: datetime, now: datetime) -> list[Block]:
    found = []
    for turn in sorted((t for t in turns if t.begins < day + DAY and t.ends > day), key=lambda t: t.begins):
        really = stands_in(turn.who, roster.leave, max(turn.begins, day))
        found.append(
            Block(
                turn.id,
                hours(turn.begins, turn.ends, day),
                names.get(turn.who, turn.who),
                names.get(really, "") if really != turn.who else "",
                turn.covers(now) and day <= now < day + DAY,
            )
        )
    return found


def _holes(gaps: list[Gap], names: dict[str, str], day: datetime) -> list[Hole]:
    inside = [gap for gap in gaps if gap.begins < day + DAY and gap.ends > day]
    return [
        Hole(gap.kind, hours(gap.begins, gap.ends, day), ", ".join(names.get(w, "?") for w in gap.who))
        for gap in inside
    ]


def hours(begins: datetime, ends: datetime, day: datetime) -> str:
    """The part of a stretch that lies in this day, as `08:00–20:00`; empty where it is the whole day."""
    first, last = max(begins, day), min(ends, day + DAY)
    if (first, last) == (day, day + DAY):
        return ""
    return f"{first:%H:%M}–{'24:00' if last == day + DAY else f'{last:%H:%M}'}"
