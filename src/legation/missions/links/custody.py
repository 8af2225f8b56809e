"""What happens when nobody has counted, or nobody has changed a combination, in time?"""

from legation.missions.actions import assets as actions
from legation.missions.models import Asset
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Fired, when_due


@when_due(actions.COUNT)
def count_ran_out(fired: Fired) -> None:
    """The interval of the asset's kind is over."""
    worker = service(ServiceAccount.WORKER)
    actions.lapse_count(claim(Asset, fired.subject.id, "missions.lapse_count", worker, caused_by=fired.caused_by))


@when_due(actions.COMBINATION)
def combination_ran_out(fired: Fired) -> None:
    """A safe that changed hands still has the combination of the custodian before."""
    worker = service(ServiceAccount.WORKER)
    claimed = claim(Asset, fired.subject.id, "missions.lapse_combination", worker, caused_by=fired.caused_by)
    actions.lapse_combination(claimed)
