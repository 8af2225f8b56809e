"""What custody puts on pages that are not its own: panels of a mission and of one's day, addresses, sentences."""

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.foundations.identity import Ref
from legation.missions.events.custody import AssetState
from legation.missions.queries import assets as asked
from legation.pages.panels import Panel, register_address, register_panel
from legation.pages.sentences import register_sentences
from legation.platform.authority.actor import Actor
from legation.platform.personal import Forgotten, Held, Holder, register_holder

SENTENCES = {
    "missions.count_due": _("Count: an asset must be seen"),
    "missions.combination_due": _("Change the combination of a safe that changed hands"),
    "missions.asset_missing": _("Not found at the count: {asset} ({mark})"),
    "missions.asset_lost": _("Lost: {asset} ({mark})"),
    "missions.combination_unchanged": _("Combination not changed after the hand-over: {asset} ({mark})"),
    "missions.HandOverAccepted": _("Hand-over accepted by the receiver"),
    "missions.HandOverRefused": _("Hand-over refused or taken back"),
    "missions.AssetsCounted": _("Assets counted: {seen} seen, {missing} missing"),
    "missions.AssetLost": _("Asset lost: {circumstances}"),
    "missions.AssetWrittenOff": _("Asset written off: {how}"),
    "missions.in_custody": _("In custody: {asset} ({mark})"),
    "asset_cannot_become": _("An asset that is {state} cannot become {wanted}."),
    "asset_without_name": _("Say what it is."),
    "asset_without_mark": _("Give the serial number or mark by which it is told from its like."),
    "asset_without_custodian": _("Name the person who answers for it."),
    "asset_above_clearance": _("Your clearance does not cover {marking}."),
    "holding_without_volume": _("Give the volume of the holding: destruction is planned by it."),
    "not_the_custodian": _("Only its custodian, or who answers for custody at the mission, may do this."),
    "receiver_missing": _("Name the person who is to take it over."),
    "receiver_is_custodian": _("He holds it already."),
    "nothing_handed_over": _("No hand-over waits for an answer here."),
    "both_sides_one_person": _("You proposed this hand-over; the receiver must answer it himself."),
    "not_the_receiver": _("Only the person it is offered to may answer."),
    "custody_reason_missing": _("Write what is known of it, or why: the sentence stands in the record."),
    "custody_reason_too_long": _("Shorten the sentence to {longest} characters."),
    "no_combination_here": _("Only a safe in custody has a combination."),
    "nothing_counted": _("Tick at least one line of the sheet."),
    "count_names_others": _("The sheet names what does not stand here; open it again."),
}


def register() -> None:
    register_panel(Panel("mission.side", "missions.custody", of_mission, "missions/custody_panel.html", order=60))
    for slot in ("staff.main", "rso.side"):
        register_panel(Panel(slot, f"missions.held_{slot[:3]}", held, "missions/held_panel.html", order=40))
    register_holder(Holder("custody", answered_for, lambda _subject: Forgotten()))
    register_address("Asset", lambda key: reverse("asset", args=[key]))
    register_sentences(SENTENCES)


def of_mission(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """Counts that are overdue, what is missing, and the volume that would have to be destroyed."""
    if mission is None or "missions.read_assets" not in actor.verbs:
        return None
    return {"custody": asked.custody(actor, mission), "mission": mission}


def held(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """What waits for this person's answer first, then what he answers for; nothing where he holds nothing."""
    if "missions.answer_hand_over" not in actor.verbs:
        return None
    rows, me = asked.mine(actor), asked.hands_of(actor).person
    if not rows:
        return None
    offered = [row for row in rows if row.receiver == me and row.standing is AssetState.HANDING_OVER]
    return {"offered": offered, "rows": rows, "names": asked.names(actor, [row.custodian for row in offered])}


def answered_for(actor: Actor, subject: Ref) -> Iterator[Held]:
    """What a person answers for, by his id; nothing personal stands in an asset, so there is nothing to forget."""
    for row in asked.held_by(actor, subject.id):
        yield Held("missions.in_custody", {"asset": row.name, "mark": row.mark}, reverse("asset", args=[row.pk]))
