"""What did one of our own people meet? A report from the phone page as one signal, with the reporter left out."""

import json
import math
import unicodedata
from dataclasses import asdict, dataclass

from legation.foundations.grading import Reliability
from legation.foundations.time import DAY_S
from legation.intelligence.links.items import Item, Tray, Unreadable, point
from legation.intelligence.links.json_items import decoded
from legation.intelligence.links.manifest import NO_HINT, Hint, Looks, Manifest
from legation.intelligence.rules.everyday import NEED_TO_KNOW, ROW_OF, Told
from legation.intelligence.rules.signals import Collected

MANIFEST = Manifest(
    name="own",
    title="Own reports by members of staff",
    reads="What the page “Report something” sends; nobody feeds it by file.",
    credit="A member of staff",
    licence="The service's own record",
    owner="The mission",
    on_failure="The page says what is missing; on a phone without a line it waits until there is one.",
    cadence_s=365 * DAY_S,  # that nobody was robbed this month is no silence
    ceiling=NEED_TO_KNOW,
    reliability=Reliability.B,  # was there, has no reason to invent, and is no trained observer
)


@dataclass(frozen=True, slots=True)
class Said:
    """One report as it was sent. The place is a point with its radius, or words, or neither: then the mission's.

    command: the sender's own id, by which the same report sent twice is one. claimed_ms: the phone's clock.
    """

    told: Told
    text: str = ""
    minutes_ago: int = 0
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    radius_m: float | None = None
    command: str = ""
    claimed_ms: int | None = None

    def normal(self) -> "Said":
        """The same with its words in one Unicode form (NFC)."""
        words = {"text": _normal(self.text), "place": _normal(self.place), "command": self.command[:64]}
        return Said(**asdict(self) | words)


def encoded(said: Said, title: str, *, occurred_s: int, received_s: int, country: str, origin: str) -> bytes:
    """The raw item. origin: a word that is the same for one reporter within a week and says nothing of him."""
    more = {
        "own": said.told.value, "title": title, "occurred_s": occurred_s, "received_s": received_s,
        "country": country, "origin": origin,
    }  # fmt: skip
    return json.dumps(asdict(said) | more, ensure_ascii=False, sort_keys=True).encode()


def recognises(looks: Looks) -> bool:
    """False: what staff report comes from their page alone, never out of a file."""
    return False


def read(data: bytes, *, hint: Hint = NO_HINT) -> Collected:
    """A file is put aside whole: who could feed this source by file could put words into colleagues' mouths."""
    tray = Tray(hint)
    tray.aside("file", "wrong_form", data, wanted="fed by file: members of staff report on their own page")
    return tray.collected()


def signal(raw: bytes) -> Collected:
    """The one signal of a report that `encoded` wrote."""
    tray = Tray(NO_HINT)
    tray.read([("report", raw, raw)], _item)
    return tray.collected()


def _item(raw: bytes, _: bytes) -> list[Item]:
    said = decoded(raw)
    try:
        row = ROW_OF[Told(str(said["own"]))]
    except ValueError:
        raise Unreadable("bad_value", field="own", value=str(said["own"])[:40], wanted="a row of the table") from None
    latitude = longitude = radius_km = math.nan
    if said.get("latitude") is not None:
        latitude, longitude = point(said["latitude"], said["longitude"])
        radius_km = max(0.02, float(str(said.get("radius_m") or 0)) / 1000)  # a phone knows the street, not the door
    return [
        Item(
            external_id=str(said["command"]),
            occurred_s=int(str(said["occurred_s"])),
            published_s=int(str(said["received_s"])),
            latitude=latitude,
            longitude=longitude,
            precision_km=radius_km,
            country=str(said["country"]),
            place=str(said["place"]),
            kind=row.kind,
            title=str(said["title"]),
            text=str(said["text"]),
            origin=str(said["origin"]),
            raw=raw,
        )
    ]


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


class MemoryOwn:
    """The twin for tests: what was told in, its bytes out."""

    def report(self, told: str = "surveillance", **more: object) -> bytes:
        """A car that stood before the chancery unless said otherwise."""
        values: dict[str, object] = {"text": "The same grey car again", "command": "c-1"}
        said = Said(Told(told), **values | more)  # type: ignore[arg-type]
        times = {"occurred_s": 1_517_814_000, "received_s": 1_517_814_000}
        return encoded(said, "Hostile surveillance", **times, country="SY", origin="staff-1")
