"""What does a STIX bundle say happened, and who is said to act? Objects read as data; patterns are never evaluated.

Source: STIX 2.1, OASIS Standard (2021), sections 3 to 7 and 10; TLP marking definitions of FIRST TLP 2.0 and of TLP 1.
An object marked above what this source may bring is refused: of it only type, id and markings are kept, because what
is put aside is read by everyone who reads sources.
"""

import json
import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import msgspec

from legation.foundations.grading import Reliability
from legation.foundations.time import DAY_S
from legation.intelligence.links import countries
from legation.intelligence.links.encodings import plain
from legation.intelligence.links.items import NOT_THE_FORM, Item, Tray, Unreadable, instant, point
from legation.intelligence.links.json_items import decoded, listed
from legation.intelligence.links.manifest import NO_HINT, Hint, Looks, Manifest
from legation.intelligence.rules import kinds
from legation.intelligence.rules.signals import Collected

MANIFEST = Manifest(
    name="stix",
    title="STIX 2.1 bundle",
    reads="Bundles and single objects of STIX 2.0 and 2.1 as JSON, plain or .gz. Patterns are kept, never evaluated.",
    credit="whoever made the bundle, as its identity objects say",
    licence="as its marking definitions say",
    owner="unknown until a person writes it",
    on_failure="Each object that cannot be read, or is marked above the source, is put aside alone.",
    cadence_s=7 * DAY_S,
    reliability=Reliability.F,
    rows_are_happenings=True,
)

OBJECT_BYTES_MAX = 1_000_000
"""The largest object of ATT&CK is 30 kB; a report with a megabyte of text is a file somebody put in a field."""

TLP_OPEN = frozenset(
    {
        "marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9",  # TLP 1 WHITE
        "marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487",  # TLP 2.0 CLEAR
    }
)
TLP_CLOSED = {
    "marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da": "TLP:GREEN",
    "marking-definition--f88d31f6-486f-44da-b317-01333bde0b82": "TLP:AMBER",
    "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed": "TLP:RED",
    "marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb": "TLP:GREEN",
    "marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421": "TLP:AMBER",
    "marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003": "TLP:AMBER+STRICT",
    "marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1": "TLP:RED",
}
"""By the ids that both versions fix. An id that is in neither table and not defined in the bundle counts as closed."""

HAPPENED = {"incident": "cyber_attack", "sighting": "cyber_attack"}
"""Types that say something happened; every other object is kept and found, and weighs nothing in a profile."""

ACTORS = ("threat-actor", "intrusion-set")
PRECISION_KM = 25.0


class _Bundle(msgspec.Struct):
    objects: list[msgspec.Raw]


@dataclass(slots=True)
class _Around:
    """What objects of one bundle say of each other; a reference that leads nowhere is left out."""

    names: dict[str, str] = field(default_factory=dict)
    places: dict[str, dict[str, object]] = field(default_factory=dict)
    statements: set[str] = field(default_factory=set)
    versions: dict[tuple[str, str], bytes] = field(default_factory=dict)
    linked: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


def recognises(looks: Looks) -> bool:
    """True for a bundle, or for one object that says its version."""
    head = looks.head[:4_000]
    return head.lstrip()[:1] == b"{" and (b'"bundle' in head or b'"spec_version"' in head) and b'"type"' in head


def read(data: bytes, *, hint: Hint = NO_HINT) -> Collected:
    """All objects; one signal each."""
    tray = Tray(hint)
    raws = _objects(data, tray)
    around = _Around(statements=set(_statements(raws)))
    for raw in raws:
        _look(raw, around)
    tray.read(((f"object {i}", raw, raw) for i, raw in enumerate(raws, start=1)), lambda raw, _: _item(raw, around))
    for at, one in enumerate(tray.quarantined):
        if one.reason == "marked_above":
            tray.quarantined[at] = type(one)(one.where, one.reason, one.params, _outline(one.raw))
    return tray.collected()


