"""What risks put on pages that are not theirs: causes, matrix, forecast, measures, the rail, standings."""

from collections.abc import Mapping
from dataclasses import replace
from heapq import nlargest

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from legation.foundations.causes import Cause
from legation.foundations.identity import Ref
from legation.foundations.threats import ThreatClass
from legation.pages.panels import (
    Panel,
    RailEntry,
    Standing,
    register_address,
    register_panel,
    register_rail,
    register_standing,
)
from legation.pages.sentences import register_sentences, sentence
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.risk import queries
from legation.risk.panels.charting import figures_of
from legation.risk.panels.wording import SENTENCES, said_of
from legation.risk.queries import Explained
from legation.risk.rules.matrix import Impact

SAID_MOST = 100
"""The gravest hundred missions carry their main cause as a sentence; nobody reads eight thousand."""


def register() -> None:
    register_rail(RailEntry(_("Risk"), "risk", 40, "risk.read"))
    register_panel(Panel("mission.main", "risk.causes", causes, "risk/panels/causes.html", order=10, live=True))
    register_panel(Panel("mission.side", "risk.matrix", matrix, "risk/panels/matrix.html", order=10, live=True))
    register_panel(Panel("mission.main", "risk.forecast", forecast, "risk/panels/forecast.html", order=20))
    register_panel(Panel("mission.side", "risk.measures", measures, "risk/panels/measures.html", order=30))
    register_panel(Panel("rso.side", "risk.acceptances", acceptances, "risk/panels/acceptances.html", order=30))
    register_standing(standing)
    register_sentences(SENTENCES)
    register_address("Scenario", lambda key: reverse("risk-scenario", args=key.split(".", 1)))
    for kind in ("Assessment", "Measure", "Acceptance", "Delegation"):
        register_address(kind, lambda key, kind=kind: reverse("risk-record", args=[kind, key]))  # type: ignore[misc]


def standing(actor: Actor) -> Mapping[str, Standing]:
    """How each visible mission stands, for the map and the table beside it."""
    if "risk.read" not in actor.verbs:
        return {}
    lines = queries.worst_lines(actor)
    grave = nlargest(SAID_MOST, lines, key=lambda key: lines[key][1:])
    moved = queries.changes(actor, clock.as_of(), grave)
    said = {
        key: (sentence(f"risk.{row.cause}", row.cause_params), said_of(ThreatClass(row.threat)))
        for key, row in queries.worst_by_mission(actor, grave).items()
    }
    return {
        key: Standing(present, residual, moved.get(key, 0), *said.get(key, ("", "")), f"/risk/{key}/{threat}/")
        for key, (threat, present, residual) in lines.items()
    }


def _worst(actor: Actor, mission: str | None) -> Explained | None:
    """The explanation of the greatest risk of a mission, for those who may read it."""
    if mission is None or "risk.read" not in actor.verbs:
        return None
    rows = queries.scenarios(actor, mission)
    return queries.explain(actor, mission, ThreatClass(rows[0].threat)) if rows else None


def leaves(explained: Explained) -> list[Cause]:
    """Every cause once with what it adds, the greatest first; occurrences stay on the scenario's own page."""
    told = explained.assessed
    whole = Ref("Scenario", f"{explained.mission.id}.{explained.threat.value}")
    found = [leaf for branch in told.likelihood.children for leaf in branch.children]
    found += [leaf for cause in told.impact.children for leaf in (cause.children or (cause,))]
    kept = [replace(c, code=f"risk.{c.code}", children=(), subject=c.subject or whole) for c in found if c.points]
    return sorted(kept, key=lambda cause: -abs(cause.points))


def causes(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """Why the greatest risk stands where it stands."""
    explained = _worst(actor, mission)
    if explained is None:
        return None
    others = queries.scenarios(actor, mission)
    return {
        "explained": explained,
        "rows": leaves(explained),
        "name": said_of(explained.threat),
        "others": [(said_of(ThreatClass(row.threat)), row) for row in others],
        "proposal": queries.proposal(actor, str(mission), clock.as_of()),
        "may_propose": "risk.propose_posture" in actor.verbs,
    }


def matrix(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """Where present and residual risk stand in the matrix."""
    explained = _worst(actor, mission)
    if explained is None:
        return None
    return {"matrix": queries.matrix_of(explained.assessed), "columns": [i.name.capitalize() for i in Impact]}


def forecast(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """What is expected within 25 km, with the score of such forecasts."""
    if mission is None or "risk.read" not in actor.verbs:
        return None
    return figures_of(actor, mission)


def measures(actor: Actor, mission: str | None) -> Mapping[str, object] | None:
    """Measures not yet in force, the most points per cost first."""
    if mission is None or "risk.read" not in actor.verbs:
        return None
    return {"measures": queries.best_next(actor, mission)[:5], "mission": mission}


def acceptances(actor: Actor, _mission: str | None) -> Mapping[str, object] | None:
    """Acceptances that hold, the next to end first."""
    if "risk.read" not in actor.verbs:
        return None
    found = queries.standing_acceptances(actor)[:8]
    return {"acceptances": [(said_of(ThreatClass(row.threat)), row) for row in found]}
