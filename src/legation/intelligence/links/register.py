"""What does the register of actors do by itself? It notes which names signals give, and says when a review lapsed."""

from legation.intelligence.actions import actors as actions
from legation.intelligence.models.actors import ThreatActor
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.deadlines import Fired, when_due
from legation.platform.ledger.log import Delivered
from legation.platform.subscribers import subscribe


@subscribe("intelligence.names", "intelligence.SignalsCollected", "intelligence.ReportTyped")
def note_names(entry: Delivered) -> None:
    """Signals came: whom do they name?"""
    said = entry.body.said
    first = int(str(said.get("first") or said.get("signal") or 0))
    count = int(str(said.get("signals", 1)))
    if first and count:
        worker = service(ServiceAccount.WORKER)
        house = claim_house("intelligence.index_names", worker, caused_by=entry.entry_id)
        actions.index_names(house, first, count)


@when_due(actions.REVIEW)
def review_ran_out(fired: Fired) -> None:
    """Nobody has looked at the actor again in time."""
    worker = service(ServiceAccount.WORKER)
    claimed = claim(ThreatActor, fired.subject.id, "intelligence.lapse_review", worker, caused_by=fired.caused_by)
    actions.lapse_review(claimed)
