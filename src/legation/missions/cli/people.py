"""People at post at the terminal."""

from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.missions import queries
from legation.missions.actions import erasure as erasing
from legation.missions.actions import people_list as loading
from legation.missions.actions.people_list import PeopleLoaded
from legation.missions.links import people_file
from legation.missions.models import Mission, Person
from legation.missions.queries import people as asked
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import Exit, answering, console, show_json, show_table

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


@app.command("import")
def import_file(
    file: Path,
    mission: Annotated[str, typer.Option(help="Id or city of the mission whose people these are.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    as_json: AsJson = False,
) -> None:
    """Load a list of people from a CSV FILE. Exit code 5 where rows were left out."""
    with answering():
        actor = at_terminal()
        key = queries.mission_named(actor, mission).pk
        claimed = claim(Mission, key, "missions.import_people", actor)
        read = people_file.read(file.read_bytes())
        if dry_run:
            done = loading.foretold(asked.foreseen(actor, key, read))
        else:
            done = loading.import_people(claimed, read, "terminal")
        _say_loaded(done, dry_run=dry_run, as_json=as_json)
        if done.left_out:
            raise typer.Exit(int(Exit.PARTLY))


def _say_loaded(done: PeopleLoaded, *, dry_run: bool, as_json: bool) -> None:
    faults = [{"line": f.line, "column": f.column, "reason": f.reason, "advice": f.advice} for f in done.left_out]
    if as_json:
        show_json({**asdict(done), "left_out": faults, "dry_run": dry_run})
        return
    would = "would be " if dry_run else ""
    console.print(f"{done.added:,} {would}added, {done.corrected:,} corrected, {done.unchanged:,} known and unchanged")
    if faults:
        rows = [(f["line"], f["column"], f["advice"]) for f in faults]
        show_table(f"{len(faults)} rows left out", ["#line", "column", "what to do"], rows)


@app.command()
def erase(
    person: str,
    reason: Annotated[str, typer.Option(help="Why; proposes the erasure, which another person confirms.")] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help="Confirm what another person proposed.")] = False,
    as_json: AsJson = False,
) -> None:
    """Have everything about PERSON (id) erased: one proposes with --reason, another confirms with --confirm."""
    with answering(said):
        actor = at_terminal()
        if confirm:
            parts = erasing.erase_person(claim(Person, person, "missions.erase_person", actor))
            done: dict[str, object] = {"erased": True, "parts": parts}
        else:
            erasing.propose_erasure(claim(Person, person, "missions.propose_erasure", actor), reason=reason)
            done = {"erased": False, "parts": 0}
        if as_json:
            show_json(done)
        else:
            console.print("Erased." if confirm else "Proposed. Another person confirms it with --confirm.")


def said(refused: Refused) -> str:
    """The sentence of a refusal."""
    return sentence(refused.refusal.reason, refused.refusal.params)
