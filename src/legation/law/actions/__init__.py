"""What people and the worker do in the room law."""

from legation.law.actions.limits import CONSENT_ENDS, end_consent, record_consent, withdraw_consent
from legation.law.actions.norms import Loaded, load_instrument

__all__ = [
    "CONSENT_ENDS",
    "Loaded",
    "end_consent",
    "load_instrument",
    "record_consent",
    "withdraw_consent",
]
