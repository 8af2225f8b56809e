"""What does the room law say to a person? Its sentences, and the words for its codes."""

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from legation.law.events.limits import Use
from legation.law.events.matrix import Holder

USES = {
    Use.ARMS: gettext_lazy("Arms"),
    Use.RADIO_TRANSMITTER: gettext_lazy("Radio transmitter"),
    Use.CAMERA_PUBLIC: gettext_lazy("Camera on a public street"),
    Use.DRONE: gettext_lazy("Drone, or means against drones"),
    Use.BIOMETRICS: gettext_lazy("Biometrics"),
    Use.RECORDING: gettext_lazy("Recording of speech"),
    Use.PRIVATE_GUARDS: gettext_lazy("Private guards"),
    Use.PERSONAL_DATA: gettext_lazy("Personal data of people there"),
    Use.UNLAWFUL_COLLECTION: gettext_lazy("Collection by other than lawful means"),
    Use.INTERFERENCE: gettext_lazy("A part in internal affairs"),
    Use.DETAINING: gettext_lazy("Holding people"),
}

HOLDERS = {
    Holder.MINISTRY: gettext_lazy("Ministry"),
    Holder.MISSION: gettext_lazy("Mission"),
    Holder.RECEIVING_STATE: gettext_lazy("Receiving state"),
    Holder.CONTRACTOR: gettext_lazy("Contractor"),
}

SENTENCES = {
    "law.NormEntered": _("Norm {code} entered, edition {edition}"),
    "law.NormEnded": _("Norm {code} of edition {edition} ended"),
    "law.ConsentRecorded": _("Consent to {use} recorded, of {given_by}"),
    "law.ConsentEnded": _("Consent to {use} ended: {state}"),
    "law.CriterionChecked": _("Standard looked at: {criterion}"),
    "law.WaiverApplied": _("Waiver asked for: {criterion}"),
    "law.WaiverDecided": _("Waiver {state}: {criterion}"),
    "law.WaiverReviewDue": _("Waiver of {criterion} ends in thirty days"),
    "law.WaiverEnded": _("Waiver {state}: {criterion}"),
    "law.waiver_near_end": _("The waiver of {criterion} ends on {until}: meet the criterion, or apply anew"),
    "law.waiver_lapsed": _("The waiver of {criterion} lapsed on {until}: it counts in full again"),
    "law.waiver_review": _("A waiver is to be looked at before it ends"),
    "law.waiver_ends": _("A waiver ends"),
    "law.category_due": _("A category of premises is to be put right"),
    "category_missing": _("No category is set: no standard applies."),
    "category_unknown": _("The category is none of the list: no standard applies."),
    "category_against_kind": _("The category contradicts the kind of building."),
    "category_against_counter": _("The public is received here, but the category knows no counter."),
    "category_without_counter": _("The category has a counter for the public, but nobody is received here."),
    "category_against_post": _("A chancery standard stands at a consular post; the consular one applies."),
    "waiver_not_needed": _("The criterion is met; there is nothing to waive."),
    "waiver_stands": _("A waiver is asked for already; somebody decides on it first."),
    "waiver_without_reason": _("Write why the criterion cannot be met now."),
    "waiver_without_measure": _("Write what protects instead."),
    "waiver_already_over": _("The end of a waiver lies in the future; choose a later day."),
    "waiver_too_long": _("This waiver lasts at most {days} days; then it is looked at again."),
    "waiver_decided": _("This waiver is {state} already."),
    "waiver_by_applicant": _("Nobody approves what he asked for himself; somebody else decides."),
    "law.ResponsibilityGiven": _("Responsibility given"),
    "law.ResponsibilityReleased": _("Responsibility released: {subject}"),
    "law.MatrixReviewed": _("Responsibilities gone through: {holes} of {duties} held by nobody, {doubles} by two"),
    "holder_without_name": _("Name a person, a role, an office or a company."),
    "holder_not_at_post": _("A person at post holds a duty on the side of the mission."),
    "law.holds_duty": _("Holds a duty at the mission: {duty}"),
    "law.consent_ended": _("The consent of {by} to {use} has ended: what rests on it must stop or be consented anew"),
    "law.consent_ends": _("A consent under host law ends"),
    "host_law_forbids": _("Refused: {use} is forbidden here by {cited}. No consent on record lifts that."),
    "host_law_needs_consent": _(
        "Refused: {use} needs the consent of {of} by {cited}. Record it under Law, host-law limits, then try again."
    ),
    "consent_not_asked": _("No norm that is loaded asks for a consent to this here."),
    "consent_cannot_lift": _("{cited} forbids this; a consent cannot lift it."),
    "consent_without_giver": _("Say who consented."),
    "consent_without_scope": _("Say what exactly was consented to."),
    "consent_without_document": _("Name the note or document in which the consent can be read."),
    "consent_in_future": _("A consent cannot have been given after today."),
    "consent_already_over": _("The end of a consent lies in the future; choose a later day."),
}
