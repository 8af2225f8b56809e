"""The watch floor hears every alarm that any room raises, and every limit that runs out."""

from legation.foundations.words import Alarm
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.deadlines import Fired, when_due
from legation.platform.ledger.log import Delivered
from legation.platform.ledger.words import alarm_key
from legation.platform.subscribers import subscribe
from legation.watch import actions
from legation.watch.models import QueuedAlarm


@subscribe("watch.alarms", word="alarm")
def hear_alarms(entry: Delivered) -> None:
    """Queue the alarms of an entry, as the worker, because of that entry."""
    for word in entry.body.spoken():
        if isinstance(word, Alarm):
            house = claim_house("watch.queue", service(ServiceAccount.WORKER), caused_by=entry.entry_id)
            actions.queue(house, word, word_key=alarm_key(word, entry.marking_id), marking_id=entry.marking_id)


@when_due(actions.LIMIT)
def limit_ran_out(fired: Fired) -> None:
    """Nobody took or closed it in time."""
    worker = service(ServiceAccount.WORKER)
    actions.escalate(claim(QueuedAlarm, fired.subject.id, "watch.escalate", worker, caused_by=fired.caused_by))
