"""May this be planned so, what must be seen to beforehand, and when are the guests' names forgotten?"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.missions.events.occasions import GuestValue, RunLine

RULE = "occasion"
MOST_GUESTS = 2000
LONGEST_LIST = 200
RETENTION_AT_MOST = 90
"""Days. A list of who was in the house serves until the last complaint of the evening; a quarter is generous."""
_AT = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")


@dataclass(frozen=True, slots=True)
class AdvanceLine:
    """One thing to see to before the day, and why."""

    code: str
    asks: str
    why: str


ADVANCE: tuple[AdvanceLine, ...] = (
    AdvanceLine("place_walked", "The place was walked, at the hour of the day", "light and traffic differ"),
    AdvanceLine("ways", "Two ways there and two away were driven", "the first is blocked when it matters"),
    AdvanceLine("entrances", "Entrances, exits and who holds them", "guests, staff and supplies come apart"),
    AdvanceLine("shelter", "Where the principal is taken, and who takes him", "nobody decides it in the moment"),
    AdvanceLine("medical", "Nearest hospital that is ready, and the way to it", "minutes decide"),
    AdvanceLine("screening", "Who is let in, and what is looked at", "the list is only as good as the door"),
    AdvanceLine("protection", "Protection team named, briefed, and in touch", "one channel, one voice"),
    AdvanceLine("host_state", "Host-state police asked, and their answer known", "the duty to protect is theirs"),
)
CODES = frozenset(one.code for one in ADVANCE)


def may_plan(title: str, place: str, begins: datetime, ends: datetime, now: datetime, retention_days: int) -> Decision:
    """It has a title and a place, lies ahead, ends after it begins, and its names are forgotten in time."""
    if not title.strip() or not place.strip():
        return Refusal("occasion_unnamed", RULE)
    if not now < begins < ends or ends - begins > timedelta(days=14):
        return Refusal("occasion_times", RULE)
    if not 1 <= retention_days <= RETENTION_AT_MOST:
        return Refusal("retention_out_of_range", RULE, params={"longest": str(RETENTION_AT_MOST)})
    return Grant(RULE)


def run_sheet(text: str) -> tuple[RunLine, ...]:
    """Lines written as `19:30 | what | who`, in order of time. Raises ValueError that names the line at fault."""
    found = []
    for number, line in enumerate(filter(str.strip, text.splitlines()), 1):
        at, _, rest = line.partition("|")
        what, _, who = rest.partition("|")
        clock = _AT.fullmatch(at.strip())
        if clock is None or not what.strip():
            raise ValueError(f"line {number}: write it as 19:30 | what happens | who")
        found.append(RunLine(f"{int(clock[1]):02d}:{clock[2]}", what.strip()[:200], who.strip()[:120]))
    if len(found) > LONGEST_LIST:
        raise ValueError(f"a run-sheet has at most {LONGEST_LIST} lines")
    return tuple(sorted(found, key=lambda one: one.at))


def guest_list(text: str) -> tuple[GuestValue, ...]:
    """Guests written as `name ; office`, a line each; who is named twice alike is one guest."""
    seen: dict[GuestValue, None] = {}
    for line in filter(str.strip, text.splitlines()):
        name, _, office = line.partition(";")
        if name.strip():
            seen[GuestValue(name.strip()[:120], office.strip()[:120])] = None
    return tuple(seen)


def may_list(fresh: int, standing: int, *, forgotten: bool) -> Decision:
    """Guests are added while their names may be kept, and not without end."""
    if forgotten:
        return Refusal("guests_forgotten", RULE)
    if not fresh:
        return Refusal("no_guest_named", RULE)
    if fresh + standing > MOST_GUESTS:
        return Refusal("too_many_guests", RULE, params={"most": str(MOST_GUESTS)})
    return Grant(RULE)


def may_tick(code: str, ticked: Iterable[str]) -> Decision:
    """A line of the advance survey is ticked once."""
    if code not in CODES or code in set(ticked):
        return Refusal("nothing_to_tick", RULE)
    return Grant(RULE)


def forget_at(ends: datetime, retention_days: int) -> datetime:
    """When the names go."""
    return ends + timedelta(days=retention_days)
