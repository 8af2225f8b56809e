"""How is anything written? Through an act: one claim, one transaction, one ledger entry.

An act is a function marked `@act("room.verb")`. Its callers hand over an `Authorised` claim; its body receives the
locked row. What the body writes and what the ledger says of it commit together or not at all.
"""

import uuid
from collections.abc import Callable, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, cast

from django.db import models

from legation.foundations.identity import EntryId, Ref
from legation.foundations.markings import OPEN, Marking
from legation.foundations.words import Word
from legation.platform import clock
from legation.platform.authority.actor import Actor, Authorised, NotVisible
from legation.platform.authority.markings import intern, marking_of
from legation.platform.authority.resolve import House, check_verb
from legation.platform.ledger.log import Draft, append
from legation.platform.records import Record
from legation.platform.writing import Urgency, writing

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ACTS: dict[str, Callable[..., object]] = {}
"""Every act in the house by verb; the house tests and the authority table are checked against it."""


class ActMisused(Exception):
    """The code of an act breaks the shape of acts; a fault of ours, never of the user."""


@dataclass(frozen=True, slots=True)
class Image:
    """A row as the ledger carries it: whose it is, how marked, which version, and its value (None where deleted)."""

    mission: str | None
    marking: str
    version: int
    value: "DataclassInstance | None"


@dataclass(slots=True)
class Context:
    """What an act's body may use: who, when, and the only way to write.

    now: the time of the house (as_of); wall: the machine's clock.
    """

    actor: Actor
    verb: str
    now: datetime
    wall: datetime
    caused_by: EntryId | None
    entry_id: EntryId
    drafts: list[Draft] = field(default_factory=list)
    interned: dict[Marking, int] = field(default_factory=dict)  # of this act only: a rollback takes new ids back

    def new_id(self) -> str:
        """A fresh record id; ordered by time of making."""
        return fresh_id(self.wall)

    def marking_id(self, marking: Marking) -> int:
        known = self.interned.get(marking)
        if known is None:
            known = self.interned[marking] = intern(marking)
        return known

    def write[R: Record](
        self,
        record: R,
        fact: "DataclassInstance",
        *,
        words: Sequence[Word] = (),
        personal: "dict[Ref, DataclassInstance] | None" = None,
        occurred_at: datetime | None = None,
    ) -> R:
        """Save the row and put its image and the fact into this act's entry."""
        self.write_many([record], fact, words=words, personal=personal, occurred_at=occurred_at)
        return record

    def write_many(
        self,
        records: Sequence[Record],
        fact: "DataclassInstance",
        *,
        words: Sequence[Word] = (),
        personal: "dict[Ref, DataclassInstance] | None" = None,
        occurred_at: datetime | None = None,
    ) -> None:
        """Save many rows as one fact with n images. All must be at one mission; the entry takes the joined marking."""
        images = []
        for record in records:
            record.version += 1
            record.save(force_insert=record._state.adding)
            images.append(self._image(record))
        self._draft(fact, records, images, words, personal, occurred_at)

    def write_each(
        self,
        pairs: "Sequence[tuple[Record, DataclassInstance]]",
        personal: "Callable[[Record], dict[Ref, DataclassInstance]] | None" = None,
    ) -> None:
        """Save many rows with a fact of their own each: one commit, one entry for each row. For loads of lists.

        personal: what of a row is sealed in its own parts.
        """
        fresh = [record for record, _ in pairs if record._state.adding]
        for record in fresh:
            record.version = 1
        for model in {type(record) for record in fresh}:
            model._base_manager.bulk_create([r for r in fresh if type(r) is model], batch_size=500)
        made = {id(record) for record in fresh}
        drafts: list[Draft] = []
        for record, fact in pairs:
            if id(record) not in made:
                record.version += 1
                record.save()
            self._draft(fact, [record], [self._image(record)], (), personal(record) if personal else None, None)
            drafts += self.drafts
            self.drafts, self.entry_id = [], EntryId(fresh_id(self.wall))
        self.drafts = drafts

    def delete(self, record: Record, fact: "DataclassInstance", *, words: Sequence[Word] = ()) -> None:
        """Delete the row; the ledger keeps the fact and a tombstone image."""
        self._draft(fact, [record], [self._tombstone(record)], words, None, None)
        record.delete()

    def rewrite(
        self,
        fact: "DataclassInstance",
        *,
        changed: Sequence[Record],
        deleted: Sequence[Record],
        mission: str | None,
        subjects: Sequence[Ref],
        personal: "dict[Ref, DataclassInstance] | None" = None,
    ) -> None:
        """Save some rows and delete others, of whatever mission, as one fact: for what must go all at once."""
        images, marking = [], OPEN
        for record in changed:
            record.version += 1
            record.save()
            images.append(self._image(record))
        for record in deleted:
            images.append(self._tombstone(record))
            type(record)._base_manager.filter(pk=record.pk).delete()
        for record in (*changed, *deleted):
            marking = marking.join(marking_of(record.marking_id))
        self._append(fact, mission, marking, list(subjects), images, (), personal, None)

    @staticmethod
    def _tombstone(record: Record) -> "tuple[Ref, DataclassInstance]":
        marking = str(marking_of(record.marking_id))
        return record.ref, Image(record.mission_id, marking, record.version + 1, None)

    @staticmethod
    def _image(record: Record) -> "tuple[Ref, DataclassInstance]":
        marking = str(marking_of(record.marking_id))
        return record.ref, Image(record.mission_id, marking, record.version, record.to_value())

    def announce(
        self,
        fact: "DataclassInstance",
        *,
        mission: str | None = None,
        marking: Marking = OPEN,
        words: Sequence[Word] = (),
        subjects: Sequence[Ref] = (),
        occurred_at: datetime | None = None,
    ) -> None:
        """A fact without row images: a batch appended to a stream, an export, words alone."""
        self._append(fact, mission, marking, list(subjects), [], words, None, occurred_at)

    def _draft(
        self,
        fact: "DataclassInstance",
        records: Sequence[Record],
        images: "list[tuple[Ref, DataclassInstance]]",
        words: Sequence[Word],
        personal: "dict[Ref, DataclassInstance] | None",
        occurred_at: datetime | None,
    ) -> None:
        missions = {record.mission_id for record in records}
        if len(missions) > 1:
            raise ActMisused(f"{self.verb} writes rows of several missions in one entry; write one act per mission")
        marking = OPEN
        for record in records:
            marking = marking.join(marking_of(record.marking_id))
        mission = next(iter(missions), None)
        self._append(fact, mission, marking, [r.ref for r in records], images, words, personal, occurred_at)

    def _append(
        self,
        fact: "DataclassInstance",
        mission: str | None,
        marking: Marking,
        subjects: list[Ref],
        images: "Iterable[tuple[Ref, DataclassInstance]]",
        words: Sequence[Word],
        personal: "dict[Ref, DataclassInstance] | None",
        occurred_at: datetime | None,
    ) -> None:
        if self.drafts:
            raise ActMisused(f"{self.verb} writes twice; one act is one entry, use write_many")
        self.drafts.append(
            Draft(
                entry_id=self.entry_id,
                fact=fact,
                fact_name=fact_name(fact),
                actor=self.actor.id,
                mission=mission,
                marking=marking,
                marking_id=self.marking_id(marking),
                occurred_at=occurred_at or self.now,
                subjects=subjects,
                words=tuple(words),
                images=list(images),
                personal=personal or {},
                caused_by=self.caused_by,
            )
        )


