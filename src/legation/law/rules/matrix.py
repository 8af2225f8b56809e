"""Which duties are there at a mission, and is each held by one, by nobody, or by two?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from legation.foundations.decisions import Decision, Grant, Refusal
from legation.foundations.identity import Ref
from legation.law.events.matrix import Holder
from legation.law.events.norms import NormKind, NormValue, Party

RULE = "law.matrix"

OURS = frozenset({Party.SENDING_STATE, Party.MISSION, Party.AGENT, Party.BOTH})
"""Who owes so that somebody on our side must do it."""
HELD_KINDS = frozenset({NormKind.DUTY, NormKind.PROHIBITION, NormKind.PROCEDURE})
GRAVE_OBJECTS = frozenset({"premises", "residence", "person", "archives", "departure", "drill", "communication"})
"""A hole here costs lives, secrets or the way out."""
ASKED_OF_HOST = frozenset({"premises", "residence", "person", "departure", "communication", "nationals"})
"""Duties of the receiving state for which an office must be known: protection, the way out, the line, nationals."""

HOLE_POINTS = 2.0
"""A grave duty that nobody holds: a third of a wall that is not there, since somebody may yet do it unasked."""


class Standing(StrEnum):
    """How a duty is held; a code with words in panels."""

    HOLE = "hole"  # by nobody
    HELD = "held"  # by one for each part
    DOUBLE = "double"  # a part by two: each may leave it to the other


@dataclass(frozen=True, slots=True)
class Duty:
    """What must be held. grave: a hole in it counts as vulnerability."""

    subject: Ref
    cited: str
    words: str
    owes: Party
    grave: bool


@dataclass(frozen=True, slots=True)
class Held:
    """One holder of a subject or a part of it. person: an id or empty; office: a role, office or company."""

    subject: Ref
    part: str
    holder: Holder
    office: str
    person: str


def must_be_held(value: NormValue) -> bool:
    """Whether somebody must hold this norm: one on our side, or a duty of the receiving state that we may ask for."""
    if value.owes in OURS:
        return value.kind in HELD_KINDS
    return (
        value.owes is Party.RECEIVING_STATE and value.kind is NormKind.DUTY and bool(ASKED_OF_HOST & set(value.objects))
    )


def is_grave(value: NormValue) -> bool:
    """Whether a hole in it counts as vulnerability: by its chief object."""
    return bool(GRAVE_OBJECTS & set(value.objects[:1]))


def standing(held: Sequence[Held]) -> Standing:
    """How a duty with these holders stands: two holders of one part are a double, also where both hold the whole."""
    if not held:
        return Standing.HOLE
    parts = [one.part.casefold() for one in held]
    whole = parts.count("")
    doubled = len(set(parts)) < len(parts) or (whole and len(parts) > whole)
    return Standing.DOUBLE if doubled else Standing.HELD


def by_subject(held: Iterable[Held]) -> dict[Ref, list[Held]]:
    """Holders by what they hold."""
    found: dict[Ref, list[Held]] = {}
    for one in held:
        found.setdefault(one.subject, []).append(one)
    return found


def may_hold(one: Held) -> Decision:
    """A holder is somebody: a person, a role, an office or a company. Two holders are allowed, and shown."""
    if not (one.office.strip() or one.person):
        return Refusal("holder_without_name", RULE)
    if one.person and one.holder is not Holder.MISSION:
        return Refusal("holder_not_at_post", RULE)
    return Grant(RULE)


def hole_points(*, grave: bool, standing: Standing) -> float:
    """Vulnerability that a duty adds by how it is held."""
    return HOLE_POINTS if grave and standing is Standing.HOLE else 0.0
