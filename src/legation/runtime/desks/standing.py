"""How is a standing authority carried out? By the act of the room it concerns, as an account that may nothing else.

The account sets a posture only where a use was recorded in the same transaction, and only as far as was signed:
this is the only module that makes claims for it (`tests/runtime/test_standing.py`).
"""

from legation.foundations.posture import PostureLevel
from legation.missions import published as missions
from legation.missions.actions import set_posture
from legation.missions.models import Mission
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.watch.actions.standing import Order, carries_out
from legation.watch.events.standing import AuthorityKind


@carries_out(AuthorityKind.RAISE_POSTURE)
def raise_posture(order: Order) -> None:
    """Set the posture to the level that was asked for; a lockdown stays as it is."""
    _set(order, PostureLevel(order.level), lockdown=None)


@carries_out(AuthorityKind.LOCKDOWN)
def lock_down(order: Order) -> None:
    """Close every portal; the level stays as it is."""
    _set(order, None, lockdown=True)


def _set(order: Order, level: PostureLevel | None, *, lockdown: bool | None) -> None:
    account = service(ServiceAccount.STANDING_AUTHORITY)
    before = missions.mission(account, order.mission).posture
    claimed = claim(Mission, order.mission, "missions.set_posture", account, caused_by=order.caused_by)
    lock = before.lockdown if lockdown is None else lockdown
    set_posture(claimed, level or before.level, lockdown=lock, reason=f"Standing authority: {order.reason}")
