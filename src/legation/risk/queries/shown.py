"""What is shown of risks: standings, explanations, forecasts with their score, measures, acceptances."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from legation.foundations.causes import Cause
from legation.foundations.threats import ThreatClass
from legation.intelligence import published as intelligence
from legation.missions import published as missions
from legation.missions.published import MissionSeen
from legation.platform.authority.actor import Actor, NotVisible, Role
from legation.platform.authority.actors import people_with
from legation.platform.ledger import words
from legation.platform.records import MarkedQuerySet
from legation.risk.models import (
    Acceptance,
    Assessment,
    BandDay,
    DeclinedPosture,
    Delegation,
    ForecastRow,
    Measure,
    RateRow,
    ScenarioRow,
    ScoreRow,
)
from legation.risk.queries.inputs import Level, levels
from legation.risk.queries.inputs import scenarios as known_scenarios
from legation.risk.rules import posture
from legation.risk.rules.acceptance import AcceptanceState, ends
from legation.risk.rules.assessment import Assessed, Scenario, assess
from legation.risk.rules.matrix import MATRIX, Band, Impact, Likelihood
from legation.risk.rules.measures import MeasureValue, ranked
from legation.risk.rules.posture import Crossed, Proposal

POSTURE_ALARM = "risk.posture_proposed"
"""The kind of alarm that says a posture should change."""


@dataclass(frozen=True, slots=True)
class Highest:
    """The greatest risk of one mission, in one line. change: bands up or down in seven days."""

    mission: MissionSeen
    row: ScenarioRow
    change: int

    @property
    def cause(self) -> Cause:
        return Cause(f"risk.{self.row.cause}", 0.0, dict(self.row.cause_params), self.row.ref)


def level_for(actor: Actor) -> Level:
    """The highest level whose figures this actor may see."""
    openly, service = levels()
    return service if actor.clearance.covers(service.reader.clearance) else openly


def scenarios(actor: Actor, mission: str | None = None) -> list[ScenarioRow]:
    """Each scenario once, at the highest level the actor may see, the greatest risk first."""
    rows = ScenarioRow.objects.visible_to(actor)
    if mission is not None:
        rows = rows.filter(mission_id=mission)
    found = {(row.mission_id, row.threat): row for row in rows.order_by("level").iterator(chunk_size=2000)}
    return sorted(found.values(), key=_worst_first)


def _worst_first(row: ScenarioRow) -> tuple[float, float, str, str]:
    band, points = row.greatness
    return (-band, -points, str(row.mission_id), row.threat)


def worst_by_mission(actor: Actor, keys: Iterable[str] | None = None) -> dict[str, ScenarioRow]:
    """The greatest risk of every visible mission (or of these), at the highest level the actor may see."""
    rows = ScenarioRow.objects.visible_to(actor).filter(worst=True).order_by("level")
    if keys is not None:
        rows = rows.filter(mission_id__in=list(keys))
    return {str(row.mission_id): row for row in rows.iterator(chunk_size=2000)}


def worst_lines(actor: Actor) -> dict[str, tuple[str, int, int]]:
    """The same for maps, without rows: mission → threat, present band, residual band."""
    rows = ScenarioRow.objects.visible_to(actor).filter(worst=True).order_by("level")
    columns = rows.values_list("mission_id", "threat", "present_band", "residual_band")
    return {str(mission): (threat, present, residual) for mission, threat, present, residual in columns}


def changes(actor: Actor, now: datetime, keys: Iterable[str]) -> dict[str, int]:
    """Bands up (positive) or down since a week ago, or since the first day that is kept."""
    wanted = list(keys)
    rows = BandDay.objects.visible_to(actor).filter(mission_id__in=wanted, day__gte=now.date() - timedelta(days=7))
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for row in rows.order_by("day", "level"):
        first.setdefault(str(row.mission_id), row.band)
        last[str(row.mission_id)] = row.band
    return {key: last[key] - first[key] for key in first}


def highest(actor: Actor, n: int, *, state: str = "") -> list[Highest]:
    """The n missions (of one sending state, where named) with the highest present risk, each with its main cause."""
    best = ScenarioRow.objects.visible_to(actor).filter(worst=True)
    if state:
        best = best.filter(mission_id__in=missions.keys_of(actor, state))
    # Twice as many rows as asked for hold n missions, whatever level each of them is shown at.
    top = best.order_by("-present_band", "-present_likelihood", "-present_impact")[: 2 * n]
    keys = {str(row.mission_id) for row in top}
    rows = sorted(worst_by_mission(actor, keys).values(), key=_worst_first)[:n]
    seen: dict[str, MissionSeen] = {
        m.id: m for m in missions.missions(actor, keys=frozenset(str(row.mission_id) for row in rows))
    }
    latest = max((row.computed_at for row in rows), default=None)
    moved = changes(actor, latest, seen) if latest else {}
    return [Highest(seen[key], row, moved.get(key, 0)) for row in rows for key in [str(row.mission_id)] if key in seen]


def band_of(actor: Actor, keys: Iterable[str]) -> dict[str, Band]:
    """The highest present band of each of these missions; missing where nothing is assessed."""
    wanted = set(keys)
    return {key: Band(band) for key, (_, band, _) in worst_lines(actor).items() if key in wanted}


@dataclass(frozen=True, slots=True)
class Explained:
    """A scenario with both trees of causes and the assessment a person made of it, if any."""

    mission: MissionSeen
    assessed: Assessed
    assessment: Assessment | None

    @property
    def threat(self) -> ThreatClass:
        return self.assessed.scenario.threat


def explain(actor: Actor, key: str, threat: ThreatClass) -> Explained:
    """Why the risk of this class at this mission stands where it stands. Raises NotVisible."""
    mission = missions.mission(actor, key)
    level = level_for(actor)
    found = [s for s in known_scenarios(level.reader, level.number, [key]) if s.threat is threat]
    scenario = found[0] if found else Scenario(mission.id, "", threat)
    entered = Assessment.objects.visible_to(actor).filter(mission_id=key, threat=threat.value).first()
    return Explained(mission, assess(scenario), entered)


def scenario_named(actor: Actor, words: str, threat: str = "") -> tuple[MissionSeen, ThreatClass]:
    """The mission meant by the words, and the class asked for or its greatest risk. Raises NotVisible, LookupError."""
    mission = missions.find(actor, words)
    if threat:
        try:
            return mission, ThreatClass(threat)
        except ValueError:
            known = ", ".join(t.value for t in ThreatClass)
            raise LookupError(f"{threat!r} is no threat class; use one of {known}") from None
    rows = scenarios(actor, mission.id)
    return mission, ThreatClass(rows[0].threat) if rows else ThreatClass.CRIME


def home_of(actor: Actor, kind: str, key: str) -> tuple[str, str]:
    """Mission and threat class (or "") of a record of this room. Raises NotVisible."""
    models = {model.__name__: model for model in (Assessment, Measure, Acceptance, Delegation)}
    if kind not in models:
        raise NotVisible
    row = models[kind].objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return str(row.mission_id), str(getattr(row, "threat", ""))


def threat_named(word: str) -> ThreatClass:
    """The class in an address. Raises NotVisible for another word: there is no such page."""
    try:
        return ThreatClass(word)
    except ValueError:
        raise NotVisible from None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the matrix on a page."""

    band: Band
    present: bool
    residual: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A likelihood with its five cells, the most likely row first."""

    label: str
    cells: tuple[Cell, ...]


def matrix_of(assessed: Assessed | None) -> list[MatrixRow]:
    """The matrix with ● where the present and ○ where the residual risk stands."""

    def stands(risk_at: tuple[Likelihood, Impact] | None, row: Likelihood, column: int) -> bool:
        return risk_at is not None and risk_at == (row, Impact(column + 1))

    present = (assessed.present.likelihood, assessed.present.impact) if assessed else None
    residual = (assessed.residual.likelihood, assessed.residual.impact) if assessed else None
    return [
        MatrixRow(
            row.name.replace("_", " ").capitalize(),
            tuple(Cell(band, stands(present, row, i), stands(residual, row, i)) for i, band in enumerate(bands)),
        )
        for row, bands in MATRIX.items()
    ]


def measures(actor: Actor, mission: str) -> MarkedQuerySet[Measure]:
    """Visible measures of a mission."""
    return Measure.objects.visible_to(actor).filter(mission_id=mission).order_by("state", "title")


def best_next(actor: Actor, mission: str) -> list[MeasureValue]:
    """Measures not yet in force, the most points per cost first."""
    return ranked(row.value for row in measures(actor, mission))


def measure(actor: Actor, key: str) -> Measure:
    """One measure. Raises NotVisible."""
    row = Measure.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def delegations(actor: Actor, mission: str) -> MarkedQuerySet[Delegation]:
    """Who may accept how much at a mission; withdrawn ones are left out."""
    found = Delegation.objects.visible_to(actor).filter(mission_id=mission, withdrawn=False)
    return found.order_by("-max_band", "person_name")


def acceptances(actor: Actor, mission: str) -> MarkedQuerySet[Acceptance]:
    """Acceptances at a mission, the latest first."""
    return Acceptance.objects.visible_to(actor).filter(mission_id=mission).order_by("-accepted_at")


def acceptance(actor: Actor, key: str) -> Acceptance:
    """One acceptance. Raises NotVisible."""
    row = Acceptance.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def standing_acceptances(actor: Actor) -> MarkedQuerySet[Acceptance]:
    """Acceptances that hold, everywhere in scope."""
    return Acceptance.objects.visible_to(actor).filter(state="holds").order_by("until")


def outgrown(actor: Actor, now: datetime) -> list[str]:
    """Acceptances that hold on paper while the risk stands above what was accepted, or whose time is up."""
    stands = {(row.mission_id, row.threat): row for row in scenarios(actor)}
    over = []
    for row in standing_acceptances(actor):
        risk = stands.get((row.mission_id, row.threat))
        present = Band(risk.present_band) if risk else Band.LOW
        residual = Band(risk.residual_band) if risk else Band.LOW
        if ends(row.value, present=present, residual=residual, now=now) is not AcceptanceState.HOLDS:
            over.append(row.pk)
    return over


def risen(actor: Actor, now: datetime) -> list[str]:
    """Missions whose band rose to high or above since the last day before, whose posture does not answer that yet,
    and for which no such proposal stands."""
    before: dict[str, int] = {}
    for row in BandDay.objects.visible_to(actor).filter(day__lt=now.date()).order_by("day", "level"):
        before[str(row.mission_id)] = row.band
    grave = {key: band for key, (_, band, _) in worst_lines(actor).items() if band >= Band.HIGH}
    rose = [key for key, band in grave.items() if key in before and band > before[key]]
    asked = set(
        words.visible_to(actor)
        .filter(word="alarm", kind=POSTURE_ALARM, mission__in=rose)
        .values_list("mission", flat=True)
    )
    found = [(key, proposal(actor, key, now)) for key in sorted(set(rose) - asked)]
    return [
        key for key, one in found if one is not None and one.proposed > one.current and not declined(actor, key, one)
    ]


def declined(actor: Actor, mission: str, proposal: Proposal) -> DeclinedPosture | None:
    """The answer, where a person declined this proposal on the same ground and the posture was not changed since."""
    rows = DeclinedPosture.objects.visible_to(actor).filter(mission_id=mission, ground=proposal.ground)
    return rows.filter(current=int(proposal.current)).order_by("-declined_at").first()


def forecasts(actor: Actor, mission: str) -> list[ForecastRow]:
    """The latest forecasts of a mission by ring and horizon, each at the highest visible level."""
    rows = ForecastRow.objects.visible_to(actor).filter(mission_id=mission)
    latest = rows.order_by("-origin").values_list("origin", flat=True).first()
    if latest is None:
        return []
    found = {(row.ring_km or 1e9, row.horizon_days): row for row in rows.filter(origin=latest).order_by("level")}
    return [found[key] for key in sorted(found)]


def rates(actor: Actor, mission: str) -> list[RateRow]:
    """Event rates of a mission by ring, the nearest first."""
    rows = RateRow.objects.visible_to(actor).filter(mission_id=mission).order_by("level")
    found = {row.ring_km or 1e9: row for row in rows}
    return [found[key] for key in sorted(found)]


def scores(actor: Actor, mission: str | None) -> list[ScoreRow]:
    """Back-tests of one mission's nearest ring, or (None) of all different series by ring and horizon."""
    rows = ScoreRow.objects.visible_to(actor).filter(mission_id=mission)
    return sorted(rows, key=lambda row: (row.ring_km or 1e9, row.horizon_days))


