"""What does this room hear, and what does it do by itself? It looks at the lines drawn beforehand when signals came."""

from legation.intelligence import actions
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim_house
from legation.platform.ledger.log import Delivered
from legation.platform.subscribers import subscribe


@subscribe(
    "intelligence.tripwires",
    "intelligence.SignalsCollected",
    "intelligence.ReportTyped",
    "intelligence.StaffReported",
    "intelligence.TripwireSet",
    "runtime.DayPlayed",
)
def look_at_tripwires(entry: Delivered) -> None:
    """Something came in, a line was drawn, or a day passed: cross what is crossed."""
    worker = service(ServiceAccount.WORKER)
    actions.check_tripwires(claim_house("intelligence.cross", worker, caused_by=entry.entry_id))
