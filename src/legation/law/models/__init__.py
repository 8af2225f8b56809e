"""The room law as rows, a module for each part of it."""

from legation.law.models.host import HostNote, HostRequest
from legation.law.models.limits import Consent
from legation.law.models.norms import Norm
from legation.law.models.protocols import Protocol, ProtocolVersion, Receipt

__all__ = ["Consent", "HostNote", "HostRequest", "Norm", "Protocol", "ProtocolVersion", "Receipt"]
