"""Standards, checks and waivers at the terminal."""

from datetime import UTC, datetime, time
from typing import Annotated

import typer

from legation.law import actions
from legation.law.models import Check, Waiver
from legation.law.queries import standards as queries
from legation.law.queries.standards import Line
from legation.law.rules.standards import Wish
from legation.missions import published as missions
from legation.pages.sentences import said_at_terminal
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer()

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


@app.command()
def standards(mission: str, as_json: AsJson = False) -> None:
    """Every building of MISSION beside its standard: category, what is not met, waivers."""
    with answering():
        actor = at_terminal()
        check_verb("law.read", actor)
        found = queries.sheets(actor, missions.find(actor, mission).id)
        if as_json:
            show_json([_fields(sheet) for sheet in found])
        else:
            rows = [(s.premises.name, s.premises.category, ", ".join(s.flags), s.open, s.unchecked) for s in found]
            show_table(f"{len(found)} premises", ["premises", "category", "wrong", "#open", "#not looked at"], rows)


@app.command()
def check(premises: str, criterion: str, met: bool, note: str = "") -> None:
    """Say whether PREMISES (id) meet a CRITERION of the standard: true or false."""
    with answering(said_at_terminal):
        claimed = missions.premises_claimed(at_terminal(), premises, "law.check_criterion")
        console.print(f"Recorded: {actions.check_criterion(claimed, criterion, met=met, note=note).pk}")


@app.command()
def waive(
    check: str,
    reason: Annotated[str, typer.Option()],
    instead: Annotated[str, typer.Option(help="What protects instead.")],
    until: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])],
) -> None:
    """Ask to be let off what CHECK (id) found unmet."""
    with answering(said_at_terminal):
        wish = Wish(reason, instead, datetime.combine(until, time(23, 59, 59), UTC))
        done = actions.apply_waiver(claim(Check, check, "law.apply_waiver", at_terminal()), wish)
        console.print(f"Asked for: {done.pk}")


@app.command()
def decide_waiver(waiver: str, approve: bool) -> None:
    """Approve (true) or refuse (false) a WAIVER that somebody else asked for."""
    with answering(said_at_terminal):
        claimed = claim(Waiver, waiver, "law.decide_waiver", at_terminal())
        console.print(f"It is {actions.decide_waiver(claimed, approve=approve).state}.")


@app.command()
def withdraw_waiver(waiver: str) -> None:
    """Take a WAIVER back."""
    with answering(said_at_terminal):
        actions.withdraw_waiver(claim(Waiver, waiver, "law.withdraw_waiver", at_terminal()))
        console.print("Taken back.")


def _fields(sheet: queries.Sheet) -> dict[str, object]:
    return {
        "premises": sheet.premises.id,
        "name": sheet.premises.name,
        "kind": sheet.premises.kind,
        "category": sheet.premises.category,
        "flags": list(sheet.flags),
        "criteria": [_line(line) for line in sheet.lines],
    }


def _line(line: Line) -> dict[str, object]:
    return {
        "criterion": line.code,
        "words": line.words,
        "check": line.check.pk if line.check else None,
        "met": line.check.met if line.check else None,
        "waiver": line.waiver.pk if line.waiver else None,
        "waiver_state": line.waiver.state if line.waiver else "",
        "until": line.waiver.until.isoformat() if line.waiver else None,
    }
