"""People at post at the terminal."""

from dataclasses import asdict
from datetime import date
from typing import Annotated

import typer

from legation.missions import queries
from legation.missions.queries import people as asked
from legation.platform.authority.resolve import check_verb
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, show_json, show_table

app = typer.Typer(help="People at post.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


@app.command("list")
def list_people(
    mission: Annotated[str, typer.Option(help="Id or city; every mission where none is named.")] = "",
    on: Annotated[str, typer.Option(help="Only who is at post on this day, as 2018-02-05.")] = "",
    as_json: AsJson = False,
) -> None:
    """Who is at post."""
    with answering():
        actor = at_terminal()
        check_verb("missions.read_people", actor)
        key = queries.mission_named(actor, mission).pk if mission else None
        found = list(asked.people(actor, key, on=date.fromisoformat(on) if on else None))
        if as_json:
            show_json([{"id": one.pk, "mission": one.mission_id, **asdict(one.value)} for one in found])
        else:
            rows = [(one.name, one.category, one.post, one.arrived, one.departs, one.pk) for one in found]
            show_table(f"{len(found):,} people", ["name", "category", "post", "arrived", "departs", "id"], rows)
