"""Everyday reports at the terminal."""

from pathlib import Path
from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.intelligence import actions
from legation.intelligence.links.own import Said
from legation.intelligence.models import OwnReport
from legation.intelligence.queries import fields
from legation.intelligence.queries import reports as queries
from legation.intelligence.rules.everyday import Told
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


@app.command()
def tell(
    what: Told,
    mission: Annotated[str, typer.Option(help="Id, external id or city of the mission.")],
    text: str = "",
    minutes_ago: int = 0,
    place: str = "",
    photograph: Annotated[Path | None, typer.Option(help="JPEG, PNG or WebP; only its pixels are kept.")] = None,
    as_json: AsJson = False,
) -> None:
    """Report WHAT you met at a mission, as the phone page does."""
    with answering(_said):
        actor = at_terminal()
        claimed = missions.claimed(actor, missions.find(actor, mission).id, "intelligence.tell")
        picture = photograph.read_bytes() if photograph else b""
        key = actions.tell(claimed, Said(what, text, minutes_ago, place), photograph=picture)
        if as_json:
            show_json({"id": key})
        else:
            console.print(f"Received as {key}; `legation intelligence told` shows what came of it.")


@app.command()
def told(
    everyones: Annotated[bool, typer.Option("--all", help="What all staff reported, for who answers it.")] = False,
    as_json: AsJson = False,
) -> None:
    """What you reported, and what came of it."""
    with answering(_said):
        actor = at_terminal()
        check_verb("intelligence.read" if everyones else "intelligence.tell", actor)
        rows = [fields.told_fields(one) for one in (queries.reported if everyones else queries.own)(actor)]
        if as_json:
            show_json(rows)
        else:
            lines = [(r["told"], r["occurred_at"], r["mission"], r["text"], r["outcome"]) for r in rows]
            show_table("Reports", ["what", "happened", "mission", "text", "outcome"], lines)


@app.command("answer-report")
def answer_report(report: str, outcome: str = "", as_json: AsJson = False) -> None:
    """Tell the reporter of a REPORT that it was seen, or what came of it."""
    with answering(_said):
        actor = at_terminal()
        actions.answer(claim(OwnReport, report, "intelligence.answer_report", actor), outcome=outcome)
        row = fields.told_fields(queries.one(actor, report))
        if as_json:
            show_json(row)
        else:
            console.print("The reporter sees it on his page.")
