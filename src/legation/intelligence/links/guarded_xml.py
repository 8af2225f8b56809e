"""Which items does an XML text hold? Read by expat with every door shut: no DTD, no entities, no other file.

Method: the handlers of defusedxml (a document type is refused before anything expands), with limits on depth and
count, and the byte span of each item, so that one broken item costs no other. Source: OWASP XXE prevention; XML 1.0.
"""

import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from legation.intelligence.links.encodings import plain_xml

DEPTH_MAX = 64
"""A GDACS item nests 5 deep, a CAP alert inside a feed 9."""

ELEMENTS_MAX = 2_000_000
"""About 40 bytes of memory each and then some: a 100 MB file of empty tags stops here."""

ATTRIBUTES_MAX = 200
"""Of one element. expat itself bounds amplification by entities, but entities never come so far."""

RESYNCS_MAX = 50
"""How often the next whole item is sought after a broken one."""

XINCLUDE = "http://www.w3.org/2001/XInclude"


class Refused(Exception):
    """Raised for a whole document that is dangerous rather than broken."""

    def __init__(self, reason: str, **params: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.params = params


@dataclass(frozen=True, slots=True)
class Piece:
    """One item: its bytes (UTF-8) and its tree, or the reason for which it has none."""

    raw: bytes
    tree: Element | None
    reason: str = ""
    params: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Document:
    """What was found: the name of the outermost element and its items, in order."""

    root: str
    pieces: list[Piece]


def local(tag: str) -> str:
    """The name without its namespace."""
    return tag.rpartition("}")[2]


class _Reader:
    """One pass of expat; `wanted` are local names, the outermost of them that is met is an item."""

    def __init__(self, wanted: frozenset[str], text: bytes) -> None:
        self.wanted, self.text = wanted, text
        self.pieces: list[Piece] = []
        self.depth = self.count = 0
        self.item_depth = self.item_start = 0
        self.root = ""
        self.builder: TreeBuilder | None = None
        parser = self.parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.ExternalEntityRefHandler = self._entity
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._data

    def _doctype(self, *_: object) -> None:
        raise Refused("doctype")

    def _entity(self, *_: object) -> int:
        raise Refused("doctype")

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > DEPTH_MAX:
            raise Refused("too_deep", limit=str(DEPTH_MAX))
        if self.count > ELEMENTS_MAX or len(attributes) > ATTRIBUTES_MAX:
            raise Refused("too_large", limit=f"{ELEMENTS_MAX} elements or {ATTRIBUTES_MAX} attributes; it has more")
        space, _, bare = name.rpartition("}")
        if space == XINCLUDE:
            raise Refused("xinclude", href=attributes.get("href", "")[:200])
        self.root = self.root or bare
        if self.builder is None and bare in self.wanted:
            self.builder = TreeBuilder()
            self.item_depth, self.item_start = self.depth, self.parser.CurrentByteIndex
        if self.builder is not None:
            self.builder.start(_clark(name), {_clark(key): value for key, value in attributes.items()})

    def _end(self, name: str) -> None:
        if self.builder is not None:
            self.builder.end(_clark(name))
            if self.depth == self.item_depth:
                self._close()
        self.depth -= 1

    def _close(self) -> None:
        assert self.builder is not None
        at = self.parser.CurrentByteIndex
        end = self.text.find(b">", at) + 1 if self.text[at : at + 1] == b"<" else at
        self.pieces.append(Piece(self.text[self.item_start : end], self.builder.close()))
        self.builder = None

    def _data(self, data: str) -> None:
        if self.builder is not None:
            self.builder.data(data)


def _clark(name: str) -> str:
    return "{" + name if "}" in name else name


def items(data: bytes, wanted: frozenset[str]) -> Document:
    """All items of a document. Raises Refused for a document type, entities, inclusion, depth or number of elements.

    Bytes that are malformed cost the item they stand in; the next whole item is sought behind them.
    """
    text = plain_xml(data)
    reader = _Reader(wanted, text)
    try:
        reader.parser.Parse(text, True)
    except expat.ExpatError as error:
        return Document(reader.root, reader.pieces + _after(text, reader, error, wanted))
    return Document(reader.root, reader.pieces)


def _after(text: bytes, reader: _Reader, error: expat.ExpatError, wanted: frozenset[str]) -> list[Piece]:
    """The broken stretches and the whole items behind them."""
    root = re.search(rb"<[A-Za-z_][^<>]*>", text)
    head = root.group() if root is not None and not root.group().endswith(b"/>") else b""
    item = re.compile(rb"<(?:[\w.-]+:)?(?:" + b"|".join(sorted(w.encode() for w in wanted)) + rb")(?=[\s>/])")
    pieces: list[Piece] = []
    offset = 0  # what is added to a position in the reader's text to have it in ours
    for _ in range(RESYNCS_MAX):
        at = reader.parser.ErrorByteIndex + offset
        inside = reader.builder is not None
        start = reader.item_start + offset if inside else max(0, text.rfind(b"<", 0, at + 1))
        found = item.search(text, max(at, start + 1))
        stop = found.start() if found else len(text)
        if inside or not _ENDING.fullmatch(text, start, stop):
            detail = expat.errors.messages.get(error.code, "unknown")
            pieces.append(Piece(text[start:stop], None, "broken_xml", {"detail": detail}))
        if found is None or not head:
            return pieces
        # the outermost element with its namespaces once more, then the rest from the next item on
        reader, offset = _Reader(wanted, head + text[stop:]), stop - len(head)
        try:
            reader.parser.Parse(reader.text, True)
        except expat.ExpatError as next_error:
            pieces += reader.pieces
            error = next_error
        else:
            return pieces + reader.pieces
    rest = text[reader.parser.ErrorByteIndex + offset :]
    return [*pieces, Piece(rest, None, "broken_xml", {"detail": "too many faults"})]


_ENDING = re.compile(rb"\s*(?:</[^<>]*>\s*)*")
"""Closing tags alone: no item is lost with them."""


def child(tree: Element, *path: str) -> Element | None:
    """The first descendant by local names, step by step."""
    here: Element | None = tree
    for name in path:
        here = next((e for e in here if local(e.tag) == name), None) if here is not None else None
    return here


def children(tree: Element, name: str) -> list[Element]:
    """Direct children with this local name."""
    return [e for e in tree if local(e.tag) == name]


def text(tree: Element, *path: str) -> str:
    """The text of `child`, "" where it is absent."""
    found = child(tree, *path)
    return "".join(found.itertext()).strip() if found is not None else ""
