"""For which missions does a norm speak? An embassy and a consulate stand under different conventions."""

from collections.abc import Iterable

from legation.law.events.norms import Covers
from legation.missions.events import MissionKind

SPEAKS: dict[MissionKind, frozenset[Covers]] = {
    MissionKind.CONSULATE_GENERAL: frozenset({Covers.ANY, Covers.POSTS, Covers.CONSULATE}),
    MissionKind.CONSULATE: frozenset({Covers.ANY, Covers.POSTS, Covers.CONSULATE}),
    # Article 58 of the consular convention: some of the rules of career posts, and rules of their own.
    MissionKind.HONORARY_CONSULATE: frozenset({Covers.ANY, Covers.POSTS, Covers.HONORARY}),
}
EMBASSY = frozenset({Covers.ANY, Covers.EMBASSY})
"""Embassies, high commissions and nunciatures; other offices most often stand as embassies do."""


def covers(mission: MissionKind) -> frozenset[Covers]:
    """The words of the column `covers` under which norms speak for a mission of this kind."""
    return SPEAKS.get(mission, EMBASSY)


def speaks_for(covered: Covers, state: str, mission: MissionKind, receiving: str) -> bool:
    """Whether a norm that covers this, and binds this state (empty: all), applies to a mission there."""
    return covered in covers(mission) and state in {"", receiving}


def is_consular(mission: MissionKind) -> bool:
    """Whether the consular convention governs its premises: a fire may then excuse an entry."""
    return Covers.POSTS in covers(mission)


def counted(values: Iterable[str]) -> dict[str, int]:
    """How often each value stands, the most frequent first: the facets of a list."""
    found: dict[str, int] = {}
    for value in values:
        found[value] = found.get(value, 0) + 1
    return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))
