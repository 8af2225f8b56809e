"""What other rooms may ask of the watch floor, answered with frozen values."""

from datetime import datetime

from legation.platform.authority.actor import Actor
from legation.watch.events.roster import DutyKind
from legation.watch.queries import roster
from legation.watch.rules.roster import OnCall


def on_call(actor: Actor, mission: str | None, duty: DutyKind, at: datetime) -> OnCall | None:
    """Who is called on a duty at a mission (None: headquarters) at `at`; None where the roster has a hole."""
    return roster.on_call(actor, mission, duty, at)
