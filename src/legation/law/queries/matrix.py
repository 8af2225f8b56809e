"""Which duties are there at a mission, who holds each, and where is nobody or are there two?"""

from dataclasses import dataclass

from legation.foundations.identity import Ref
from legation.law.events.matrix import Holder
from legation.law.events.norms import Party
from legation.law.models import Holding
from legation.law.queries.norms import by_article, in_force
from legation.law.rules import matrix as rules
from legation.law.rules.covering import speaks_for
from legation.law.rules.matrix import Duty, Standing
from legation.missions import published as missions
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet


@dataclass(frozen=True, slots=True)
class Held:
    """A holder as he is shown: the name of a person is of this moment, "erased person" where he was erased."""

    row: Holding
    who: str


@dataclass(frozen=True, slots=True)
class Line:
    """A duty with its holders by side."""

    duty: Duty
    held: tuple[Held, ...]
    standing: Standing

    def of(self, holder: Holder) -> list[Held]:
        return [one for one in self.held if one.row.holder == holder]

    @property
    def sides(self) -> list[list[Held]]:
        """Holders in the order of the columns."""
        return [self.of(holder) for holder in Holder]


def holdings(actor: Actor, mission: str) -> MarkedQuerySet[Holding]:
    """Who holds what at a mission now."""
    return Holding.objects.visible_to(actor).filter(mission_id=mission, released=False).order_by("since", "pk")


def holding(actor: Actor, key: str) -> Holding:
    """One holding. Raises NotVisible."""
    row = Holding.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def held_by(actor: Actor, person: str) -> MarkedQuerySet[Holding]:
    """What a person holds now."""
    return Holding.objects.visible_to(actor).filter(person_id=person, released=False).order_by("since", "pk")


def duties(actor: Actor, mission: str) -> list[Duty]:
    """Norms that somebody must hold at a mission of this kind in this state. Raises NotVisible."""
    seen = missions.mission(actor, mission)
    rows = [(row, row.value) for row in sorted(in_force(actor, state=seen.receiving_code), key=by_article)]
    return [
        Duty(Ref("Norm", row.code), row.cited, row.words, value.owes, rules.is_grave(value))
        for row, value in rows
        if rules.must_be_held(value) and speaks_for(value.covers, row.state, seen.kind, seen.receiving_code)
    ]


def duty(actor: Actor, mission: str, subject: Ref) -> Duty | None:
    """One duty; None where it is none of the mission's norms (a measure, or a norm that has ended)."""
    return next((one for one in duties(actor, mission) if one.subject == subject), None)


def matrix(actor: Actor, mission: str, *, show: str = "") -> list[Line]:
    """Every duty of a mission and every measure that somebody holds there; `show`: hole, held or double only."""
    rows = list(holdings(actor, mission))
    names = missions.names(actor, {row.person_id for row in rows if row.person_id})
    by_subject: dict[Ref, list[Holding]] = {}
    for row in rows:
        by_subject.setdefault(row.subject, []).append(row)
    asked = duties(actor, mission)
    known = {one.subject for one in asked}
    asked += [
        Duty(subject, held[0].title or str(subject), "", Party.MISSION, grave=False)
        for subject, held in by_subject.items()
        if subject not in known
    ]
    lines = [_line(one, by_subject.get(one.subject, []), names) for one in asked]
    return [line for line in lines if show in {"", line.standing}]


def _line(duty: Duty, rows: list[Holding], names: dict[str, str]) -> Line:
    held = tuple(Held(row, _who(row, names)) for row in rows)
    return Line(duty, held, rules.standing([row.value for row in rows]))


def _who(row: Holding, names: dict[str, str]) -> str:
    person = names.get(row.person_id, "erased person") if row.person_id else ""
    return ", ".join(part for part in (person, row.office, row.part) if part)
