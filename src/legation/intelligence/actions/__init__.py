"""What is done with sources, signals, occurrences and judgements."""

from legation.intelligence.actions.believing import believe
from legation.intelligence.actions.collecting import (
    Batch,
    Outcome,
    check_tripwires,
    collect,
    collect_all,
    cross,
    dismiss,
    fetch,
    report,
    retry,
)
from legation.intelligence.actions.judging import grade_threat, merge, rebuild, set_tripwire, split
from legation.intelligence.actions.past import import_incidents
from legation.intelligence.actions.phones import arrive, refuse_held, register, revoke_phone, take, waiting
from legation.intelligence.actions.sources import amend_source, register_source
from legation.intelligence.actions.telling import answer, tell

__all__ = [
    "Batch",
    "Outcome",
    "amend_source",
    "answer",
    "arrive",
    "believe",
    "check_tripwires",
    "collect",
    "collect_all",
    "cross",
    "dismiss",
    "fetch",
    "grade_threat",
    "import_incidents",
    "merge",
    "rebuild",
    "refuse_held",
    "register",
    "register_source",
    "report",
    "retry",
    "revoke_phone",
    "set_tripwire",
    "split",
    "take",
    "tell",
    "waiting",
]
