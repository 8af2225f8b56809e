"""Who is on call, and where does the roster have a hole?

The numbers are ours, argued beside each; a ministry changes them in one place.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.watch.events.roster import DutyKind

RULE = "roster"
AHEAD = timedelta(days=7)
"""How far ahead gaps are looked for: a week is enough to find somebody, and short enough that plans still hold."""
HAND_OVER = timedelta(minutes=30)
"""Two persons on one duty for so long are handing over; longer is double cover, where each trusts the other."""
LATE_ENTRY = timedelta(days=1)
"""Who took over last night may still be entered this morning; older turns are not written afterwards."""
MOST_SHIFTS = 400
"""In one plan: a year of daily turns, and some."""
LONGEST_REASON = 200
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DutyRule:
    """One kind of duty. longest: of one person without a break; rest: between two turns of one person."""

    headquarters: bool
    longest: timedelta
    rest: timedelta
    why: str

    @property
    def longest_h(self) -> int:
        return int(self.longest / timedelta(hours=1))

    @property
    def rest_h(self) -> int:
        return int(self.rest / timedelta(hours=1))


NO_REST = timedelta()

DUTIES: dict[DutyKind, DutyRule] = {
    # On call from home: the telephone rings seldom, but nobody goes without a free evening for longer.
    DutyKind.RSO_ON_CALL: DutyRule(False, timedelta(days=14), NO_REST, "on call from home; two weeks, then a free one"),
    # The emergency telephone rings at night: a week is what one bears beside the day's work.
    DutyKind.DUTY_OFFICER: DutyRule(False, timedelta(days=7), NO_REST, "woken at night; a week at a time"),
    # A deputy stands in for a whole absence, as a chargé does; a quarter, then the ministry should know of it.
    DutyKind.DEPUTY_HEAD: DutyRule(False, timedelta(days=92), NO_REST, "stands in for a whole absence"),
    # Awake: twelve hours, and eleven of rest between (the daily rest of Directive 2003/88/EC, article 3).
    DutyKind.WATCH_OFFICER: DutyRule(True, timedelta(hours=12), timedelta(hours=11), "awake; 12 hours, 11 of rest"),
    DutyKind.DUTY_DIRECTOR: DutyRule(True, timedelta(days=7), NO_REST, "woken at night; a week at a time"),
}


@dataclass(frozen=True, slots=True)
class Turn:
    """One person's turn on a duty, from `begins` up to but without `ends`; id empty while it is only planned."""

    duty: DutyKind
    who: str
    begins: datetime
    ends: datetime
    id: str = ""

    def covers(self, at: datetime) -> bool:
        return self.begins <= at < self.ends

    def overlaps(self, other: "Turn") -> bool:
        return self.begins < other.ends and other.begins < self.ends


@dataclass(frozen=True, slots=True)
class Away:
    """One person away, and who takes his turns; nobody where deputy is empty."""

    who: str
    begins: datetime
    ends: datetime
    deputy: str = ""


@dataclass(frozen=True, slots=True)
class OnCall:
    """Who is called. planned: whose turn it is, where a deputy takes it."""

    duty: DutyKind
    who: str
    planned: str
    begins: datetime
    ends: datetime


