"""May this credential pass this portal now? The one rule that answers at every door, online and offline alike.

Everything it needs comes in as values: the same information gives the same decision on the server, at a reader that
asks over the wire, and on a portal that has nothing but its signed bundle. Checks stand in a table, in the order in
which they are made; the first that refuses answers, with what would make it pass.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from legation.access.events.entering import CredentialState, Direction, Factor
from legation.access.events.places import ZoneKind
from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.posture import PostureLevel

RULE = "may_enter"

WEEK_MIN = 7 * 24 * 60


@dataclass(frozen=True, slots=True)
class Door:
    """A portal as the rule sees it: where it leads. outside None: the street."""

    id: str
    inside: str
    outside: str | None
    kind: ZoneKind  # of the zone inside
    offset_min: int  # minutes that the clock on the wall is ahead of UTC


@dataclass(frozen=True, slots=True)
class Badge:
    """A credential and its holder. categories: what a grant may name him by (his category, his roles, `visitor`).

    valid_until None: no end. response: he may pass in a lockdown (guards, medics, who answers an alarm)."""

    id: str
    holder: str
    categories: frozenset[str]
    state: CredentialState
    valid_from: datetime
    valid_until: datetime | None
    escorted: bool = False
    response: bool = False


@dataclass(frozen=True, slots=True)
class Permit:
    """Who may pass into a zone: a person or a category; when, up to which posture, and on what conditions.

    hours: (from, until) in minutes of the week from Monday 00:00 at the premises, empty for always; a span may run
    over the end of the week. highest: the highest posture at which it still holds."""

    id: str
    zone: str
    holder: str = ""
    category: str = ""
    hours: tuple[tuple[int, int], ...] = ()
    highest: PostureLevel = PostureLevel.RESTRICTED
    escort: bool = False
    two_person: bool = False
    expires: datetime | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the rule table: what a zone of this kind asks for at this posture.

    factors: how the holder must show who he is; visitors: may somebody with an escorted badge come in at all;
    two_person: nobody is in there alone."""

    level: PostureLevel
    kind: ZoneKind
    factors: frozenset[Factor]
    visitors: bool
    two_person: bool = False


