"""How does a terminal say what collecting did? Counts, and each item put aside with what to do about it."""

from legation.intelligence.actions import Outcome
from legation.intelligence.links import reasons
from legation.platform.terminal import console, show_json, show_table


def show_outcome(done: Outcome, *, as_json: bool, **more: object) -> None:
    """more: fields beside the counts, for --json."""
    aside = [
        {
            "where": one.where,
            "reason": one.reason,
            "sentence": reasons.sentence(one.reason, one.params),
            "advice": reasons.advice(one.reason, one.params),
        }
        for one in done.quarantined
    ]
    if as_json:
        show_json(
            {
                "accepted": done.accepted,
                "quarantined": aside,
                "signals": done.signals,
                "occurrences": done.occurrences,
                "known": done.known,
                "held_back": done.held_back,
                **more,
            }
        )
        return
    console.print(
        f"{done.accepted:,} items read: {done.signals:,} new signals, {done.known:,} known already, "
        f"{done.held_back:,} held back as later than now; {done.occurrences:,} occurrences made or remade"
    )
    if aside:
        rows = [(one["where"], one["sentence"], one["advice"]) for one in aside[:50]]
        show_table(f"{len(aside):,} items put aside", ["where", "why", "what to do"], rows)
