"""All tables of the platform, for Django to find."""

from legation.platform.authority.models import MarkingRow, Operator, PersonalKey
from legation.platform.blobs import BlobKey
from legation.platform.clock import NodeClock
from legation.platform.deadlines import Deadline
from legation.platform.idempotency import Answered
from legation.platform.ledger.models import (
    Entry,
    LegalHold,
    Node,
    PartKey,
    SealedPart,
    SubjectRow,
    Tile,
    WordRow,
)
from legation.platform.subscribers import Cursor, Parked

__all__ = [
    "Answered",
    "BlobKey",
    "Cursor",
    "Deadline",
    "Entry",
    "LegalHold",
    "MarkingRow",
    "Node",
    "NodeClock",
    "Operator",
    "Parked",
    "PartKey",
    "PersonalKey",
    "SealedPart",
    "SubjectRow",
    "Tile",
    "WordRow",
]
