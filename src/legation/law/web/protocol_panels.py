"""What the protocol register puts on pages that are not its own: what I must read, what a mission has not read."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.law.queries import protocols as asked
from legation.pages.panels import Panel, register_address, register_panel
from legation.pages.sentences import register_sentences
from legation.platform import clock
from legation.platform.authority.actor import Actor

SENTENCES = {
    "law.protocol_to_read": _("Protocol to be read by everybody concerned"),
    "law.protocol_review": _("Review of a protocol"),
    "law.protocol_unread": _("{unread} of {must} have not read in time: {title}"),
    "law.protocol_unreviewed": _("Review overdue: {title}, owner {owner}"),
    "law.ProtocolPublished": _("Protocol published: {title}, version {number}"),
    "law.ProtocolRead": _("Protocol read and understood: {title}, version {number}"),
    "law.ReadingLapsed": _("Not read in time by {unread}: {title}"),
    "law.ReviewLapsed": _("Not reviewed in time: {title}"),
    "law.ProtocolReviewed": _("Protocol reviewed: {title}"),
    "law.ProtocolEnded": _("Protocol ended: {title}"),
    "law.ProtocolPrinted": _("Protocol printed: {title}, version {number}"),
    "protocol_without_title": _("Give it a title by which people will ask for it."),
    "protocol_empty": _("Write the text: an order without words is none."),
    "protocol_too_long": _("Shorten the text to {longest} characters, or part it in two protocols."),
    "protocol_unchanged": _("The text is that of version {number}; change it, or record a review instead."),
    "protocol_changed_by_what": _("Say what changed it: an incident, a finding, a lesson, the law or a review."),
    "protocol_without_reason": _("Write why, in a sentence of at most {longest} characters."),
    "protocol_reading_time": _("Give 1 to {longest} days to read it."),
    "protocol_without_readers": _("Say which roles must read it."),
    "protocol_has_ended": _("It is out of force; enter a new one."),
    "protocol_of_the_service": _("It binds the whole service; headquarters changes it."),
    "version_not_in_force": _("Version {number} is in force; read that one."),
    "not_a_reader": _("You are not among those who must read it."),
    "read_already": _("You have read this version already."),
    "review_date_out_of_range": _("The next review lies ahead, within two years."),
}


def register() -> None:
    for slot in ("staff.main", "rso.side"):
        register_panel(Panel(slot, f"law.reading_{slot[:3]}", to_read, "law/reading_panel.html", order=15))
    register_panel(Panel("mission.side", "law.protocols", of_mission, "law/protocols_panel.html", order=70))
    register_address("Protocol", lambda key: reverse("law-protocol", args=[key]))
    register_sentences(SENTENCES)


def to_read(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """What waits to be read, the next due first; nothing once everything is read."""
    waiting = asked.to_read(actor) if "law.read_protocol" in actor.verbs else []
    return {"waiting": waiting, "now": clock.as_of()} if waiting else None


def of_mission(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """Protocols at a mission and how far each has been read."""
    if mission is None or "law.read" not in actor.verbs:
        return None
    may_enter = "law.enter_protocol" in actor.verbs
    standing = asked.standing(actor, mission)
    return {"standing": standing, "mission": mission, "may_enter": may_enter} if standing or may_enter else None
