"""Visits and receptions at the terminal."""

from pathlib import Path
from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.missions import queries
from legation.missions.actions import occasions as actions
from legation.missions.models import Occasion
from legation.missions.queries import occasions as asked
from legation.missions.rules import occasions as rules
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer(help="Visits and receptions: run-sheets and guest lists.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


@app.command("list")
def list_occasions(mission: str, as_json: AsJson = False) -> None:
    """What is planned at MISSION (id or city)."""
    with answering(_said):
        actor = at_terminal()
        check_verb("missions.read_occasions", actor)
        found = list(asked.occasions(actor, queries.mission_named(actor, mission).pk))
        if as_json:
            names = ("kind", "title", "place", "principal", "forgotten")
            own = [{"id": row.pk, **{name: getattr(row, name) for name in names}} for row in found]
            times = [{"begins_at": row.begins_at.isoformat(), "ends_at": row.ends_at.isoformat()} for row in found]
            show_json([one | at for one, at in zip(own, times, strict=True)])
        else:
            rows = [(row.title, row.kind, row.begins_at, row.place, row.pk) for row in found]
            show_table(f"{len(found)} occasions", ["occasion", "kind", "begins", "place", "id"], rows)


@app.command()
def guests(occasion: str, file: Path) -> None:
    """Put the guests of FILE (a line each: name ; office) on the list of OCCASION (id)."""
    with answering(_said):
        named = rules.guest_list(file.read_text(encoding="utf-8"))
        claimed = claim(Occasion, occasion, "missions.list_guests", at_terminal())
        console.print(f"{len(actions.list_guests(claimed, named))} guests are on the list.")
