"""What does the room law hear: deadlines of its own."""

from legation.law import actions
from legation.law.models import Consent
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Fired, when_due


@when_due(actions.CONSENT_ENDS)
def consent_ran_out(fired: Fired) -> None:
    """The time of a consent is over."""
    worker = service(ServiceAccount.WORKER)
    actions.end_consent(claim(Consent, fired.subject.id, "law.end_consent", worker, caused_by=fired.caused_by))
