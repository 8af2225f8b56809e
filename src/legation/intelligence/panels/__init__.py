"""What intelligence puts on pages that are not its own: the rail, the search, addresses, sentences, the profile."""

from collections.abc import Iterator, Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.foundations.time import DAY_S, epoch_s
from legation.intelligence import queries
from legation.intelligence.actions import forgetting
from legation.intelligence.links.reasons import REASONS
from legation.intelligence.panels import briefs, requirements, reviews
from legation.intelligence.queries import reports
from legation.intelligence.queries.calendar import ahead
from legation.missions import published as missions_published
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
from legation.platform.egress.http import SENTENCES as FETCH_SENTENCES
from legation.platform.personal import Holder, register_holder

SENTENCES = {
    "source_collector": _("{collector} is no collector; use one of {known}."),
    "source_name": _("Give the source a name that no other has."),
    "source_without_site": _("A source by {method} stands at a mission: name it, so that host law there is asked."),
    "source_site_unknown": _("No mission {site} is known, or several are; name one by its id."),
    "source_cadence": _("Write the longest silence that is normal, in seconds, above zero."),
    "source_disabled": _("{name} is switched off; switch it on in the register, then collect again."),
    "source_address": _("{name} has no address; give it one in the register, or collect from a file."),
    "report_title": _("Write a title of at most {limit} characters."),
    "report_text": _("Shorten the text to {limit} characters; attach longer papers."),
    "report_kind": _("Choose what happened from the list; {kind} is not in it."),
    "report_office": _("Write which office or person told it."),
    "report_place": _("Write where it happened: a place by name, or latitude and longitude together."),
    "report_future": _("The time lies in the future; correct it."),
    "report_known": _("This report is stored already, word for word."),
    "report_marking": _("The marking is above what you or this source may carry ({ceiling})."),
    "report_no_source": _("No source for typed reports is registered. Ask an analyst to register one."),
    "told.crime": _("Crime against me or a colleague"),
    "told.theft": _("Theft"),
    "told.loss": _("Lost: phone, key, papers"),
    "told.surveillance": _("Someone watches or follows"),
    "told.approach": _("Approached by a service"),
    "told.harassment": _("Harassment"),
    "told.accident": _("Road accident"),
    "told.near_miss": _("Near miss"),
    "tell_text": _("Shorten it to {limit} characters; the officer calls you back for the rest."),
    "tell_place": _("Shorten the place to {limit} characters."),
    "tell_when": _("What is older than {days} days belongs into the incident log; give it to the security officer."),
    "phone_key": _("This telephone's key is not taken: {detail}."),
    "phone_account": _("the account behind the telephone is closed or may not report"),
    "phone_revoked": _("the telephone was taken off the list"),
    "phone_expired": _("the telephone was not signed in for too long"),
    "phone_mission": _("its owner has no such mission any more"),
    "phone_unopened": _("it does not open with the key of this node"),
    "held_cannot": _("It was decided before, does not open, or names no mission of ours."),
    "held_note": _("Write in at most 400 characters why it is let go; what was decided before stays."),
    "intelligence.report_held": _("A telephone sent a report that waits for you"),
    "intelligence.ReportHeld": _("A report from a telephone was held for a person"),
    "intelligence.PhoneRegistered": _("A telephone was registered for reports"),
    "intelligence.PhoneRevoked": _("A telephone was taken off the list"),
    "intelligence.HeldReportRefused": _("A held report was let go: {note}"),
    "intelligence.FiguresImported": _("Police figures came in: {figures} from {first_month} to {last_month}"),
    "intelligence.holds_reports": _("{n} reports of what he met himself, under his account"),
    "intelligence.holds_phones": _("{n} telephones from which he may report"),
    "tell_outcome": _("Shorten the answer to {limit} characters."),
    "photograph_bytes": _("The photograph is larger than {limit} MB; send it without, or a smaller one."),
    "photograph_pixels": _(
        "The picture has more than {limit} million pixels, more than phones take; it was not opened."
    ),
    "photograph_form": _("That is no photograph that is taken here; use {known}."),
    "photograph_broken": _("The photograph cannot be read ({detail}); take it again or send the report without it."),
    "intelligence.staff_reported": _("A member of staff reports: {told}"),
    "intelligence.StaffReported": _("A member of staff reported: {told}"),
    "intelligence.ReportSeen": _("A report by a member of staff was seen"),
    "intelligence.ReportAnswered": _("The reporter was told what came of it"),
    "grading_value": _("That is not a step of the scale: {detail}."),
    "grading_marking": _("Choose a marking that you may read yourself."),
    "reason_wanted": _("Write a reason of at most {longest} characters; it stands in the record."),
    "split_part": _("Choose some of the signals, not none and not all."),
    "merge_part": _("Choose at least two occurrences of the same threat class."),
    "occurrence_unknown": _("That occurrence is not there any more; go back to the list."),
    "tripwire_owner": _("Write who acts when the line is crossed."),
    "tripwire_lapse": _("Choose a day after today and within {days} days; a line is drawn anew, not for ever."),
    "belief_part": _("Choose one of the signals of this occurrence; two sources at least must speak of it."),
    "difference.withdrawn": _("whether it still stands"),
    "difference.decided": _("whether it is one happening"),
    "difference.place": _("where"),
    "difference.time": _("when"),
    "difference.deaths": _("deaths"),
    "difference.gravity": _("gravity"),
    "difference.kind": _("what it was"),
    "difference.actors": _("who"),
    "actor_name": _("Write a name of at most {longest} characters, with letters or digits in it."),
    "actor_aliases": _("At most {most} other names, of {longest} characters each."),
    "actor_method": _("{method} is not in the table of methods."),
    "actor_country": _("{country} is no country code; write two capital letters, as in SY."),
    "actor_reach": _("Write a radius from 0 to {most} km and aims of at most {longest} characters."),
    "actor_known": _("{name} is in the register already; open it and correct it there."),
    "actor_review": _("Choose a day within the next {days} days to look again."),
    "reach.named": _("the register names the mission"),
    "reach.nearby": _("it acted within its radius of the mission"),
    "reach.country": _("the register names the country"),
    "intelligence.actor_review": _("Look again at an actor of the register"),
    "intelligence.actor_review_lapsed": _("Nobody has looked again at {actor}, due {day}"),
    "day_title": _("Write what the day is in at most {longest} characters, and why in at most {why}."),
    "day_range": _("The last day must not lie before the first, nor {days} days after it."),
    "day_threat": _("{threat} is no threat class."),
    "day_known": _("{title} stands in the calendar already."),
    "day_many": _("A list has at most {most} days; this one has {found}. Name the countries that you need."),
    "aside_reason": _("Write why the item may be let go."),
    "threat.level": _("{threat} reads as level {level}"),
    "threat.activity": _("Activity: {occurrences:,} occurrences that count, weights sum to {sum:.1f}"),
    "threat.occurrence": _(
        "{kind}, {place}: {where}, {age_days} days ago, credibility {credibility}, independent origins {origins}"
    ),
    "threat.other_occurrences": _("{occurrences} lighter occurrences"),
    "threat.intent": _("Intent graded {value}: {note}"),
    "threat.capability": _("Capability graded {value}: {note}"),
    "threat.inhibiting": _("Inhibiting context graded {value}: {note}"),
    "threat.floor": _("A score is never below zero"),
    "tripwire.enough_happened": _(
        "{found} of {count} happenings of {threat} within {within_km} km and {within_hours} h"
    ),
    "tripwire.too_little_happened": _("{found} of {count} happenings within {within_km} km and {within_hours} h"),
    "tripwire.level_reached": _("{threat} stands at level {level}, the line is at {wanted}"),
    "tripwire.level_below": _("{threat} stands at level {level}, below the line at {wanted}"),
    "tripwire.lapsed": _("The line has lapsed; draw it again if it is still wanted."),
    "anomaly.no_history": _("{this_week} in the last 7 days within 100 km; there is no history to compare with"),
    "anomaly.ordinary": _(
        "{this_week} in the last 7 days within 100 km, {expected:.1f} expected: ordinary for this mission"
    ),
    "anomaly.out_of_ordinary": _(
        "{this_week} in the last 7 days within 100 km, {expected:.1f} expected: out of the ordinary"
        " (chance {chance_percent:.2g} %; ordinary weeks are called so {rate_percent:g} % of the time)"
    ),
    "trend.nothing_to_compare": _("no trend: nothing to compare"),
    "trend.steady": _("28 days against the 16 weeks before: steady (×{ratio:.2f}, 95 % {low:.2f}–{high:.2f})"),
    "trend.rising": _("28 days against the 16 weeks before: rising (×{ratio:.2f}, 95 % {low:.2f}–{high:.2f})"),
    "trend.falling": _("28 days against the 16 weeks before: falling (×{ratio:.2f}, 95 % {low:.2f}–{high:.2f})"),
    "contradiction.gravity": _("The signals disagree on how grave it was"),
    "contradiction.place": _("The signals disagree on where it was"),
    "contradiction.kind": _("The signals disagree on what it was"),
    "contradiction.time": _("The signals disagree on when it was"),
    "never_heard": _("Never heard"),
    "heard": _("Heard within its cadence"),
    "silent": _("Silent beyond its cadence"),
    "intelligence.threat_rose": _("{threat} rose from level {before} to {after}"),
    "intelligence.tripwire_crossed": _("A line for {threat} was crossed; {owner} acts"),
    **{f"aside.{code}": reason.sentence for code, reason in REASONS.items()},
    **{f"aside.{code}.advice": reason.advice for code, reason in REASONS.items()},
    **FETCH_SENTENCES,
}


