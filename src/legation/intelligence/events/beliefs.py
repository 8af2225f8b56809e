"""What can happen where sources say one thing differently: a person says whom he believes."""

from dataclasses import dataclass
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class BeliefImage:
    """Whose version of a happening a person believes. occurrence, signal: content keys; "" believes none of them."""

    occurrence: str
    signal: str
    reason: str


@dataclass(frozen=True, slots=True)
class SourceBelieved:
    """An analyst said which of the differing versions he believes, and why."""

    version: ClassVar[int] = 1
    occurrence: str
    signal: str
