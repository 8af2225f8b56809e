"""Briefs at the terminal."""

import json
from pathlib import Path
from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.intelligence import actions
from legation.intelligence.links.composed import composed
from legation.intelligence.models import Brief, Receipt
from legation.intelligence.queries import briefs as queries
from legation.intelligence.web import briefs as paper
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.actor import NotVisible
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer(help="Briefs: list, show, issue, correct, print, read, and whose copy a page is.")

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]
VERB = "intelligence.issue_brief"


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


@app.command("list")
def list_briefs(mission: str = "", as_json: AsJson = False) -> None:
    """The newest versions that you may read."""
    with answering(_said):
        actor = at_terminal()
        check_verb("intelligence.read_brief", actor)
        at = missions.find(actor, mission).id if mission else None
        found = queries.seen(actor, list(queries.briefs(actor, mission=at)[:100]))
        if as_json:
            show_json([queries.brief_fields(one) for one in found])
            return
        rows = [(one.row.pk, one.row.issued_at, one.row.title, str(one.marking)) for one in found]
        show_table(f"{len(rows)} briefs", ["id", "issued", "title", "marking"], rows)


@app.command()
def show(brief: str, as_json: AsJson = False) -> None:
    """One BRIEF (its id), in the version that you may read."""
    with answering(_said):
        actor = at_terminal()
        check_verb("intelligence.read_brief", actor)
        seen = queries.brief(actor, brief)
        if as_json:
            show_json(queries.brief_fields(seen))
            return
        console.print(f"{seen.marking}\n{seen.row.title}", markup=False)
        for one in seen.row.parts:
            console.print(f"{sentence(one.heading)}: {one.title} {one.text} ({one.marking})", markup=False)


@app.command()
def issue(file: Path, mission: str = "", as_json: AsJson = False) -> None:
    """Issue the brief in FILE (JSON as the API takes it), at a mission or of the whole service."""
    with answering(_said):
        actor = at_terminal()
        check_verb(VERB, actor)
        made = composed(json.loads(file.read_text(encoding="utf-8")), clock.as_of())
        if mission:
            row = actions.issue_brief(missions.claimed(actor, missions.find(actor, mission).id, VERB), made)
        else:
            row = actions.issue_brief(claim_house(VERB, actor), made)
        _issued(row, as_json=as_json)


@app.command()
def correct(brief: str, file: Path, change: Annotated[str, typer.Option()], as_json: AsJson = False) -> None:
    """Issue BRIEF again as in FILE, and say what changed."""
    with answering(_said):
        claimed = claim(Brief, brief, "intelligence.correct_brief", at_terminal())
        made = composed(json.loads(file.read_text(encoding="utf-8")), clock.as_of())
        _issued(actions.correct_brief(claimed, made, change=change), as_json=as_json)


def _issued(row: Brief, *, as_json: bool) -> None:
    if as_json:
        show_json({"id": row.pk, "number": row.number, "edition": row.edition, "below": row.below})
    else:
        console.print(f"{row.title}: issued as {row.pk}.", markup=False)


@app.command("print")
def print_copy(brief: str, file: Path, as_json: AsJson = False) -> None:
    """Print a copy of BRIEF for yourself into FILE (PDF)."""
    with answering(_said):
        actor = at_terminal()
        done = actions.print_brief(claim(Brief, brief, "intelligence.print_brief", actor))
        seen = queries.brief(actor, brief)
        file.write_bytes(paper.pdf_of(seen, paper.sheet_of(seen, done.pk, actor), actor))
        if as_json:
            show_json({"copy": done.pk, "marking": str(seen.marking), "file": str(file)})
        else:
            console.print(f"Copy {done.pk}, {seen.marking}, is in {file}.", markup=False)


@app.command()
def read(brief: str, as_json: AsJson = False) -> None:
    """Say that you have read BRIEF."""
    with answering(_said):
        actor = at_terminal()
        check_verb("intelligence.acknowledge_brief", actor)
        receipt = queries.own_receipt(actor, brief)
        if receipt is None:
            raise NotVisible
        row = actions.acknowledge_brief(claim(Receipt, receipt.pk, "intelligence.acknowledge_brief", actor))
        if as_json:
            show_json({"brief": row.brief, "read_at": row.read_at})
        else:
            console.print("Noted that you have read it.")


@app.command("copy")
def whose(copy: str, as_json: AsJson = False) -> None:
    """Whose COPY a found page is, by what stands at its foot."""
    with answering(_said):
        actor = at_terminal()
        check_verb(VERB, actor)
        row, seen = queries.copy(actor, copy)
        if as_json:
            show_json({"copy": row.pk, "brief": row.brief, "title": seen.row.title, "reader": row.reader_name,
                       "printed_at": row.printed_at})  # fmt: skip
        else:
            console.print(f"{seen.row.title}: printed for {row.reader_name} at {row.printed_at:%Y-%m-%d %H:%M}Z")
