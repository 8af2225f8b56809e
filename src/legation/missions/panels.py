"""What missions put on pages that are not theirs: the rail, the search, addresses, sentences."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.missions import queries
from legation.missions.web import custody
from legation.pages.panels import Found, RailEntry, register_address, register_rail, register_search
from legation.pages.sentences import register_sentences
from legation.platform.authority.actor import Actor

SENTENCES = {
    "reason_missing": _("Write why: the reason stands in the record."),
    "reason_too_long": _("Shorten the reason to {longest} characters."),
    "posture_unchanged": _("The mission stands at posture {level} already."),
    "person_unnamed": _("Write the person's name."),
    "person_field_too_long": _("Shorten {field} to {longest} characters."),
    "departs_before_arrival": _("The last day at post ({departs}) lies before the arrival ({arrived})."),
    "principal_missing": _("Say whose dependant this is."),
    "not_about_you": _("You may change only what is held about yourself."),
    "posture_from_the_future": _("The present posture began at {since}, later than now; look at the node's clock."),
}


def register() -> None:
    register_rail(RailEntry(_("Missions"), "missions", 20, "missions.read", count=_count))
    register_search("missions", search)
    register_address("Mission", lambda key: reverse("mission", args=[key]))
    register_sentences(SENTENCES)
    custody.register()


def search(actor: Actor, text: str) -> Iterator[Found]:
    """Missions whose title, city or country holds the text."""
    if "missions.read" not in actor.verbs:
        return
    for mission in queries.missions(actor, text=text)[:20]:
        yield Found("mission", mission.name, mission.title, reverse("mission", args=[mission.pk]))


def _count(actor: Actor) -> int:
    return queries.missions(actor).count()
