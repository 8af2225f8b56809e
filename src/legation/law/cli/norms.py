"""Norms at the terminal."""

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated

import typer

from legation.law import actions
from legation.law.events.norms import InstrumentKind, InstrumentValue
from legation.law.links import norm_file
from legation.law.models import Norm
from legation.law.queries import norms as queries
from legation.missions.events import MissionKind
from legation.platform.authority.resolve import check_verb, claim_house
from legation.platform.doors import at_terminal
from legation.platform.terminal import Exit, answering, console, show_json, show_table

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


@app.command()
def search(
    question: str,
    instrument: str = "",
    about: str = "",
    mission: MissionKind | None = None,
    limit: int = 10,
    as_json: AsJson = False,
) -> None:
    """Norms that answer QUESTION in everyday words, the best first."""
    with answering():
        actor = at_terminal()
        check_verb("law.read", actor)
        found = queries.search(actor, question, queries.Narrowed(instrument, about, "", mission or "")).found[:limit]
        if as_json:
            show_json([{"score": hit.score, "words": hit.words, **_fields(hit.norm)} for hit in found])
        else:
            rows = [(hit.norm.cited, hit.norm.words, hit.norm.may, hit.norm.may_not) for hit in found]
            show_table(f"{len(found)} norms", ["norm", "says", "police may", "and may not"], rows)


@app.command()
def norm(code: str, as_json: AsJson = False) -> None:
    """One norm by its CODE, with every wording it had."""
    with answering():
        actor = at_terminal()
        check_verb("law.read", actor)
        rows = queries.editions(actor, queries.norm(actor, code).code)
        if as_json:
            show_json([_fields(row) for row in rows])
        else:
            show_table(rows[0].cited, ["edition", "says"], [(row.edition, row.words) for row in rows])


@app.command()
def load(
    file: Path,
    instrument: Annotated[str, typer.Option(help="Short and lasting name, as br-sy.")],
    kind: InstrumentKind,
    title: Annotated[str, typer.Option()],
    edition: Annotated[str, typer.Option()],
    in_force_from: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])],
    state: Annotated[str, typer.Option(help="Receiving state it binds, two letters; empty for all.")] = "",
    as_json: AsJson = False,
) -> None:
    """Load the norms of an instrument from a CSV or JSON FILE. Exit code 5 where rows were left out."""
    with answering():
        house = claim_house("law.load", at_terminal())
        read = norm_file.read(file.read_bytes())
        value = InstrumentValue(instrument, kind, title, state.upper(), edition, in_force_from.date())
        done = actions.load_instrument(house, value, read.norms)
        if as_json:
            show_json({**asdict(done), "left_out": [asdict(fault) for fault in read.faults]})
        else:
            console.print(f"{done.entered} entered, {done.ended} ended, {done.unchanged} unchanged")
            show_table(f"{len(read.faults)} rows left out", ["#line", "why"], [(f.line, f.advice) for f in read.faults])
        if read.faults:
            raise typer.Exit(int(Exit.PARTLY))


@app.command()
def conventions(as_json: AsJson = False) -> None:
    """Load the instruments that ship with the package; once more changes nothing."""
    with answering():
        house = claim_house("law.load", at_terminal())
        done = {}
        for code in norm_file.SHIPPED:
            instrument, read = norm_file.shipped(code)
            done[code] = actions.load_instrument(house, instrument, read.norms)
        if as_json:
            show_json({code: asdict(one) for code, one in done.items()})
        else:
            console.print(", ".join(f"{code}: {one.entered} entered, {one.ended} ended" for code, one in done.items()))


def _fields(row: Norm) -> dict[str, object]:
    value = asdict(row.value)
    until: date | None = row.until
    return {
        "id": row.pk,
        "cited": row.cited,
        "instrument": row.instrument,
        "edition": row.edition,
        "in_force_from": row.in_force_from.isoformat(),
        "until": until.isoformat() if until else None,
        **value,
    }
