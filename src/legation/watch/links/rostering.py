"""Who looks for gaps? The worker: once an hour over every roster, and at once where one was changed."""

from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import Authorised, NotVisible, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import House, claim, claim_house
from legation.platform.duties import duty
from legation.platform.ledger.log import Delivered
from legation.platform.records import Record
from legation.platform.subscribers import subscribe
from legation.watch import actions, queries
from legation.watch.actions import roster as rostering
from legation.watch.models import QueuedAlarm
from legation.watch.queries import roster
from legation.watch.rules.roster import AHEAD

FILLED = "The roster is mended."


class Round:
    """The hour of the house in which the last round was made; after a restart a round is made at once."""

    hour = ""


@duty("watch.roster_gaps")
def look_for_gaps() -> int:
    """A round over every roster, once in each hour of the house."""
    hour = f"{clock.as_of():%Y%m%d%H}"
    if hour == Round.hour:
        return 0
    found = sum(look_at(place) for place in roster.places(service(ServiceAccount.WORKER)))
    Round.hour = hour
    return found


@subscribe(
    "watch.rosters",
    "watch.RosterPlanned",
    "watch.ShiftSwapped",
    "watch.ShiftCancelled",
    "watch.LeaveEntered",
    "watch.LeaveWithdrawn",
    "watch.DutyGivenUp",
)
def hear_changes(entry: Delivered) -> None:
    """Look again where a roster was changed."""
    look_at(entry.body.mission)


def look_at(place: str | None) -> int:
    """Say the gaps of the coming week at one place, and settle the alarms of those that are filled."""
    worker, now = service(ServiceAccount.WORKER), clock.as_of()
    gaps = roster.roster(worker, place, now).gaps(now, now + AHEAD)
    standing = {gap.key for gap in gaps}
    for row in queries.open_of_kind(worker, rostering.GAP, place):
        if row.word_key.rpartition("|")[2] not in standing:
            actions.settle(claim(QueuedAlarm, row.pk, "watch.settle", worker), reason=FILLED)
    if not gaps:
        return 0
    try:
        return rostering.say_gaps(claimed(place, "watch.find_gaps"), gaps)
    except NotVisible:
        return 0  # the mission is gone or above the worker's clearance: there is nobody here to tell


def claimed(place: str | None, verb: str) -> Authorised[Record] | Authorised[House]:
    worker = service(ServiceAccount.WORKER)
    return missions.claimed(worker, place, verb) if place else claim_house(verb, worker)