def fresh_id(at: datetime) -> str:
    """A UUIDv7 in 32 hex digits: milliseconds of `at`, then randomness."""
    stamp = int(at.timestamp() * 1000).to_bytes(6, "big")
    tail = bytearray(uuid.uuid4().bytes[6:])
    tail[0] = 0x70 | (tail[0] & 0x0F)
    return (stamp + bytes(tail)).hex()


def fact_name(fact: "DataclassInstance") -> str:
    """`missions.PostureSet/1`: the room, the class, the version of its shape."""
    room = type(fact).__module__.split(".")[1]
    if room == "platform":
        room = type(fact).__module__.split(".")[2]
    return f"{room}.{type(fact).__name__}/{getattr(type(fact), 'version', 1)}"


LAST_ENTRY: ContextVar[EntryId | None] = ContextVar("last_entry", default=None)
"""The entry of the act that this thread finished last, for doors that answer with a receipt."""


def act[T: models.Model | House, **P, R](
    verb: str, *, urgency: Urgency = Urgency.PERSON
) -> Callable[[Callable[Concatenate[Context, T, P], R]], Callable[Concatenate[Authorised[T], P], R]]:
    """Make a function the act of this verb.

    The body gets a Context and the locked row. Raises NotVisible, Forbidden, or what the room's rules raise; then
    nothing is written.
    """

    def mark(body: Callable[Concatenate[Context, T, P], R]) -> Callable[Concatenate[Authorised[T], P], R]:
        @wraps(body)
        def run(claim: Authorised[T], /, *args: P.args, **kwargs: P.kwargs) -> R:
            if claim.verb != verb:
                raise ActMisused(f"a claim to {claim.verb} was handed to {verb}")
            with writing(urgency):
                check_verb(verb, claim.actor)
                row = _lock(claim)
                now_wall = clock.wall()
                ctx = Context(
                    actor=claim.actor,
                    verb=verb,
                    now=clock.as_of(),
                    wall=now_wall,
                    caused_by=claim.caused_by,
                    entry_id=EntryId(fresh_id(now_wall)),
                )
                result = body(ctx, row, *args, **kwargs)
                if ctx.drafts:
                    append(ctx.drafts, recorded_at=clock.wall())
                    LAST_ENTRY.set(ctx.drafts[-1].entry_id)
                return result

        if verb in ACTS:
            raise ActMisused(f"two acts are named {verb}")
        ACTS[verb] = run
        return run

    return mark


def _lock[T: models.Model | House](claim: Authorised[T]) -> T:
    if claim.model is House:
        return cast(T, House())
    model = cast(type[Record], claim.model)
    row = model.objects.visible_to(claim.actor).select_for_update().filter(pk=claim.id).first()
    if row is None:
        raise NotVisible
    return cast(T, row)