def register() -> None:
    register_rail(RailEntry(_("Intelligence"), "intelligence", 30, "intelligence.read", count=_count))
    register_search("intelligence", search)
    register_address("Occurrence", lambda key: reverse("occurrence", args=[key]))
    register_address("Signal", lambda key: reverse("signal", args=[key]))
    register_address("Source", lambda key: reverse("source", args=[key]))
    register_address("ThreatActor", lambda key: reverse("threat-actor", args=[key]))
    register_address("CalendarDay", lambda key: reverse("calendar"))
    register_address("Belief", lambda key: reverse("contradictions"))
    register_address("Grading", lambda key: reverse("intelligence"))
    register_address("Tripwire", lambda key: reverse("tripwires"))
    register_panel(
        Panel("mission.main", "intelligence-profile", mission_profile, "intelligence/profile_panel.html", order=30)
    )
    register_holder(Holder("intelligence", forgetting.holds, forgetting.forget))
    register_address("HeldReport", lambda key: reverse("told-held"))
    register_address("OwnReport", lambda key: reverse("told", args=[key]))
    register_panel(Panel("staff.main", "intelligence-tell", own_reports, "intelligence/tell_panel.html", order=10))
    register_panel(Panel("rso.side", "intelligence-told", told, "intelligence/told_panel.html", order=20, live=True))
    register_panel(
        Panel("watch.side", "intelligence-sources", silent, "intelligence/silent_panel.html", order=60, live=True)
    )
    register_panel(Panel("mission.main", "intelligence-ahead", days_ahead, "intelligence/ahead_panel.html", order=45))
    register_panel(Panel("rso.main", "intelligence-ahead-rso", days_ahead, "intelligence/ahead_panel.html", order=45))
    register_sentences(SENTENCES)
    briefs.register()
    requirements.register()
    reviews.register()


