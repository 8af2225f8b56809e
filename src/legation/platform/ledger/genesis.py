"""What is this node, for ever? Entry 0: its name, its kind (real or demonstration), its public key."""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import ClassVar

from legation.foundations.identity import EntryId, Ref
from legation.foundations.markings import OPEN
from legation.platform.authority.markings import intern
from legation.platform.ledger.body import Draft
from legation.platform.secrets.node import NodeKeys


@dataclass(frozen=True, slots=True)
class NodeFounded:
    """The first fact of every log."""

    version: ClassVar[int] = 1
    node: str
    kind: str
    public_key: str


def draft(keys: NodeKeys, at: datetime) -> Draft:
    """Entry 0. Its id follows from the key, so that two foundings of one node are one entry."""
    return Draft(
        entry_id=EntryId(sha256(b"entry 0 of " + keys.public_key).hexdigest()[:32]),
        fact=NodeFounded(keys.name, keys.kind, keys.public_key.hex()),
        fact_name="ledger.NodeFounded/1",
        actor="local",
        mission=None,
        marking=OPEN,
        marking_id=intern(OPEN),
        occurred_at=at,
        subjects=[Ref("Node", keys.name)],
    )
