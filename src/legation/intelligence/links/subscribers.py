"""What does this room hear, and what does it do by itself? It looks at the lines drawn beforehand when signals came."""

from legation.foundations.threats import ThreatClass
from legation.foundations.words import Alarm, Evidence
from legation.intelligence import actions
from legation.intelligence.events import ThreatGraded
from legation.intelligence.models import Receipt, Review
from legation.intelligence.rules.reviews import Pull
from legation.missions import published as missions
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.deadlines import Fired, when_due
from legation.platform.ledger.log import Delivered
from legation.platform.subscribers import subscribe


@subscribe(
    "intelligence.tripwires",
    "intelligence.SignalsCollected",
    "intelligence.ReportTyped",
    "intelligence.StaffReported",
    "intelligence.TripwireSet",
    "runtime.DayPlayed",
)
def look_at_tripwires(entry: Delivered) -> None:
    """Something came in, a line was drawn, or a day passed: cross what is crossed."""
    worker = service(ServiceAccount.WORKER)
    actions.check_tripwires(claim_house("intelligence.cross", worker, caused_by=entry.entry_id))


@when_due(actions.UNREAD)
def brief_is_unread(fired: Fired) -> None:
    """Somebody who must read a brief has not said that he has."""
    worker = service(ServiceAccount.WORKER)
    actions.remind_brief(
        claim(Receipt, fired.subject.id, "intelligence.remind_brief", worker, caused_by=fired.caused_by)
    )


@when_due(actions.OVERDUE)
def answer_is_overdue(fired: Fired) -> None:
    """The day on which an answer was due is over."""
    house = claim_house("intelligence.miss_requirement", service(ServiceAccount.WORKER), caused_by=fired.caused_by)
    actions.miss_requirement(house, fired.subject.id)


@when_due(actions.REVIEW)
def review_is_due(fired: Fired) -> None:
    """The day has come on which a judgement is to be looked at again."""
    worker = service(ServiceAccount.WORKER)
    claimed = claim(Review, fired.subject.id, "intelligence.miss_review", worker, caused_by=fired.caused_by)
    actions.miss_review(claimed)


@subscribe("intelligence.reviews", "intelligence.ThreatGraded", "intelligence.TripwiresCrossed")
def set_reviews(entry: Delivered) -> None:
    """A judgement was made: its next look is set. A line was crossed: the look comes sooner."""
    if entry.body.mission is None:
        return
    crossed = entry.body.fact.startswith("intelligence.TripwiresCrossed")
    threats = [word.threat for word in entry.body.spoken() if isinstance(word, Evidence)] if crossed else []
    for threat in threats or ([] if crossed else [entry.body.read(ThreatGraded).threat]):
        _schedule(entry, entry.body.mission, threat, Pull.TRIPWIRE if crossed else None)


@subscribe("intelligence.rises", word="alarm")
def hear_of_rises(entry: Delivered) -> None:
    """A level rose: whoever judged the class looks sooner."""
    for word in entry.body.spoken():
        if isinstance(word, Alarm) and word.kind == "intelligence.threat_rose" and word.mission is not None:
            _schedule(entry, word.mission, ThreatClass(str(word.params["threat"])), Pull.ROSE)


def _schedule(entry: Delivered, mission: str, threat: ThreatClass, pull: Pull | None) -> None:
    worker = service(ServiceAccount.WORKER)
    claimed = missions.claimed(worker, mission, "intelligence.schedule_review", caused_by=entry.entry_id)
    actions.schedule_review(claimed, threat, pull)
