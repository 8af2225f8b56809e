"""What is done with the register of threat actors."""

from datetime import datetime, timedelta

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.markings import OPEN, Marking
from legation.foundations.words import Alarm, Due, Severity
from legation.intelligence.events.actors import (
    ActorRegistered,
    ActorReviewed,
    ActorReviewLapsed,
    ActorValue,
)
from legation.intelligence.models import Block, Signal
from legation.intelligence.models.actors import Mention, SpokenName, ThreatActor
from legation.intelligence.models.packing import unpack
from legation.intelligence.rules import actors as rules
from legation.platform import deadlines
from legation.platform.act import Context, act
from legation.platform.authority.resolve import House
from legation.platform.writing import Urgency

REVIEW = "intelligence.actor_review"
"""The kind of deadline by which somebody looks at an actor again."""

REVIEW_WITHIN = timedelta(days=180)
REVIEW_DAYS_MAX = 730
"""Two years: by then aims, leaders and names are others."""


@act("intelligence.register_actor")
def register_actor(
    ctx: Context, house: House, value: ActorValue, *, marking: Marking = OPEN, review_at: datetime | None = None
) -> ThreatActor:
    """Bring an actor into the register. Raises Refused for what cannot be, a name in use, or a marking too high."""
    if lacking := rules.refusal(value):
        raise Refused(lacking)
    if not ctx.actor.clearance.covers(marking):
        raise Refused(Refusal("grading_marking", rules.RULE))
    _name_is_free(ctx, value, "")
    row = ThreatActor(id=ctx.new_id(), marking_id=ctx.marking_id(marking), review_at=_review(ctx, review_at))
    _take(row, value)
    return ctx.write(row, ActorRegistered(), words=[_due(row)])


@act("intelligence.review_actor")
def review_actor(
    ctx: Context, row: ThreatActor, value: ActorValue, *, review_at: datetime | None = None
) -> ThreatActor:
    """Say what stands of an actor now, and by when somebody looks again. Raises Refused as register_actor does."""
    if lacking := rules.refusal(value):
        raise Refused(lacking)
    _name_is_free(ctx, value, row.pk)
    old = row.value
    changed = tuple(name for name in ActorValue.__slots__ if getattr(old, name) != getattr(value, name))
    deadlines.settle(row.review_key)
    row.review_at = _review(ctx, review_at)
    _take(row, value)
    return ctx.write(row, ActorReviewed(changed), words=[_due(row)])


@act("intelligence.lapse_review")
def lapse_review(ctx: Context, row: ThreatActor) -> ThreatActor:
    """Nobody has looked again in time: say so."""
    if row.review_at > ctx.now:
        return row
    said: dict[str, str | int | float] = {"actor": row.name, "day": f"{row.review_at:%d %b %Y}"}
    alarm = Alarm(None, "intelligence.actor_review_lapsed", Severity.NOTICE, row.ref, row.review_key, said)
    return ctx.write(row, ActorReviewLapsed(), words=[alarm])


@act("intelligence.index_names", urgency=Urgency.BATCH)
def index_names(ctx: Context, house: House, first: int, signals: int) -> int:
    """Note which names these signals give to actors. Returns how many mentions. Writes no entry: it can be redone."""
    rows = list(Signal.objects.filter(pk__gte=first, pk__lt=first + signals).values_list("pk", "block", "marking_id"))
    blocks = Block.objects.in_bulk({block for _, block, _ in rows})
    spoken: dict[tuple[str, int], str] = {}
    said: list[tuple[str, int, int]] = []
    for number, block, marking in rows:
        for name in rules.named(unpack(bytes(blocks[block].data))[number - block].actors):
            normal = rules.normalised(name)[:200]
            spoken.setdefault((normal, marking), name[:200])
            said.append((normal, marking, number))
    made = [SpokenName(normal=normal, spoken=name, marking_id=m) for (normal, m), name in spoken.items()]
    SpokenName.objects.bulk_create(made, ignore_conflicts=True, batch_size=500)
    known = SpokenName.objects.filter(normal__in={normal for normal, _ in spoken})
    key_of = {(row.normal, row.marking_id): row.pk for row in known}
    mentions = [Mention(name_id=key_of[normal, m], signal=number, marking_id=m) for normal, m, number in said]
    Mention.objects.bulk_create(mentions, ignore_conflicts=True, batch_size=2_000)
    return len(mentions)


def _review(ctx: Context, wanted: datetime | None) -> datetime:
    """The next look. Raises Refused outside the next two years."""
    at = wanted or ctx.now + REVIEW_WITHIN
    if not ctx.now < at <= ctx.now + timedelta(days=REVIEW_DAYS_MAX):
        raise Refused(Refusal("actor_review", rules.RULE, params={"days": str(REVIEW_DAYS_MAX)}))
    return at


def _name_is_free(ctx: Context, value: ActorValue, own: str) -> None:
    wanted = rules.normalised(value.name)
    for row in ThreatActor.objects.visible_to(ctx.actor).exclude(pk=own):
        if rules.normalised(row.name) == wanted:
            raise Refused(Refusal("actor_known", rules.RULE, params={"name": row.name}))


def _take(row: ThreatActor, value: ActorValue) -> None:
    for name in ActorValue.__slots__:
        said = getattr(value, name)
        setattr(row, name, list(said) if isinstance(said, tuple) else said)
    row.name = value.name.strip()


def _due(row: ThreatActor) -> Due:
    return Due(None, REVIEW, row.ref, row.review_at, "analyst", row.review_key)
