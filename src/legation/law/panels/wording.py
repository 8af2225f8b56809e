"""What does the room law say to a person? Its sentences, and the words for its codes."""

from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as _

from legation.foundations.decisions import Refused
from legation.law.events.limits import Use
from legation.pages.sentences import sentence

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

SENTENCES = {
    "law.NormEntered": _("Norm {code} entered, edition {edition}"),
    "law.NormEnded": _("Norm {code} of edition {edition} ended"),
    "law.ConsentRecorded": _("Consent to {use} recorded, of {given_by}"),
    "law.ConsentEnded": _("Consent to {use} ended: {state}"),
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


def said_at_terminal(refused: Refused) -> str:
    """The sentence of a refusal, for a command."""
    return sentence(refused.refusal.reason, refused.refusal.params)
