"""The register of actors at the terminal."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.intelligence.actions.actors import register_actor
from legation.intelligence.events.actors import ActorKind, ActorValue
from legation.intelligence.links import actor_lists
from legation.intelligence.queries import actors as queries
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim_house
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer(help="The register of threat actors.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


@app.command("list")
def list_actors(as_json: AsJson = False) -> None:
    """Who is in the register, the busiest first."""
    with answering():
        actor = at_terminal()
        check_verb("intelligence.read", actor)
        found = queries.register(actor)
        if as_json:
            show_json([queries.actor_fields(one.row) | {"acts": one.acts, "last": one.last} for one in found])
            return
        rows = [(one.row.name, one.row.kind, ",".join(one.row.countries), one.acts, one.row.pk) for one in found]
        show_table(f"{len(found)} actors", ["actor", "kind", "countries", "#acts", "id"], rows)


@app.command()
def show(name: str, as_json: AsJson = False) -> None:
    """One actor by NAME or id: acts by year, missions in reach and why."""
    with answering():
        actor = at_terminal()
        check_verb("intelligence.read", actor)
        row = queries.threat_actor(actor, name)
        years, reached = queries.by_year(actor, row), queries.reached_by(actor, row)
        if as_json:
            show_json(queries.actor_fields(row) | {"years": dict(years), "reaches": queries.reach_fields(reached)})
            return
        console.print(f"[bold]{row.name}[/bold]  {row.kind}", highlight=False)
        console.print("  ".join(f"{year}: {n:,}" for year, n in years) or "no acts that you may read")
        rows = [(one.mission.name, one.reaching.why.value, one.reaching.acts) for one in reached]
        show_table(f"reaches {len(reached)} missions", ["mission", "why", "#acts near"], rows)


@app.command()
def register(
    name: str,
    kind: ActorKind = ActorKind.UNKNOWN,
    alias: Annotated[list[str] | None, typer.Option(help="Another name; may be given again.")] = None,
    country: Annotated[list[str] | None, typer.Option(help="Alpha-2 code; may be given again.")] = None,
    method: Annotated[list[str] | None, typer.Option(help="A word of the table of methods.")] = None,
    radius_km: float = 100.0,
    aims: str = "",
    as_json: AsJson = False,
) -> None:
    """Bring an actor called NAME into the register."""
    with answering(_said):
        value = ActorValue(
            name, tuple(alias or ()), kind, aims, tuple(country or ()), (), radius_km, tuple(method or ())
        )
        row = register_actor(claim_house("intelligence.register_actor", at_terminal()), value)
        if as_json:
            show_json(queries.actor_fields(row))
        else:
            console.print(f"{row.name} is registered; look again by {row.review_at:%Y-%m-%d}.")


@app.command("import")
def import_list(
    file: Path,
    least: Annotated[int, typer.Option(min=1, help="Sides named less often are left out.")] = 5,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be registered.")] = False,
    as_json: AsJson = False,
) -> None:
    """Register the sides of a UCDP table in FILE; who is in the register already is left as he is."""
    with answering(_said):
        actor = at_terminal()
        house = claim_house("intelligence.register_actor", actor)
        values = actor_lists.from_path(file, least=least)
        known = queries.known_names(actor)
        new = [v for v in values if not known & queries.normal_names(v)]
        if not dry_run:
            for value in new:
                register_actor(house, value)
        told = {"named": len(values), "registered": 0 if dry_run else len(new), "new": [asdict(v) for v in new]}
        if as_json:
            show_json(told)
        else:
            console.print(f"{len(values)} sides are named often enough; {len(new)} {'would be ' * dry_run}registered.")
