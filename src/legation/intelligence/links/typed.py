"""What did a colleague or the police tell us? One report typed by hand, in any language, as one signal."""

import json
import math
import unicodedata
from dataclasses import asdict, dataclass
from datetime import datetime

from legation.foundations.decisions import Refusal
from legation.foundations.grading import Reliability
from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.time import DAY_S, epoch_s
from legation.intelligence.links.items import Item, Tray, Unreadable, content_id, point
from legation.intelligence.links.json_items import decoded
from legation.intelligence.links.manifest import NO_HINT, Hint, Looks, Manifest
from legation.intelligence.rules import kinds
from legation.intelligence.rules.signals import Collected

MANIFEST = Manifest(
    name="typed",
    title="Diplomatic reports and police updates, typed by hand",
    reads="The report form, or its JSON.",
    credit="The person who typed it, and the office named in it",
    licence="The mission's own record",
    owner="The mission",
    on_failure="The form says what is missing; nothing is stored until it is whole.",
    cadence_s=7 * DAY_S,
    ceiling=Marking(Classification.SECRET, Tlp.RED),
    reliability=Reliability.F,
)

TITLE_CHARS_MAX, TEXT_CHARS_MAX = 300, 20_000
"""A line, and about eight pages: longer papers are attached, not typed."""


@dataclass(frozen=True, slots=True)
class Report:
    """What the form asks for. kind: a word of the table of kinds. Coordinates and place: one of the two is enough."""

    title: str
    text: str
    kind: str
    occurred_at: str
    office: str
    latitude: float | None = None
    longitude: float | None = None
    place: str = ""
    country: str = ""
    intensity: float | None = None
    actors: str = ""


def report(title: str, text: str, kind: str, occurred_at: datetime, office: str, **more: str | float | None) -> Report:
    """A report out of form fields, with the text in one Unicode form (NFC), so that the same words compare equal."""
    said = {name: _normal(value) if isinstance(value, str) else value for name, value in more.items()}
    known = set(Report.__slots__)
    return Report(
        _normal(title), _normal(text), kind, occurred_at.isoformat(), _normal(office),
        **{name: value for name, value in said.items() if name in known},  # type: ignore[arg-type]
    )  # fmt: skip


def refusal(said: Report, *, now: datetime) -> Refusal | None:
    """Why the report cannot be taken as it stands, None where it can."""
    if not said.title or len(said.title) > TITLE_CHARS_MAX:
        return Refusal("report_title", "intelligence.report", params={"limit": str(TITLE_CHARS_MAX)})
    if len(said.text) > TEXT_CHARS_MAX:
        return Refusal("report_text", "intelligence.report", params={"limit": str(TEXT_CHARS_MAX)})
    if said.kind not in kinds.KIND_BY_WORD:
        return Refusal("report_kind", "intelligence.report", params={"kind": said.kind})
    if not said.office:
        return Refusal("report_office", "intelligence.report")
    if (said.latitude is None) != (said.longitude is None) or (said.latitude is None and not said.place):
        return Refusal("report_place", "intelligence.report")
    if epoch_s(datetime.fromisoformat(said.occurred_at)) > epoch_s(now) + DAY_S:
        return Refusal("report_future", "intelligence.report")
    return None


def encoded(said: Report, *, received_s: int) -> bytes:
    """The raw item: what was typed, as it was typed, with the time of receipt."""
    return json.dumps(asdict(said) | {"received_s": received_s}, ensure_ascii=False, sort_keys=True).encode()


def recognises(looks: Looks) -> bool:
    """True for the JSON of the form."""
    return looks.head.lstrip().startswith(b'{"actors"') and b'"office"' in looks.head


def read(data: bytes, *, hint: Hint = NO_HINT) -> Collected:
    """The one signal of a typed report."""
    tray = Tray(hint)
    tray.read([("report", data, data)], _item)
    return tray.collected()


def _item(raw: bytes, _: bytes) -> list[Item]:
    said = decoded(raw)
    kind = str(said.get("kind"))
    if kind not in kinds.KIND_BY_WORD:
        raise Unreadable("bad_value", field="kind", value=kind[:40], wanted="a word of the table of kinds")
    latitude, longitude = math.nan, math.nan
    if said.get("latitude") is not None:
        latitude, longitude = point(said.get("latitude"), said.get("longitude"))
    occurred = epoch_s(datetime.fromisoformat(str(said["occurred_at"])))
    intensity = said.get("intensity")
    if intensity is not None and not (isinstance(intensity, int | float) and 0 <= intensity <= 1):
        raise Unreadable("bad_value", field="intensity", value=str(intensity)[:30], wanted="between 0 and 1")
    received = said.get("received_s")
    return [
        Item(
            external_id=content_id(raw),
            occurred_s=occurred,
            published_s=max(occurred, int(received)) if isinstance(received, int) else occurred,
            latitude=latitude,
            longitude=longitude,
            precision_km=1.0 if math.isfinite(latitude) else math.nan,  # a person points at a street, not at a door
            country=str(said.get("country") or ""),
            place=str(said.get("place") or ""),
            kind=kind,
            intensity=None if intensity is None else float(intensity),
            actors=str(said.get("actors") or ""),
            title=str(said.get("title") or ""),
            text=str(said.get("text") or ""),
            origin=str(said.get("office") or "").casefold(),
            raw=raw,
        )
    ]


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


class MemoryTyped:
    """The twin for tests: the words of a report in, its bytes out."""

    def report(self, title: str = "Shots near the market", **more: str | float | None) -> bytes:
        """A report of an assault in Damascus unless said otherwise."""
        values: dict[str, str | float | None] = {
            "text": "", "kind": "assault", "occurred_at": "2018-02-05T06:00:00+00:00", "office": "Police liaison",
            "latitude": 33.51, "longitude": 36.29, "place": "", "country": "SY", "intensity": None, "actors": "",
        }  # fmt: skip
        return encoded(Report(title=title, **values | more), received_s=1_517_814_000)  # type: ignore[arg-type]
