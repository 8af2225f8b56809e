"""Missions at the terminal."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from legation.foundations.posture import PostureLevel
from legation.missions import actions, queries
from legation.missions.cli import assets, occasions, people, residences
from legation.missions.events import PremisesCategory
from legation.missions.links import csv_file
from legation.missions.models import Mission, Premises
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import at_terminal
from legation.platform.terminal import Exit, answering, console, show_json, show_table

app = typer.Typer(help="Missions and premises.", no_args_is_help=True)
app.add_typer(people.app, name="people")
app.add_typer(assets.app, name="assets")
app.add_typer(residences.app, name="residences")
app.add_typer(occasions.app, name="occasions")

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


@app.command("import")
def import_file(file: Path, as_json: AsJson = False) -> None:
    """Load a list of missions from a CSV FILE. Exit code 5 where rows were left out."""
    with answering():
        house = claim_house("missions.import", at_terminal())
        read = csv_file.read(file.read_bytes())
        with console.status(f"Loading {len(read.missions):,} missions") if not as_json else answering():
            done = actions.import_list(house, read.missions, file.name)
        faults = [{"line": f.line, "reason": f.reason, "advice": f.advice} for f in read.faults]
        if as_json:
            show_json({**asdict(done), "left_out": faults})
        else:
            console.print(f"{done.registered:,} registered, {done.amended:,} amended, {done.unchanged:,} unchanged")
            if faults:
                show_table(f"{len(faults)} rows left out", ["#line", "why"], [(f["line"], f["advice"]) for f in faults])
        if faults:
            raise typer.Exit(int(Exit.PARTLY))


@app.command("list")
def list_missions(text: str = "", state: str = "", as_json: AsJson = False) -> None:
    """Visible missions; --text and --state narrow them."""
    with answering():
        actor = at_terminal()
        check_verb("missions.read", actor)
        found = list(queries.missions(actor, text=text, state=state))
        if as_json:
            show_json([{"id": m.pk, **asdict(m.value), "posture_level": m.posture_level} for m in found])
        else:
            rows = [(m.external_id, m.title, m.city, m.posture_level) for m in found]
            show_table(f"{len(found):,} missions", ["id", "mission", "city", "#posture"], rows)


@app.command("posture")
def posture(
    mission: str,
    level: Annotated[int, typer.Argument(min=1, max=5)],
    reason: Annotated[str, typer.Option(help="Why; it stands in the record.")],
    lockdown: bool = False,
    as_json: AsJson = False,
) -> None:
    """Set how MISSION (id or city) stands, 1 normal to 5 critical."""
    with answering():
        actor = at_terminal()
        key = queries.mission_named(actor, mission).pk
        done = actions.set_posture(
            claim(Mission, key, "missions.set_posture", actor), PostureLevel(level), lockdown=lockdown, reason=reason
        )
        if as_json:
            show_json({"id": done.pk, "posture_level": done.posture_level, "lockdown": done.lockdown})
        else:
            console.print(f"{done.name} stands at posture {done.posture_level}.")


@app.command("premises")
def list_premises(mission: str, as_json: AsJson = False) -> None:
    """Premises of MISSION (id or city) with their category."""
    with answering():
        actor = at_terminal()
        check_verb("missions.read", actor)
        found = list(queries.premises(actor, queries.mission_named(actor, mission).pk))
        if as_json:
            show_json([{"id": one.pk, **asdict(one.to_value())} for one in found])
        else:
            show_table(
                f"{len(found)} premises", ["id", "name", "category"], [(p.pk, p.name, p.category) for p in found]
            )


@app.command()
def category(premises: str, category: PremisesCategory, public: bool = False) -> None:
    """Say what PREMISES (id) are for: a CATEGORY; --public where the public is received."""
    with answering():
        claimed = claim(Premises, premises, "missions.set_category", at_terminal())
        console.print(f"{actions.set_category(claimed, category, receives_public=public).name} is {category}.")
