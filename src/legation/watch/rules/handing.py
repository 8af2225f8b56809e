"""May this watch be handed over, and may it be accepted? Two acts by two persons; until the second it is not done."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.watch.rules.roster import Turn

RULE = "hand_over"
ANSWER_WITHIN = timedelta(minutes=30)
"""As long as two may stand on one duty: then the outgoing one has gone home, and somebody must have the watch."""
DUE_WITHIN = timedelta(days=1)
"""What falls due before the watch changes hands again."""
LONGEST_NOTE = 2000


def answer_by(turn: Turn, now: datetime) -> datetime:
    """Until when the incoming one must have accepted: half an hour after the turn's end, or after a late hand-over."""
    return max(turn.ends, now) + ANSWER_WITHIN


def may_hand_over(
    turn: Turn,
    *,
    holder: str,
    actor: str,
    incoming: str,
    reachable: Iterable[str],
    offered: bool,
    note: str,
    now: datetime,
) -> Decision:
    """By the one who has the watch, once, to another person whom an alarm can reach."""
    faults = (
        (now < turn.begins, "watch_not_begun"),
        (holder != actor, "watch_not_yours"),
        (offered, "watch_offered_already"),
        (incoming == actor, "watch_to_oneself"),
        (incoming not in set(reachable), "person_not_reachable"),
        (len(note) > LONGEST_NOTE, "note_too_long"),
    )
    for wrong, reason in faults:
        if wrong:
            return Refusal(reason, RULE, params={"longest": str(LONGEST_NOTE)})
    return Grant(RULE)


def may_accept(incoming: str, actor: str, *, accepted: bool) -> Decision:
    """By the one it is given to, once."""
    if accepted:
        return Refusal("watch_accepted_already", RULE)
    if incoming != actor:
        return Refusal("watch_for_another", RULE)
    return Grant(RULE)


def may_note(text: str) -> Decision:
    """A line says something, and not a chapter."""
    if not text.strip():
        return Refusal("note_missing", RULE)
    if len(text) > LONGEST_NOTE:
        return Refusal("note_too_long", RULE, params={"longest": str(LONGEST_NOTE)})
    return Grant(RULE)
