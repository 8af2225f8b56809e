"""What does the room law hear: deadlines of its own."""

from legation.foundations.identity import EntryId, Ref
from legation.law import actions
from legation.law.actions import entering, host
from legation.law.models import Check, Consent, HostRequest, PremisesEntry, Waiver
from legation.missions import published as missions
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Fired, when_due
from legation.platform.ledger.log import Delivered
from legation.platform.subscribers import subscribe


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


@when_due(entering.UNTIL)
def consented_time_is_over(fired: Fired) -> None:
    """They should have left by now."""
    worker = service(ServiceAccount.WORKER)
    claimed = claim(PremisesEntry, fired.subject.id, "law.call_overstay", worker, caused_by=fired.caused_by)
    entering.call_overstay(claimed)


@when_due(actions.WAIVER_REVIEW)
def waiver_nears_its_end(fired: Fired) -> None:
    """Thirty days are left: say so."""
    worker = service(ServiceAccount.WORKER)
    actions.remind_waiver(claim(Waiver, fired.subject.id, "law.remind_waiver", worker, caused_by=fired.caused_by))


@when_due(actions.WAIVER_ENDS)
def waiver_ran_out(fired: Fired) -> None:
    """The time of a waiver is over."""
    worker = service(ServiceAccount.WORKER)
    actions.end_waiver(claim(Waiver, fired.subject.id, "law.end_waiver", worker, caused_by=fired.caused_by))


@when_due(actions.CATEGORY_DUE)
def category_still_wrong(fired: Fired) -> None:
    """Two weeks have passed: look again; the desk shows that it is late until somebody puts it right."""
    _examine(Check.objects.get(pk=fired.subject.id).premises_id, fired.caused_by)


@subscribe("law.categories", "missions.PremisesAdded", "missions.PremisesCategorised")
def premises_changed(entry: Delivered) -> None:
    """A building came, or somebody said what it is for: look whether that fits."""
    for ref in entry.body.subjects:
        _examine(Ref.parse(ref).id, entry.entry_id)


def _examine(premises: str, cause: EntryId) -> None:
    worker = service(ServiceAccount.WORKER)
    actions.examine_category(missions.premises_claimed(worker, premises, "law.examine_category", caused_by=cause))
