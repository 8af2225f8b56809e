"""How are causes, refusals and alarms of the risk room said in plain words?"""

from dataclasses import replace

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from legation.foundations.causes import Cause
from legation.foundations.threats import ThreatClass

CAUSES = {
    "likelihood": _("Likelihood"),
    "impact": _("Impact"),
    "threat": _("Threat"),
    "vulnerability_total": _("Vulnerability"),
    "measures": _("Measures"),
    "activity_near": _(
        "About {expected:g} occurrences expected within 25 km in 30 days (80 % interval {low:g}–{high:g}; "
        "{events} recorded in {days} days)"
    ),
    "activity_around": _("About {expected:g} more expected between 25 and 100 km in 30 days"),
    "occurrence": _("{title}, {day}"),
    "more_occurrences": _("All other occurrences of the last 120 days"),
    "intent": _("Intent judged {degree}: {reason}"),
    "capability": _("Capability judged {degree}: {reason}"),
    "inhibiting": _("Inhibiting context judged {degree}: {reason}"),
    "vulnerability": _("Vulnerability judged {degree}: {reason}"),
    "intent_unjudged": _("Intent not judged yet: a quarter of the scale is assumed"),
    "capability_unjudged": _("Capability not judged yet: a quarter of the scale is assumed"),
    "inhibiting_unjudged": _("No inhibiting context judged"),
    "vulnerability_unjudged": _("Vulnerability not assessed yet: the middle of the scale is assumed"),
    "severity": _("What one event of this class does when it reaches a mission"),
    "exposure": _("{people} persons could be harmed at once"),
    "exposure_unknown": _("Number of persons not entered: about ten are assumed"),
    "criticality": _("The state depends on this mission: {level}"),
    "evidence": _("Evidence from {speaker} on {aspect}: {said}"),
    "measure": _("{title} ({layer}, {means}, {effectiveness}), resting on {norm}"),
    "risk_calls_for": _("{threat} stands at {band}"),
    "tripwire_calls_for": _("Tripwire crossed: {title}"),
}

REFUSALS = {
    "no_delegation": _(
        "You hold no delegation to accept risk at this mission. Who could accept a {band} risk: {who_could}."
    ),
    "delegation_lapsed": _("Your delegation ended on {until}. Who could accept a {band} risk: {who_could}."),
    "above_delegation": _(
        "This risk is {band}; you may accept up to {limit}. Who could accept it: {who_could}. "
        "Or choose measures that bring it down."
    ),
    "unacceptable_is_accepted_by_nobody": _(
        "An unacceptable risk is accepted by nobody: lower it by measures, or stop the activity."
    ),
    "programme_does_not_justify": _(
        "Work rated {programme} justifies at most a {limit} risk; this one is {band}. Lower it, or have the programme "
        "criticality reviewed."
    ),
    "acceptance_without_reason": _("Write why the risk is accepted: the reason stands in the record."),
    "acceptance_already_over": _("The end of an acceptance lies in the future; choose a later day."),
    "acceptance_too_long": _("An acceptance lasts at most {days} days, until the assessment is reviewed."),
    "acceptance_outlives_delegation": _("Your delegation ends on {until}; choose a day before that."),
    "acceptance_is_over": _("This acceptance has ended already ({state})."),
    "risk_not_computed": _("Nothing is computed for this class at this mission yet; enter an assessment first."),
    "delegation_to_oneself": _("Nobody delegates to himself; somebody who holds the right must do it."),
    "delegation_above_ones_own": _("You may pass on at most what you hold yourself: {own}."),
    "delegation_already_over": _("The end of a delegation lies in the future; choose a later day."),
    "delegation_too_long": _("A delegation lasts at most {days} days, the length of a posting."),
    "measure_without_title": _("Say what the measure is."),
    "measure_points_out_of_range": _("A measure takes off more than 0 and at most {max} points; split a larger one."),
    "measure_cost_negative": _("A cost cannot be below zero."),
    "measure_without_norm": _("Name the norm, standard or decision that the measure rests on."),
    "measure_norm_unknown": _(
        "No norm {norm} is in the register. Name one by its code or citation, as VCDR art. 22(2); search under Law."
    ),
    "measure_cannot_become": _("A measure that is {state} cannot become {wanted}; it may become {allowed}."),
    "vulnerability_without_reason": _("Write what the judgement of vulnerability rests on."),
    "impact_without_reason": _("Write where the number of persons comes from."),
    "people_out_of_range": _("Enter 0 to {most} persons."),
    "assessment_reason_too_long": _("Shorten the reasons to {longest} characters each."),
    "posture_declined_already": _("This was declined on the same ground; it is asked again when the ground changes."),
    "posture_fits_the_risk": _("The posture is what the risk calls for; there is nothing to propose."),
}

HAPPENED = {
    "risk.RiskAssessed": _("Risk assessed: {threat}"),
    "risk.MeasureAdded": _("Measure proposed: {title}"),
    "risk.MeasureChanged": _("Measure {title}: {before} to {after}"),
    "risk.AcceptanceDelegated": _("Right to accept risk delegated until {until}"),
    "risk.DelegationWithdrawn": _("Right to accept risk withdrawn"),
    "risk.RiskAccepted": _("Residual risk accepted until {until}: {threat}"),
    "risk.AcceptanceEnded": _("Acceptance {state}: {threat}"),
    "risk.PostureProposed": _("Posture {proposed} proposed in place of {current}"),
    "risk.PostureDeclined": _("Posture {proposed} declined: {reason}"),
    "risk.RiskRecomputed": _("Risks computed anew: {scenarios} scenarios, {forecasts} forecasts, {scored} scored"),
    "risk.posture_proposed": _("Risk calls for posture {proposed} in place of {current}: {cause}"),
    "risk.acceptance_lapsed": _("The {threat} risk rose to {present}: what {by} accepted no longer holds"),
    "risk.acceptance_expired": _("The acceptance of {threat} risk by {by} has run out"),
}

SENTENCES = {**{f"risk.{code}": text for code, text in CAUSES.items()}, **REFUSALS, **HAPPENED}

THREATS = {
    ThreatClass.ARMED_CONFLICT: _("Armed conflict"),
    ThreatClass.TERRORISM: _("Terrorism"),
    ThreatClass.CRIME: _("Crime"),
    ThreatClass.CIVIL_UNREST: _("Civil unrest"),
    ThreatClass.POLITICAL_INSTABILITY: _("Political instability"),
    ThreatClass.INTERSTATE_TENSION: _("Interstate tension"),
    ThreatClass.ESPIONAGE: _("Espionage"),
    ThreatClass.INSIDER: _("Insider"),
    ThreatClass.CYBER: _("Cyber"),
    ThreatClass.HAZARD: _("Natural hazard"),
}


def said_of(threat: ThreatClass) -> str:
    """The class in the reader's language."""
    return gettext(THREATS[threat])


def worded(cause: Cause) -> Cause:
    """The same tree with codes under which this room's sentences are registered."""
    return replace(cause, code=f"risk.{cause.code}", children=tuple(worded(child) for child in cause.children))
