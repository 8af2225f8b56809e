"""What people and the worker do about risks: assess, measure, delegate, accept, propose, compute."""

from legation.risk.actions.accepting import (
    EXPIRY,
    accept,
    delegate,
    end_acceptance,
    withdraw_acceptance,
    withdraw_delegation,
)
from legation.risk.actions.assessing import (
    Entered,
    Stated,
    add_measure,
    assess,
    decline_posture,
    propose_posture,
    set_measure_state,
)
from legation.risk.actions.recomputing import Recomputed, is_stale, reforecast

__all__ = [
    "EXPIRY",
    "Entered",
    "Recomputed",
    "Stated",
    "accept",
    "add_measure",
    "assess",
    "decline_posture",
    "delegate",
    "end_acceptance",
    "is_stale",
    "propose_posture",
    "reforecast",
    "set_measure_state",
    "withdraw_acceptance",
    "withdraw_delegation",
]
