"""What is done with sources, signals, occurrences and judgements."""

from legation.intelligence.actions.believing import believe
from legation.intelligence.actions.briefs import (
    UNREAD,
    acknowledge_brief,
    check_brief,
    correct_brief,
    issue_brief,
    open_brief,
    print_brief,
    remind_brief,
)
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
from legation.intelligence.actions.figures import import_figures
from legation.intelligence.actions.judging import grade_threat, merge, rebuild, set_tripwire, split
from legation.intelligence.actions.past import import_incidents
from legation.intelligence.actions.phones import arrive, refuse_held, register, revoke_phone, take, waiting
from legation.intelligence.actions.requirements import (
    OVERDUE,
    answer_requirement,
    ask_requirement,
    cite_answer,
    close_requirement,
    miss_requirement,
    put_requirement,
    register_agency,
    report_answer,
)
from legation.intelligence.actions.reviews import REVIEW, miss_review, push_review, review_unchanged, schedule_review
from legation.intelligence.actions.sources import amend_source, register_source
from legation.intelligence.actions.telling import answer, tell

__all__ = [
    "OVERDUE",
    "REVIEW",
    "UNREAD",
    "Batch",
    "Outcome",
    "acknowledge_brief",
    "amend_source",
    "answer",
    "answer_requirement",
    "arrive",
    "ask_requirement",
    "believe",
    "check_brief",
    "check_tripwires",
    "cite_answer",
    "close_requirement",
    "collect",
    "collect_all",
    "correct_brief",
    "cross",
    "dismiss",
    "fetch",
    "grade_threat",
    "import_figures",
    "import_incidents",
    "issue_brief",
    "merge",
    "miss_requirement",
    "miss_review",
    "open_brief",
    "print_brief",
    "push_review",
    "put_requirement",
    "rebuild",
    "refuse_held",
    "register",
    "register_agency",
    "register_source",
    "remind_brief",
    "report",
    "report_answer",
    "retry",
    "review_unchanged",
    "revoke_phone",
    "schedule_review",
    "set_tripwire",
    "split",
    "take",
    "tell",
    "waiting",
]
