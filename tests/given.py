"""How test worlds are made: by acts only. Actors with chosen rights, keys in memory, a few real missions."""

from collections.abc import Callable
from typing import Any

from legation.foundations.markings import Classification, Marking, Tlp
from legation.missions.actions import import_list
from legation.missions.actions.people import PERSONAL
from legation.missions.events import MissionKind, MissionValue
from legation.missions.models import Mission
from legation.platform.act import ACTS, act
from legation.platform.authority.actions import enrol
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import of_operator, service
from legation.platform.authority.markings import forget, intern
from legation.platform.authority.resolve import claim_house
from legation.platform.ledger import log
from legation.platform.secrets import node

CLEARED = Marking(Classification.SECRET, Tlp.RED)

DAMASCUS = MissionValue(
    external_id="Q10272400",
    kind=MissionKind.EMBASSY,
    title="Embassy of Brazil in Syria",
    sending_state="Brazil",
    sending_code="BR",
    receiving_state="Syria",
    receiving_code="SY",
    city="Damascus",
    jurisdictions="Syria",
    address="",
    latitude=33.51,
    longitude=36.28,
    website="",
)
BEIRUT = MissionValue(
    external_id="Q10272401",
    kind=MissionKind.EMBASSY,
    title="Embassy of Brazil in Lebanon",
    sending_state="Brazil",
    sending_code="BR",
    receiving_state="Lebanon",
    receiving_code="LB",
    city="Beirut",
    jurisdictions="Lebanon",
    address="",
    latitude=33.8952,
    longitude=35.5,
    website="",
)


def keys() -> None:
    """A fresh node, its keys in memory only."""
    forget()
    log.forget_names()
    node.hold(node.in_memory())


def local() -> Actor:
    """The node's own command line."""
    return service(ServiceAccount.LOCAL)


def missions(*values: MissionValue) -> list[Mission]:
    """These missions (Damascus and Beirut where none are named), loaded by the act that loads lists."""
    wanted = values or (DAMASCUS, BEIRUT)
    import_list(claim_house("missions.import", local()), wanted, "test list")
    intern(PERSONAL)  # actors are made once here, not per request: a marking made after them would be hidden from them
    by_id = Mission.objects.visible_to(local()).in_bulk([v.external_id for v in wanted], field_name="external_id")
    return [by_id[v.external_id] for v in wanted]


def operator(role: str, *, name: str = "", clearance: Marking = CLEARED, scope: frozenset[str] | None = None) -> Actor:
    """A person with one role, enrolled by the command line."""
    account = enrol(
        claim_house("authority.enrol", local()),
        username=name or role,
        name=name or role,
        roles=frozenset({role}),
        clearance=clearance,
        scope=scope,
    )
    return of_operator(account)


def unlisted(verb: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A stand-in act under a verb of the house, kept out of the register so that the real one stays there."""

    def mark(body: Callable[..., Any]) -> Callable[..., Any]:
        real = ACTS.pop(verb, None)
        try:
            return act(verb)(body)
        finally:
            ACTS.pop(verb, None)
            if real is not None:
                ACTS[verb] = real

    return mark