def _objects(data: bytes, tray: Tray) -> list[bytes]:
    text = plain(data)
    try:
        return [bytes(raw) for raw in msgspec.json.decode(text, type=_Bundle).objects]
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        pass
    if b'"objects"' not in text and text.lstrip()[:1] == b"{":
        return [text]
    raws, broken = listed(data, "objects")
    tray.quarantined += broken
    return raws


def _statements(raws: Iterable[bytes]) -> Iterator[str]:
    """Ids of markings that are a statement, as of copyright: they forbid nothing here."""
    for raw in raws:
        said = _readable(raw) if b'"statement"' in raw else None
        if said and (said.get("type"), said.get("definition_type")) == ("marking-definition", "statement"):
            yield str(said.get("id"))


def _readable(raw: bytes) -> dict[str, object] | None:
    """The object, or None where `_item` will say what is wrong with it."""
    try:
        return decoded(raw) if len(raw) <= OBJECT_BYTES_MAX else None
    except NOT_THE_FORM:
        return None


def _look(raw: bytes, around: _Around) -> None:
    """Note what other objects may need of this one; of one that is refused nothing is told, not even its name."""
    said = _readable(raw)
    if said is None or _closed(said, around):
        return
    key, kind = str(said.get("id")), said.get("type")
    if isinstance(said.get("name"), str):
        around.names[key] = str(said["name"])
    if kind == "location":
        around.places[key] = said
    if kind == "relationship":
        around.linked[str(said.get("source_ref"))].append(str(said.get("target_ref")))
    around.versions.setdefault((key, str(said.get("modified", said.get("created")))), raw)


def _item(raw: bytes, around: _Around) -> list[Item]:
    if len(raw) > OBJECT_BYTES_MAX:
        raise Unreadable("too_large", limit=str(OBJECT_BYTES_MAX))
    said = decoded(raw)
    key, kind = said.get("id"), said.get("type")
    if not isinstance(key, str) or not isinstance(kind, str) or not key.startswith(f"{kind}--") or len(key) > 150:
        raise Unreadable("no_id")
    if closed := _closed(said, around):
        raise Unreadable("marked_above", markings=", ".join(closed)[:200])
    if around.versions.get((key, str(said.get("modified", said.get("created"))))) != raw:
        raise Unreadable("duplicate_id", id=key)
    return [_row(said, key, kind, raw, around)]


def _row(said: dict[str, object], key: str, kind: str, raw: bytes, around: _Around) -> Item:
    created = _time(said, "created", "valid_from", "first_observed")
    first = _time(said, "first_seen", "first_observed", "published", default=created)
    last = _time(said, "last_seen", "last_observed", default=first)
    linked = [key, *around.linked.get(key, ()), *_refs(said)]
    latitude, longitude, country, place = _where(linked, around)
    return Item(
        external_id=key,
        occurred_s=first,
        ended_s=max(first, last),
        published_s=max(first, _time(said, "modified", default=created)),
        latitude=latitude,
        longitude=longitude,
        precision_km=math.nan if math.isnan(latitude) else PRECISION_KM,
        country=country,
        place=place,
        kind=HAPPENED.get(kind, kinds.NO_KIND),
        title=f"{kind.replace('-', ' ').capitalize()}: {_text(said.get('name')) or _about(said, around) or key}",
        text=_words(said),
        actors="; ".join(dict.fromkeys(_actors(said, key, linked, around))),
        origin=_text(around.names.get(str(said.get("created_by_ref")))) or "stix",
        raw=raw,
    )


