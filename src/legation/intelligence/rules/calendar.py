"""What happened on such days before, and is that more than on other days? Counts beside an honest base rate."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import numpy as np
from scipy.stats import poisson

from legation.foundations.decisions import Refusal
from legation.foundations.threats import ThreatClass
from legation.foundations.time import DAY_S, epoch_s
from legation.intelligence.events.calendar import DayKind, DayValue
from legation.intelligence.rules.signals import FloatArray, IntArray

RULE = "intelligence.calendar"
TITLE_CHARS_MAX, WHY_CHARS_MAX, DAYS_MAX = 200, 400, 62
RINGS_KM = (25.0, 100.0)

AROUND = timedelta(days=28)
"""Four weeks before and after: each weekday is in it as often, and the season is the same."""

UNUSUAL = 0.05
"""One ordinary day in twenty would show as many by chance; with thirty days on a page one or two will."""

THREATS_OF: dict[DayKind, tuple[ThreatClass, ...]] = {
    DayKind.PUBLIC_HOLIDAY: (ThreatClass.CRIME,),
    DayKind.RELIGIOUS_DAY: (ThreatClass.TERRORISM, ThreatClass.CIVIL_UNREST),
    DayKind.ELECTION: (ThreatClass.CIVIL_UNREST, ThreatClass.POLITICAL_INSTABILITY),
    DayKind.VERDICT: (ThreatClass.CIVIL_UNREST,),
    DayKind.ANNIVERSARY: (ThreatClass.TERRORISM, ThreatClass.CIVIL_UNREST),
    DayKind.STRIKE_CALL: (ThreatClass.CIVIL_UNREST,),
    DayKind.VISIT: (ThreatClass.TERRORISM, ThreatClass.ESPIONAGE),
    DayKind.OTHER_DAY: (),
}
"""What a day of a kind may touch where nobody says otherwise: empty streets, crowds, losers, memories, targets."""

WHY_OF: dict[DayKind, str] = {
    DayKind.PUBLIC_HOLIDAY: "offices and police on reduced staff, residences empty",
    DayKind.RELIGIOUS_DAY: "crowds at places of worship",
    DayKind.ELECTION: "results disputed in the days after",
    DayKind.VERDICT: "who loses goes to the street",
    DayKind.ANNIVERSARY: "the day itself is a message",
    DayKind.STRIKE_CALL: "roads closed, marches",
    DayKind.VISIT: "draws attention to where the visitor goes",
    DayKind.OTHER_DAY: "",
}


@dataclass(frozen=True, slots=True)
class Before:
    """What happened within a ring on such days in earlier years. expected: on as many ordinary days around them.

    chance: of at least so many on ordinary days, by Poisson. years: earlier years that are covered; 0: nothing known.
    """

    ring_km: float
    count: int
    expected: float
    years: int
    chance: float

    @property
    def unusual(self) -> bool:
        """More than ordinary days show by chance, as far as so few years can say."""
        return self.years > 0 and self.count >= 3 and self.chance < UNUSUAL


def earlier(first: date, last: date, since: date, named: Iterable[tuple[date, date]] = ()) -> list[tuple[date, date]]:
    """The same days in the years before, back to `since`; where the calendar itself has them (feasts that move), those.

    named: first and last of days of the same title. 29 February has only leap years before it.
    """
    moved = {start.year: (start, end) for start, end in named if since <= start < first}
    found = []
    for year in range(first.year - 1, since.year - 1, -1):
        if year in moved:
            found.append(moved[year])
            continue
        try:
            start = first.replace(year=year)
        except ValueError:
            continue
        if start >= since:
            found.append((start, start + (last - first)))
    return found


def before(
    days: Sequence[tuple[date, date]], start_s: IntArray, away_km: FloatArray, since: date, now: date
) -> tuple[Before, ...]:
    """By ring, what started on these days. start_s, away_km: (n,) of all that is known near, since `since`.

    Ordinary are the days within four weeks of each: a war of one year says nothing of another, nor a data set that
    begins late. A year of which nothing is known around the day is not counted as a quiet one.
    """
    return tuple(_within(ring, days, np.sort(start_s[away_km <= ring]), since, now) for ring in RINGS_KM)


def _within(ring: float, days: Sequence[tuple[date, date]], inside: IntArray, since: date, now: date) -> Before:
    count, expected, years = 0, 0.0, 0
    for first, last in days:
        low, high = max(since, first - AROUND), min(now, last + AROUND)
        own, length = _between(inside, first, last), (last - first).days + 1
        around, ordinary = _between(inside, low, high) - own, (high - low).days + 1 - length
        if ordinary <= 0 or not own + around:
            continue
        count, expected, years = count + own, expected + around / ordinary * length, years + 1
    chance = float(poisson.sf(count - 1, expected)) if count else 1.0
    return Before(ring, count, expected, years, chance)


def _between(sorted_s: IntArray, first: date, last: date) -> int:
    low, high = np.searchsorted(sorted_s, [_midnight(first), _midnight(last) + DAY_S])
    return int(high - low)


def _midnight(day: date) -> int:
    return epoch_s(datetime(day.year, day.month, day.day, tzinfo=UTC))


def refusal(value: DayValue) -> Refusal | None:
    """What keeps a day out of the calendar."""
    if not value.title.strip() or len(value.title) > TITLE_CHARS_MAX or len(value.why) > WHY_CHARS_MAX:
        return Refusal("day_title", RULE, params={"longest": str(TITLE_CHARS_MAX), "why": str(WHY_CHARS_MAX)})
    if not timedelta(0) <= value.last - value.first < timedelta(days=DAYS_MAX):
        return Refusal("day_range", RULE, params={"days": str(DAYS_MAX)})
    if value.country and (len(value.country) != 2 or not value.country.isascii() or not value.country.isupper()):
        return Refusal("actor_country", RULE, params={"country": value.country[:20]})
    known = {one.value for one in ThreatClass}
    if unknown := [threat for threat in value.threats if threat not in known]:
        return Refusal("day_threat", RULE, params={"threat": unknown[0][:30]})
    return None
