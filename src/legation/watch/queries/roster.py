"""Who is on call at a place, and what does its roster look like to this actor?

A place is a mission's id, or None for the headquarters desk.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from legation.foundations.markings import Classification, Marking, Tlp
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.actors import names_of, people_who_may
from legation.platform.records import MarkedQuerySet
from legation.watch.events.roster import DutyKind
from legation.watch.models.roster import KeptDuty, Leave, Shift
from legation.watch.rules import roster as rules
from legation.watch.rules.roster import Away, Gap, OnCall, Turn

MARKING = Marking(Classification.RESTRICTED, Tlp.AMBER)
"""When nobody watches is what an attacker would like to know."""
BEHIND = timedelta(days=100)
"""Longer than any turn may last: what began earlier no longer tells whether a gap stands."""


@dataclass(frozen=True, slots=True)
class Roster:
    """The roster of one place as the rules read it. reachable: operators whom an alarm can reach, with names."""

    place: str | None
    kept: tuple[KeptDuty, ...]
    turns: tuple[Turn, ...]
    leave: tuple[Away, ...]
    reachable: dict[str, str]

    def on_call(self, duty: DutyKind, at: datetime) -> OnCall | None:
        return rules.on_call(self.turns, self.leave, duty, at)

    def gaps(self, since: datetime, until: datetime) -> tuple[Gap, ...]:
        """Gaps of every duty that is kept here, which stand at `since` or begin before `until`; each to its real end,
        or to a week beyond."""
        found = [
            gap
            for one in self.kept
            for gap in self._of(one, since, until + rules.WEEK)
            if gap.begins < until and gap.ends > since
        ]
        return tuple(sorted(found, key=lambda gap: (gap.begins, gap.duty, gap.kind)))

    def _of(self, kept: KeptDuty, since: datetime, until: datetime) -> tuple[Gap, ...]:
        return rules.gaps(self.turns, self.leave, DutyKind(kept.duty), max(kept.since, since - BEHIND), until)

    @property
    def names(self) -> dict[str, str]:
        """Names of all who stand on it, also of those whose account is closed."""
        return names_of({turn.who for turn in self.turns} | {away.deputy for away in self.leave}) | self.reachable


def roster(actor: Actor, place: str | None, now: datetime) -> Roster:
    """The roster of one place, from BEHIND on. An account that is closed counts as away: no alarm reaches it."""
    shifts = shifts_at(actor, place).filter(ends__gt=now - BEHIND)
    turns = tuple(shift.turn for shift in shifts)
    reachable = people_who_may("watch.take", place)
    leave = Leave.objects.visible_to(actor).filter(mission_id=place, withdrawn=False, ends__gt=now - BEHIND)
    gone = {turn.who for turn in turns} - set(reachable)
    closed = [Away(who, now - BEHIND, max(t.ends for t in turns)) for who in sorted(gone)]
    kept = KeptDuty.objects.visible_to(actor).filter(mission_id=place, kept=True)
    return Roster(place, tuple(kept), turns, (*(one.away for one in leave), *closed), reachable)


def on_call(actor: Actor, place: str | None, duty: DutyKind, at: datetime) -> OnCall | None:
    """Who is called on one duty; None where the roster has a hole."""
    if not shifts_at(actor, place).filter(duty=duty, begins__lte=at, ends__gt=at).exists():
        return None
    return roster(actor, place, at).on_call(duty, at)


def stands_in_for(actor: Actor, place: str | None, turn: Turn, at: datetime) -> str:
    """Who really takes this turn: the one planned or his deputy; empty where nobody does."""
    return rules.stands_in(turn.who, roster(actor, place, at).leave, at)


def duties_of(actor: Actor, place: str | None, at: datetime) -> frozenset[DutyKind]:
    """The duties that this actor himself holds at `at` at a place."""
    known = roster(actor, place, at)
    held = {duty: known.on_call(duty, at) for duty in DutyKind}
    return frozenset(duty for duty, found in held.items() if found is not None and found.who == actor.id)


def shifts_at(actor: Actor, place: str | None) -> MarkedQuerySet[Shift]:
    """Turns at a place that were not cancelled, by time."""
    return Shift.objects.visible_to(actor).filter(mission_id=place, cancelled=False).order_by("begins", "ends")


def shift(actor: Actor, key: str) -> Shift:
    """One turn, cancelled ones too. Raises NotVisible."""
    row = Shift.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def kept(actor: Actor, place: str | None, duty: DutyKind) -> str:
    """The id of the record that this duty is kept here. Raises NotVisible."""
    row = KeptDuty.objects.visible_to(actor).filter(mission_id=place, duty=duty.value, kept=True).first()
    if row is None:
        raise NotVisible
    return row.pk


def place_of_duty(actor: Actor, key: str) -> str | None:
    """The place of such a record."""
    return KeptDuty.objects.visible_to(actor).values_list("mission_id", flat=True).get(pk=key)


def leave_at(actor: Actor, place: str | None, since: datetime) -> MarkedQuerySet[Leave]:
    """Who is away at a place from `since` on."""
    return Leave.objects.visible_to(actor).filter(mission_id=place, withdrawn=False, ends__gt=since).order_by("begins")


def places(actor: Actor) -> list[str | None]:
    """Where a duty is kept: headquarters first, then missions."""
    found = KeptDuty.objects.visible_to(actor).filter(kept=True).values_list("mission_id", flat=True).distinct()
    return sorted(found, key=lambda key: (key is not None, key or ""))


def told(found: Roster, since: datetime, until: datetime) -> dict[str, list[dict[str, object]]]:
    """A roster as programs read it: who is on call at `since`, the turns and gaps from then until `until`."""
    names, called = found.names, {DutyKind(one.duty): found.on_call(DutyKind(one.duty), since) for one in found.kept}
    return {
        "on_call": [
            {
                "duty": duty.value,
                "who": one.who if one else "",
                "name": names.get(one.who, "") if one else "",
                "instead_of": one.planned if one and one.planned != one.who else "",
                "until": one.ends.isoformat() if one else "",
            }
            for duty, one in sorted(called.items())
        ],
        "turns": [
            {"id": t.id, "duty": t.duty.value, "who": t.who, "name": names.get(t.who, ""), **_span(t)}
            for t in found.turns
            if t.begins < until and t.ends > since
        ],
        "gaps": [
            {
                "gap": gap.kind.value,
                "duty": gap.duty.value,
                "who": list(gap.who),
                "names": ", ".join(names.get(one, "?") for one in gap.who),
                **_span(gap),
            }
            for gap in (found.gaps(since, until) if until > since else ())
        ],
    }


def _span(one: Turn | Gap) -> dict[str, object]:
    return {"begins": one.begins.isoformat(), "ends": one.ends.isoformat()}
