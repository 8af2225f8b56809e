"""What can happen to operators."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class OperatorImage:
    """An operator as the ledger carries him; roles and scope are comma-separated."""

    name: str
    roles: str
    scope: str
    clearance: str
    active: bool


@dataclass(frozen=True, slots=True)
class OperatorEnrolled:
    """A person was given an account."""

    version: ClassVar[int] = 1
    roles: str
    clearance: str


@dataclass(frozen=True, slots=True)
class OperatorChanged:
    """Roles, scope or clearance were changed."""

    version: ClassVar[int] = 1
    roles: str
    clearance: str
    scope: str


@dataclass(frozen=True, slots=True)
class OperatorRevoked:
    """The account was closed; sessions end within five seconds."""

    version: ClassVar[int] = 1
    reason: str
