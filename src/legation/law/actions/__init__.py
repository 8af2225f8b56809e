"""What people and the worker do in the room law."""

from legation.law.actions.limits import CONSENT_ENDS, end_consent, record_consent, withdraw_consent
from legation.law.actions.matrix import give_responsibility, release_responsibility, review_matrix
from legation.law.actions.norms import Loaded, load_instrument
from legation.law.actions.standards import (
    CATEGORY_DUE,
    WAIVER_ENDS,
    WAIVER_REVIEW,
    apply_waiver,
    check_criterion,
    decide_waiver,
    end_waiver,
    examine_category,
    remind_waiver,
    withdraw_waiver,
)

__all__ = [
    "CATEGORY_DUE",
    "CONSENT_ENDS",
    "WAIVER_ENDS",
    "WAIVER_REVIEW",
    "Loaded",
    "apply_waiver",
    "check_criterion",
    "decide_waiver",
    "end_consent",
    "end_waiver",
    "examine_category",
    "give_responsibility",
    "load_instrument",
    "record_consent",
    "release_responsibility",
    "remind_waiver",
    "review_matrix",
    "withdraw_consent",
    "withdraw_waiver",
]
