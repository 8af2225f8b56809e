"""What happens to a watch that nobody accepts? An alarm, which goes up the roster like any other."""

from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Fired, when_due
from legation.watch.actions import handing
from legation.watch.models.handing import HandOver


@when_due(handing.LIMIT)
def nobody_accepted(fired: Fired) -> None:
    """The outgoing one has gone home, and nobody said that he has the watch."""
    worker = service(ServiceAccount.WORKER)
    handing.miss(claim(HandOver, fired.subject.id, "watch.miss_hand_over", worker, caused_by=fired.caused_by))
