"""May the posture be set so?"""

from datetime import datetime

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.posture import Posture, PostureLevel

RULE = "posture"
LONGEST_REASON = 400


def may_set(before: Posture, level: PostureLevel, *, lockdown: bool, reason: str, now: datetime) -> Decision:
    """A posture needs a reason, must change something, and cannot begin before the one it replaces."""
    if not reason.strip():
        return Refusal("reason_missing", RULE)
    if len(reason) > LONGEST_REASON:
        return Refusal("reason_too_long", RULE, params={"longest": str(LONGEST_REASON)})
    if (level, lockdown) == (before.level, before.lockdown):
        return Refusal("posture_unchanged", RULE, params={"level": str(int(level))})
    if before.since is not None and now < before.since:
        return Refusal("posture_from_the_future", RULE, params={"since": before.since.isoformat()})
    return Grant(RULE)


def set_to(level: PostureLevel, *, lockdown: bool, reason: str, now: datetime) -> Posture:
    """The posture that begins at `now`, its reason without surrounding blanks."""
    return Posture(level, lockdown, now, reason.strip())
