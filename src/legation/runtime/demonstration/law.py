"""What does the demonstration know of the law? The conventions, and decisions of a ministry that is nobody's."""

from legation.law.actions import load_instrument
from legation.law.links import norm_file
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim_house


def conventions() -> None:
    """Load what ships; what is loaded already changes nothing."""
    house = claim_house("law.load", service(ServiceAccount.LOCAL))
    for code in norm_file.SHIPPED:
        instrument, read = norm_file.shipped(code)
        load_instrument(house, instrument, read.norms)
