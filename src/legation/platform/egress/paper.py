"""How does a text leave on paper? As a PDF whose every page carries its marking, its copy and its reader.

Rendered by WeasyPrint out of our own templates. The renderer reads the files that the front-end build left and nothing
else: no address, no path, no data that a text could name (abuse cases 22 and 43).
"""

import io
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from legation.foundations.markings import Marking
from legation.platform.authority.actor import Actor

BASE = "legation:///"
_SHIPPED = re.compile(r"(?:legation://)?/static/built/([\w.-]+)")


class NotPrinted(Exception):
    """Nothing was printed; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What stands on every page beside the text.

    marking: of the whole text, the join of all that it holds. copy: what tells this copy from every other, the entry
    that recorded it. reader: who asked for it. words: the print's own words for page, copy and reader, in its language.
    ceiling: set where the text is handed to somebody outside; what is marked above it is not printed, and neither our
    marking nor our reader stands on it, for the record knows both.
    """

    marking: Marking
    copy: str
    reader: str
    words: tuple[str, str, str] = ("Page", "Copy", "Printed for")
    ceiling: Marking | None = None


def pdf(html: str, sheet: Sheet, reader: Actor, *, files: Path, styles: Sequence[str]) -> bytes:
    """The text as PDF. files: the folder of built styles and fonts; styles: names in it.

    Raises NotPrinted where the reader may not read the marking, where Pango is missing, or where the text asks for
    anything that is not shipped.
    """
    if not reader.clearance.covers(sheet.marking):
        raise NotPrinted(f"{reader.name} is not cleared for {sheet.marking}: print the version that he may read")
    if sheet.ceiling is not None and not sheet.ceiling.covers(sheet.marking):
        raise NotPrinted(f"what is marked {sheet.marking} is not handed over: at most {sheet.ceiling} leaves this way")
    try:
        import weasyprint
        from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse
    except OSError as fault:
        raise NotPrinted(
            "PDF needs Pango on this machine (on Debian: apt-get install libpango-1.0-0 libpangoft2-1.0-0). "
            "The print view of the page works without it."
        ) from fault

    asked: list[str] = []

    class Shipped(URLFetcher):  # type: ignore[misc]  # the library has no types
        def fetch(self, url: str, headers: object = None) -> object:
            found = _SHIPPED.fullmatch(url)
            path = files / found.group(1) if found else None
            if path is None or not path.is_file():
                asked.append(url[:120])
                raise FatalURLFetchingError(url)
            return URLFetcherResponse(url, path.read_bytes(), _type_of(path))

    fetcher = Shipped()
    sheets = [weasyprint.CSS(url=f"{BASE}static/built/{name}", url_fetcher=fetcher) for name in styles]
    sheets.append(weasyprint.CSS(string=_margins(sheet), url_fetcher=fetcher))
    written = io.BytesIO()
    with suppress(FatalURLFetchingError):  # said below; inside an SVG the library would only leave the picture out
        document = weasyprint.HTML(string=html, base_url=BASE, url_fetcher=fetcher)
        document.write_pdf(written, stylesheets=sheets, pdf_identifier=sheet.copy.encode())
    if asked:
        raise NotPrinted(f"a print asks for {asked[0]}, which is not shipped; nothing is fetched")
    return written.getvalue()


def _type_of(path: Path) -> dict[str, str]:
    """A style sheet says that it is one, or the library leaves it out; fonts are known by their first bytes."""
    return {"Content-Type": "text/css"} if path.suffix == ".css" else {}


def _margins(sheet: Sheet) -> str:
    """The edges of each page: the marking above and below, copy and reader left, the page's number right."""
    page, copy, reader = (_quoted(word + " ") for word in sheet.words)
    if sheet.ceiling is not None:
        return (
            f"@page {{ @bottom-left {{ content: {copy} {_quoted(sheet.copy)}; }}"
            f" @bottom-right {{ content: {page} counter(page) {_quoted(' / ')} counter(pages); }} }}"
        )
    marking = _quoted(str(sheet.marking))
    foot = f"{copy} {_quoted(sheet.copy)} {_quoted(' · ')} {reader} {_quoted(sheet.reader)}"
    return (
        f"@page {{ @top-center {{ content: {marking}; }} @bottom-center {{ content: {marking}; }}"
        f" @bottom-left {{ content: {foot}; }}"
        f" @bottom-right {{ content: {page} counter(page) {_quoted(' / ')} counter(pages); }} }}"
    )


def _quoted(text: str) -> str:
    """A CSS string: what could end it, or begin anything else, is written as its code point."""
    return '"' + "".join(c if c.isalnum() or c == " " else f"\\{ord(c):06x} " for c in text) + '"'
