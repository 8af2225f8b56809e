"""Where do the bytes come from? A file, a folder or an address, unpacked, recognised, read; nothing of it lost."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from legation.intelligence import links
from legation.intelligence.links.guarded_xml import Refused
from legation.intelligence.links.items import NOT_THE_FORM
from legation.intelligence.links.manifest import Hint
from legation.intelligence.links.unpacking import PACKED_BYTES_MAX, PLAIN_BYTES_MAX, unpack
from legation.intelligence.rules.signals import Collected, Quarantined, Signals

type Fetch = Callable[[str, tuple[str, ...]], bytes]
"""address, hosts the collector may ask -> body; the outbound client of platform/egress, or a test's own."""


@dataclass(frozen=True, slots=True)
class Fed:
    """One file read: its name, the collector that read it ("" where none would), and what came of it."""

    name: str
    collector: str
    collected: Collected


def from_bytes(data: bytes, name: str, *, collector: str = "", received_s: int = 0) -> Iterator[Fed]:
    """Every plain file in the bytes, read by the collector named, or by the one that recognises it.

    An archive that is refused is put aside whole. Never raises for what the bytes hold.
    """
    try:
        files = unpack(data, name)
    except Refused as why:
        yield Fed(name, "", _aside(why.reason, why.params, data))
        return
    for one in files:
        chosen = collector or links.sniff(one.data) or ""
        if not one.data:
            yield Fed(one.name, chosen, _aside("empty", {}, b""))
        elif not chosen:
            yield Fed(one.name, "", _aside("unknown_form", {"name": one.name}, one.data))
        else:
            yield Fed(one.name, chosen, _read(chosen, one.data, Hint(one.name, received_s)))


def _read(collector: str, data: bytes, hint: Hint) -> Collected:
    try:
        return links.COLLECTORS[collector].read(data, hint=hint)
    except (Refused, *NOT_THE_FORM) as error:
        # a reader that gives up on the whole file is a fault of ours: the bytes are kept for the day it is mended
        return _aside("unexpected", {"detail": f"{type(error).__name__}: {error}"[:200]}, data)


def from_path(path: Path, *, collector: str = "", received_s: int = 0) -> Iterator[Fed]:
    """A file, or every file below a folder in the order of names; symbolic links are not followed."""
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
    for one in files:
        limit = max(PACKED_BYTES_MAX, PLAIN_BYTES_MAX)
        if one.stat().st_size > limit:
            yield Fed(one.name, "", _aside("too_large", {"limit": str(limit)}, str(one).encode()))
            continue
        yield from from_bytes(one.read_bytes(), one.name, collector=collector, received_s=received_s)


def recognised(path: Path) -> str:
    """The collector whose form a file has, or the first file of a folder that has any. Raises LookupError."""
    files = [path] if path.is_file() else sorted(p for p in path.rglob("*") if p.is_file() and not p.is_symlink())
    found = next((name for name in map(links.sniff, files) if name), None)
    if found is None:
        raise LookupError(f"no collector knows the form of {path.name}; name one of {', '.join(links.COLLECTORS)}")
    return found


def from_address(address: str, fetch: Fetch, *, collector: str, received_s: int) -> Iterator[Fed]:
    """What an address answers, for a collector whose manifest allows its host. What `fetch` raises is not caught."""
    body = fetch(address, links.COLLECTORS[collector].MANIFEST.hosts)
    yield from from_bytes(body, address.rsplit("/", 1)[-1] or address, collector=collector, received_s=received_s)


def _aside(reason: str, params: dict[str, str], raw: bytes) -> Collected:
    return Collected(Signals.empty(), [Quarantined("file", reason, params, raw)], 0)
