"""What other rooms may ask of risks, answered with frozen values."""

from collections.abc import Iterable
from dataclasses import dataclass

from legation.foundations.identity import MissionId
from legation.foundations.threats import ThreatClass
from legation.platform.authority.actor import Actor
from legation.risk import queries
from legation.risk.rules.matrix import Band


@dataclass(frozen=True, slots=True)
class RiskSeen:
    """The greatest risk of a mission as other rooms see it."""

    mission: MissionId
    threat: ThreatClass
    present: Band
    residual: Band


def highest(actor: Actor, n: int) -> list[RiskSeen]:
    """The n missions with the highest present risk."""
    return [
        RiskSeen(
            found.mission.id,
            ThreatClass(found.row.threat),
            Band(found.row.present_band),
            Band(found.row.residual_band),
        )
        for found in queries.highest(actor, n)
    ]


def band_of(actor: Actor, missions: Iterable[str]) -> dict[str, Band]:
    """The highest present band of each of these missions; missing where nothing is assessed."""
    return queries.band_of(actor, missions)
