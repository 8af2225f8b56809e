"""What can happen at a portal, and the words for it."""

from enum import StrEnum


class Direction(StrEnum):
    """Which way somebody passes a portal."""

    IN = "in"  # toward the zone inside
    OUT = "out"  # away from it: life safety


class Factor(StrEnum):
    """By what somebody shows at a portal who he is."""

    BADGE = "badge"  # a number with the reader's nonce and sequence
    PIN = "pin"  # typed at the reader
    PASSKEY = "passkey"  # a key of his own device
    BIOMETRIC = "biometric"  # compared with one enrolled template, by consent


class CredentialState(StrEnum):
    """Where a credential stands."""

    ACTIVE = "active"  # it may be used
    SUSPENDED = "suspended"  # put aside for a time
    LOST = "lost"  # reported lost or stolen
    REVOKED = "revoked"  # taken away for good
