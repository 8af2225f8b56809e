"""How threatened is a mission in each class, and why? Activity that is counted, and intent, capability and context that
an analyst grades, as points that add up to a score; printed cut-offs read it as a level 1–6.

A threat level is not a risk: nothing the mission does to protect itself enters here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from legation.foundations.causes import Cause
from legation.foundations.identity import MissionId, Ref
from legation.foundations.place import Point, distances_km
from legation.foundations.threats import THREAT_CODES, ThreatClass, ThreatLevel
from legation.intelligence.rules.activity import Activity, nearness_weights
from legation.intelligence.rules.corroboration import Contradiction
from legation.intelligence.rules.occurrences import Occurrences, credibility_weights
from legation.intelligence.rules.signals import CodeArray, FloatArray
from legation.intelligence.rules.weights import (
    AT_THE_MISSION,
    IN_THE_CITY,
    IN_THE_COUNTRY,
    IN_THE_REGION,
    NATIONWIDE,
    NATIONWIDE_REACH_KM,
    SLOT_HALF_LIFE_S,
    SLOT_REACH_KM,
    VAGUE_SHARE,
    WITHIN_REACH,
    anchors_s,
    level_of,
    levels_of,
    score_of,
    slots,
    strengths,
)

ROWS_SHOWN = 25
"""Occurrences listed one by one in an explanation, the weightiest first; the rest are one row with their number."""


class Judged(StrEnum):
    """What an analyst grades."""

    INTENT = "intent"
    CAPABILITY = "capability"
    INHIBITING = "inhibiting"


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One step of a scale and the points it gives (inhibiting context takes)."""

    judged: Judged
    value: int
    points: float
    meaning: str


GRADES: tuple[GradeRow, ...] = (
    GradeRow(Judged.INTENT, 0, 0.0, "not known"),
    GradeRow(Judged.INTENT, 1, -0.5, "none seen, and looked for"),
    GradeRow(Judged.INTENT, 2, 0.5, "hostile to foreign missions in general"),
    GradeRow(Judged.INTENT, 3, 1.0, "hostile to the sending state"),
    GradeRow(Judged.INTENT, 4, 1.5, "declared against this mission"),
    GradeRow(Judged.CAPABILITY, 0, 0.0, "not known"),
    GradeRow(Judged.CAPABILITY, 1, -0.5, "none seen, and looked for"),
    GradeRow(Judged.CAPABILITY, 2, 0.5, "limited: could do it once, or badly"),
    GradeRow(Judged.CAPABILITY, 3, 1.0, "proven in the country"),
    GradeRow(Judged.CAPABILITY, 4, 1.5, "proven in the city, at will"),
    GradeRow(Judged.INHIBITING, 0, 0.0, "none known"),
    GradeRow(Judged.INHIBITING, 1, -0.5, "some: policing, public mood, geography"),
    GradeRow(Judged.INHIBITING, 2, -1.0, "strong: effective protection by the receiving state"),
    GradeRow(Judged.INHIBITING, 3, -1.5, "decisive: the actor has a reason of its own not to"),
)
"""Three full grades move a score by about one and a half levels: a judgement may overrule a quiet month, not a war."""

GRADE_POINTS: dict[tuple[Judged, int], float] = {(row.judged, row.value): row.points for row in GRADES}


@dataclass(frozen=True, slots=True)
class Graded:
    """An analyst's grade of one of the three, with what it rests on. Raises ValueError for a value not in GRADES."""

    judged: Judged
    value: int
    note: str = ""
    evidence: Ref | None = None
    graded_s: int = 0

    def __post_init__(self) -> None:
        if (self.judged, self.value) not in GRADE_POINTS:
            steps = ", ".join(str(row.value) for row in GRADES if row.judged is self.judged)
            raise ValueError(f"{self.judged.value} {self.value} is not a grade; use one of {steps}")

    @property
    def points(self) -> float:
        """What it adds to the score."""
        return GRADE_POINTS[self.judged, self.value]


@dataclass(frozen=True, slots=True)
class ThreatLine:
    """One class at one mission: score in points, the level it reads as, and how it came about."""

    threat: ThreatClass
    score: float
    level: ThreatLevel
    causes: Cause


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """All missions and classes at once: score and level, (m, 10)."""

    score: FloatArray
    level: CodeArray


def scores(activity: Activity, graded_points: FloatArray | None = None) -> Scores:
    """Score and level of every mission and class. graded_points: (m, 10), the sum of an analyst's points, 0 = none."""
    total = score_of(activity.by_class())
    if graded_points is not None:
        total = np.maximum(0.0, total + graded_points)
    return Scores(total, levels_of(total))


