"""The watch floor at the terminal."""

from typing import Annotated

import typer

from legation.pages.sentences import sentence
from legation.platform.authority.resolve import check_verb, claim
from legation.platform.doors import at_terminal
from legation.platform.terminal import answering, console, show_json, show_table
from legation.watch import actions, queries
from legation.watch.cli import handing, roster, standing
from legation.watch.events import Outcome
from legation.watch.models import QueuedAlarm

app = typer.Typer(help="The watch floor: alarms, who is on call, who has what in hand.", no_args_is_help=True)
for group in (roster, standing, handing):
    app.registered_commands += group.app.registered_commands

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


@app.command()
def alarms(as_json: AsJson = False) -> None:
    """Open alarms, the gravest first."""
    with answering():
        actor = at_terminal()
        check_verb("watch.read", actor)
        found = queries.queue(actor)
        if as_json:
            show_json([_fields(standing) for standing in found])
        else:
            rows = [(s.row.pk, sentence(s.row.kind, s.row.params), s.row.state, s.count, s.left) for s in found]
            show_table(f"{len(found)} open alarms", ["id", "alarm", "state", "#count", "#time left"], rows)


@app.command()
def take(alarm: str) -> None:
    """Take ALARM in hand."""
    with answering():
        done = actions.take(claim(QueuedAlarm, alarm, "watch.take", at_terminal()))
        console.print(f"{done.taken_by} has it in hand until {done.due_at:%d %b %H:%M} UTC.")


@app.command()
def close(alarm: str, outcome: Outcome, note: Annotated[str, typer.Option(help="What came of it.")]) -> None:
    """Settle ALARM."""
    with answering():
        actions.close(claim(QueuedAlarm, alarm, "watch.close", at_terminal()), outcome, note=note)
        console.print("Closed and recorded.")


def _fields(standing: queries.Standing) -> dict[str, object]:
    row = standing.row
    return {
        "id": row.pk,
        "mission_id": row.mission_id,
        "kind": row.kind,
        "sentence": sentence(row.kind, row.params),
        "severity": row.severity,
        "state": row.state,
        "count": standing.count,
        "taken_by": row.taken_by,
        "raised_at": row.raised_at.isoformat(),
        "due_at": row.due_at.isoformat(),
    }