type Table = Mapping[tuple[PostureLevel, ZoneKind], Line]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the reader says: who, at which door, in which direction, by what, and who is with him.

    sequence: of the reader's frame, 0 where a person typed it. escort, second: credentials shown with his."""

    door: str
    direction: Direction
    factors: frozenset[Factor]
    at: datetime
    sequence: int = 0
    escort: "Badge | None" = None
    second: "Badge | None" = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides: the mission's posture, where he was last let in, and the reader's last sequence.

    inside: the zone he stands in, "" for the street, None where it is not known. occupants: how many others are in the
    zone behind the door. denied: the deny-list, which travels first and overrides the rest."""

    level: PostureLevel
    lockdown: bool
    table: Table
    inside: str | None = None
    occupants: int = 0
    last_sequence: int = 0
    denied: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Case:
    """All that one decision is made from."""

    asked: Asked
    badge: Badge
    door: Door
    permits: Sequence[Permit]
    known: Known

    @property
    def line(self) -> Line | None:
        return self.known.table.get((self.known.level, self.door.kind))


def may_enter(case: Case) -> Decision:
    """A Grant naming the permit, or the Refusal of the first check that fails; its params say what would make it pass.

    Leaving is life safety: nothing but a replayed frame stops a person on the way out.
    """
    leaving = case.asked.direction is Direction.OUT
    for check in EXIT_CHECKS if leaving else CHECKS:
        refusal = check(case)
        if refusal is not None:
            return refusal
    if leaving:
        return Grant("life_safety_exit")
    permit = _permit(case)
    return permit if isinstance(permit, Refusal) else Grant(f"permit/{permit.id}")


def replayed(case: Case) -> Refusal | None:
    """A frame whose sequence the reader has gone past is a recording of an earlier one."""
    asked = case.asked
    if asked.sequence and asked.sequence <= case.known.last_sequence:
        return Refusal("frame_replayed", RULE, params={"sequence": str(asked.sequence)})
    return None


def denied(case: Case) -> Refusal | None:
    """The deny-list comes before all else."""
    return Refusal("credential_denied", RULE) if case.badge.id in case.known.denied else None


def in_state(case: Case) -> Refusal | None:
    """Revoked, suspended and lost credentials open nothing."""
    state = case.badge.state
    return None if state is CredentialState.ACTIVE else Refusal(f"credential_{state.value}", RULE)


def in_time(case: Case) -> Refusal | None:
    """A credential counts from its first moment to before its last."""
    badge, at = case.badge, case.asked.at
    if at < badge.valid_from:
        return Refusal("credential_not_yet", RULE, params={"from": badge.valid_from.isoformat()})
    if badge.valid_until is not None and at >= badge.valid_until:
        return Refusal("credential_expired", RULE, params={"until": badge.valid_until.isoformat()})
    return None


def unlocked(case: Case) -> Refusal | None:
    """In a lockdown only who answers it passes inward."""
    return Refusal("locked_down", RULE) if case.known.lockdown and not case.badge.response else None


def not_passed_back(case: Case) -> Refusal | None:
    """Who is inside already cannot come in again: somebody has handed his badge back, or left unseen."""
    inside = case.known.inside
    if inside is not None and inside == case.door.inside:
        return Refusal("passed_back", RULE, params={"passes_with": "exit_first"})
    return None


def shown_enough(case: Case) -> Refusal | None:
    """The rule table says how he must show who he is, at this posture, in this kind of zone."""
    line = case.line
    if line is None:
        return Refusal("no_rule", RULE, params={"level": str(int(case.known.level)), "zone": case.door.kind.value})
    lacking = line.factors - case.asked.factors
    if lacking:
        named = ", ".join(sorted(factor.value for factor in lacking))
        return Refusal("factor_missing", RULE, params={"passes_with": named})
    if case.badge.escorted and not line.visitors:
        return Refusal("no_visitors_at_posture", RULE, params={"level": str(int(case.known.level))})
    return None


def permitted(case: Case) -> Refusal | None:
    """A permit must fit, in the company that the permit, the badge or the table asks for."""
    permit = _permit(case)
    if isinstance(permit, Refusal):
        return permit
    line = case.line
    if (permit.escort or case.badge.escorted) and not _stands(case.asked.escort, case):
        return Refusal("escort_missing", RULE, params={"passes_with": "escort"})
    by_two = permit.two_person or (line is not None and line.two_person)
    if by_two and case.known.occupants < 1 and not _stands(case.asked.second, case):
        return Refusal("second_person_missing", RULE, params={"passes_with": "second_person"})
    return None


CHECKS: tuple[Callable[[Case], Refusal | None], ...] = (
    denied,
    replayed,
    in_state,
    in_time,
    unlocked,
    not_passed_back,
    shown_enough,
    permitted,
)
"""In the order in which they are made on the way in."""

EXIT_CHECKS: tuple[Callable[[Case], Refusal | None], ...] = (replayed,)
"""On the way out: a recording opens nothing, a person always leaves."""


def _names(permit: Permit, badge: Badge) -> bool:
    return permit.holder == badge.holder if permit.holder else permit.category in badge.categories


def _permit(case: Case) -> Permit | Refusal:
    """Of the permits that name him or what he is, for the zone behind the door, now, at this posture: the one that asks
    for the least company."""
    at, level = case.asked.at, case.known.level
    about = [p for p in case.permits if p.zone == case.door.inside and _names(p, case.badge)]
    if not about:
        return Refusal("no_permit", RULE)
    standing = [p for p in about if p.expires is None or at < p.expires]
    if not standing:
        return Refusal("permit_expired", RULE)
    at_posture = [p for p in standing if level <= p.highest]
    if not at_posture:
        return Refusal("posture_forbids", RULE, params={"level": str(int(level))})
    fitting = [p for p in at_posture if _in_hours(p, case)]
    if not fitting:
        return Refusal("outside_hours", RULE, params={"hours": _hours(at_posture[0])})
    return min(fitting, key=lambda p: (p.escort, p.two_person, p.id))


def _in_hours(permit: Permit, case: Case) -> bool:
    if not permit.hours:
        return True
    at = case.asked.at
    minute = (at.weekday() * 1440 + at.hour * 60 + at.minute + case.door.offset_min) % WEEK_MIN
    return any((a <= minute < b) if a <= b else (minute >= a or minute < b) for a, b in permit.hours)


def _hours(permit: Permit) -> str:
    days = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
    said = (
        f"{days[a // 1440 % 7]} {a % 1440 // 60:02}:{a % 60:02}–{b % 1440 // 60:02}:{b % 60:02}"
        for a, b in permit.hours
    )
    return ", ".join(said)


def _stands(other: Badge | None, case: Case) -> bool:
    """May this other person stand beside him: a different, valid holder who is no visitor and not denied."""
    if other is None or other.holder == case.badge.holder or other.escorted or other.id in case.known.denied:
        return False
    at = case.asked.at
    valid = other.valid_from <= at and (other.valid_until is None or at < other.valid_until)
    return valid and other.state is CredentialState.ACTIVE
