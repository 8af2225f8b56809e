"""What happens when the names of guests have been kept long enough?"""

from legation.missions.actions import occasions as actions
from legation.missions.models import Guest, Occasion
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import Fired, when_due


@when_due(actions.FORGET)
def names_are_old(fired: Fired) -> None:
    """Erase them; under a legal hold the deadline is parked where a person sees it."""
    worker = service(ServiceAccount.WORKER)
    claimed = claim(Occasion, fired.subject.id, "missions.forget_guests", worker, caused_by=fired.caused_by)
    actions.forget_guests(claimed)


def rows_of(guest_id: str) -> list[Guest]:
    """The row of a guest who is to be forgotten, past every marking: what its keeper cannot see must go too."""
    return list(Guest.objects.filter(pk=guest_id))
