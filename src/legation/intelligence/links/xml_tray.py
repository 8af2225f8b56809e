"""How are the items of an XML feed put on the tray? The same for every collector that reads XML."""

from collections.abc import Callable
from xml.etree.ElementTree import Element

from legation.intelligence.links import guarded_xml
from legation.intelligence.links.items import Item, Tray
from legation.intelligence.rules.signals import Collected

type Reading = Callable[[Element, bytes], list[Item]]


def read_items(data: bytes, tray: Tray, wanted: frozenset[str], reading: Reading) -> Collected:
    """Every item of the document, read or put aside; a dangerous document is put aside whole."""
    try:
        document = guarded_xml.items(data, wanted)
    except guarded_xml.Refused as why:
        tray.aside("file", why.reason, data, **why.params)
        return tray.collected()
    if not document.pieces:
        tray.aside("file", "no_items", data, name=tray.hint.name or "the file")
    for number, piece in enumerate(document.pieces, start=1):
        if piece.tree is None:
            tray.aside(f"item {number}", piece.reason, piece.raw, **piece.params)
        else:
            tray.read([(f"item {number}", piece.raw, piece.tree)], reading)
    return tray.collected()
