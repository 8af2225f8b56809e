"""What does a way of coming by information use that host law has a say in?"""

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.intelligence.events import SourceMethod
from legation.law.events.limits import Use

RULE = "intelligence.method"

USES: dict[SourceMethod, tuple[Use, ...]] = {
    SourceMethod.OPEN: (),
    SourceMethod.OWN_STAFF: (),
    SourceMethod.AGENCY: (),
    SourceMethod.SENSOR: (Use.RECORDING,),
    SourceMethod.CAMERA: (Use.CAMERA_PUBLIC,),
    SourceMethod.DRONE: (Use.DRONE, Use.CAMERA_PUBLIC),
    SourceMethod.COVERT: (Use.UNLAWFUL_COLLECTION,),
}
"""What own staff or an agency tell uses nothing of the kind; what a source may never do is refused by the law."""


def may_stand(method: SourceMethod, site: str) -> Decision:
    """A source with an instrument stands somewhere: host law is asked at that mission."""
    if USES[method] and not site:
        return Refusal("source_without_site", RULE, params={"method": method.value})
    return Grant(RULE)
