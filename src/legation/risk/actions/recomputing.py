"""When and how are the figures computed anew? Slow work first, without the write lock; then one act that stores it."""

from dataclasses import dataclass
from datetime import date, timedelta

from legation.foundations.markings import OPEN
from legation.platform import clock
from legation.platform.act import Context, act
from legation.platform.authority.actor import Authorised
from legation.platform.authority.markings import intern
from legation.platform.authority.resolve import House
from legation.platform.ledger import log
from legation.platform.writing import Urgency
from legation.risk.actions import figures
from legation.risk.events import RiskRecomputed
from legation.risk.models import Computed
from legation.risk.queries.inputs import Level, World, levels, says_more, world
from legation.risk.rules import backtest, outlook
from legation.risk.rules.outlook import ActivityFigure, Outlook

BACKTEST_EVERY = timedelta(days=7)
"""A score over two years of weekly origins changes by one origin a week."""
HEARD = (
    "intelligence.SignalsCollected/",
    "intelligence.ReportTyped/",
    "intelligence.StaffReported/",
    "intelligence.AsideRead/",
    "intelligence.ThreatGraded/",
    "intelligence.OccurrenceSplit/",
    "intelligence.OccurrencesMerged/",
    "missions.MissionRegistered/",
    "missions.MissionAmended/",
)
"""Facts after which the figures are out of date."""


@dataclass(frozen=True, slots=True)
class Recomputed:
    """What a recomputation did."""

    missions: int
    scenarios: int
    forecasts: int
    scored: int


@dataclass(frozen=True, slots=True, eq=False)
class Computation:
    """Everything computed at one level, ready to be stored. ahead and tried are None where they are still fresh."""

    level: Level
    at: World
    active: list[ActivityFigure]
    ahead: Outlook | None
    tried: dict[int, backtest.Trial] | None


def reforecast(house: Authorised[House]) -> Recomputed:
    """Compute rates, forecasts, their scores and all risks from what is known now, and store them in one act."""
    head, now = log.head(), clock.as_of()
    state = _state()
    new_day = state is None or state.day != now.date()
    due = state is None or state.backtested is None or now.date() - state.backtested >= BACKTEST_EVERY
    found: list[Computation] = []
    for level in levels():
        # Where what everyone may read is all there is, a second level would repeat the first.
        if found and not says_more(level.reader, now, len(found[0].at.known.id)):
            found.append(Computation(level, found[0].at, [], None, None))
            continue
        at = world(level.reader, now)
        # Activity counts what came today too: a report typed this morning moves the risk this morning.
        active = outlook.activities(at.places, at.happened, at.today + 1)
        ahead = outlook.outlook(at.places, at.happened, at.today) if new_day else None
        tried = outlook.trials(ahead) if ahead is not None and due and not level.number else None
        found.append(Computation(level, at, active, ahead, tried))
    return _store(house, found, head=head, day=now.date())


@act("risk.reforecast", urgency=Urgency.BATCH)
def _store(ctx: Context, house: House, found: list[Computation], *, head: int, day: date) -> Recomputed:
    """Put computed figures in place of the old ones; forecasts that were shown are kept and scored, never replaced."""
    forecasts = scored = 0
    for one in found:
        figures.keep_activities(one.active, one.at, one.level)
        if one.ahead is not None:
            scored += figures.score_past(one.ahead, one.at, one.level)
            forecasts += figures.keep_outlook(one.ahead, one.at, one.level)
            figures.keep_rates(one.ahead, one.at, one.level)
            if one.tried is not None:
                figures.keep_scores(one.ahead, one.tried, one.at, one.level)
    scenarios = figures.project(None, ctx.now)
    state = _state() or Computed(marking_id=intern(OPEN))
    state.entry, state.day, state.at = head, day, ctx.now
    if any(one.tried is not None for one in found):
        state.backtested = day
    state.save()
    done = Recomputed(len(found[0].at.seen), scenarios, forecasts, scored)
    ctx.announce(RiskRecomputed(done.missions, done.scenarios, done.forecasts, done.scored))
    return done


def _state() -> Computed | None:
    return Computed.objects.order_by("pk").first()


def is_stale() -> bool:
    """Has a day begun, or has anything been recorded that changes a figure, since they were computed?"""
    state = _state()
    now = clock.as_of()
    if state is None or state.day is None or state.day != now.date():
        return True
    return bool(log.entries_after(state.entry, facts=HEARD, limit=1))
