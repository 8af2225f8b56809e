"""Police figures at the terminal."""

from pathlib import Path
from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.foundations.markings import OPEN, Marking
from legation.intelligence import actions
from legation.intelligence.links import reasons
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import claim_house
from legation.platform.doors import at_terminal
from legation.platform.terminal import Exit, answering, console, show_json, show_table

app = typer.Typer(help="Police figures.", no_args_is_help=True)


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


@app.command("import")
def import_(
    file: Path,
    marking: Annotated[str, typer.Option(help="What the figures carry.")] = str(OPEN),
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come of it; write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")] = False,
) -> None:
    """Load police figures by area and month from a table in CSV; exit code 5 where lines were put aside."""
    with answering(_said):
        house = claim_house("intelligence.import_figures", at_terminal())
        read = actions.import_figures(
            house, file.read_bytes(), file.name, marking=Marking.parse(marking), dry_run=dry_run
        )
        aside = [(one.where, reasons.sentence(one.reason, one.params)) for one in read.quarantined]
        if as_json:
            said = [{"where": where, "sentence": why} for where, why in aside]
            show_json({"accepted": len(read.rows), "quarantined": said, "dry_run": dry_run})
        else:
            console.print(f"{len(read.rows):,} figures read, {len(aside):,} lines put aside")
            if aside:
                show_table("Put aside", ["where", "why"], aside[:50])
        if aside:
            raise typer.Exit(int(Exit.PARTLY))
