"""What does a measure take away, and may it change its state?"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from legation.foundations.decisions import Decision, Grant, Refusal, require
from legation.foundations.identity import MissionId, RecordId
from legation.foundations.layers import Layer, Means
from legation.foundations.threats import Aspect, ThreatClass
from legation.risk.rules.points import EFFECTIVENESS, MEASURE_POINTS_MAX, Effectiveness


class MeasureState(StrEnum):
    """Only what is in force lowers the present risk; what is chosen lowers the residual risk."""

    PROPOSED = "proposed"
    CHOSEN = "chosen"
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"


_NEXT: dict[MeasureState, frozenset[MeasureState]] = {
    MeasureState.PROPOSED: frozenset({MeasureState.CHOSEN, MeasureState.IN_FORCE, MeasureState.WITHDRAWN}),
    MeasureState.CHOSEN: frozenset({MeasureState.PROPOSED, MeasureState.IN_FORCE, MeasureState.WITHDRAWN}),
    MeasureState.IN_FORCE: frozenset({MeasureState.WITHDRAWN}),
    MeasureState.WITHDRAWN: frozenset({MeasureState.PROPOSED}),
}


def next_states(state: MeasureState) -> frozenset[MeasureState]:
    """Where a measure may go from a state."""
    return _NEXT[state]


@dataclass(frozen=True, slots=True)
class MeasureValue:
    """One measure at one mission.

    threats: the classes it helps against, empty for all. points: how many it takes off when it works as meant,
    0 to MEASURE_POINTS_MAX. cost: whole units of `currency` over its life. norm: the article or standard it rests on.
    """

    id: RecordId
    mission: MissionId
    title: str
    layer: Layer
    means: Means
    aspect: Aspect
    points: float
    effectiveness: Effectiveness
    state: MeasureState
    cost: float
    currency: str
    norm: str
    threats: tuple[ThreatClass, ...] = ()

    @property
    def removed(self) -> float:
        """Points actually counted: as meant, times how far it is known to work."""
        return self.points * EFFECTIVENESS[self.effectiveness]

    def helps(self, threat: ThreatClass) -> bool:
        return not self.threats or threat in self.threats


def may_be_stated(measure: MeasureValue) -> Decision:
    """Are cost, points and norm such that others can check them?"""
    faults = (
        (not measure.title.strip(), "measure_without_title"),
        (not 0 < measure.points <= MEASURE_POINTS_MAX, "measure_points_out_of_range"),
        (measure.cost < 0, "measure_cost_negative"),
        (not measure.norm.strip(), "measure_without_norm"),
    )
    for wrong, reason in faults:
        if wrong:
            return Refusal(reason, "risk.measure", params={"max": f"{MEASURE_POINTS_MAX:g}"})
    return Grant("risk.measure")


def may_rest_on(norm: str, *, found: bool) -> Decision:
    """A measure rests on a norm of the register: one that can be opened, not one that is only named."""
    if found:
        return Grant("risk.measure")
    return Refusal("measure_norm_unknown", "risk.measure", params={"norm": norm[:80]})


def may_become(measure: MeasureValue, wanted: MeasureState) -> Decision:
    """Is the step from its present state allowed?"""
    if wanted in _NEXT[measure.state]:
        return Grant("risk.measure_states")
    allowed = ", ".join(sorted(_NEXT[measure.state]))
    return Refusal(
        "measure_cannot_become",
        "risk.measure_states",
        params={"state": measure.state.value, "wanted": wanted.value, "allowed": allowed},
    )


def become(measure: MeasureValue, wanted: MeasureState) -> MeasureValue:
    """The measure in its new state. Raises Refused where the step is not allowed."""
    require(may_become(measure, wanted))
    return replace(measure, state=wanted)


def ranked(measures: Iterable[MeasureValue]) -> list[MeasureValue]:
    """Not yet in force, the most points per cost first; what costs nothing comes before all else."""
    open_ones = [m for m in measures if m.state in {MeasureState.PROPOSED, MeasureState.CHOSEN}]
    return sorted(open_ones, key=lambda m: (m.cost > 0, -m.removed / m.cost if m.cost else -m.removed, m.title))
