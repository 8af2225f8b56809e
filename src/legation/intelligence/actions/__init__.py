"""What is done with sources, signals, occurrences and judgements."""

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
from legation.intelligence.actions.sources import amend_source, register_source
from legation.intelligence.actions.telling import answer, tell

__all__ = [
    "Batch",
    "Outcome",
    "amend_source",
    "answer",
    "check_tripwires",
    "collect",
    "collect_all",
    "cross",
    "dismiss",
    "fetch",
    "grade_threat",
    "merge",
    "rebuild",
    "register_source",
    "report",
    "retry",
    "set_tripwire",
    "split",
    "tell",
]
