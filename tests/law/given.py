"""Worlds for the room law: instruments loaded by the act that loads them."""

from dataclasses import replace
from datetime import date

from tests import given

from legation.law import actions
from legation.law.events.limits import Use
from legation.law.events.norms import Covers, InstrumentKind, InstrumentValue, NormKind, NormValue, Party
from legation.law.links import norm_file
from legation.law.models import Consent
from legation.law.rules.limits import Said
from legation.missions import published as missions
from legation.missions.models import Mission
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import claim, claim_house

AGREEMENT = InstrumentValue("br-sy", InstrumentKind.BILATERAL, "Agreement with Syria", "SY", "2001", date(2001, 1, 1))
PLATES = NormValue(
    "br-sy-4",
    "4",
    "",
    Party.RECEIVING_STATE,
    Party.MISSION,
    ("vehicle",),
    NormKind.DUTY,
    Covers.ANY,
    "Vehicles of the mission carry diplomatic plates within ten days.",
    ("plates",),
    "",
    "",
)


def conventions() -> None:
    """The conventions that ship with the package."""
    for code in norm_file.SHIPPED:
        instrument, read = norm_file.shipped(code)
        actions.load_instrument(claim_house("law.load", given.local()), instrument, read.norms)


def loaded(*norms: NormValue, instrument: InstrumentValue = AGREEMENT) -> actions.Loaded:
    """A list of norms of one instrument."""
    return actions.load_instrument(claim_house("law.load", given.local()), instrument, norms)


def later(edition: str, day: date) -> InstrumentValue:
    """The agreement in a later edition."""
    return replace(AGREEMENT, edition=edition, in_force_from=day)


def consented(actor: Actor, mission: Mission, use: Use) -> Consent:
    """A consent on record, of the receiving state."""
    said = Said("Ministry of Interior", date(2018, 1, 20), "as drawn in the annex", "Note 12/2018")
    return actions.record_consent(missions.claimed(actor, mission.pk, "law.record_consent"), use, said)


def withdrawn(actor: Actor, consent: Consent) -> None:
    """The same, taken back."""
    actions.withdraw_consent(claim(Consent, consent.pk, "law.withdraw_consent", actor))
