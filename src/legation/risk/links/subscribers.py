"""The risk room hears what changes its figures: a new day, new signals, its own decisions, a deadline that ran out."""

import time

from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.deadlines import Fired, when_due
from legation.platform.duties import duty
from legation.platform.ledger.log import Delivered
from legation.platform.subscribers import subscribe
from legation.risk import actions, queries
from legation.risk.models import Acceptance

SHARE = 5
"""At most a fifth of the worker's time goes into recomputing while signals pour in; the rest delivers alarms."""


class Pace:
    """When may the next recomputation start? Kept in memory: after a restart it may start at once."""

    next_at = 0.0


@duty("risk.figures")
def keep_figures_fresh() -> int:
    """Compute anew when a day has begun or something was recorded that changes a figure."""
    if time.monotonic() < Pace.next_at or not actions.is_stale():
        return 0
    began = time.monotonic()
    actions.reforecast(claim_house("risk.reforecast", service(ServiceAccount.WORKER)))
    Pace.next_at = time.monotonic() + SHARE * (time.monotonic() - began)
    return 1


@subscribe("risk.acceptances", "risk.RiskRecomputed", "risk.RiskAssessed", "risk.MeasureAdded", "risk.MeasureChanged")
def look_at_acceptances(entry: Delivered) -> None:
    """End the acceptances that the risk has outgrown."""
    worker = service(ServiceAccount.WORKER)
    for key in queries.outgrown(worker, clock.as_of()):
        actions.end_acceptance(claim(Acceptance, key, "risk.end_acceptance", worker, caused_by=entry.entry_id))


@subscribe("risk.postures", "risk.RiskRecomputed")
def look_at_postures(entry: Delivered) -> None:
    """Propose another posture where the band rose to high or above since the day before, once."""
    worker = service(ServiceAccount.WORKER)
    for key in queries.risen(worker, clock.as_of()):
        actions.propose_posture(missions.claimed(worker, key, "risk.propose_posture", caused_by=entry.entry_id))


@when_due(actions.EXPIRY)
def acceptance_ran_out(fired: Fired) -> None:
    """The time that was signed for is over."""
    worker = service(ServiceAccount.WORKER)
    claimed = claim(Acceptance, fired.subject.id, "risk.end_acceptance", worker, caused_by=fired.caused_by)
    actions.end_acceptance(claimed)