@dataclass(frozen=True, slots=True)
class Yesterday:
    """How the forecasts of the day before did: missions with different records, and our score beside last value."""

    origin: date
    scored: int
    inside: int
    crps: float
    last_value_crps: float
    historical_mean_crps: float

    @property
    def better_than_last_value(self) -> float | None:
        """Share of the last value's score that is saved; None where that was perfect."""
        return 1 - self.crps / self.last_value_crps if self.last_value_crps else None


def yesterday(actor: Actor) -> Yesterday | None:
    """The latest day whose one-day forecasts are scored, over different series within 25 km; None before the first."""
    rows = ForecastRow.objects.visible_to(actor).filter(horizon_days=1, ring_km=25.0, came__isnull=False)
    origin = rows.order_by("-origin").values_list("origin", flat=True).first()
    if origin is None:
        return None
    found = list({row.same_as: row for row in rows.filter(origin=origin).order_by("level")}.values())
    came = [row.came or 0.0 for row in found]
    inside = sum(row.low80 <= y <= row.high80 for row, y in zip(found, came, strict=True))
    total = [sum(getattr(row, name) or 0.0 for row in found) / len(found) for name in _SCORES]
    return Yesterday(origin, len(found), inside, *total)


_SCORES = ("crps", "last_value_crps", "historical_mean_crps")


