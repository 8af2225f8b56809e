"""What happens to standing authorities when time runs out: they end, and what nobody reviewed is told."""

from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Fired, when_due
from legation.watch.actions import standing
from legation.watch.models.standing import AuthorityUse, StandingAuthority


@when_due(standing.EXPIRY)
def time_is_over(fired: Fired) -> None:
    """The time that was signed for is over."""
    worker = service(ServiceAccount.WORKER)
    claimed = claim(StandingAuthority, fired.subject.id, "watch.end_authority", worker, caused_by=fired.caused_by)
    standing.end(claimed)


@when_due(standing.REVIEW)
def nobody_reviewed(fired: Fired) -> None:
    """What was done without asking was not looked at in time."""
    worker = service(ServiceAccount.WORKER)
    claimed = claim(AuthorityUse, fired.subject.id, "watch.escalate_review", worker, caused_by=fired.caused_by)
    standing.miss_review(claimed)
