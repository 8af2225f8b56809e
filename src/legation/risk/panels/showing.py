"""What do the risk room's own pages show? Contexts for templates, put together from queries."""

from typing import Any

from legation.foundations.identity import Ref
from legation.foundations.threats import ThreatClass
from legation.law import published as law
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.risk import queries
from legation.risk.models import Assessment
from legation.risk.panels.charting import figures_of, scored
from legation.risk.panels.wording import said_of, worded
from legation.risk.rules import points as tables
from legation.risk.rules.matrix import IMPACT_CUT_OFFS, LIKELIHOOD_CUT_OFFS, Band, Impact
from legation.risk.rules.measures import MeasureState, next_states
from legation.risk.rules.programme import JUSTIFIES
from legation.risk.rules.series import RINGS_KM

PAGE = 25
"""Missions on one page of all risks: one screen."""


def all_risks(actor: Actor, *, everyone: bool, page: int) -> dict[str, object]:
    """The table of missions (the own state's, or everyone's), the score of the method, yesterday's forecast."""
    whole = queries.scores(actor, None)
    home = missions.home_state(actor)
    found = queries.highest(actor, PAGE * page + 1, state="" if everyone else home)
    shown = found[PAGE * (page - 1) : PAGE * page]
    states = "states=all&" if everyone else ""
    return {
        "highest": [(one, said_of(ThreatClass(one.row.threat)), one.cause) for one in shown],
        "home": home,
        "everyone": everyone,
        "pager": {
            "shown": len(shown),
            "total": None,
            "previous": f"{states}page={page - 1}" if page > 1 else "",
            "next": f"{states}page={page + 1}" if len(found) > PAGE * page else "",
        },
        "scores": [scored(row) for row in whole if row.result.get("scored") and row.ring_km == RINGS_KM[0]],
        "never": next((row.result for row in whole if row.result.get("never_rows")), None),
        "yesterday": queries.yesterday(actor),
        "matrix": queries.matrix_of(None),
        "columns": [impact.name.capitalize() for impact in Impact],
    }


def one_mission(actor: Actor, key: str) -> dict[str, object]:
    """A mission's scenarios and what was decided about them."""
    seen = missions.mission(actor, key)
    rows = queries.scenarios(actor, key)
    known = {row.threat for row in rows}
    holders = law.holders(actor, key)
    return {
        "mission": seen,
        "rows": [(said_of(ThreatClass(row.threat)), row) for row in rows],
        "unassessed": [(threat.value, said_of(threat)) for threat in ThreatClass if threat.value not in known],
        "measures": [
            (row, row.state.replace("_", " "), _next_states(row.state), "; ".join(holders.get(row.ref, ())))
            for row in queries.measures(actor, key)
        ],
        "delegations": queries.delegations(actor, key),
        "acceptances": [(said_of(ThreatClass(row.threat)), row) for row in queries.acceptances(actor, key)[:50]],
        "may_set": "risk.set_measure" in actor.verbs,
        "may_delegate": "risk.delegate" in actor.verbs,
        "may_withdraw": "risk.withdraw_acceptance" in actor.verbs,
        "effectiveness": [(int(step), step.name.capitalize()) for step in tables.Effectiveness],
    }


def _next_states(state: str) -> list[tuple[str, str]]:
    return [(one.value, one.value.replace("_", " ")) for one in sorted(next_states(MeasureState(state)))]


def one_scenario(actor: Actor, key: str, threat: ThreatClass) -> dict[str, Any]:
    """Both trees, the matrix, the tables they were read from, and the acceptance that stands."""
    found = queries.explain(actor, key, threat)
    told = found.assessed
    own = [d for d in queries.delegations(actor, key) if d.person == actor.id and clock.as_of() < d.until]
    held = [row for row in queries.acceptances(actor, key) if row.threat == threat.value]
    return {
        "mission": found.mission,
        "name": said_of(threat),
        "threat": threat.value,
        "assessed": told,
        "likelihood": worded(told.likelihood),
        "impact": worded(told.impact),
        "residual_likelihood": worded(told.residual_likelihood),
        "residual_impact": worded(told.residual_impact),
        "matrix": queries.matrix_of(told),
        "columns": [impact.name.capitalize() for impact in Impact],
        "assessment": found.assessment,
        "own": max((Band(d.max_band) for d in own), default=None),
        "delegations": queries.delegations(actor, key),
        "acceptances": held,
        "may_withdraw": "risk.withdraw_acceptance" in actor.verbs,
        "justified": JUSTIFIES.items(),
        "likelihood_cut_offs": LIKELIHOOD_CUT_OFFS,
        "impact_cut_offs": IMPACT_CUT_OFFS,
        "activity_table": tables.ACTIVITY_NEAR,
        "ref": Ref("Scenario", f"{key}.{threat.value}"),
    }


def entered(assessment: Assessment | None) -> dict[str, object]:
    """What the form begins with."""
    if assessment is None:
        return {}
    names = ("vulnerability", "vulnerability_reason", "people", "criticality", "programme", "impact_reason")
    return {name: getattr(assessment, name) for name in names}


def one_forecast(actor: Actor, key: str) -> dict[str, object]:
    """All rings with rates, forecasts, score and calibration."""
    whole = queries.scores(actor, None)
    return {
        "mission": missions.mission(actor, key),
        "near": figures_of(actor, key),
        "rates": queries.rates(actor, key),
        "rows": queries.forecasts(actor, key),
        "whole": [(row.ring_km, scored(row), row.result) for row in whole if row.result.get("scored")],
        "yesterday": queries.yesterday(actor),
    }