def proposal(actor: Actor, mission: str, now: datetime) -> Proposal | None:
    """The posture that risk and tripwires call for at a mission; None where the present one fits."""
    seen = missions.mission(actor, mission)
    risks = [(ThreatClass(r.threat), Band(r.present_band), r.ref) for r in scenarios(actor, mission)]
    crossed = [Crossed(wire.subject, wire.threat.value) for wire in intelligence.crossed_tripwires(actor, mission, now)]
    if not risks and not crossed:
        return None
    return posture.propose(seen.posture, risks, crossed, now)


def tree(explained: Explained) -> Mapping[str, object]:
    """The same explanation for programs: figures, both trees, subjects as text."""
    told = explained.assessed

    def branch(cause: Cause) -> dict[str, object]:
        return {
            "code": cause.code,
            "points": round(cause.points, 4),
            "params": cause.params,
            "subject": str(cause.subject) if cause.subject else "",
            "children": [branch(child) for child in cause.children],
        }

    def risk(at: str) -> dict[str, object]:
        value = getattr(told, at)
        return {
            "band": value.band.name.lower(),
            "likelihood": value.likelihood.name.lower(),
            "impact": value.impact.name.lower(),
            "likelihood_points": round(value.likelihood_points, 4),
            "impact_points": round(value.impact_points, 4),
        }

    return {
        "mission_id": explained.mission.id,
        "mission": explained.mission.title,
        "threat": explained.threat.value,
        **{at: risk(at) for at in ("present", "residual", "present_low", "present_high")},
        "likelihood": branch(told.likelihood),
        "impact": branch(told.impact),
        "residual_likelihood": branch(told.residual_likelihood),
        "residual_impact": branch(told.residual_impact),
    }


