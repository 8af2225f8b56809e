"""In which encoding is it? Byte order marks and declarations are settled here, so that readers see UTF-8 only."""

import codecs
import re

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]{1,40})["'][^>]{0,100}?\?>""")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}?\?>")

REPLACED = "�"
"""What stands where bytes did not decode; an item that holds it is put aside, the rest goes on."""


def plain(data: bytes) -> bytes:
    """The same text as UTF-8 without a mark. Bytes without any mark are returned as they are."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            rest = data[len(mark) :]
            return rest if encoding == "utf-8" else rest.decode(encoding, "replace").encode()
    return data


def plain_xml(data: bytes) -> bytes:
    """An XML document as UTF-8 without mark and declaration; bytes that do not decode stand as U+FFFD.

    An encoding that is declared but unknown is read as UTF-8: what is wrong then shows in the items.
    """
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), "")
    if marked:
        text = plain(data).decode("utf-8", "replace")
    else:
        found = _DECLARED.match(data[:400])
        text = _decoded(data, found.group(1).decode("ascii") if found else "utf-8")
    return _DECLARATION.sub("", text, count=1).encode("utf-8", "replace")


def _decoded(data: bytes, encoding: str) -> str:
    try:
        codec = codecs.lookup(encoding)
        # rot13, hex, zip are codecs too: only those that make text of bytes may be named by a stranger
        name = codec.name if codec._is_text_encoding else "utf-8"
    except LookupError:
        name = "utf-8"
    if name.startswith(("utf-16", "utf-32")):
        name = "utf-8"  # no mark, and the declaration itself was read as ASCII: it cannot be true
    return data.decode(name, "replace")