def explain(
    mission: MissionId,
    point: Point | None,
    country: str,
    threat: ThreatClass,
    occurrences: Occurrences,
    graded: Sequence[Graded],
    now_s: int,
) -> ThreatLine:
    """The score of one class at one mission down to the occurrence rows; the points of every row add up to its parent.

    occurrences: those of the class around the mission or in its country; others may be among them, they count nothing.
    """
    weight, distance = _weights(point, country, threat, occurrences, now_s)
    total = float(weight.sum())
    activity = float(score_of(np.array(total)))
    rows = _occurrence_rows(occurrences, weight, distance, activity, total, now_s)
    children = [Cause("threat.activity", activity, {"sum": total, "occurrences": int((weight > 0).sum())}, None, rows)]
    for one in graded:
        params: dict[str, str | int | float] = {"value": one.value, "note": one.note, "graded_s": one.graded_s}
        children.append(Cause(f"threat.{one.judged.value}", one.points, params, one.evidence))
    score = sum(child.points for child in children)
    if score < 0:
        children.append(Cause("threat.floor", -score))
        score = 0.0
    level = level_of(score)
    named: dict[str, str | int | float] = {"threat": threat.value, "level": int(level)}
    return ThreatLine(
        threat, score, level, Cause("threat.level", score, named, Ref("Mission", mission), tuple(children))
    )


def explain_all(
    mission: MissionId,
    point: Point | None,
    country: str,
    occurrences: Occurrences,
    graded: Mapping[ThreatClass, Sequence[Graded]],
    now_s: int,
) -> list[ThreatLine]:
    """One line per threat class, in their order."""
    return [
        explain(mission, point, country, threat, occurrences, graded.get(threat, ()), now_s) for threat in ThreatClass
    ]


def _weights(
    point: Point | None, country: str, threat: ThreatClass, o: Occurrences, now_s: int
) -> tuple[FloatArray, FloatArray]:
    """What each occurrence counts for this mission, and how far it is (nan where that is not known). (n,) each."""
    if not len(o):
        return np.empty(0), np.empty(0)
    slot = slots(o)
    every = np.arange(len(o))
    same = np.fromiter((c == country and c != "" for c in o.country), np.bool_, count=len(o))
    distance = np.full(len(o), np.nan)
    if point is not None:
        away = distances_km(o.latitude, o.longitude, point)
        distance = np.maximum(away, VAGUE_SHARE * np.nan_to_num(o.precision_km))
    reached = nearness_weights(o, every, np.nan_to_num(distance, nan=np.inf), same)
    age_s = np.maximum(0, now_s - anchors_s(o))
    weight = strengths(o) * np.exp2(-age_s / SLOT_HALF_LIFE_S[slot]) * reached
    of_class = (o.threat == THREAT_CODES.index(threat)) & (o.known_s <= now_s)
    return np.where(of_class, weight, 0.0), distance


def _occurrence_rows(
    o: Occurrences, weight: FloatArray, distance: FloatArray, activity: float, total: float, now_s: int
) -> tuple[Cause, ...]:
    """The weightiest occurrences one by one; each gets the share of the activity's score that it has of the sum."""
    if total <= 0:
        return ()
    order = np.argsort(-weight, kind="stable")
    order = order[weight[order] > 0]
    shown = [_occurrence_row(o, i, activity * float(weight[i]) / total, float(distance[i]), now_s) for i in
             order[:ROWS_SHOWN].tolist()]  # fmt: skip
    rest = order[ROWS_SHOWN:]
    if len(rest):
        share = activity - sum(row.points for row in shown)
        shown.append(Cause("threat.other_occurrences", share, {"occurrences": len(rest)}))
    return tuple(shown)


def _occurrence_row(o: Occurrences, i: int, points: float, distance_km: float, now_s: int) -> Cause:
    one = o.take(np.array([i]))
    slot = int(slots(one)[0])
    age_s = max(0, now_s - int(anchors_s(one)[0]))
    where, nearness = _where(distance_km, float(SLOT_REACH_KM[slot]))
    params: dict[str, str | int | float] = {
        "kind": o.kind[i],
        "place": o.place[i] or o.country[i],
        "start_s": int(o.start_s[i]),
        "where": where,
        "nearness": nearness,
        "age_days": round(age_s / 86_400, 1),
        "age": round(float(np.exp2(-age_s / SLOT_HALF_LIFE_S[slot])), 4),
        "gravity": round(float(o.intensity[i]), 3),
        "credibility": int(o.credibility[i]),
        "credibility_weight": float(credibility_weights()[o.credibility[i]]),
        "origins": int(o.n_origins[i]),
        "contradictions": " ".join(flag.name.lower() for flag in Contradiction(int(o.contradiction[i])) if flag.name),
    }
    if not np.isnan(distance_km):
        params["distance_km"] = round(distance_km, 1)
    return Cause("threat.occurrence", points, params, Ref("Occurrence", o.id[i]))


def _where(distance_km: float, reach_km: float) -> tuple[str, float]:
    """The row of NEARNESS that a pair was counted by; only called for pairs that count."""
    if reach_km >= NATIONWIDE_REACH_KM:
        return NATIONWIDE.where, NATIONWIDE.weight
    if not np.isnan(distance_km) and distance_km <= reach_km:
        for band in (AT_THE_MISSION, IN_THE_CITY, IN_THE_REGION, WITHIN_REACH):
            if distance_km <= band.within_km:
                return band.where, band.weight
    return IN_THE_COUNTRY.where, IN_THE_COUNTRY.weight
