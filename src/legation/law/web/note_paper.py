"""How does a note leave on paper: the copy that is handed over, and the copy for the file?"""

from dataclasses import dataclass
from typing import Any

from legation.law.actions.host import CEILING
from legation.law.events.host import Language
from legation.law.models import HostNote
from legation.pages import prints
from legation.platform.authority.actor import Actor
from legation.platform.authority.markings import marking_of
from legation.platform.egress.paper import NotPrinted, Sheet

__all__ = ["Copy", "NotPrinted", "pdf", "view"]

TEMPLATE = "law/note_print.html"


@dataclass(frozen=True, slots=True)
class Copy:
    """Which copy: its language, what tells it from every other, and whether it goes out of the house."""

    language: Language
    entry: str
    outward: bool


def pdf(note: HostNote, copy: Copy, reader: Actor) -> bytes:
    """The copy as PDF. Raises NotPrinted, above the host channel's ceiling too."""
    sheet, context = _sheet(note, copy, reader)
    return prints.pdf(TEMPLATE, context, sheet, reader, language=copy.language.value)


def view(note: HostNote, language: Language, entry: str, reader: Actor, *, outward: bool) -> str:
    """The copy as a page that a browser prints, where there is no Pango."""
    sheet, context = _sheet(note, Copy(language, entry, outward), reader)
    return prints.view(TEMPLATE, context, sheet, language=language.value)


def _sheet(note: HostNote, copy: Copy, reader: Actor) -> tuple[Sheet, dict[str, Any]]:
    text = note.text(copy.language)
    ceiling = CEILING if copy.outward else None
    sheet = Sheet(marking_of(note.marking_id), copy.entry, reader.name, text.sheet, ceiling=ceiling)
    return sheet, {"text": text}
