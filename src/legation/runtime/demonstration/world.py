"""How is the demonstration's world made? By the same acts as anybody's: missions, people, sources, signals, risks."""

from collections.abc import Callable
from datetime import UTC, datetime

from legation.missions.actions import import_list
from legation.missions.links import csv_file
from legation.missions.models import Mission
from legation.missions.rules.importing import MissionList
from legation.platform import clock
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim_house
from legation.platform.writing import Urgency, writing
from legation.runtime.demonstration import people, records

STATE = "Brazil"
"""It has missions in Damascus and Mexico City, where the shipped history is densest."""

START = datetime(2018, 2, 5, 6, 0, tzinfo=UTC)
"""A Monday morning at the watch; every shipped history reaches beyond it, so the next days can be played."""

type Say = Callable[[str], None]


class UnknownState(ValueError):
    """No mission of this state is in the list."""


def load(state: str, *, say: Say) -> None:
    """Fill an empty node. On a filled one it changes nothing: the data is kept. Raises UnknownState."""
    local = service(ServiceAccount.LOCAL)
    if Mission.objects.visible_to(local).exists():
        return
    wanted = chosen(csv_file.read(records.missions()), state)
    with writing(Urgency.PERSON):
        clock.start_demonstration(START)
    done = import_list(claim_house("missions.import", local), wanted.missions, "missions.csv")
    say(f"{done.registered:,} missions: {state}'s, and all states' where history ships")
    people.enrol_all()
    say(f"{len(people.PEOPLE)} demonstration persons")


def chosen(read: MissionList, state: str) -> MissionList:
    """The state's own missions, and every state's in the countries whose history ships."""
    own = [m for m in read.missions if m.sending_state.casefold() == state.casefold()]
    if not own:
        names = ", ".join(sorted({m.sending_state for m in read.missions if m.sending_code})[:12])
        raise UnknownState(f"no mission of {state!r} is in the list; write a state's name as in {names} …")
    others = [m for m in read.missions if m.receiving_code in records.HISTORY_COUNTRIES and m not in own]
    return MissionList((*own, *others), read.faults)


def highest(count: int) -> list[tuple[str, str, str]]:
    """The missions with the highest present risk: name, band, main cause."""
    return []


def actor() -> Actor:
    """Who fills and plays the demonstration."""
    return service(ServiceAccount.LOCAL)
