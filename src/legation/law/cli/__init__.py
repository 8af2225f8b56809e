"""The room law at the terminal, a module for each part of it."""

import typer

from legation.law.cli import host, limits, matrix, norms, protocols, standards

app = typer.Typer(help="Law: norms, responsibilities, requests to the host state, standards.", no_args_is_help=True)
app.add_typer(norms.app)
app.add_typer(host.app, name="host")
app.add_typer(limits.app)
app.add_typer(protocols.app, name="protocols")
app.add_typer(standards.app)
app.add_typer(matrix.app)
