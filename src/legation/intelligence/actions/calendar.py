"""What is done with the forward calendar: days entered, lists loaded, days struck."""

from collections.abc import Sequence

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.markings import OPEN, Marking
from legation.intelligence.events.calendar import DayEntered, DaysLoaded, DayStruck, DayValue
from legation.intelligence.models.calendar import CalendarDay
from legation.intelligence.rules import calendar as rules
from legation.missions import published as missions
from legation.platform.act import Context, act
from legation.platform.authority.resolve import House

LOADED_MAX = 2_000
"""Days of one list: ten countries for five years are a thousand."""


@act("intelligence.enter_day")
def enter_day(
    ctx: Context, house: House, value: DayValue, *, mission: str = "", marking: Marking = OPEN
) -> CalendarDay:
    """Put a day into the calendar; at one mission where it is named. Raises Refused, and NotVisible for the mission."""
    if lacking := rules.refusal(value):
        raise Refused(lacking)
    if not ctx.actor.clearance.covers(marking):
        raise Refused(Refusal("grading_marking", rules.RULE))
    if CalendarDay.objects.filter(external_id=value.external_id).exists():
        raise Refused(Refusal("day_known", rules.RULE, params={"title": value.title}))
    key = str(missions.mission(ctx.actor, mission).id) if mission else None
    row = _row(ctx, value, marking)
    row.mission_id = key
    return ctx.write(row, DayEntered(value.kind))


@act("intelligence.load_days")
def load_days(ctx: Context, house: House, values: Sequence[DayValue], *, file: str, set_aside: int) -> DaysLoaded:
    """Load a list of days. What is in the calendar already is left as it is. Raises Refused for the first bad day."""
    if len(values) > LOADED_MAX:
        raise Refused(Refusal("day_many", rules.RULE, params={"most": str(LOADED_MAX), "found": str(len(values))}))
    for value in values:
        if lacking := rules.refusal(value):
            raise Refused(lacking)
    wanted = {value.external_id: value for value in values}
    known = set(CalendarDay.objects.filter(external_id__in=list(wanted)).values_list("external_id", flat=True))
    rows = [_row(ctx, value, OPEN) for key, value in wanted.items() if key not in known]
    fact = DaysLoaded(file[:200], len(rows), len(values) - len(rows), set_aside)
    if rows:
        ctx.write_many(rows, fact)
    return fact


@act("intelligence.strike_day")
def strike_day(ctx: Context, row: CalendarDay, *, reason: str) -> None:
    """Take a day out of the calendar. Raises Refused without a reason."""
    if not reason.strip() or len(reason) > rules.WHY_CHARS_MAX:
        raise Refused(Refusal("reason_wanted", rules.RULE, params={"longest": str(rules.WHY_CHARS_MAX)}))
    ctx.delete(row, DayStruck(reason.strip()))


def _row(ctx: Context, value: DayValue, marking: Marking) -> CalendarDay:
    said = {name: getattr(value, name) for name in DayValue.__slots__}
    return CalendarDay(id=ctx.new_id(), marking_id=ctx.marking_id(marking), **said | {"threats": list(value.threats)})
