"""What is this thing called? Typed identifiers and references to records."""

from dataclasses import dataclass
from typing import NewType

RecordId = NewType("RecordId", str)
MissionId = NewType("MissionId", str)
EntryId = NewType("EntryId", str)
SourceId = NewType("SourceId", str)
OccurrenceId = NewType("OccurrenceId", str)
SignalId = NewType("SignalId", int)


@dataclass(frozen=True, slots=True, order=True)
class Ref:
    """A record named without being loaded, written `Mission/0193…` wherever text is needed."""

    type: str
    id: str

    def __str__(self) -> str:
        return f"{self.type}/{self.id}"

    @classmethod
    def parse(cls, text: str) -> "Ref":
        """The reverse of `str`. Raises ValueError where there is no slash."""
        kind, slash, key = text.partition("/")
        if not (kind and slash and key):
            raise ValueError(f"{text!r} is not a reference; write it as Type/id")
        return cls(kind, key)
