"""The demonstration at the terminal: fill it, serve it, play the next day, print links."""

from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings

from legation.platform.terminal import answering, console, show_table
from legation.runtime import node, serving
from legation.runtime.demonstration import people, replay, world

app = typer.Typer(help="A replay of real records on this machine.", no_args_is_help=True)

State = Annotated[str, typer.Option(envvar="STATE", help="Whose missions are shown.")]


@app.command()
def load(state: State = world.STATE) -> None:
    """Fill the data directory, where it is empty, without serving it."""
    node.prepare("demonstration")
    with answering():
        world.load(state, say=console.print)


@app.command()
def run(state: State = world.STATE, port: Annotated[int, typer.Option(envvar="PORT")] = 8000) -> None:
    """Fill the data directory where it is empty, print links and the highest risks, and serve."""
    serving.refuse_taken(port)
    load(state)
    _show_highest()

    def ready(address: str) -> None:
        _show_links(address)
        console.print(f"\n[bold]Serving at {address}[/]; data in {_home()}. Stop with Ctrl-C.")

    serving.serve(port, ready=ready)


@app.command()
def advance(days: Annotated[int, typer.Option(min=1, max=365)] = 1) -> None:
    """Play the next days: records of those days arrive, yesterday's forecast is scored."""
    node.prepare("demonstration")
    with answering():
        for _ in range(days):
            console.print(replay.next_day().sentence)
    _show_highest()


@app.command()
def credentials(port: Annotated[int, typer.Option(envvar="PORT")] = 8000) -> None:
    """Print a new enrolment link per role; each works once, for fifteen minutes."""
    node.prepare("demonstration")
    _show_links(f"http://localhost:{port}")


def _show_links(address: str) -> None:
    console.print("\n[bold]Sign in[/] (each link works once, for 15 minutes; demonstration persons)")
    for person, path in people.links():
        console.print(f"  {person.role.replace('_', ' '):16} {address}{path}", soft_wrap=True)


def _show_highest() -> None:
    rows = world.highest(10)
    show_table("Highest present risk", ["mission", "risk", "main cause"], rows)


def _home() -> str:
    """Where the data is, with the person's own folder as ~."""
    return str(settings.LEGATION_HOME).replace(str(Path.home()), "~", 1)
