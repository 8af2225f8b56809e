"""How is a page printed to be handed over? The same template as its print view, on paper that says whose copy it is."""

from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils.translation import override

from legation.pages import assets
from legation.platform.authority.actor import Actor
from legation.platform.egress import paper

STYLE = "paper.css"


def pdf(
    template: str, context: Mapping[str, object], sheet: paper.Sheet, reader: Actor, *, language: str = "en"
) -> bytes:
    """The print of a template that extends legation/print.html. Raises NotPrinted with what to do."""
    return paper.pdf(
        view(template, context, sheet, language=language),
        sheet,
        reader,
        files=assets.BUILT,
        styles=[assets.manifest()[STYLE]],
    )


def view(template: str, context: Mapping[str, object], sheet: paper.Sheet, *, language: str = "en") -> str:
    """The same print as a page for a browser, which prints it by itself where there is no Pango."""
    with override(language):
        return render_to_string(template, {**context, "sheet": sheet, "language": language})
