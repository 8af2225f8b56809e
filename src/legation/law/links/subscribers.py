"""What does the room law hear: deadlines of its own."""

from legation.law import actions
from legation.law.actions import host
from legation.law.models import Consent, HostRequest
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Fired, when_due


@when_due(actions.CONSENT_ENDS)
def consent_ran_out(fired: Fired) -> None:
    """The time of a consent is over."""
    worker = service(ServiceAccount.WORKER)
    actions.end_consent(claim(Consent, fired.subject.id, "law.end_consent", worker, caused_by=fired.caused_by))


@when_due(host.ANSWER)
@when_due(host.PROMISE)
def host_is_late(fired: Fired) -> None:
    """An answer did not come, or the day of a promise has passed: the next step is proposed."""
    _call(fired, again=False)


@when_due(host.CHASE)
def proposal_was_left(fired: Fired) -> None:
    """A step was proposed and nobody took it."""
    _call(fired, again=True)


def _call(fired: Fired, *, again: bool) -> None:
    worker = service(ServiceAccount.WORKER)
    claimed = claim(HostRequest, fired.subject.id, "law.call_step", worker, caused_by=fired.caused_by)
    host.call_step(claimed, again=again)
