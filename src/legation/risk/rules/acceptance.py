"""Who may accept this risk, until when, and when does an acceptance lapse?

Source: the house's own rule after the UN practice that risk is accepted only by an official delegated to accept
that much, in writing and for a limited time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from legation.foundations.decisions import Decision, Grant, Refusal, require
from legation.foundations.identity import MissionId, RecordId
from legation.risk.rules.matrix import Band
from legation.risk.rules.programme import JUSTIFIES, ProgrammeCriticality, justifies

# An assessment is reviewed at least twice a year; an acceptance must not outlive the review of what it accepted.
ACCEPTANCE_LONGEST = timedelta(days=183)
# A posting lasts three to four years; a delegation is renewed with the person who holds it.
DELEGATION_LONGEST = timedelta(days=4 * 366)
RULE = "risk.acceptance"


@dataclass(frozen=True, slots=True)
class DelegationValue:
    """This person may accept residual risk up to this band at this mission until then."""

    id: RecordId
    person: str
    mission: MissionId
    max_band: Band
    until: datetime
    withdrawn: bool = False

    def covers(self, mission: MissionId, now: datetime) -> bool:
        return self.mission == mission and not self.withdrawn and now < self.until


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asks to accept."""

    person: str
    mission: MissionId
    band: Band
    programme: ProgrammeCriticality
    until: datetime
    reason: str


def who_could(delegations: Iterable[DelegationValue], mission: MissionId, band: Band, now: datetime) -> list[str]:
    """Persons whose delegation at this mission reaches the band, the lowest sufficient first."""
    fit = [d for d in delegations if d.covers(mission, now) and d.max_band >= band]
    return list(dict.fromkeys(d.person for d in sorted(fit, key=lambda d: (d.max_band, d.person))))


def not_computed() -> Refusal:
    """Nothing is known of the scenario yet: there is no risk to accept."""
    return Refusal("risk_not_computed", RULE)


def may_delegate(by: str, own: int | None, person: str, max_band: Band, until: datetime, now: datetime) -> Decision:
    """Nobody delegates to himself or above his own delegation (own; None for the ministry's line, which holds all)."""
    faults = (
        (by == person, "delegation_to_oneself"),
        (max_band is Band.UNACCEPTABLE, "unacceptable_is_accepted_by_nobody"),
        (own is not None and max_band > own, "delegation_above_ones_own"),
        (until <= now, "delegation_already_over"),
        (until - now > DELEGATION_LONGEST, "delegation_too_long"),
    )
    told = {"days": str(DELEGATION_LONGEST.days), "own": _words(Band(own)) if own else "nothing"}
    for wrong, reason in faults:
        if wrong:
            return Refusal(reason, "risk.delegation", params=told)
    return Grant("risk.delegation")


def _refuse(reason: str, wish: Wish, others: list[str], **params: str) -> Refusal:
    told = {"band": _words(wish.band), "who_could": ", ".join(others) or "nobody", **params}
    return Refusal(reason, RULE, params=told)


def _words(band: Band) -> str:
    return band.name.lower().replace("_", " ")


def _ill_formed(wish: Wish, now: datetime) -> Refusal | None:
    """What is wrong with the wish whoever asks."""
    if wish.band is Band.UNACCEPTABLE:
        return _refuse("unacceptable_is_accepted_by_nobody", wish, [])
    if not justifies(wish.programme, wish.band):
        limit = _words(JUSTIFIES[wish.programme])
        return _refuse("programme_does_not_justify", wish, [], programme=wish.programme.name, limit=limit)
    if not wish.reason.strip():
        return _refuse("acceptance_without_reason", wish, [])
    if wish.until <= now:
        return _refuse("acceptance_already_over", wish, [], until=wish.until.isoformat())
    if wish.until - now > ACCEPTANCE_LONGEST:
        return _refuse("acceptance_too_long", wish, [], days=str(ACCEPTANCE_LONGEST.days))
    return None


def may_accept(
    wish: Wish, delegations: Iterable[DelegationValue], now: datetime, names: Mapping[str, str] | None = None
) -> Decision:
    """Grant, or Refusal with the reason and with those who could. names: how persons are called in the answer."""
    held = list(delegations)
    if (refusal := _ill_formed(wish, now)) is not None:
        return refusal
    could = [p for p in who_could(held, wish.mission, wish.band, now) if p != wish.person]
    others = [(names or {}).get(p, p) for p in could]
    own = [d for d in held if d.person == wish.person and d.mission == wish.mission and not d.withdrawn]
    if not own:
        return _refuse("no_delegation", wish, others)
    live = [d for d in own if now < d.until]
    if not live:
        return _refuse("delegation_lapsed", wish, others, until=max(d.until for d in own).isoformat())
    reach = max(d.max_band for d in live)
    if reach < wish.band:
        return _refuse("above_delegation", wish, others, limit=_words(reach))
    until = max(d.until for d in live if d.max_band >= wish.band)
    if wish.until > until:
        return _refuse("acceptance_outlives_delegation", wish, others, until=until.isoformat())
    return Grant(RULE)


class AcceptanceState(StrEnum):
    """An acceptance holds, or has ended in one of four ways; it never comes back."""

    HOLDS = "holds"
    EXPIRED = "expired"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class AcceptanceValue:
    """One acceptance: the band that was accepted and the band that stood when it was accepted."""

    id: RecordId
    mission: MissionId
    assessment: RecordId
    person: str
    accepted_band: Band
    present_band: Band
    until: datetime
    reason: str
    state: AcceptanceState = AcceptanceState.HOLDS


def ends(acceptance: AcceptanceValue, *, present: Band, residual: Band, now: datetime) -> AcceptanceState:
    """The state it should be in now: expired by time, lapsed where present or residual risk rose above what stood.

    The present risk is compared with what stood at the signature: the signer saw it and took it into account.
    """
    if acceptance.state is not AcceptanceState.HOLDS:
        return acceptance.state
    if present > max(acceptance.present_band, acceptance.accepted_band) or residual > acceptance.accepted_band:
        return AcceptanceState.LAPSED
    if now >= acceptance.until:
        return AcceptanceState.EXPIRED
    return AcceptanceState.HOLDS


def may_end(acceptance: AcceptanceValue, wanted: AcceptanceState) -> Decision:
    """Only an acceptance that holds can end, and nothing ends into holding."""
    if acceptance.state is AcceptanceState.HOLDS and wanted is not AcceptanceState.HOLDS:
        return Grant("risk.acceptance_states")
    return Refusal("acceptance_is_over", "risk.acceptance_states", params={"state": acceptance.state.value})


def end(acceptance: AcceptanceValue, wanted: AcceptanceState) -> AcceptanceValue:
    """The acceptance in its final state. Raises Refused where it has already ended."""
    require(may_end(acceptance, wanted))
    return replace(acceptance, state=wanted)
