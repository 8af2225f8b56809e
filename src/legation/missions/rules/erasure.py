"""May a person be erased? Proposed by one, confirmed by another, neither of them the one to be erased."""

from datetime import datetime, timedelta

from legation.foundations.decisions import Decision, Grant, Refusal

RULE = "two_persons"

STANDS_FOR = timedelta(days=30)
"""A proposal that nobody confirmed within the month in which a request must be answered is to be made anew."""

ANSWER_WITHIN = timedelta(days=30)
"""A request for correction is answered within a month. Source: GDPR art. 12(3), the strictest of such laws."""

LONGEST = 400


def may_propose(reason: str, *, actor: str, subject_account: str, standing: bool) -> Decision:
    """Whether the erasure of somebody with this account may be proposed, where one `standing` is known or not."""
    if not reason.strip():
        return Refusal("reason_missing", RULE)
    if len(reason) > LONGEST:
        return Refusal("reason_too_long", RULE, params={"longest": str(LONGEST)})
    if standing:
        return Refusal("erasure_proposed_already", RULE)
    return _not_oneself(actor, subject_account)


def may_confirm(
    *, actors: frozenset[str], proposers: frozenset[str], subject_account: str, proposed_at: datetime, now: datetime
) -> Decision:
    """Whether one who is known by these ids (account, person) may confirm what one known by those has proposed.

    A second account of the proposer, or of the person to be erased, is no second person.
    """
    if actors & proposers:
        return Refusal("second_person_needed", RULE)
    if now - proposed_at >= STANDS_FOR:
        return Refusal("proposal_too_old", RULE, params={"days": str(STANDS_FOR.days)})
    return next((d for a in actors if isinstance(d := _not_oneself(a, subject_account), Refusal)), Grant(RULE))


def _not_oneself(actor: str, subject_account: str) -> Decision:
    if subject_account and actor == subject_account:
        return Refusal("own_erasure", RULE)
    return Grant(RULE)