def people_at(key: str) -> list[tuple[str, str]]:
    """Officers and heads of mission with an account whose scope holds the mission: (actor id, name)."""
    return people_with(frozenset({Role.RSO, Role.HEAD_OF_MISSION}), key)


def person_named(key: str, name: str) -> tuple[str, str]:
    """The person of this name who decides at the mission. Raises LookupError naming those who could be meant."""
    known = people_at(key)
    found = [(who, called) for who, called in known if called.casefold() == name.casefold()]
    if len(found) != 1:
        raise LookupError(f"{name!r} is not one person at this mission; there are {', '.join(c for _, c in known)}")
    return found[0]


def band_named(word: str) -> Band:
    """A band by its name. Raises LookupError with the names."""
    try:
        return Band[word.strip().upper().replace(" ", "_").replace("-", "_")]
    except KeyError:
        raise LookupError(f"{word!r} is no band; use one of {', '.join(b.name.lower() for b in Band)}") from None


def assessment(actor: Actor, key: str) -> Assessment:
    """One assessment. Raises NotVisible."""
    row = Assessment.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def assessment_of(actor: Actor, mission: str, threat: ThreatClass) -> Assessment:
    """The assessment of a class at a mission. Raises LookupError where nobody has assessed it."""
    row = Assessment.objects.visible_to(actor).filter(mission_id=mission, threat=threat.value).first()
    if row is None:
        raise LookupError(f"nobody has assessed {threat.value} at this mission; assess before accepting")
    return row
