"""What does an entry hold when it is opened? Canonical JSON: sorted keys, no spaces, never rewritten."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from legation.foundations.identity import EntryId, Ref
from legation.foundations.markings import Marking
from legation.foundations.words import Alarm, Due, Evidence, Word
from legation.platform.ledger import upcast

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

_marking_text = lru_cache(maxsize=512)(str)  # a house uses a few dozen markings, and each entry names one
_encoder = msgspec.json.Encoder(order="sorted")
_SPOKEN: dict[type, str] = {Alarm: "alarm", Evidence: "evidence", Due: "due"}


@dataclass(frozen=True, slots=True)
class Draft:
    """What an act wants recorded. `personal` holds, per data subject, what must be erasable on its own."""

    entry_id: EntryId
    fact: "DataclassInstance"
    fact_name: str
    actor: str
    mission: str | None
    marking: Marking
    marking_id: int
    occurred_at: datetime
    subjects: Sequence[Ref] = ()
    words: tuple[Word, ...] = ()
    images: "Sequence[tuple[Ref, DataclassInstance]]" = ()
    personal: "dict[Ref, DataclassInstance]" = field(default_factory=dict)
    caused_by: EntryId | None = None


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """An opened body. `said` is the fact's fields, `images` are (reference, row image) pairs, None where deleted."""

    actor: str
    caused_by: str | None
    fact: str
    images: list[tuple[str, dict[str, object]]]
    marking: str
    mission: str | None
    occurred_at: datetime
    said: dict[str, object]
    subjects: list[str]
    words: list[tuple[str, dict[str, object]]]

    @property
    def about(self) -> list[Ref]:
        return [Ref.parse(text) for text in self.subjects]

    def spoken(self) -> list[Word]:
        """The words as values again."""
        kinds: dict[str, type[Word]] = {name: kind for kind, name in _SPOKEN.items()}
        return [msgspec.convert(content, kinds[name]) for name, content in self.words]

    def read[T](self, shape: type[T]) -> T:
        """The fact as the room's dataclass, brought to its present version. Raises msgspec.ValidationError."""
        said = upcast.to_present(self.fact, self.said)
        return msgspec.convert(said, shape)


class _Written(msgspec.Struct):
    """A body on its way in; a struct, because a batch makes thousands and a dictionary costs a fifth more."""

    actor: str
    caused_by: str | None
    fact: str
    images: "list[tuple[str, DataclassInstance]]"
    marking: str
    mission: str | None
    occurred_at: datetime
    said: "DataclassInstance"
    subjects: list[str]
    words: list[tuple[str, Word]]


def encode(draft: Draft) -> bytes:
    """The canonical bytes of a draft's body."""
    written = _Written(
        draft.actor,
        draft.caused_by,
        draft.fact_name,
        [(f"{ref.type}/{ref.id}", image) for ref, image in draft.images],
        _marking_text(draft.marking),
        draft.mission,
        draft.occurred_at,
        draft.fact,
        [f"{ref.type}/{ref.id}" for ref in draft.subjects],
        [(_SPOKEN[type(word)], word) for word in draft.words],
    )
    return _encoder.encode(written)


def encode_personal(subject: Ref, value: "DataclassInstance") -> bytes:
    return _encoder.encode({"about": value, "subject": str(subject)})


_body = msgspec.json.Decoder(Body)


def decode(data: bytes) -> Body:
    """Raises msgspec.ValidationError where the bytes are not a body."""
    return _body.decode(data)


def decode_personal(data: bytes) -> dict[str, object]:
    """What an entry holds of one data subject: its fields by name."""
    content = msgspec.json.decode(data, type=dict[str, dict[str, object] | str])
    about = content["about"]
    return about if isinstance(about, dict) else {}
