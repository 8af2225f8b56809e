"""Does what leaves on paper say what it is, whose it is, and does printing it fetch nothing?"""

import io
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests import given

from legation.foundations.markings import OPEN, Classification, Marking, Tlp
from legation.pages import assets, prints
from legation.platform.authority.actor import Actor
from legation.platform.egress.paper import NotPrinted, Sheet, pdf

pytestmark = pytest.mark.django_db(transaction=True)

AMBER = Marking(Classification.RESTRICTED, Tlp.AMBER)
SHEET = Sheet(AMBER, "0193abc", 'A "quoted" reader; } @import')


@pytest.fixture
def reader() -> Actor:
    given.keys()
    return given.operator("watch_officer")


def printed(reader: Actor, body: str, sheet: Sheet = SHEET) -> bytes:
    return pdf(
        f"<html lang=en><body>{body}</body></html>",
        sheet,
        reader,
        files=assets.BUILT,
        styles=[assets.manifest()[prints.STYLE]],
    )


def test_every_page_carries_marking_copy_and_reader(reader: Actor) -> None:
    pages = PdfReader(io.BytesIO(printed(reader, "<p>one</p><p class=page>two</p>"))).pages
    assert len(pages) == 2
    for page in pages:
        text = page.extract_text()
        assert text.count("RESTRICTED // TLP:AMBER") == 2
        assert "0193abc" in text
        assert '"quoted" reader; } @import' in " ".join(text.split())


def test_arabic_is_set_in_the_shipped_type(reader: Actor) -> None:
    document = PdfReader(io.BytesIO(printed(reader, "<p dir=rtl lang=ar>تهدي السفارة أطيب تحياتها</p>")))
    fonts = {str(font.get_object()["/BaseFont"]) for font in document.pages[0]["/Resources"]["/Font"].values()}  # type: ignore[index]
    assert any("Arabic" in name for name in fonts), fonts


@pytest.mark.parametrize(
    "asks",
    [
        "<img src=http://169.254.169.254/latest>",
        "<img src=file:///etc/passwd>",
        "<img src=/static/built/../../../../../../etc/passwd>",
        "<style>@import url(http://localhost/x.css);</style>",
        "<svg xmlns='http://www.w3.org/2000/svg'><image href='http://localhost/x.png'/></svg>",
        "<link rel=attachment href=file:///etc/passwd>",
    ],
)
def test_a_print_that_asks_for_anything_else_is_refused(reader: Actor, asks: str) -> None:
    with pytest.raises(NotPrinted, match="nothing is fetched"):
        printed(reader, asks)


def test_without_the_refusal_a_file_would_be_read(reader: Actor, tmp_path: Path) -> None:
    """The control: the renderer's own fetcher opens files."""
    import weasyprint

    style = tmp_path / "x.css"
    style.write_text("body::before { content: 'from outside' }")
    html = f"<style>@import url({style.as_uri()});</style><p>x</p>"
    assert "from outside" in PdfReader(io.BytesIO(weasyprint.HTML(string=html).write_pdf())).pages[0].extract_text()
    with pytest.raises(NotPrinted, match="nothing is fetched"):
        printed(reader, html)


def test_nobody_prints_what_he_may_not_read() -> None:
    given.keys()
    reader = given.operator("staff", clearance=OPEN)
    with pytest.raises(NotPrinted, match="cleared"):
        printed(reader, "<p>x</p>")
