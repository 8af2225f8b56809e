"""What missions put on pages that are not theirs: the rail, the search, addresses, sentences."""

from collections import Counter
from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.missions import queries
from legation.missions.events import PersonCategory
from legation.missions.queries import people as people_queries
from legation.missions.web import custody
from legation.missions.web.people import CATEGORIES
from legation.pages.panels import (
    Found,
    Panel,
    RailEntry,
    register_address,
    register_panel,
    register_rail,
    register_search,
)
from legation.pages.sentences import register_sentences
from legation.platform import clock
from legation.platform.authority.actor import Actor

SENTENCES = {
    "reason_missing": _("Write why: the reason stands in the record."),
    "reason_too_long": _("Shorten the reason to {longest} characters."),
    "posture_unchanged": _("The mission stands at posture {level} already."),
    "person_unnamed": _("Write the person's name."),
    "person_field_too_long": _("Shorten {field} to {longest} characters."),
    "departs_before_arrival": _("The last day at post ({departs}) lies before the arrival ({arrived})."),
    "principal_missing": _("Say whose dependant this is."),
    "missions.contacts_untested": _("Try the contacts of people at post"),
    "missions.people_not_reached": _("{people} people at post were not reached by a test for half a year"),
    "contact_unreadable": _("Write the number, address or call sign on one line."),
    "contact_not_a_number": _("This is no telephone number: write it with digits, as +963 11 555 0101."),
    "contact_not_an_address": _("This is no e-mail address: write it as name@example.org."),
    "no_such_twin": _("The other record is not at this mission, or is the same one."),
    "missions.PersonAdded": _("Person added"),
    "missions.PersonCorrected": _("Person corrected"),
    "missions.PersonDeparted": _("Last day at post set"),
    "missions.ContactTested": _("Contact tested"),
    "missions.SensitiveRead": _("Next of kin and special needs opened: {reason}"),
    "not_about_you": _("You may change only what is held about yourself."),
    "posture_from_the_future": _("The present posture began at {since}, later than now; look at the node's clock."),
}


def register() -> None:
    register_rail(RailEntry(_("Missions"), "missions", 20, "missions.read", count=_count))
    register_search("missions", search)
    register_search("people at post", search_people)
    register_address("Person", lambda key: reverse("person", args=[key]))
    register_panel(Panel("mission.side", "missions.people", people_panel, "missions/people_panel.html", order=20))
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


def search_people(actor: Actor, text: str) -> Iterator[Found]:
    """People at post whose name, post or staff number holds the text."""
    if "missions.read_people" not in actor.verbs:
        return
    for person in people_queries.people(actor, text=text)[:20]:
        said = str(CATEGORIES[PersonCategory(person.category)])
        yield Found("person", person.name, person.post or said, reverse("person", args=[person.pk]))


def people_panel(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """Who is at post today, by category, and how many no test has reached."""
    if "missions.read_people" not in actor.verbs or mission is None:
        return None
    now = clock.as_of()
    rows = people_queries.reached(actor, people_queries.people(actor, mission, on=now.date()), now)
    counted = Counter(PersonCategory(one.row.category) for one in rows)
    return {
        "url": reverse("mission-people", args=[mission]),
        "total": len(rows),
        "categories": [(said, counted[category]) for category, said in CATEGORIES.items() if counted[category]],
        "untested": sum(not one.holds for one in rows),
    }
