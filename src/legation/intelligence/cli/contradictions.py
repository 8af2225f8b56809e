"""Contradictions at the terminal."""

from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.foundations.time import from_epoch_s
from legation.intelligence.actions.believing import believe as say_believed
from legation.intelligence.queries.contradictions import contradicted
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim_house
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


@app.command()
def contradictions(text: str = "", limit: int = 50, as_json: AsJson = False) -> None:
    """Happenings whose sources differ, in the order of what a decision depends on."""
    with answering():
        actor = at_terminal()
        check_verb("intelligence.read", actor)
        found = contradicted(actor, text=text, limit=limit)
        told = [
            {"id": one.seen.key, "kind": one.seen.row.kind, "place": one.seen.row.place, "end_s": one.seen.row.end_s,
             "intensity": one.seen.row.intensity, "fields": [str(f) for f in one.fields],
             "mission": one.mission.name if one.mission else None, "believed": one.believed} for one in found
        ]  # fmt: skip
        if as_json:
            show_json(told)
            return
        rows = [
            (f"{from_epoch_s(one.seen.row.end_s):%Y-%m-%d}", one.seen.row.kind, one.seen.row.place,
             ", ".join(one.fields), one.mission.name if one.mission else "", one.seen.key) for one in found
        ]  # fmt: skip
        show_table(f"{len(rows)} contradictions", ["day", "kind", "place", "differ on", "mission", "id"], rows)


@app.command()
def believe(
    occurrence: str,
    signal: str,
    reason: Annotated[str, typer.Option(help="Why this one; it stands in the record.")],
    as_json: AsJson = False,
) -> None:
    """Say which SIGNAL of an OCCURRENCE is believed."""
    with answering(_said):
        house = claim_house("intelligence.believe", at_terminal())
        row = say_believed(house, occurrence, signal, reason=reason)
        if as_json:
            show_json({"id": row.pk, "occurrence": row.occurrence, "signal": row.signal, "reason": row.reason})
        else:
            console.print("It is noted; every version stays.")
