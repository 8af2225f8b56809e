"""May what a person enters stand so? A judgement without its reason is no evidence."""

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.risk.rules.points import Degree

RULE = "risk.entering"
LONGEST_REASON = 400
MOST_PEOPLE = 20_000
"""More persons than any mission has at once; a larger number is a slip of the finger."""


def may_enter(
    vulnerability: Degree | None, vulnerability_reason: str, people: int | None, impact_reason: str
) -> Decision:
    """A degree needs its reason; a number of persons needs its source and must be possible."""
    faults = (
        (vulnerability is not None and not vulnerability_reason.strip(), "vulnerability_without_reason"),
        (people is not None and not impact_reason.strip(), "impact_without_reason"),
        (people is not None and not 0 <= people <= MOST_PEOPLE, "people_out_of_range"),
        (max(len(vulnerability_reason), len(impact_reason)) > LONGEST_REASON, "assessment_reason_too_long"),
    )
    for wrong, reason in faults:
        if wrong:
            return Refusal(reason, RULE, params={"most": str(MOST_PEOPLE), "longest": str(LONGEST_REASON)})
    return Grant(RULE)


def posture_fits() -> Refusal:
    """Nothing to propose: the posture is what the risk calls for."""
    return Refusal("posture_fits_the_risk", "risk.posture")


def posture_declined() -> Refusal:
    """A person said no to this on the same ground; it is asked again when the ground changes."""
    return Refusal("posture_declined_already", "risk.posture")