class GapKind(StrEnum):
    """What is wrong with a stretch of a roster."""

    UNCOVERED = "uncovered"  # no turn is planned
    AWAY = "away"  # the person is on leave or has no account, and no deputy takes the turn
    DOUBLE = "double"  # two persons, longer than a hand-over takes
    TOO_LONG = "too_long"  # one person without a break for longer than the duty allows
    SHORT_REST = "short_rest"  # too little rest between two turns of one person


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch of one duty where nobody, or the wrong one, would answer. who: the persons concerned."""

    kind: GapKind
    duty: DutyKind
    begins: datetime
    ends: datetime
    who: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """The same gap has the same key however often it is looked for."""
        return f"{self.duty}/{self.kind}/{self.begins:%Y%m%d%H%M}/{','.join(self.who)}"


def stands_in(who: str, leave: Iterable[Away], at: datetime) -> str:
    """Who takes this person's turn at `at`: himself, his deputy, the deputy's deputy; empty where nobody does."""
    known, asked = list(leave), {who}
    while who:
        away = next((one for one in known if one.who == who and one.begins <= at < one.ends), None)
        if away is None:
            return who
        who = away.deputy
        if who in asked:
            return ""
        asked.add(who)
    return ""


def on_call(turns: Iterable[Turn], leave: Iterable[Away], duty: DutyKind, at: datetime) -> OnCall | None:
    """Who is called on this duty at `at`: of two the one who came last, for he is taking over; None for a hole."""
    known = list(leave)
    own = [turn for turn in turns if turn.duty is duty and turn.covers(at)]
    for turn in sorted(own, key=lambda one: (one.begins, one.who), reverse=True):
        who = stands_in(turn.who, known, at)
        if who:
            return OnCall(duty, who, turn.who, turn.begins, turn.ends)
    return None


def manned(turn: Turn, leave: Sequence[Away]) -> list[Turn]:
    """The turn cut where leave begins or ends, each piece with who really takes it (empty for nobody)."""
    edges = {edge for one in leave for edge in (one.begins, one.ends) if turn.begins < edge < turn.ends}
    cuts = [turn.begins, *sorted(edges), turn.ends]
    pieces = [replace(turn, who=stands_in(turn.who, leave, a), begins=a, ends=b) for a, b in pairwise(cuts)]
    joined = pieces[:1]
    for piece in pieces[1:]:
        if piece.who == joined[-1].who:
            joined[-1] = replace(joined[-1], ends=piece.ends)
        else:
            joined.append(piece)
    return joined


def gaps(
    turns: Iterable[Turn], leave: Iterable[Away], duty: DutyKind, since: datetime, until: datetime
) -> tuple[Gap, ...]:
    """Everything wrong with one duty between `since` and `until`, by time."""
    own, away = sorted((t for t in turns if t.duty is duty), key=_by_time), list(leave)
    pieces = [(turn, piece) for turn in own for piece in manned(turn, away)]
    found = [
        *_uncovered(own, duty, since, until),
        *(Gap(GapKind.AWAY, duty, piece.begins, piece.ends, (turn.who,)) for turn, piece in pieces if not piece.who),
        *_double([piece for _, piece in pieces if piece.who]),
        *_tired([piece for _, piece in pieces if piece.who], DUTIES[duty]),
    ]
    inside = [gap for gap in found if gap.begins < until and gap.ends > since]
    return tuple(sorted(inside, key=lambda gap: (gap.begins, gap.kind, gap.who)))


def _by_time(turn: Turn) -> tuple[datetime, datetime, str]:
    return (turn.begins, turn.ends, turn.who)


def _uncovered(own: Sequence[Turn], duty: DutyKind, since: datetime, until: datetime) -> Iterator[Gap]:
    reached = since
    for turn in own:
        if turn.begins >= until:
            break
        if turn.begins > reached:
            yield Gap(GapKind.UNCOVERED, duty, reached, turn.begins)
        reached = max(reached, turn.ends)
    if reached < until:
        yield Gap(GapKind.UNCOVERED, duty, reached, until)


def _double(pieces: Sequence[Turn]) -> Iterator[Gap]:
    for n, one in enumerate(pieces):
        for other in pieces[n + 1 :]:
            begins, ends = max(one.begins, other.begins), min(one.ends, other.ends)
            if one.who != other.who and ends - begins > HAND_OVER:
                yield Gap(GapKind.DOUBLE, one.duty, begins, ends, tuple(sorted((one.who, other.who))))


def _tired(pieces: Sequence[Turn], rule: DutyRule) -> Iterator[Gap]:
    for who in sorted({piece.who for piece in pieces}):
        runs: list[Turn] = []
        for piece in (one for one in pieces if one.who == who):
            if runs and piece.begins <= runs[-1].ends:
                runs[-1] = replace(runs[-1], ends=max(runs[-1].ends, piece.ends))
            else:
                runs.append(piece)
        for run in runs:
            if run.ends - run.begins > rule.longest:
                yield Gap(GapKind.TOO_LONG, run.duty, run.begins, run.ends, (who,))
        for before, after in pairwise(runs):
            if after.begins - before.ends < rule.rest:
                yield Gap(GapKind.SHORT_REST, before.duty, before.ends, after.begins, (who,))


def rotation(
    duty: DutyKind, people: Sequence[str], begins: datetime, turn: timedelta, until: datetime
) -> tuple[Turn, ...]:
    """These persons in turn, each for `turn`, from `begins` until `until`; the last turn ends there."""
    found: list[Turn] = []
    at = begins
    while people and turn > timedelta() and at < until and len(found) <= MOST_SHIFTS:
        found.append(Turn(duty, people[len(found) % len(people)], at, min(at + turn, until)))
        at += turn
    return tuple(found)


def repeated(turns: Iterable[Turn], monday: datetime, weeks: int) -> tuple[Turn, ...]:
    """The turns that begin in the week of `monday`, again in each of the next `weeks`; where one stands, it stays."""
    known = list(turns)
    pattern = [turn for turn in known if monday <= turn.begins < monday + WEEK]
    copies = [
        replace(turn, begins=turn.begins + n * WEEK, ends=turn.ends + n * WEEK, id="")
        for n in range(1, weeks + 1)
        for turn in pattern
    ]
    return tuple(
        copy
        for copy in copies
        if not any(one.duty is copy.duty and one.overlaps(copy) and one.begins >= monday + WEEK for one in known)
    )


def may_plan(
    planned: Sequence[Turn], standing: Sequence[Turn], reachable: Iterable[str], *, headquarters: bool, now: datetime
) -> Decision:
    """A plan names persons whom an alarm can reach, for a duty of this place, and is not written afterwards."""
    known = set(reachable)
    if not planned:
        return Refusal("shift_missing", RULE)
    if len(planned) > MOST_SHIFTS:
        return Refusal("shifts_too_many", RULE, params={"most": str(MOST_SHIFTS)})
    for turn in planned:
        if DUTIES[turn.duty].headquarters is not headquarters:
            return Refusal("duty_kept_elsewhere", RULE, params={"duty": turn.duty.value})
        if turn.ends <= turn.begins:
            return Refusal("shift_ends_before_it_begins", RULE)
        if turn.begins < now - LATE_ENTRY:
            return Refusal("shift_in_the_past", RULE, params={"begins": f"{turn.begins:%d %b %Y %H:%M}"})
        if turn.who not in known:
            return Refusal("person_not_reachable", RULE)
        if any(one.who == turn.who and one.duty is turn.duty and one.overlaps(turn) for one in standing):
            return Refusal("shift_stands_already", RULE, params={"begins": f"{turn.begins:%d %b %Y %H:%M}"})
    return Grant(RULE)


def may_change(turn: Turn, *, cancelled: bool, reason: str, now: datetime) -> Decision:
    """A turn may be swapped or cancelled until it is over, with a reason."""
    if cancelled:
        return Refusal("shift_cancelled_already", RULE)
    if turn.ends <= now:
        return Refusal("shift_is_over", RULE)
    if not reason.strip():
        return Refusal("reason_missing", RULE)
    if len(reason) > LONGEST_REASON:
        return Refusal("reason_too_long", RULE, params={"longest": str(LONGEST_REASON)})
    return Grant(RULE)


def may_be_away(away: Away, reachable: Iterable[str], now: datetime) -> Decision:
    """Leave lies ahead, and whoever takes the turns is another person whom an alarm can reach."""
    known = set(reachable)
    if away.ends <= away.begins:
        return Refusal("shift_ends_before_it_begins", RULE)
    if away.ends <= now:
        return Refusal("leave_is_over", RULE)
    if away.who not in known or (away.deputy and away.deputy not in known):
        return Refusal("person_not_reachable", RULE)
    if away.deputy == away.who:
        return Refusal("deputy_to_oneself", RULE)
    return Grant(RULE)
