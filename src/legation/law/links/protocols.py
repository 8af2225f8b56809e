"""What happens when a protocol was not read, or not reviewed, in time?"""

from legation.law.actions import protocols as actions
from legation.law.models import Protocol
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Fired, when_due


@when_due(actions.READING)
def reading_ran_out(fired: Fired) -> None:
    """Some have not read it, or not again a week after they were named."""
    worker = service(ServiceAccount.WORKER)
    actions.lapse_reading(claim(Protocol, fired.subject.id, "law.lapse_reading", worker, caused_by=fired.caused_by))


@when_due(actions.REVIEW)
def review_ran_out(fired: Fired) -> None:
    """Its owner has not looked at it."""
    worker = service(ServiceAccount.WORKER)
    actions.lapse_review(claim(Protocol, fired.subject.id, "law.lapse_review", worker, caused_by=fired.caused_by))
