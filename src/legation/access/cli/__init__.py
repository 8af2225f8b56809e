"""The room access at the terminal, a module for each part of it."""

import typer

from legation.access.cli import places

app = typer.Typer(help="Access: portals, credentials, visitors, lists of names.", no_args_is_help=True)
app.add_typer(places.app)
