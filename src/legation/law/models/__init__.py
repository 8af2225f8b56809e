"""The room law as rows, a module for each part of it."""

from legation.law.models.entering import PremisesEntry
from legation.law.models.host import HostNote, HostRequest
from legation.law.models.limits import Consent
from legation.law.models.matrix import Holding
from legation.law.models.norms import Norm
from legation.law.models.protocols import Protocol, ProtocolVersion, Receipt
from legation.law.models.standards import Check, Waiver

__all__ = [
    "Check",
    "Consent",
    "Holding",
    "HostNote",
    "HostRequest",
    "Norm",
    "PremisesEntry",
    "Protocol",
    "ProtocolVersion",
    "Receipt",
    "Waiver",
]
