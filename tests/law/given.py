"""Worlds for the room law: instruments loaded by the act that loads them."""

from dataclasses import replace
from datetime import date

from tests import given

from legation.law import actions
from legation.law.events.norms import Covers, InstrumentKind, InstrumentValue, NormKind, NormValue, Party
from legation.law.links import norm_file
from legation.platform.authority.resolve import claim_house

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
