"""What custody puts on pages that are not its own: panels of a mission and of one's day, addresses, sentences."""

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.foundations.identity import Ref
from legation.missions.events.custody import AssetState
from legation.missions.links import occasions as guest_links
from legation.missions.queries import assets as asked
from legation.missions.queries import occasions
from legation.missions.queries import residences as homes
from legation.pages.panels import Panel, register_address, register_panel
from legation.pages.sentences import register_sentences
from legation.platform import clock
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
    "missions.residence_due": _("Survey of a residence, or a waiver, ends"),
    "missions.residence_below_standard": _("Residence below the standard with {residents} living there: {address}"),
    "missions.survey_over": _("Survey over with {residents} living there: {address}"),
    "missions.ResidenceSurveyed": _("Residence surveyed: {holes} holes, {musts} of them musts"),
    "missions.CriterionWaived": _("Waived until {until}: {criterion}; {measure}"),
    "missions.lives_at": _("Lives at {address}"),
    "missions.guests_to_forget": _("Names of guests are erased"),
    "missions.GuestsListed": _("{guests} guests listed"),
    "missions.GuestsForgotten": _("Names of {guests} guests erased; {arrived} came"),
    "missions.OccasionPrinted": _("Taken out: {what}"),
    "missions.guest_at": _("Guest: {occasion}"),
    "survey_incomplete": _("A survey answers every line of the standard; missing: {lines}."),
    "hole_without_note": _("Say where it falls short: {criterion}."),
    "not_surveyed": _("Nobody moves in before the residence is surveyed against the minimum standard."),
    "survey_is_over": _("The survey held until {until}; survey it again first."),
    "musts_fail": _("Refused, because these musts fail and nobody waived them: {criteria}."),
    "lives_there_already": _("This person lives there already."),
    "lives_there_not": _("This person does not live there."),
    "residence_nothing_to_waive": _("Only a must that fails can be waived."),
    "residence_waiver_without_measure": _("Say what compensates, in at most {longest} characters."),
    "residence_waiver_too_long": _("A waiver ends within {days} days; choose an earlier day that lies ahead."),
    "not_a_residence": _("These premises are no residence."),
    "residence_is_listed": _("This residence is on the list already."),
    "person_of_another_mission": _("This person belongs to another mission."),
    "occasion_unnamed": _("Give it a title and a place."),
    "occasion_times": _("It lies ahead, ends after it begins, and lasts at most two weeks."),
    "retention_out_of_range": _("Keep the names for 1 to {longest} days."),
    "guests_forgotten": _("The names of this occasion are erased; plan a new one."),
    "no_guest_named": _("Name at least one guest who is not on the list yet."),
    "too_many_guests": _("A list holds at most {most} guests."),
    "nothing_to_tick": _("This line is ticked already, or is no line of the survey."),
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
    register_panel(Panel("mission.side", "missions.residences", lived_in, "missions/residences_panel.html", order=62))
    register_panel(Panel("mission.side", "missions.occasions", ahead, "missions/occasions_panel.html", order=64))
    register_address("Residence", lambda key: reverse("residence", args=[key]))
    register_address("Occasion", lambda key: reverse("occasion", args=[key]))
    register_holder(Holder("guests", invited, uninvited))
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
    for home in homes.homes_of(actor, subject.id):
        yield Held("missions.lives_at", {"address": home.address}, reverse("residence", args=[home.pk]))


def lived_in(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """Residences of a mission and whether each may be lived in today; nothing where there are none."""
    if mission is None or "missions.read_residences" not in actor.verbs:
        return None
    now = clock.as_of()
    rows = list(homes.residences(actor, mission))
    shown = [(r, any(x.open for x in homes.lines(r)), not r.survey_until or r.survey_until <= now) for r in rows]
    return {"rows": shown, "mission": mission} if shown else None


def ahead(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """Visits and receptions that lie ahead, the next first."""
    if mission is None or "missions.read_occasions" not in actor.verbs:
        return None
    rows = list(occasions.occasions(actor, mission).filter(ends_at__gte=clock.as_of()).order_by("begins_at")[:4])
    return {"rows": rows, "mission": mission}


def invited(actor: Actor, subject: Ref) -> Iterator[Held]:
    """To what a guest is invited; guests are subjects of their own, not people at post."""
    guest = occasions.guest(actor, subject.id) if subject.type == "Guest" else None
    if guest is not None:
        told = {"occasion": guest.occasion.title}
        yield Held("missions.guest_at", told, reverse("occasion", args=[str(guest.occasion_id)]))


def uninvited(subject: Ref) -> Forgotten:
    """A guest who is erased leaves the list."""
    return Forgotten(deleted=guest_links.rows_of(subject.id) if subject.type == "Guest" else ())
