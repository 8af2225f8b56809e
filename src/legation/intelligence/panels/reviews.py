"""What reviews put on pages that are not their own: late looks at the homes and the missions."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.intelligence.queries import reviews as queries
from legation.pages.panels import Panel, register_address, register_panel
from legation.pages.sentences import register_sentences
from legation.platform.authority.actor import Actor

SENTENCES = {
    "review_reason": _("Write why, in at most 400 characters: it stands in the record."),
    "review_too_late": _("A review is put off until {day} at the latest: twice the interval of its level."),
    "review.pulled.tripwire": _("pulled forward: a tripwire was crossed"),
    "review.pulled.rose": _("pulled forward: the level rose"),
    "intelligence.review_due": _("A judgement is to be looked at again"),
    "intelligence.review_late": _("The judgement of {threat} was to be looked at again by now"),
}


def register() -> None:
    template = "intelligence/reviews_panel.html"
    register_panel(Panel("rso.side", "intelligence-reviews", late, template, order=30))
    register_panel(Panel("mission.main", "intelligence-reviews-here", here, template, order=45))
    register_address("Review", lambda key: reverse("reviews"))
    register_sentences(SENTENCES)


def late(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """Judgements that nobody has looked at in time."""
    found = queries.late(actor) if "intelligence.read" in actor.verbs else []
    return {"rows": found[:6]} if found else None


def here(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """Of one mission, when each is due."""
    if mission is None or "intelligence.read" not in actor.verbs:
        return None
    found = queries.reviews(actor, mission=mission)
    return {"rows": found[:6], "mission": mission} if found else None
