"""Who answers for a thing, may it change hands, and when must it have been seen?

The kinds are one table: how often each is counted, what its loss means, and how much an overdue count weighs. The
points are the house's own, beside the scale of the risk room, where a vulnerability judged low is worth 8.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.threats import ThreatClass
from legation.foundations.words import Severity
from legation.missions.events.custody import AssetKind, AssetState, VolumeUnit

RULE = "custody"
LONGEST_NOTE = 400


@dataclass(frozen=True, slots=True)
class KindRow:
    """One line of the table. overdue, missing: points of vulnerability against `threat`; why: the argument."""

    every: timedelta
    threat: ThreatClass
    overdue: float
    missing: float
    alarm: Severity
    why: str


def _row(days: int, threat: ThreatClass, overdue: float, missing: float, alarm: Severity, why: str) -> KindRow:
    return KindRow(timedelta(days=days), threat, overdue, missing, alarm, why)


_URGENT, _SERIOUS, _NOTICE = Severity.URGENT, Severity.SERIOUS, Severity.NOTICE

KINDS: dict[AssetKind, KindRow] = {
    # Whoever has a copy enters without a trace; a quarter is how long a copy made in a day may work unseen.
    AssetKind.KEY: _row(90, ThreatClass.CRIME, 2, 8, _URGENT, "opens a door without a trace"),
    # The envelope tells by its seal; opened twice a year at the most, so half a year.
    AssetKind.COMBINATION: _row(180, ThreatClass.ESPIONAGE, 2, 10, _URGENT, "opens a safe without a trace"),
    # It does not walk; what is looked at is that it locks and that its label is right.
    AssetKind.SAFE: _row(180, ThreatClass.ESPIONAGE, 1, 8, _SERIOUS, "shelters what is classified"),
    # Missing for a week, an arm is in the city; ministries count weekly where they count by rule.
    AssetKind.ARM: _row(7, ThreatClass.CRIME, 4, 12, _URGENT, "may be turned on anybody"),
    AssetKind.AMMUNITION: _row(30, ThreatClass.CRIME, 2, 8, _URGENT, "what an arm needs"),
    # A set in other hands listens in from then on, and keys are changed monthly.
    AssetKind.RADIO: _row(30, ThreatClass.ESPIONAGE, 2, 6, _SERIOUS, "listens in from other hands"),
    # A vest that is not there when it is needed; plates age, so it is looked at with the drills, twice a year.
    AssetKind.ARMOUR: _row(180, ThreatClass.ARMED_CONFLICT, 1, 3, _NOTICE, "is needed within minutes or not at all"),
    # A page that is gone is not missed by anybody but the one who counts.
    AssetKind.CLASSIFIED: _row(90, ThreatClass.ESPIONAGE, 4, 12, _URGENT, "is what others come for"),
    # A stolen blank travels for years under a name that nobody holds.
    AssetKind.BLANKS: _row(30, ThreatClass.CRIME, 3, 10, _URGENT, "makes false papers that are genuine"),
    AssetKind.SEAL: _row(30, ThreatClass.CRIME, 2, 8, _URGENT, "makes false papers that are genuine"),
}

COMBINATION_WITHIN = timedelta(days=3)
"""A safe whose custodian changed is open to the one before; three days leave room for a locksmith and a weekend."""

COMBINATION_POINTS = 6.0
"""A combination known to one who no longer answers for it: less than a lost one, because it is known who has it."""

LITRES_PER_METRE = 62.0
"""A running metre of A4 sheets on edge: 0.210 × 0.297 × 1 m is 62 litres, before it is shredded."""

DONE: Mapping[AssetState, frozenset[AssetState]] = {
    AssetState.HELD: frozenset({AssetState.HANDING_OVER, AssetState.MISSING, AssetState.LOST, AssetState.GONE}),
    AssetState.HANDING_OVER: frozenset({AssetState.HELD, AssetState.MISSING, AssetState.LOST}),
    AssetState.MISSING: frozenset({AssetState.HELD, AssetState.LOST}),
    AssetState.LOST: frozenset({AssetState.HELD, AssetState.GONE}),
    AssetState.GONE: frozenset(),
}
"""Which state may follow which. Lost and found again is held; what is gone does not come back under its old entry."""


@dataclass(frozen=True, slots=True)
class Hands:
    """Who is asking: his id as a custodian, his account, and whether he answers for custody at the whole mission."""

    person: str
    account: str
    responsible: bool


def may_become(before: AssetState, after: AssetState) -> Decision:
    """Whether the state machine leads from one state to the other."""
    if after in DONE[before]:
        return Grant(RULE)
    return Refusal("asset_cannot_become", RULE, params={"state": before.value, "wanted": after.value})


def may_add(kind: AssetKind, name: str, mark: str, custodian: str, volume: float) -> Decision:
    """A thing has a name, a mark to tell it by, and one who answers for it; a classified holding has a volume."""
    if not name.strip():
        return Refusal("asset_without_name", RULE)
    if not mark.strip():
        return Refusal("asset_without_mark", RULE)
    if not custodian:
        return Refusal("asset_without_custodian", RULE)
    if volume < 0 or (kind is AssetKind.CLASSIFIED and not volume):
        return Refusal("holding_without_volume", RULE)
    return Grant(RULE)


def may_propose(state: AssetState, custodian: str, receiver: str, by: Hands) -> Decision:
    """The custodian, or who answers for custody at the mission, offers a held thing to somebody else."""
    if by.person != custodian and not by.responsible:
        return Refusal("not_the_custodian", RULE)
    if not receiver:
        return Refusal("receiver_missing", RULE)
    if receiver == custodian:
        return Refusal("receiver_is_custodian", RULE)
    return may_become(state, AssetState.HANDING_OVER)


def may_answer(state: AssetState, receiver: str, proposed_by: str, by: Hands) -> Decision:
    """Only the receiver answers, and never through the account that proposed: a hand-over has two sides."""
    if state is not AssetState.HANDING_OVER:
        return Refusal("nothing_handed_over", RULE)
    if by.account == proposed_by:
        return Refusal("both_sides_one_person", RULE)
    if by.person != receiver:
        return Refusal("not_the_receiver", RULE)
    return Grant(RULE)


def may_take_back(state: AssetState, custodian: str, proposed_by: str, by: Hands) -> Decision:
    """Who proposed, the custodian, or who answers for custody takes an offer back."""
    if state is not AssetState.HANDING_OVER:
        return Refusal("nothing_handed_over", RULE)
    if by.account == proposed_by or by.person == custodian or by.responsible:
        return Grant(RULE)
    return Refusal("not_the_custodian", RULE)


def may_lose(state: AssetState, custodian: str, circumstances: str, by: Hands) -> Decision:
    """A loss is declared by the custodian or who answers for custody, with what is known of it."""
    if by.person != custodian and not by.responsible:
        return Refusal("not_the_custodian", RULE)
    return reasoned(circumstances) if isinstance(found := may_become(state, AssetState.LOST), Grant) else found


def may_write_off(state: AssetState, how: str) -> Decision:
    """A thing is written off with how it went; a lost one with what remedied the loss."""
    return reasoned(how) if isinstance(found := may_become(state, AssetState.GONE), Grant) else found


def reasoned(text: str) -> Decision:
    """A sentence that stands in the record, neither empty nor endless."""
    if not text.strip():
        return Refusal("custody_reason_missing", RULE)
    if len(text) > LONGEST_NOTE:
        return Refusal("custody_reason_too_long", RULE, params={"longest": str(LONGEST_NOTE)})
    return Grant(RULE)


def may_change_combination(kind: AssetKind, state: AssetState, custodian: str, by: Hands) -> Decision:
    """Only a safe has a combination; the one who answers for it sets it, or has it set."""
    if kind is not AssetKind.SAFE or state is AssetState.GONE:
        return Refusal("no_combination_here", RULE)
    if by.person != custodian and not by.responsible:
        return Refusal("not_the_custodian", RULE)
    return Grant(RULE)


def after_count(state: AssetState, *, seen: bool) -> AssetState:
    """What a count makes of it: what is seen is held, and an open hand-over goes on; what is not seen is missing."""
    if seen:
        return AssetState.HANDING_OVER if state is AssetState.HANDING_OVER else AssetState.HELD
    return AssetState.LOST if state is AssetState.LOST else AssetState.MISSING


def may_count(seen: frozenset[str], missing: frozenset[str], standing: frozenset[str]) -> Decision:
    """A sheet names only what stands at the mission, nothing twice, and not nothing."""
    if not seen | missing:
        return Refusal("nothing_counted", RULE)
    if seen & missing or (seen | missing) - standing:
        return Refusal("count_names_others", RULE)
    return Grant(RULE)


def next_count(kind: AssetKind, seen_at: datetime) -> datetime:
    """By when it must have been seen again."""
    return seen_at + KINDS[kind].every


def weight(kind: AssetKind, state: AssetState, *, overdue: bool, combination_late: bool = False) -> float:
    """Points of vulnerability that an asset's custody adds; 0 withdraws what was said before."""
    row = KINDS[kind]
    if state in {AssetState.MISSING, AssetState.LOST}:
        return row.missing
    if state is AssetState.GONE:
        return 0.0
    return max(row.overdue if overdue else 0.0, COMBINATION_POINTS if combination_late else 0.0)


def litres(holdings: Iterable[tuple[float, str]]) -> float:
    """The volume of all holdings (amount, unit) in litres: what must be destroyed when the mission is given up."""
    return sum(amount * (LITRES_PER_METRE if unit == VolumeUnit.METRES else 1.0) for amount, unit in holdings)