def mission_profile(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """The threat profile of one mission, with the sources that are silent."""
    if mission is None or "intelligence.read" not in actor.verbs:
        return None
    lines = queries.profile(actor, missions_published.mission(actor, mission))
    return {"mission": mission, "lines": lines, "silent": queries.silent_sources(actor)}


def own_reports(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """The way to the phone page, and what came of one's own reports."""
    if "intelligence.tell" not in actor.verbs:
        return None
    return {"reports": reports.own(actor, limit=3)}


def told(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """The latest reports by staff, for who answers them."""
    if "intelligence.answer_report" not in actor.verbs:
        return None
    return {
        "reports": reports.reported(actor, limit=5),
        "unseen": reports.unanswered(actor),
        "held": reports.held(actor),
    }


def days_ahead(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """What the next thirty days hold for a mission."""
    own = mission or (next(iter(actor.missions)) if actor.missions and len(actor.missions) == 1 else None)
    if own is None or "intelligence.read" not in actor.verbs:
        return None
    return {"ahead": ahead(actor, own, days=30)[:6]}


def silent(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """Sources that are silent beyond their cadence."""
    if "intelligence.read" not in actor.verbs:
        return None
    return {"silent": queries.silent_sources(actor)}


def search(actor: Actor, text: str) -> Iterator[Found]:
    """Occurrences by place, sources by name."""
    if "intelligence.read" not in actor.verbs:
        return
    for one in queries.with_keys(queries.occurrences(actor).filter(place__icontains=text).order_by("-end_s")[:10]):
        yield Found("occurrence", one.row.place, one.row.kind.replace("_", " "), reverse("occurrence", args=[one.key]))
    for seen in queries.sources_named(actor, text):
        yield Found("source", seen.name, seen.owner, reverse("source", args=[seen.pk]))


def _count(actor: Actor) -> int | None:
    """What happened in the last day."""
    since_s = epoch_s(clock.as_of()) - DAY_S
    return queries.occurrences(actor).filter(end_s__gte=since_s).count() or None
