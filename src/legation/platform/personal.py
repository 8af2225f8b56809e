"""What does the house hold about one person, and how is it made to forget? Each room answers for its own rows.

A room registers a Holder: what it holds, for the person's own page, and how it forgets, for the one erasing act. What
is personal stands in rows and in sealed parts of the ledger (`ctx.write(…, personal=…)`), never in a body or image.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from legation.foundations.identity import Ref
from legation.platform import blobs
from legation.platform.act import Context
from legation.platform.authority.actor import Actor
from legation.platform.deadlines import Deadline
from legation.platform.holds import PersonErased
from legation.platform.ledger import erasure
from legation.platform.ledger.models import WordRow
from legation.platform.records import Record


@dataclass(frozen=True, slots=True)
class Held:
    """One thing held about a person. what: a sentence's code, filled with `params`; url: where it opens, or empty."""

    what: str
    params: dict[str, str] = field(default_factory=dict)
    url: str = ""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What forgetting does to a room's rows; the erasing act writes it.

    changed: rows kept, emptied in memory of all that is about the person. deleted: rows that go. blobs: names of
    attachments. parts: other subjects under which the ledger holds sealed parts about him.
    """

    changed: Sequence[Record] = ()
    deleted: Sequence[Record] = ()
    blobs: Sequence[str] = ()
    parts: Sequence[Ref] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """A room's answers. holds: what this actor may see of what is held about the subject. forget: all of it, read past
    every marking, because what its keeper cannot see must go too."""

    room: str
    holds: Callable[[Actor, Ref], Iterable[Held]]
    forget: Callable[[Ref], Forgotten]


_holders: dict[str, Holder] = {}


def register_holder(holder: Holder) -> None:
    """Called in the room's `panels.register()`."""
    _holders[holder.room] = holder


def held_about(actor: Actor, subject: Ref) -> dict[str, list[Held]]:
    """What each room holds about a person, rooms that hold nothing left out."""
    asked = {room: list(holder.holds(actor, subject)) for room, holder in sorted(_holders.items())}
    return {room: found for room, found in asked.items() if found}


def erase(ctx: Context, subjects: Sequence[Ref], *, mission: str | None, reason: str) -> int:
    """Make the whole house forget a person, as the one entry of the calling act. Returns how many sealed parts went.

    subjects: all ids under which he was ever known. Raises Refused under a legal hold on him, or on the mission,
    before anything is touched.
    """
    for subject in subjects:
        erasure.refuse_held(subject, missions={mission} if mission else set())
    told = [holder.forget(subject) for subject in subjects for holder in _holders.values()]
    changed = [row for one in told for row in one.changed]
    deleted = [row for one in told for row in one.deleted]
    known_as = [*subjects, *(ref for one in told for ref in one.parts)]
    parts = sum(erasure.erase(ref) for ref in known_as)
    _silence([*known_as, *(row.ref for row in deleted)])
    for name in (name for one in told for name in one.blobs):
        blobs.erase(name)
    ctx.rewrite(PersonErased(parts, reason), changed=changed, deleted=deleted, mission=mission, subjects=subjects)
    return parts


def _silence(refs: Sequence[Ref]) -> None:
    """Deadlines about what is gone stand no longer; of words that were spoken about it, the parameters go."""
    for ref in refs:
        Deadline.objects.filter(subject_type=ref.type, subject_id=ref.id).delete()
        spoken = WordRow.objects.filter(subject_type=ref.type, subject_key=ref.id)
        spoken.update(payload="{}", sealed=None, current=False)
