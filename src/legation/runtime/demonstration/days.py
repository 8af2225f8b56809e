"""Which days lie ahead in the demonstration's world? Its countries' holidays, and one election, typed."""

import gzip
from datetime import date

from legation.intelligence.actions.calendar import enter_day, load_days
from legation.intelligence.events.calendar import DayKind, DayValue
from legation.intelligence.links import calendars
from legation.intelligence.models import CalendarDay
from legation.intelligence.rules.calendar import THREATS_OF
from legation.platform import clock
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim_house
from legation.runtime.demonstration import records

ELECTION = DayValue(
    title="General election (Mexico)",
    kind=DayKind.ELECTION,
    first=date(2018, 7, 1),
    last=date(2018, 7, 1),
    country="MX",
    threats=tuple(one.value for one in THREATS_OF[DayKind.ELECTION]),
    why="Demonstration judgement: candidates were attacked during the campaign",
    source="Instituto Nacional Electoral",
    external_id="demonstration-election-mx-2018",
)


def fill() -> int:
    """Load the shipped holidays and type the election. Returns how many days stand in the calendar."""
    local = service(ServiceAccount.LOCAL)
    if not CalendarDay.objects.visible_to(local).exists():
        table = gzip.decompress(records.read("public_holidays.csv.gz"))
        found = calendars.read(table, "Public holidays (holidays 0.109)", clock.as_of().date())
        load_days(claim_house("intelligence.load_days", local), found.values, file="public_holidays.csv", set_aside=0)
        enter_day(claim_house("intelligence.enter_day", local), ELECTION)
    return CalendarDay.objects.visible_to(local).count()