def _closed(said: dict[str, object], around: _Around) -> list[str]:
    """Markings that forbid to hold this openly; one that nobody here knows forbids too."""
    granular = said.get("granular_markings")
    parts = granular if isinstance(granular, list) else []
    refs = [*_strings(said.get("object_marking_refs"))]
    refs += [str(part.get("marking_ref", part.get("lang", ""))) for part in parts if isinstance(part, dict)]
    found = []
    for ref in refs:
        if ref.startswith("marking-definition--") and ref not in TLP_OPEN and ref not in around.statements:
            found.append(TLP_CLOSED.get(ref, ref))
    return found


def _actors(said: dict[str, object], key: str, linked: Iterable[str], around: _Around) -> Iterator[str]:
    for ref in linked:
        if ref.startswith(ACTORS) and ref in around.names:
            yield around.names[ref].replace(";", ",")[:200]


def _refs(said: dict[str, object]) -> list[str]:
    one = said.get("sighting_of_ref")
    return [*_strings(said.get("where_sighted_refs")), *([one] if isinstance(one, str) else [])]


def _where(linked: Iterable[str], around: _Around) -> tuple[float, float, str, str]:
    """The first place among what is linked; coordinates, country, name."""
    for ref in linked:
        for near in (ref, *around.linked.get(ref, ())):
            said = around.places.get(near)
            if said is not None:
                return _placed(said)
    return math.nan, math.nan, "", ""


def _placed(said: dict[str, object]) -> tuple[float, float, str, str]:
    latitude, longitude = math.nan, math.nan
    if said.get("latitude") is not None and said.get("longitude") is not None:
        latitude, longitude = point(said["latitude"], said["longitude"])
    code = _text(said.get("country"))
    country = code.upper() if len(code) == 2 and code.isascii() and code.isalpha() else countries.by_name(code)
    return latitude, longitude, country, (_text(said.get("name")) or _text(said.get("city")))[:200]


def _about(said: dict[str, object], around: _Around) -> str:
    """What an object without a name is about, by the names of what it refers to."""
    refs = [said.get(name) for name in ("source_ref", "relationship_type", "sighting_of_ref", "target_ref")]
    return " ".join(around.names.get(str(ref), str(ref)) for ref in refs if isinstance(ref, str))[:300]


def _words(said: dict[str, object]) -> str:
    named = [("", said.get("description")), ("Also known as: ", ", ".join(_strings(said.get("aliases"))))]
    named += [("Goals: ", ", ".join(_strings(said.get("goals")))), ("Pattern, not evaluated: ", said.get("pattern"))]
    return "\n".join(f"{label}{_text(value)}" for label, value in named if _text(value))


def _time(said: dict[str, object], *names: str, default: int | None = None) -> int:
    """The first of these times that is given. Unreadable where none is and there is no default."""
    for name in names:
        value = said.get(name)
        if isinstance(value, str) and value:
            return instant(value, name)
        if value is not None:
            raise Unreadable("bad_time", field=name, value=str(value)[:60])
    if default is None:
        raise Unreadable("missing", field=names[0])
    return default


def _strings(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _outline(raw: bytes) -> bytes:
    """Type, id and markings of an object whose content may not lie here."""
    said = decoded(raw)
    kept = {name: said.get(name) for name in ("type", "id", "created", "modified", "object_marking_refs")}
    return json.dumps(kept).encode()


class MemoryStix:
    """The twin for tests: objects in, the bytes of a bundle out."""

    def __init__(self) -> None:
        self.objects: list[dict[str, object]] = []

    def add(self, kind: str = "incident", **more: object) -> str:
        """One object with a fresh id, of 3 February 2018 unless said otherwise. Returns its id."""
        key = f"{kind}--00000000-0000-4000-8000-{len(self.objects):012d}"
        at = "2018-02-03T10:00:00Z"
        common = {"type": kind, "spec_version": "2.1", "id": key, "created": at, "modified": at}
        self.objects.append(common | more)
        return str(self.objects[-1]["id"])

    def bundle(self) -> bytes:
        """What a server would answer."""
        return json.dumps({"type": "bundle", "id": "bundle--0", "objects": self.objects}).encode()
