"""Residences at the terminal."""

from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.missions import queries
from legation.missions.actions import residences as actions
from legation.missions.models import Residence
from legation.missions.queries import residences as asked
from legation.missions.rules.residences import holes
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer(help="Where people live, held against the minimum standard.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


@app.command("list")
def list_residences(mission: str, as_json: AsJson = False) -> None:
    """Residences of MISSION (id or city), their holes, and whether somebody may move in."""
    with answering(_said):
        actor = at_terminal()
        check_verb("missions.read_residences", actor)
        found = [
            {
                "id": row.pk,
                "address": row.address,
                "residents": len(row.residents),
                "holes": [one.code for one in holes(row.lines)],
                "open": [line.criterion.code for line in asked.lines(row) if line.open],
                "survey_until": row.survey_until.isoformat() if row.survey_until else None,
            }
            for row in asked.residences(actor, queries.mission_named(actor, mission).pk)
        ]
        if as_json:
            show_json(found)
        else:
            rows = [(f["address"], f["residents"], f["holes"], f["open"], f["survey_until"], f["id"]) for f in found]
            show_table(
                f"{len(found)} residences", ["residence", "#live there", "holes", "open musts", "until", "id"], rows
            )


@app.command("move-in")
def move_in(residence: str, person: str) -> None:
    """Let PERSON (id) live in RESIDENCE (id); refused while a must fails that nobody waived."""
    with answering(_said):
        row = actions.move_in(claim(Residence, residence, "missions.move_in", at_terminal()), person)
        console.print(f"{len(row.residents)} live at {row.address}.")
