"""Which items does a JSON text hold? Each item's own bytes, also where the text around them is broken."""

import json
import re
from collections.abc import Iterator

import msgspec

from legation.intelligence.links.encodings import plain
from legation.intelligence.rules.signals import Quarantined

RESYNCS_MAX = 50
"""How often a reader looks for the next whole item after a broken one; each look may scan to the end of the text."""

DEPTH_MAX = 100
"""Items here nest four deep; Python's own parser gives up at about a thousand, after using the memory for it."""

_NEXT_ITEM = re.compile(r"[,\n]\s*(?=\{)")


class _Keyed(msgspec.Struct):
    features: list[msgspec.Raw]


def listed(data: bytes, key: str = "") -> tuple[list[bytes], list[Quarantined]]:
    """The bytes of each item of a list, which stands alone or under `key`; and the stretches that are no item."""
    text = plain(data)
    try:
        if key == "features":
            return [bytes(raw) for raw in msgspec.json.decode(text, type=_Keyed).features], []
        return [bytes(raw) for raw in msgspec.json.decode(text, type=list[msgspec.Raw])], []
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _salvaged(text.decode("utf-8", "replace"), key, data)


def _salvaged(text: str, key: str, data: bytes) -> tuple[list[bytes], list[Quarantined]]:
    opened = re.search(rf'"{re.escape(key)}"\s*:\s*\[' if key else r"\[", text)
    if opened is None:
        wanted = f"JSON with a list named {key}" if key else "a JSON list"
        return [], [Quarantined("file", "wrong_form", {"wanted": wanted}, data)]
    items: list[bytes] = []
    broken: list[Quarantined] = []
    at, looks, decoder = opened.end(), 0, json.JSONDecoder()
    while True:
        at = _past(text, at, " \t\r\n,")
        if at >= len(text):
            broken.append(Quarantined(f"item {len(items) + len(broken) + 1}", "broken_json", {"detail": "no end"}, b""))
            break
        if text[at] == "]":
            break
        try:
            _, end = decoder.raw_decode(text, at)
            items.append(text[at:end].encode())
        except (ValueError, RecursionError) as error:
            looks += 1
            found = _NEXT_ITEM.search(text, at + 1) if looks <= RESYNCS_MAX else None
            end = found.end() if found else len(text)
            detail = "nested too deep" if isinstance(error, RecursionError) else str(error).split(":")[0]
            where = f"item {len(items) + len(broken) + 1}"
            broken.append(Quarantined(where, "broken_json", {"detail": detail}, text[at:end].encode()))
            if found is None:
                break
        at = end
    return items, broken


def _past(text: str, at: int, skipped: str) -> int:
    while at < len(text) and text[at] in skipped:
        at += 1
    return at


def decoded(raw: bytes) -> dict[str, object]:
    """The item as a dictionary. ValueError where it is none, or is nested past DEPTH_MAX."""
    if raw.count(b"[") + raw.count(b"{") > DEPTH_MAX and max(_depths(raw), default=0) > DEPTH_MAX:
        raise ValueError("nested too deep")
    try:
        value = msgspec.json.decode(raw)
    except msgspec.MsgspecError:  # stricter than json: NaN, and keys twice; and json says better what is wrong
        value = json.loads(raw)
    if not isinstance(value, dict):
        raise ValueError("not an object")
    return value


def _depths(raw: bytes) -> Iterator[int]:
    depth = 0
    for byte in re.findall(rb"[\[\]{}]", raw):
        depth += 1 if byte in b"[{" else -1
        yield depth
