"""What happens when the survey of a residence, or a waiver, is over?"""

from legation.missions.actions import residences as actions
from legation.missions.models import Residence
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Fired, when_due


@when_due(actions.LOOK)
def look_ran_out(fired: Fired) -> None:
    """Something that residents rely on has ended."""
    worker = service(ServiceAccount.WORKER)
    claimed = claim(Residence, fired.subject.id, "missions.lapse_residence", worker, caused_by=fired.caused_by)
    actions.lapse_residence(claimed)
