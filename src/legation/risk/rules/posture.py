"""Which posture does the risk call for? A proposal with its causes; only a person or a standing authority sets it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from legation.foundations.causes import Cause
from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.identity import Ref
from legation.foundations.posture import Posture, PostureLevel
from legation.foundations.threats import ThreatClass
from legation.foundations.words import Severity
from legation.risk.rules.matrix import Band

CALLS_FOR: dict[Band, PostureLevel] = {
    Band.LOW: PostureLevel.NORMAL,
    Band.MEDIUM: PostureLevel.VIGILANT,
    Band.HIGH: PostureLevel.HEIGHTENED,
    Band.VERY_HIGH: PostureLevel.RESTRICTED,
    Band.UNACCEPTABLE: PostureLevel.CRITICAL,
}
ASKED_AS: dict[PostureLevel, Severity] = {
    PostureLevel.NORMAL: Severity.NOTICE,
    PostureLevel.VIGILANT: Severity.NOTICE,
    PostureLevel.HEIGHTENED: Severity.SERIOUS,
    PostureLevel.RESTRICTED: Severity.URGENT,
    PostureLevel.CRITICAL: Severity.URGENT,
}
"""How soon a proposal wants its answer, by the level that the band calls for: the alarm's limits are its deadline, and
when they run out it goes up the roster. Very high and above cannot wait for the next round of the watch."""
LONGEST_REASON = 400
RULE = "risk.posture"


# Going up is proposed at once, going down only after a quiet week and one step at a time: staff who are told to relax
# and to tighten again within days stop listening.
QUIET_BEFORE_LOWER = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Crossed:
    """A tripwire that was crossed; level where its owner wrote one on it, otherwise one step above what risk says."""

    subject: Ref
    title: str
    level: PostureLevel | None = None


@dataclass(frozen=True, slots=True)
class Proposal:
    """Change the posture from `current` to `proposed`; causes carry levels, the highest first."""

    current: PostureLevel
    proposed: PostureLevel
    causes: tuple[Cause, ...]

    @property
    def ground(self) -> str:
        """What calls for it, in one line: a proposal on the same ground is the same proposal."""
        grave = [cause for cause in self.causes if cause.points >= self.proposed]
        said = {f"{c.code}:{c.params.get('threat') or c.params.get('title')}:{c.params.get('band', '')}" for c in grave}
        return f"{int(self.proposed)} {' '.join(sorted(said))}"[:400]


def may_decline(proposal: Proposal | None, reason: str, *, declined: bool) -> Decision:
    """What is proposed is declined once, with a reason: it stands in the record and is not asked again unchanged."""
    if proposal is None:
        return Refusal("posture_fits_the_risk", RULE)
    if declined:
        return Refusal("posture_declined_already", RULE)
    if not reason.strip():
        return Refusal("reason_missing", RULE)
    if len(reason) > LONGEST_REASON:
        return Refusal("reason_too_long", RULE, params={"longest": str(LONGEST_REASON)})
    return Grant(RULE)


def severity(proposal: Proposal) -> Severity:
    """How soon a person must answer; going down waits for the day."""
    return ASKED_AS[proposal.proposed] if proposal.proposed > proposal.current else Severity.NOTICE


def _one_above(level: PostureLevel) -> PostureLevel:
    return PostureLevel(min(level + 1, PostureLevel.CRITICAL))


def propose(
    posture: Posture, risks: Iterable[tuple[ThreatClass, Band, Ref]], crossed: Iterable[Crossed], now: datetime
) -> Proposal | None:
    """The posture the risks and tripwires call for, or None where the present one fits.

    risks: present band per scenario with the record that explains it.
    """
    causes = [
        Cause("risk_calls_for", CALLS_FOR[band], {"threat": threat.value, "band": band.name.lower()}, ref)
        for threat, band, ref in risks
    ]
    from_risk = PostureLevel(int(max((c.points for c in causes), default=PostureLevel.NORMAL)))
    causes += [
        Cause("tripwire_calls_for", wire.level or _one_above(from_risk), {"title": wire.title}, wire.subject)
        for wire in crossed
    ]
    wanted = PostureLevel(int(max((c.points for c in causes), default=PostureLevel.NORMAL)))
    if wanted == posture.level:
        return None
    if wanted < posture.level:
        if posture.since is not None and now - posture.since < QUIET_BEFORE_LOWER:
            return None
        wanted = PostureLevel(posture.level - 1)
    return Proposal(posture.level, wanted, tuple(sorted(causes, key=lambda c: (-c.points, str(c.subject)))))
