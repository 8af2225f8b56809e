"""What missions put on pages that are not theirs: the rail, the search, addresses, sentences."""

from collections import Counter
from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.missions import queries
from legation.missions.actions.erasure import forget
from legation.missions.events import PersonCategory
from legation.missions.queries import erasure as erasure_queries
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
from legation.platform.personal import Holder, register_holder

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
    "missions.PeopleExported": _("List of {people} people taken out as a file"),
    "missions.PersonDeparted": _("Last day at post set"),
    "missions.ContactTested": _("Contact tested"),
    "missions.SensitiveRead": _("Next of kin and special needs opened: {reason}"),
    "missions.correction_asked": _("Answer a person who asked to be corrected"),
    "missions.correction_overdue": _("A person at post asked a month ago to be corrected and has no answer"),
    "request_missing": _("Write what is wrong and what is right."),
    "request_decided": _("This request is answered already."),
    "answer_missing": _("Write an answer: the person reads it."),
    "erasure_proposed_already": _("The erasure is proposed already; a second person confirms it."),
    "erasure_not_proposed": _("Nobody has proposed this erasure; propose it, and another person confirms."),
    "second_person_needed": _("You proposed this yourself: a second person confirms it."),
    "proposal_too_old": _("The proposal is older than {days} days: propose it anew."),
    "own_erasure": _("Nobody decides on the erasure of what is held about himself; ask on your own page."),
    "legal_hold": _("Nothing about {subject} may be erased: {reason}. The hold is lifted first."),
    "held_principal": _("Named as the principal of {n} dependants"),
    "held_proposal": _("Proposed for erasure"),
    "not_about_you": _("You may change only what is held about yourself."),
    "posture_from_the_future": _("The present posture began at {since}, later than now; look at the node's clock."),
}


def register() -> None:
    register_rail(RailEntry(_("Missions"), "missions", 20, "missions.read", count=_count))
    register_search("missions", search)
    register_search("people at post", search_people)
    register_holder(Holder("missions", erasure_queries.held, forget))
    register_panel(Panel("staff.main", "missions.me", me_panel, "missions/me_panel.html", order=70))
    register_panel(Panel("rso.side", "missions.requests", requests_panel, "missions/requests_panel.html", order=40))
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


def me_panel(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """How I am reached, and how often others opened what is sealed about me."""
    person = people_queries.person_of(actor)
    if person is None:
        return {}
    (reached,) = people_queries.reached(actor, [person], clock.as_of())
    opened = len(erasure_queries.openings(actor, person))
    return {"reached": reached, "opened": opened, "mission": queries.mission(actor, str(person.mission_id)).name}


def requests_panel(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """People who asked to be corrected and wait for an answer; nothing where nobody does."""
    if "missions.decide_correction" not in actor.verbs:
        return None
    rows = list(erasure_queries.open_requests(actor)[:8])
    names = people_queries.names(actor, [row.person_id for row in rows])
    return {"rows": [(row, names.get(row.person_id, "")) for row in rows]} if rows else None
