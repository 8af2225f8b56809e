"""What does each kind of zone ask for at each posture? The table that ships; a service may put its own in its place."""

from legation.access.events.entering import Factor
from legation.access.events.places import ZoneKind
from legation.access.rules.entering import Line, Table
from legation.foundations.posture import PostureLevel

_BADGE = frozenset({Factor.BADGE})
_BADGE_PIN = frozenset({Factor.BADGE, Factor.PIN})

_LINES = (
    Line(PostureLevel.NORMAL, ZoneKind.PUBLIC, frozenset(), visitors=True),
    Line(PostureLevel.NORMAL, ZoneKind.GENERAL, _BADGE, visitors=True),
    Line(PostureLevel.NORMAL, ZoneKind.CONTROLLED, _BADGE, visitors=True),
    Line(PostureLevel.NORMAL, ZoneKind.RESTRICTED, _BADGE_PIN, visitors=False),
    Line(PostureLevel.VIGILANT, ZoneKind.PUBLIC, frozenset(), visitors=True),
    Line(PostureLevel.VIGILANT, ZoneKind.GENERAL, _BADGE, visitors=True),
    Line(PostureLevel.VIGILANT, ZoneKind.CONTROLLED, _BADGE_PIN, visitors=True),
    Line(PostureLevel.VIGILANT, ZoneKind.RESTRICTED, _BADGE_PIN, visitors=False),
    Line(PostureLevel.HEIGHTENED, ZoneKind.PUBLIC, _BADGE, visitors=True),
    Line(PostureLevel.HEIGHTENED, ZoneKind.GENERAL, _BADGE, visitors=True),
    Line(PostureLevel.HEIGHTENED, ZoneKind.CONTROLLED, _BADGE_PIN, visitors=False),
    Line(PostureLevel.HEIGHTENED, ZoneKind.RESTRICTED, _BADGE_PIN, visitors=False, two_person=True),
    Line(PostureLevel.RESTRICTED, ZoneKind.PUBLIC, _BADGE, visitors=False),
    Line(PostureLevel.RESTRICTED, ZoneKind.GENERAL, _BADGE_PIN, visitors=False),
    Line(PostureLevel.RESTRICTED, ZoneKind.CONTROLLED, _BADGE_PIN, visitors=False),
    Line(PostureLevel.RESTRICTED, ZoneKind.RESTRICTED, _BADGE_PIN, visitors=False, two_person=True),
    Line(PostureLevel.CRITICAL, ZoneKind.PUBLIC, _BADGE_PIN, visitors=False),
    Line(PostureLevel.CRITICAL, ZoneKind.GENERAL, _BADGE_PIN, visitors=False),
    Line(PostureLevel.CRITICAL, ZoneKind.CONTROLLED, _BADGE_PIN, visitors=False),
    Line(PostureLevel.CRITICAL, ZoneKind.RESTRICTED, _BADGE_PIN, visitors=False, two_person=True),
)

SHIPPED: Table = {(line.level, line.kind): line for line in _LINES}
"""By posture and kind of zone; complete, so that no door is without a rule."""


def asked_at(level: PostureLevel) -> list[Line]:
    """The lines of the table at one posture, from the public zone inward."""
    return [line for line in _LINES if line.level is level]
