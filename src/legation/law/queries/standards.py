"""Which standard applies to the premises of a mission, what is not met, and which waivers hold?"""

from dataclasses import dataclass
from datetime import datetime

from legation.law.events.standards import WaiverState
from legation.law.models import Check, Waiver
from legation.law.rules import standards as rules
from legation.law.rules.standards import Criterion
from legation.missions import published as missions
from legation.missions.published import PremisesSeen
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion at premises. check: None where nobody looked; waiver: the latest neither refused nor withdrawn."""

    criterion: Criterion | None
    code: str
    words: str
    check: Check | None
    waiver: Waiver | None

    @property
    def open(self) -> bool:
        """Not met, and no approved waiver holds."""
        held = self.waiver is not None and self.waiver.state == WaiverState.APPROVED
        return self.check is not None and not self.check.met and not held


@dataclass(frozen=True, slots=True)
class Sheet:
    """One building with what its standard asks of it. flags: what is wrong with its category."""

    premises: PremisesSeen
    flags: tuple[str, ...]
    lines: tuple[Line, ...]

    @property
    def unchecked(self) -> int:
        return sum(line.check is None for line in self.lines)

    @property
    def open(self) -> int:
        return sum(line.open for line in self.lines)


def sheets(actor: Actor, mission: str) -> list[Sheet]:
    """Every building of a mission beside its standard. Raises NotVisible."""
    seen = missions.mission(actor, mission)
    checks = {(c.premises_id, c.criterion): c for c in Check.objects.visible_to(actor).filter(mission_id=mission)}
    held: dict[str, Waiver] = {}
    for waiver in Waiver.objects.visible_to(actor).filter(mission_id=mission).order_by("pk"):
        if waiver.state not in {WaiverState.REFUSED, WaiverState.WITHDRAWN}:
            held[str(waiver.check_of_id)] = waiver
    found = []
    for one in missions.premises(actor, mission):
        flags = rules.category_faults(seen.kind, one.kind, one.category, public=one.receives_public)
        asked = rules.applicable(rules.category_named(one.category), int(seen.posture.level))
        lines = [_line(None, rules.CATEGORY, "", checks.get((one.id, rules.CATEGORY)), held)] if flags else []
        lines += [_line(c, c.id, c.words, checks.get((one.id, c.id)), held) for c in asked]
        found.append(Sheet(one, flags, tuple(lines)))
    return found


def criterion(code: str) -> Criterion | None:
    """A criterion of the shipped standard; None for the category, which the house looks at itself."""
    return rules.criteria().get(code)


def check(actor: Actor, key: str) -> Check:
    """One check. Raises NotVisible."""
    row = Check.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def waiver(actor: Actor, key: str) -> Waiver:
    """One waiver. Raises NotVisible."""
    row = Waiver.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def waivers(actor: Actor, mission: str | None = None) -> MarkedQuerySet[Waiver]:
    """Waivers, those that end next first."""
    found = Waiver.objects.visible_to(actor).order_by("until", "pk")
    return found.filter(mission_id=mission) if mission else found


def near_end(actor: Actor, mission: str, now: datetime | None = None) -> list[Waiver]:
    """Approved waivers of a mission that end within thirty days."""
    limit = (now or clock.as_of()) + rules.AHEAD
    return list(waivers(actor, mission).filter(state=WaiverState.APPROVED, until__lte=limit))


def _line(criterion: Criterion | None, code: str, words: str, found: Check | None, held: dict[str, Waiver]) -> Line:
    return Line(criterion, code, words, found, held.get(found.pk) if found else None)
