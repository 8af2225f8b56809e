"""The protocol register at the terminal."""

from pathlib import Path
from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.law.actions import protocols as actions
from legation.law.events.protocols import ChangedBy
from legation.law.models import Protocol
from legation.law.queries import protocols as asked
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table

app = typer.Typer(help="Policies, procedures and standing orders, and who has read them.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


def _fields(one: asked.Standing, *, names: bool) -> dict[str, object]:
    row, reading = one.protocol, one.reading
    own = {name: getattr(row, name) for name in ("mission_id", "title", "kind", "owner", "norm", "in_force")}
    times = {"read_by": one.current.read_by.isoformat(), "review_at": row.review_at.isoformat()}
    unread = [name for _, name in reading.unread] if names else []
    return {"id": row.pk, **own, "read": len(reading.read), "must": reading.must, **times, "unread": unread}


@app.command("list")
def list_protocols(
    mission: Annotated[str, typer.Option(help="Id or city; every mission where none is named.")] = "",
    as_json: AsJson = False,
) -> None:
    """Protocols in force, the least read first, with who has not read them."""
    with answering(_said):
        actor = at_terminal()
        check_verb("law.read", actor)
        found = asked.standing(actor, missions.find(actor, mission).id if mission else None)
        fields = [_fields(one, names=asked.RECEIPTS in actor.verbs) for one in found]
        if as_json:
            show_json(fields)
        else:
            rows = [(f["title"], f["kind"], f["in_force"], f["read"], f["must"], f["id"]) for f in fields]
            show_table(f"{len(rows)} protocols", ["protocol", "kind", "#version", "#read", "#must", "id"], rows)


@app.command()
def publish(
    protocol: str,
    file: Path,
    changed_by: Annotated[ChangedBy, typer.Option(help="What made it necessary.")],
    reason: Annotated[str, typer.Option(help="Why, in a sentence.")],
    within_days: Annotated[int, typer.Option(help="Days to read it.")] = 7,
    because_of: Annotated[str, typer.Option(help="The record that says so, as Type/id.")] = "",
    as_json: AsJson = False,
) -> None:
    """Put the text of FILE in force as the next version of PROTOCOL (its id)."""
    with answering(_said):
        wording = actions.Wording(file.read_text(encoding="utf-8"), changed_by, reason, because_of)
        claimed = claim(Protocol, protocol, "law.publish_protocol", at_terminal())
        row = actions.publish_protocol(claimed, wording, within_days=within_days)
        if as_json:
            show_json({"id": row.pk, "title": row.title, "in_force": row.in_force})
        else:
            console.print(f"Version {row.in_force} of {row.title} is in force.")


@app.command()
def read(protocol: str, number: int) -> None:
    """Say that you have read and understood version NUMBER of PROTOCOL."""
    with answering(_said):
        actions.read_protocol(claim(Protocol, protocol, "law.read_protocol", at_terminal()), number)
        console.print("Recorded.")
