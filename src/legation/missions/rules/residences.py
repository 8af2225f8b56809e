"""Does a residence meet the minimum standard, and may somebody move in?

The standard is one table, argued beside each line. It is the house's own, for places of ordinary crime; a ministry with
a stricter one changes the table. Points are beside the scale of the risk room, where a vulnerability judged low is 8.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.threats import ThreatClass
from legation.missions.events.residences import Answer, Found, Waived

RULE = "residence"
LONGEST_NOTE = 400


@dataclass(frozen=True, slots=True)
class Criterion:
    """One line of the standard. must: nobody moves in while it fails; points: what it weighs while it fails."""

    code: str
    asks: str
    must: bool
    points: float
    why: str


STANDARD: tuple[Criterion, ...] = (
    Criterion("door", "Solid or metal outer doors, frames anchored in the wall", True, 2, "most burglars use the door"),
    Criterion("locks", "New locks for each tenant, deadbolts on outer doors", True, 2, "old keys are out there"),
    Criterion("windows", "Grilles or locks on all windows within reach", True, 2, "the second way in"),
    Criterion("fire_exit", "A second way out; grilles open from inside, no key", True, 2, "grilles kill in a fire"),
    Criterion("smoke", "Smoke alarms on each floor", True, 1, "fire kills more at post than attackers"),
    Criterion("alarm", "Alarm or panic button that reaches a guard force", True, 2, "help must be called at all"),
    Criterion("safe_room", "A room to lock oneself in, with a way to call", True, 2, "time until help comes"),
    Criterion("lighting", "Light on entrances and parking, all night", False, 1, "who waits in the dark is not seen"),
    Criterion("access", "A wall, gate or door-keeper between street and door", False, 1, "the first line"),
    Criterion("parking", "Parking off the street", False, 1, "cars are tampered with and people taken at them"),
    Criterion("neighbours", "No target next door: ministry, police, party office", False, 1, "meant for them, hits us"),
    Criterion("distance", "Within 30 minutes of the mission by two ways", False, 1, "help and work both travel it"),
    Criterion("patrol", "A patrol passes and is recorded each night", False, 1, "what is watched is left alone"),
    Criterion("floor", "Second to sixth floor, or a house of its own", False, 1, "ladders of fire services"),
)
BY_CODE = {one.code: one for one in STANDARD}

SURVEY_HOLDS = timedelta(days=365)
"""Tenants, neighbours and locks change within a year."""
WAIVER_AT_MOST = timedelta(days=180)
"""What is borne with longer than half a year is a decision against the standard, not a delay."""
LAPSED_POINTS = 3.0
"""A place nobody has looked at for a year: a weak door's worth and a half."""
THREAT = ThreatClass.CRIME
"""The standard is written against burglars and robbers; what else it helps against is judged in the risk room."""


def may_survey(found: Sequence[Found]) -> Decision:
    """A survey answers every line of the standard, once, and says where a line that fails falls short."""
    codes = [one.criterion for one in found]
    if sorted(codes) != sorted(BY_CODE):
        return Refusal("survey_incomplete", RULE, params={"lines": ", ".join(sorted(set(BY_CODE) - set(codes))) or "–"})
    for one in found:
        if one.answer is Answer.NOT_MET and not one.note.strip():
            return Refusal("hole_without_note", RULE, params={"criterion": one.criterion})
        if len(one.note) > LONGEST_NOTE:
            return Refusal("custody_reason_too_long", RULE, params={"longest": str(LONGEST_NOTE)})
    return Grant(RULE)


def holes(found: Iterable[Found]) -> tuple[Criterion, ...]:
    """The lines of the standard that fail, in the order of the table."""
    failed = {one.criterion for one in found if one.answer is Answer.NOT_MET}
    return tuple(one for one in STANDARD if one.code in failed)


def open_musts(found: Iterable[Found], waived: Iterable[Waived], now: datetime) -> tuple[Criterion, ...]:
    """Musts that fail and that no waiver covers today."""
    borne = {one.criterion for one in waived if now < one.until}
    return tuple(one for one in holes(found) if one.must and one.code not in borne)


def may_move_in(
    found: Sequence[Found], waived: Sequence[Waived], survey_until: datetime | None, now: datetime, *, lives_there: bool
) -> Decision:
    """Nobody moves into a place without a survey that holds, or while a must fails that nobody waived."""
    if lives_there:
        return Refusal("lives_there_already", RULE)
    if survey_until is None:
        return Refusal("not_surveyed", RULE)
    if survey_until <= now:
        return Refusal("survey_is_over", RULE, params={"until": f"{survey_until:%d %b %Y}"})
    if failing := open_musts(found, waived, now):
        return Refusal("musts_fail", RULE, params={"criteria": "; ".join(one.asks for one in failing)})
    return Grant(RULE)


def may_waive(found: Sequence[Found], code: str, measure: str, until: datetime, now: datetime) -> Decision:
    """A waiver is for a must that fails, says what compensates, and ends within half a year."""
    if code not in {one.code for one in holes(found) if one.must}:
        return Refusal("residence_nothing_to_waive", RULE)
    if not measure.strip() or len(measure) > LONGEST_NOTE:
        return Refusal("residence_waiver_without_measure", RULE, params={"longest": str(LONGEST_NOTE)})
    if not now < until <= now + WAIVER_AT_MOST:
        return Refusal("residence_waiver_too_long", RULE, params={"days": str(WAIVER_AT_MOST.days)})
    return Grant(RULE)


def next_look(survey_until: datetime | None, waived: Iterable[Waived], now: datetime) -> datetime | None:
    """The next day on which something that somebody relies on ends: the survey, or a waiver."""
    ends = [one.until for one in waived if now < one.until]
    if survey_until is not None and now < survey_until:
        ends.append(survey_until)
    return min(ends, default=None)


def weight(
    found: Iterable[Found], waived: Sequence[Waived], survey_until: datetime | None, now: datetime, *, residents: int
) -> float:
    """Points of vulnerability while somebody lives there: half for what a measure compensates, 0 where nobody lives."""
    if not residents:
        return 0.0
    borne = {one.criterion for one in waived if now < one.until}
    points = sum(one.points * (0.5 if one.code in borne else 1.0) for one in holes(found))
    return points + (LAPSED_POINTS if survey_until is None or survey_until <= now else 0.0)
