"""What does a collector promise? Its manifest, the hint it is given, and the shape that all share."""

from dataclasses import dataclass, field
from typing import Protocol

from legation.foundations.grading import Reliability
from legation.foundations.markings import OPEN, Marking
from legation.intelligence.rules.signals import Collected


@dataclass(frozen=True, slots=True)
class Manifest:
    """The interface in prose: what is read, whose it is, and what we do when it goes wrong.

    hosts: the only hosts the outbound client may ask for this collector.  cadence_s: longest silence that is
    normal.  rate_s: shortest pause between two requests.  ceiling: highest marking a signal of it may carry.
    lists_happenings: each row is one happening already, so that two rows are never joined with each other.
    rows_are_happenings: each id is one happening, so two of its rows are never joined with each other.
    marking: what its signals carry where nobody says otherwise.
    """

    name: str
    title: str
    reads: str
    credit: str
    licence: str
    owner: str
    on_failure: str
    hosts: tuple[str, ...] = ()
    rate_s: int = 900
    cadence_s: int = 86_400
    ceiling: Marking = OPEN
    reliability: Reliability = Reliability.F
    lists_happenings: bool = False
    rows_are_happenings: bool = False
    marking: Marking = OPEN


@dataclass(frozen=True, slots=True)
class Hint:
    """What is known about the bytes beside the bytes.

    name: file name or address, for messages.  received_s: epoch seconds at which we had them, 0 where unknown;
    an item that claims to be published after that is refused.
    """

    name: str = ""
    received_s: int = 0


NO_HINT = Hint()


@dataclass(frozen=True, slots=True)
class Looks:
    """The first bytes of something whose collector is sought: `head` is at most 64 KiB, inflated."""

    head: bytes
    name: str = ""
    text: str = field(default="")


class Collector(Protocol):
    """A file in links/: a manifest, a test whether bytes look like its own, and the reading itself."""

    MANIFEST: Manifest

    def recognises(self, looks: Looks) -> bool:
        """True where these bytes are of this collector's form."""
        ...

    def read(self, data: bytes, *, hint: Hint) -> Collected:
        """All items of `data`, each either a signal or quarantined. Never raises for what the bytes hold."""
        ...
