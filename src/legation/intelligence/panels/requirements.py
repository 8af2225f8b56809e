"""What requirements put on pages that are not their own: what is still asked, at the homes and the missions."""

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.foundations.identity import Ref
from legation.intelligence.actions.requirements import person_named
from legation.intelligence.queries import requirements as queries
from legation.pages.panels import Panel, register_address, register_panel
from legation.pages.sentences import register_sentences
from legation.platform.authority.actor import Actor
from legation.platform.personal import Forgotten, Held, Holder, register_holder

SENTENCES = {
    "requirement_step": _("A question that is {state} cannot be changed so ({step})."),
    "requirement_question": _("Write what must be known, in at most {limit} characters."),
    "requirement_why": _("Write which decision waits for the answer, in at most {limit} characters."),
    "requirement_due": _("Choose a day after today and within a year."),
    "requirement_answer": _("Write the answer, in at most {limit} characters."),
    "requirement_missing": _("Say what was missing, so that the next answer holds it."),
    "requirement_reason": _("Say why the question is not needed any more."),
    "requirement_subject": _("Write the reference as Type/id, or leave it empty."),
    "agency_name": _("Give them a name that no other in the register has."),
    "answer_reported": _("This answer was made into a report already."),
    "intelligence.requirement_due": _("An answer is due"),
    "intelligence.requirement_missed": _("An answer that {owner} asked for is overdue"),
    "intelligence.held_agency": _("In the register of those who can be asked"),
}


def register() -> None:
    template = "intelligence/requirements_panel.html"
    register_panel(Panel("watch.side", "intelligence-asked", own, template, order=55))
    register_panel(Panel("mission.main", "intelligence-asked-here", here, template, order=40))
    register_address("Requirement", lambda key: reverse("requirement", args=[key]))
    register_address("Answer", lambda key: reverse("requirements"))
    register_address("Agency", lambda key: reverse("requirements"))
    register_sentences(SENTENCES)
    register_holder(Holder("intelligence.agencies", holds, forget))


def own(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """What this analyst asked; nothing for those who ask nothing."""
    if "intelligence.put_requirement" not in actor.verbs:
        return None
    rows = queries.narrowed(actor, "mine") or queries.narrowed(actor, "overdue")
    return {"rows": rows} if rows else None


def here(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """What is still asked about a mission."""
    if mission is None or "intelligence.read" not in actor.verbs:
        return None
    rows = queries.standing(actor, mission=mission)
    return {"rows": rows} if rows else None


def holds(actor: Actor, subject: Ref) -> Iterator[Held]:
    """A single person who can be asked is named in the register."""
    for row in person_named(subject):
        if row.marking_id in actor.markings:
            yield Held("intelligence.held_agency", {}, reverse("requirements"))


def forget(subject: Ref) -> Forgotten:
    """Name and channel go; what was asked and answered stays, without them."""
    rows = person_named(subject)
    for row in rows:
        row.name, row.contact = "", ""
    return Forgotten(changed=rows)
