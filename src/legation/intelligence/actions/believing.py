"""What is done where sources differ: a person says whom he believes, and the versions all stay."""

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.markings import OPEN
from legation.intelligence import queries
from legation.intelligence.events.beliefs import SourceBelieved
from legation.intelligence.models.beliefs import Belief
from legation.platform.act import Context, act
from legation.platform.authority.actor import NotVisible
from legation.platform.authority.markings import marking_of
from legation.platform.authority.resolve import House

REASON_CHARS_MAX = 400
RULE = "intelligence.believe"


@act("intelligence.believe")
def believe(ctx: Context, house: House, occurrence: str, signal: str, *, reason: str) -> Belief:
    """Say which signal of an occurrence is believed, and why. Nothing is taken from the others but their record.

    Marked as all that the person compared. Raises Refused without a reason, where the signal is none of the
    occurrence's, or where only one source speaks.
    """
    if not reason.strip() or len(reason) > REASON_CHARS_MAX:
        raise Refused(Refusal("reason_wanted", RULE, params={"longest": str(REASON_CHARS_MAX)}))
    try:
        _seen, signals = queries.occurrence(ctx.actor, occurrence)
    except NotVisible:
        raise Refused(Refusal("occurrence_unknown", RULE)) from None
    if signal not in {one.key for one in signals} or len({one.row.source for one in signals}) < 2:
        raise Refused(Refusal("belief_part", RULE))
    marking = OPEN
    for one in signals:
        marking = marking.join(marking_of(one.row.marking_id))
    row = Belief(
        id=ctx.new_id(),
        marking_id=ctx.marking_id(marking),
        occurrence=occurrence,
        signal=signal,
        reason=reason.strip(),
        said_at=ctx.now,
        said_by=ctx.actor.id,
    )
    return ctx.write(row, SourceBelieved(occurrence, signal))
