"""How does one item become a row? The tray that item-wise collectors fill; an item that cannot be read goes aside."""

import hashlib
import math
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import numpy as np

from legation.foundations.time import DAY_S, epoch_s
from legation.intelligence.links.encodings import REPLACED
from legation.intelligence.links.manifest import Hint
from legation.intelligence.links.tables import EARLIEST_S
from legation.intelligence.rules import kinds
from legation.intelligence.rules.signals import Collected, Quarantined, Signals

LATEST_S = epoch_s(datetime(2200, 1, 1, tzinfo=UTC))
"""No warning or calendar here reaches so far; a later date is a slip or an overflow."""

TEXT_CHARS_MAX = 20_000
"""What is shown and compared of a text, about eight pages; the raw item keeps all of it."""

NOT_THE_FORM = (ValueError, TypeError, LookupError, ArithmeticError, AttributeError, RecursionError)
"""What Python raises where bytes are not of the form that a reader relies on."""


_DAY_ONLY = re.compile(r"^(?:\w{3}, )?\d{1,2} \w{3} \d{4}$")


class Unreadable(Exception):
    """Raised by a reader for one item, with the code of the table in reasons.py."""

    def __init__(self, reason: str, **params: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params


@dataclass(frozen=True, slots=True)
class Item:
    """One row to be. nan, "" and None mean unknown. intensity None: the kind's floor."""

    external_id: str
    occurred_s: int
    published_s: int
    title: str
    raw: bytes
    ended_s: int | None = None
    latitude: float = math.nan
    longitude: float = math.nan
    precision_km: float = math.nan
    country: str = ""
    place: str = ""
    kind: str = kinds.NO_KIND
    intensity: float | None = None
    actors: str = ""
    text: str = ""
    origin: str = ""
    url: str = ""


@dataclass(slots=True)
class Tray:
    """Rows and items put aside, in the order of the source."""

    hint: Hint
    rows: list[Item] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    items: int = 0

    def aside(self, where: str, reason: str, raw: bytes, **params: str) -> None:
        """Put one item aside."""
        self.quarantined.append(Quarantined(where, reason, params, raw))

    def read[T](self, parts: Iterable[tuple[str, bytes, T]], reader: Callable[[T, bytes], list[Item]]) -> None:
        """Read each part (where, raw, parsed form); what the reader cannot read goes aside alone."""
        for where, raw, part in parts:
            try:
                if REPLACED.encode() in raw:
                    raise Unreadable("encoding", wanted="in the encoding it declares")
                rows = reader(part, raw)
                for row in rows:
                    self._check(row)
            except Unreadable as why:
                self.quarantined.append(Quarantined(where, why.reason, why.params, raw))
            except NOT_THE_FORM as error:
                self.aside(where, "unexpected", raw, detail=f"{type(error).__name__}: {error}"[:200])
            else:
                self.rows += rows
                self.items += 1

    def _check(self, row: Item) -> None:
        if not row.external_id:
            raise Unreadable("no_id")
        for name, value in (("start", row.occurred_s), ("publication", row.published_s), ("end", row.ended_s)):
            if value is not None and not EARLIEST_S <= value <= LATEST_S:
                raise Unreadable("bad_time", field=name, value=f"{value} s")
        if self.hint.received_s and row.published_s > self.hint.received_s + DAY_S:
            raise Unreadable(
                "future", field="publication", value=datetime.fromtimestamp(row.published_s, UTC).isoformat()
            )
        if row.ended_s is not None and row.ended_s < row.occurred_s:
            ends = {"started": str(row.occurred_s), "ended": str(row.ended_s)}
            raise Unreadable("ends_before_start", **ends)

    def collected(self) -> Collected:
        """All that came, as columns."""
        kind = [row.kind for row in self.rows]
        floors = kinds.floors(kind)
        rows = self.rows

        def numbers(values: Iterable[float]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
            return np.fromiter(values, np.float64, count=len(rows))

        def instants(values: Iterable[int]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
            return np.fromiter(values, np.int64, count=len(rows))

        signals = Signals(
            external_id=[row.external_id for row in rows],
            occurred_s=instants(row.occurred_s for row in rows),
            ended_s=instants(row.occurred_s if row.ended_s is None else row.ended_s for row in rows),
            published_s=instants(row.published_s for row in rows),
            latitude=numbers(row.latitude for row in rows),
            longitude=numbers(row.longitude for row in rows),
            precision_km=numbers(row.precision_km for row in rows),
            country=[row.country for row in rows],
            place=[row.place for row in rows],
            threat=kinds.threat_codes(kind),
            kind=kind,
            intensity=numbers(
                floor if row.intensity is None else row.intensity for row, floor in zip(rows, floors, strict=True)
            ),
            actors=[row.actors for row in rows],
            title=[row.title[:500] for row in rows],
            text=[row.text[:TEXT_CHARS_MAX] for row in rows],
            origin=[row.origin for row in rows],
            url=[row.url for row in rows],
            raw=[row.raw for row in rows],
        )
        return Collected(signals, self.quarantined, self.items)


def content_id(raw: bytes) -> str:
    """An identifier for an item whose source gives none: the same bytes have the same."""
    return "sha256:" + hashlib.sha256(raw).hexdigest()[:32]


def instant(text: str, name: str) -> int:
    """Epoch seconds of an ISO 8601 or RFC 2822 time; one without a zone is taken as UTC, as these feeds mean it."""
    word = text.strip()
    if _DAY_ONLY.match(word):
        word += " 00:00:00 +0000"
    try:
        when = datetime.fromisoformat(word) if word[:4].isdigit() else parsedate_to_datetime(word)
        if when.tzinfo is None:
            when = when.replace(tzinfo=UTC)
        seconds = epoch_s(when)
    except (*NOT_THE_FORM, OverflowError):
        raise Unreadable("bad_time", field=name, value=word[:60]) from None
    if not EARLIEST_S <= seconds <= LATEST_S:
        raise Unreadable("bad_time", field=name, value=word[:60])
    return seconds


def point(latitude: object, longitude: object) -> tuple[float, float]:
    """Both as degrees. Unreadable where they are not numbers or not on Earth."""
    said = {"latitude": str(latitude)[:30], "longitude": str(longitude)[:30]}
    try:
        lat, lon = float(str(latitude)), float(str(longitude))
    except ValueError:
        raise Unreadable("bad_place", **said) from None
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):  # nan fails both
        raise Unreadable("bad_place", **said)
    return lat, lon
