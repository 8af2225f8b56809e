"""Past incident logs at the terminal."""

from pathlib import Path
from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.intelligence import actions
from legation.intelligence.cli.outcomes import show_outcome
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform.doors import at_terminal
from legation.platform.terminal import Exit, answering

app = typer.Typer(help="Past incident logs.", no_args_is_help=True)


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


@app.command("import")
def import_(
    file: Path,
    mission: Annotated[str, typer.Option(help="Id, external id or city of the mission.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come of it; write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")] = False,
) -> None:
    """Load a mission's log of past incidents from a table in CSV; exit code 5 where lines were put aside."""
    with answering(_said):
        actor = at_terminal()
        claimed = missions.claimed(actor, missions.find(actor, mission).id, "intelligence.import_incidents")
        done = actions.import_incidents(claimed, file.read_bytes(), file.name, dry_run=dry_run)
        show_outcome(done, as_json=as_json, dry_run=dry_run)
        if done.quarantined:
            raise typer.Exit(int(Exit.PARTLY))
