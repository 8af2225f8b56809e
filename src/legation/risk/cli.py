"""Risks at the terminal."""

from datetime import UTC, datetime, time
from typing import Annotated

import typer
from rich.text import Text
from rich.tree import Tree

from legation.foundations.causes import Cause
from legation.foundations.layers import Layer, Means
from legation.foundations.threats import Aspect, ThreatClass
from legation.foundations.time import parse_instant
from legation.law.events.limits import Use
from legation.missions import published as missions
from legation.pages.sentences import said_at_terminal, sentence
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table
from legation.risk import actions, queries
from legation.risk.models import Assessment
from legation.risk.panels.charting import scored
from legation.risk.panels.wording import said_of, worded
from legation.risk.queries import Explained
from legation.risk.rules.matrix import Band
from legation.risk.rules.points import Effectiveness

app = typer.Typer(help="Risks, why they stand where they stand, forecasts, acceptance.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


def _band(band: int) -> str:
    return Band(band).name.replace("_", " ").lower()


def _grow(tree: Tree, cause: Cause) -> None:
    points = f"{cause.points:+7.1f}  "
    branch = tree.add(
        Text(points + sentence(cause.code, cause.params) + (f"  [{cause.subject}]" if cause.subject else ""))
    )
    for child in cause.children:
        _grow(branch, child)


def _print(explained: Explained) -> None:
    told = explained.assessed
    head = f"{explained.mission.title}: {said_of(explained.threat)} stands at {_band(told.present.band)}"
    tail = f"(80 % interval {_band(told.present_low.band)} to {_band(told.present_high.band)}"
    tree = Tree(Text(f"{head} {tail}, residual {_band(told.residual.band)})"))
    for cause in (told.likelihood, told.impact):
        _grow(tree, worded(cause))
    console.print(tree)


@app.command()
def explain(mission: str, threat: Annotated[str, typer.Argument()] = "", as_json: AsJson = False) -> None:
    """Why the risk at MISSION (id or city) stands where it stands: the tree of causes, down to signals and norms."""
    with answering():
        actor = at_terminal()
        check_verb("risk.read", actor)
        seen, of = queries.scenario_named(actor, mission, threat)
        explained = queries.explain(actor, seen.id, of)
        if as_json:
            show_json(queries.tree(explained))
        else:
            _print(explained)


@app.command()
def top(n: Annotated[int, typer.Argument(min=1, max=1000)] = 10, state: str = "", as_json: AsJson = False) -> None:
    """The N missions with the highest present risk and the main cause of each; --state narrows to a sending state."""
    with answering():
        actor = at_terminal()
        check_verb("risk.read", actor)
        found = queries.highest(actor, n, state=state)
        lines = [
            {
                "mission_id": one.mission.id,
                "mission": one.mission.title,
                "threat": one.row.threat,
                "present": _band(one.row.present_band),
                "residual": _band(one.row.residual_band),
                "cause": sentence(one.cause.code, one.cause.params),
            }
            for one in found
        ]
        if as_json:
            show_json(lines)
        else:
            rows = [
                (x["mission"], said_of(ThreatClass(x["threat"])), x["present"], x["residual"], x["cause"])
                for x in lines
            ]
            show_table(
                f"{len(rows)} highest present risks", ["mission", "class", "present", "residual", "main cause"], rows
            )


@app.command()
def accept(
    mission: str,
    threat: ThreatClass,
    until: Annotated[str, typer.Option(help="The last day, as 2018-03-01.")],
    reason: Annotated[str, typer.Option(help="Why; it stands in the record.")],
    as_json: AsJson = False,
) -> None:
    """Accept the residual risk of one class at MISSION within your delegation."""
    with answering(said_at_terminal):
        actor = at_terminal()
        assessment = queries.assessment_of(actor, missions.find(actor, mission).id, threat)
        last = datetime.combine(parse_instant(until), time(23, 59, 59), UTC)
        done = actions.accept(claim(Assessment, assessment.pk, "risk.accept", actor), until=last, reason=reason)
        if as_json:
            show_json({"id": done.pk, "band": _band(done.accepted_band), "until": done.until.isoformat()})
        else:
            console.print(f"Accepted: {_band(done.accepted_band)} until {done.until:%d %b %Y}.")


@app.command()
def measure(
    mission: str,
    title: str,
    layer: Layer,
    means: Means,
    aspect: Aspect,
    points: float,
    norm: Annotated[str, typer.Option(help="Code or citation of the norm it rests on, as vcdr-22-2.")],
    cost: float = 0,
    currency: str = "USD",
    use: Annotated[list[Use] | None, typer.Option(help="What it uses that host law has a say in.")] = None,
) -> None:
    """Propose a measure TITLE at MISSION: LAYER, MEANS, the ASPECT it lowers and by how many POINTS."""
    with answering(said_at_terminal):
        actor = at_terminal()
        claimed = missions.claimed(actor, missions.find(actor, mission).id, "risk.add_measure")
        proven, uses = Effectiveness.CLAIMED, tuple(use or ())
        stated = actions.Stated(title, layer, means, aspect, points, proven, cost, currency, norm, (), uses)
        done = actions.add_measure(claimed, stated)
        console.print(f"{done.pk}: {done.title}, resting on {done.rests_on}")


@app.command()
def delegate(mission: str, person: str, band: str, until: str) -> None:
    """Let PERSON (a name) accept risk up to BAND at MISSION UNTIL a day."""
    with answering(said_at_terminal):
        actor = at_terminal()
        key = missions.find(actor, mission).id
        who, name = queries.person_named(key, person)
        most = queries.band_named(band)
        last = datetime.combine(parse_instant(until), time(23, 59, 59), UTC)
        claimed = missions.claimed(actor, key, "risk.delegate")
        actions.delegate(claimed, person=who, person_name=name, max_band=most, until=last)
        console.print(f"{name} may accept up to {_band(most)} until {last:%d %b %Y}.")


@app.command()
def forecast(mission: str, as_json: AsJson = False) -> None:
    """What is expected around MISSION in 1, 7, 30 and 90 days."""
    with answering():
        actor = at_terminal()
        check_verb("risk.read", actor)
        seen = missions.find(actor, mission)
        found = queries.forecasts(actor, seen.id)
        fields = ("ring_km", "horizon_days", "mean", "low80", "high80", "at_least_one")
        if as_json:
            show_json([{"origin": row.origin.isoformat(), **{f: getattr(row, f) for f in fields}} for row in found])
        else:
            rows = [
                (
                    f"{row.ring_km:.0f} km" if row.ring_km else "country",
                    row.horizon_days,
                    f"{row.mean:.1f}",
                    f"{row.low80:.0f}–{row.high80:.0f}",
                    f"{row.at_least_one:.0%}",
                )
                for row in found
            ]
            show_table(seen.title, ["ring", "#days", "#mean", "#80 %", "#at least one"], rows)


@app.command()
def score(as_json: AsJson = False) -> None:
    """How the forecasts did beside naive ones, over two years of weekly origins."""
    with answering():
        actor = at_terminal()
        check_verb("risk.read", actor)
        found = queries.scores(actor, None)
        if as_json:
            show_json([{"ring_km": row.ring_km, **row.result} for row in found])
        else:
            rows = [
                (
                    f"{row.ring_km:.0f} km" if row.ring_km else "country",
                    one.horizon_days,
                    *(f"{v:.2f}" if v is not None else "–" for v in (one.crps, one.last_value, one.historical_mean)),
                    f"{one.coverage80 or 0:.0%}",
                    one.sentence,
                )
                for row in found
                if row.result.get("scored")
                for one in [scored(row)]
            ]
            show_table("CRPS", ["ring", "#days", "#ours", "#last value", "#mean", "#inside 80 %", "verdict"], rows)


@app.command()
def recompute() -> None:
    """Compute rates, forecasts, scores and risks anew from what is known now."""
    with answering(), console.status("Computing risks"):
        done = actions.reforecast(claim_house("risk.reforecast", at_terminal()))
    console.print(f"{done.scenarios:,} scenarios at {done.missions:,} missions, {done.forecasts:,} forecasts.")


@app.command()
def decline(mission: str, reason: Annotated[str, typer.Option(help="Why the posture stays as it is.")]) -> None:
    """Answer the posture that risk calls for at MISSION with no."""
    with answering():
        actor = at_terminal()
        claimed = missions.claimed(actor, missions.find(actor, mission).id, "risk.decline_posture")
        row = actions.decline_posture(claimed, reason=reason)
    console.print(f"Declined: the posture stays {row.current}. On the same ground it is not asked again.")
