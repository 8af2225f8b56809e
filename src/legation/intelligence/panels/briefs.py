"""What briefs put on pages that are not their own: today's brief at the homes, sentences, what is held of outsiders."""

from collections.abc import Iterator, Mapping
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.foundations.identity import Ref
from legation.intelligence.actions.briefs import outsider
from legation.intelligence.queries import briefs as queries
from legation.pages.panels import Panel, register_address, register_panel
from legation.pages.sentences import register_sentences
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.personal import Forgotten, Held, Holder, register_holder

SENTENCES = {
    "brief.section.judgement": _("In short"),
    "brief.section.happened": _("What happened"),
    "brief.section.changed": _("What changed"),
    "brief.section.ahead": _("The week ahead"),
    "brief.section.asked": _("Still asked"),
    "brief.section.calendar": _("What is known to come"),
    "brief.section.silent": _("Silent sources"),
    "brief.reason.crossed": _("crossed a tripwire"),
    "brief.reason.gravest": _("among the gravest"),
    "brief.reason.nearest": _("among the nearest"),
    "brief.reason.newest": _("among the newest"),
    "brief_above": _(
        "The brief cannot carry {wanted}: “{item}” is marked {marking}. Take it out, rewrite it, or raise the marking."
    ),
    "brief_empty": _("Choose at least one occurrence, or write what it all means."),
    "brief_uncleared": _("You are not cleared for {marking}; let someone who is compose this."),
    "brief_line_covers": _("No line is needed at {line}: who is cleared for it may read the whole brief."),
    "brief_line_empty": _("Nothing would stand below a line at {line}. Write a releasable sentence, or draw none."),
    "brief_recipient": _("{name} may read neither version; take the name out or draw the line lower."),
    "brief_change": _("Say in at most 400 characters what changed and why."),
    "brief_corrected": _("A later edition is there already; correct that one."),
    "brief_is_below": _("This is the version below a line; correct the whole brief, and both are issued anew."),
    "intelligence.brief_waits": _("A brief waits to be read"),
    "intelligence.brief_unread": _("A brief must be read"),
    "intelligence.held_outsider": _("Named as a reader of a brief outside the service"),
}

LATELY = timedelta(days=7)
SHOWN = 3


def register() -> None:
    for slot, name, order in (
        ("watch.side", "intelligence-brief-watch", 15),
        ("rso.main", "intelligence-brief-rso", 8),
        ("staff.main", "intelligence-brief-staff", 5),
    ):
        register_panel(Panel(slot, name, todays, "intelligence/briefs_panel.html", order=order))
    register_address("Brief", lambda key: reverse("brief", args=[key]))
    register_address("Receipt", lambda key: reverse("briefs"))
    register_address("BriefCopy", lambda key: f"{reverse('brief-copies')}?copy={key}")
    register_sentences(SENTENCES)
    register_holder(Holder("intelligence.briefs", holds, forget))


def todays(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """The newest briefs that this reader may read, those that wait for him marked."""
    if "intelligence.read_brief" not in actor.verbs:
        return None
    since = clock.as_of() - LATELY
    found = [one for one in queries.current(actor, limit=SHOWN) if one.row.issued_at >= since]
    may_issue = "intelligence.issue_brief" in actor.verbs
    if not found and not may_issue:
        return None
    waiting = {one.brief for one in queries.waiting_for(actor)}
    return {"briefs": found, "waiting": waiting, "may_issue": may_issue}


def holds(actor: Actor, subject: Ref) -> Iterator[Held]:
    """An outsider who was handed a brief is named in its receipt."""
    for row in outsider(subject):
        if row.marking_id in actor.markings:
            yield Held("intelligence.held_outsider", {}, reverse("brief", args=[row.brief]))


def forget(subject: Ref) -> Forgotten:
    """The name goes; that somebody outside got a copy stays."""
    rows = outsider(subject)
    for row in rows:
        row.name, row.note = "", ""
    return Forgotten(changed=rows)
