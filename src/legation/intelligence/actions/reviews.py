"""When is a judgement looked at again? Scheduled by its level, pulled forward by what happens, put off by a person."""

from datetime import datetime

from legation.foundations.decisions import require
from legation.foundations.identity import MissionId
from legation.foundations.markings import OPEN
from legation.foundations.threats import THREAT_CODES, ThreatClass, ThreatLevel
from legation.foundations.words import Alarm, Due, Severity
from legation.intelligence import queries
from legation.intelligence.events.reviews import ReviewedUnchanged, ReviewMissed, ReviewPushed, ReviewScheduled
from legation.intelligence.models.reviews import Review
from legation.intelligence.queries.briefs import lowered
from legation.intelligence.rules import reviews as rules
from legation.intelligence.rules.reviews import Pull
from legation.missions import published as missions
from legation.platform.act import Context, act
from legation.platform.authority.actor import Actor
from legation.platform.records import Record
from legation.platform.writing import Urgency

REVIEW = "intelligence.review_due"
"""The kind of deadline by which a judgement is looked at again; the alarm that follows has the kind LATE."""

LATE = "intelligence.review_late"


@act("intelligence.schedule_review", urgency=Urgency.ALARM)
def schedule_review(ctx: Context, mission: Record, threat: ThreatClass, pull: Pull | None = None) -> Review | None:
    """After a judgement: the next look, by level. After something that pulls: sooner, and never later than it was.

    Nothing is scheduled by a pull where nobody has judged yet.
    """
    row = Review.objects.select_for_update().filter(mission_id=mission.pk, threat=threat.value).first()
    level = level_of(ctx.actor, str(mission.pk), threat, ctx.now)
    if row is None:
        if pull is not None:
            return None
        row = Review(id=ctx.new_id(), mission_id=mission.pk, marking_id=mission.marking_id, threat=threat.value)
    row.level = int(level)
    if pull is None:
        row.looked_at, row.pulled, row.note = ctx.now, "", ""
        row.due_at = rules.due_after(ctx.now, level)
    else:
        row.due_at = min(rules.pulled(row.due_at, ctx.now), rules.rescheduled(row.due_at, row.looked_at, level))
        row.pulled = pull.value
    return ctx.write(row, ReviewScheduled(threat.value, row.due_at, row.pulled), words=[_due(row)])


@act("intelligence.review_unchanged")
def review_unchanged(ctx: Context, row: Review, *, reason: str) -> Review:
    """Look and leave the judgement as it is, because …; the next look is due by level. Raises Refused without why."""
    require(rules.may_look(reason))
    level = level_of(ctx.actor, row.mission_id or "", ThreatClass(row.threat), ctx.now)
    row.level, row.looked_at, row.looked_by = int(level), ctx.now, ctx.actor.name
    row.due_at, row.pulled, row.note = rules.due_after(ctx.now, level), "", reason.strip()
    return ctx.write(row, ReviewedUnchanged(row.threat, row.note, row.due_at), words=[_due(row)])


@act("intelligence.push_review")
def push_review(ctx: Context, row: Review, *, until: datetime, reason: str) -> Review:
    """Put a review off. Raises Refused without a reason, or beyond twice the interval of the level."""
    require(rules.may_push(row.due_at, until, row.looked_at, row.reads, reason))
    row.due_at, row.note = until, reason.strip()[:400]
    return ctx.write(row, ReviewPushed(row.threat, until, row.note), words=[_due(row)])


@act("intelligence.miss_review", urgency=Urgency.ALARM)
def miss_review(ctx: Context, row: Review) -> Review:
    """The day has passed: say so in the queue. A row that was looked at since is left alone."""
    if row.due_at > ctx.now:
        return row
    word = Alarm(MissionId(row.mission_id or ""), LATE, Severity.NOTICE, row.ref, row.pk, {"threat": row.threat})
    return ctx.write(row, ReviewMissed(row.threat), words=[word])


def level_of(actor: Actor, mission: str, threat: ThreatClass, now: datetime) -> ThreatLevel:
    """Where the class stands by what is openly marked: the row may be read by all who may read the mission."""
    open_reader = lowered(actor, OPEN)
    found = queries.scores_of(open_reader, [missions.mission(open_reader, mission)], now)
    return ThreatLevel(int(found.level[0, THREAT_CODES.index(threat)]))


def _due(row: Review) -> Due:
    return Due(MissionId(row.mission_id or ""), REVIEW, row.ref, row.due_at, "analyst", row.deadline_key)
