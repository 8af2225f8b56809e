"""May a measure, sensor or source use this here? Host-law limits, and the consents that lift some of them.

What a receiving state's law says is loaded as norms with an effect; the strictest that speaks for the mission decides.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.law.events.limits import ConsentState, Use
from legation.law.events.norms import Effect

RULE = "host_law"
STRICTEST = (Effect.REFUSED, Effect.CONSENT, Effect.NOTE)


@dataclass(frozen=True, slots=True)
class Limit:
    """A norm in force that speaks for the mission and says something of a use. cited: as a person cites it."""

    use: Use
    norm: str
    cited: str
    effect: Effect
    consent_of: str


@dataclass(frozen=True, slots=True)
class Said:
    """A consent as it is reported: of whom (an authority, a group of persons), when, for what, where it can be read."""

    given_by: str
    given_on: date
    scope: str
    document: str
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Consented:
    """A consent on record; until None where it has no end."""

    use: Use
    norm: str
    until: datetime | None
    state: ConsentState

    def holds(self, now: datetime) -> bool:
        return self.state is ConsentState.HOLDS and (self.until is None or now < self.until)


def may_use(uses: Iterable[Use], limits: Sequence[Limit], consents: Sequence[Consented], now: datetime) -> Decision:
    """Grant where no norm forbids any of the uses and each consent that one asks for is on record and holds.

    The refusal names the norm; its params: use, cited, of (whose consent).
    """
    wanted = list(dict.fromkeys(uses))
    for effect in STRICTEST[:2]:
        for use in wanted:
            for limit in limits:
                if limit.use is not use or limit.effect is not effect:
                    continue
                if effect is Effect.REFUSED:
                    return _refused("host_law_forbids", limit)
                if not any(one.use is use and one.norm == limit.norm and one.holds(now) for one in consents):
                    return _refused("host_law_needs_consent", limit)
    return Grant(RULE)


def noted(uses: Iterable[Use], limits: Sequence[Limit]) -> list[Limit]:
    """Limits to show beside what uses this, the strictest first."""
    found = [limit for use in dict.fromkeys(uses) for limit in limits if limit.use is use]
    return sorted(found, key=lambda limit: STRICTEST.index(limit.effect))


def may_record(limit: Limit | None, said: Said, now: datetime) -> Decision:
    """A consent answers a norm that asks for one, and says who gave it, when, for what, and where it can be read."""
    if limit is None:
        return Refusal("consent_not_asked", RULE)
    if limit.effect is Effect.REFUSED:
        return Refusal("consent_cannot_lift", RULE, norm=limit.norm, params={"cited": limit.cited})
    faults = (
        (not said.given_by.strip(), "consent_without_giver"),
        (not said.scope.strip(), "consent_without_scope"),
        (not said.document.strip(), "consent_without_document"),
        (said.given_on > now.date(), "consent_in_future"),
        (said.until is not None and said.until <= now, "consent_already_over"),
    )
    for wrong, reason in faults:
        if wrong:
            return Refusal(reason, RULE, norm=limit.norm)
    return Grant(RULE)


def to_consent(use: Use, limits: Iterable[Limit], consents: Sequence[Consented], now: datetime) -> Limit | None:
    """The limit that a new consent to a use answers: the strictest that none holds for yet, else the strictest."""
    found = noted([use], list(limits))
    held = {one.norm for one in consents if one.use is use and one.holds(now)}
    waiting = [limit for limit in found if limit.effect is Effect.REFUSED or limit.norm not in held]
    return next(iter(waiting or found), None)


def _refused(reason: str, limit: Limit) -> Refusal:
    params = {"use": limit.use.value, "cited": limit.cited, "of": limit.consent_of.replace("_", " ")}
    return Refusal(reason, RULE, norm=limit.norm, params=params)
