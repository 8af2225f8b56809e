"""What the law puts on pages that are not its own: the rail, the search, addresses, sentences."""

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.law.queries import norms
from legation.pages.panels import RailEntry, register_address, register_rail
from legation.pages.sentences import register_sentences

SENTENCES = {
    "law.NormEntered": _("Norm {code} entered, edition {edition}"),
    "law.NormEnded": _("Norm {code} of edition {edition} ended"),
}


def register() -> None:
    register_rail(RailEntry(_("Law"), "law", 120, "law.read", count=lambda actor: norms.count(actor) or None))
    register_address("Norm", lambda key: reverse("law-norm", args=[key]))
    register_sentences(SENTENCES)
