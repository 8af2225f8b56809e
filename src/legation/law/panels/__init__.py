"""What the law puts on pages that are not its own: the rail, the search, addresses, sentences."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.law.panels.wording import SENTENCES
from legation.law.queries import norms
from legation.law.web import host_words, protocol_panels
from legation.pages.panels import Found, RailEntry, register_address, register_rail, register_search
from legation.pages.sentences import register_sentences
from legation.platform.authority.actor import Actor


def register() -> None:
    host_words.register()
    register_search("law", search)
    register_rail(RailEntry(_("Law"), "law", 120, "law.read", count=lambda actor: norms.count(actor) or None))
    register_address("Norm", lambda key: reverse("law-norm", args=[key]))
    register_address("Consent", lambda key: reverse("law-consent", args=[key]))
    register_sentences(SENTENCES)
    protocol_panels.register()


def search(actor: Actor, text: str) -> Iterator[Found]:
    """Norms that answer, the best first."""
    if "law.read" not in actor.verbs:
        return
    for hit in norms.search(actor, text).found[:6]:
        yield Found("norm", hit.norm.cited, hit.norm.words, reverse("law-norm", args=[hit.norm.code]))
