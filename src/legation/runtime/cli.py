"""The command line: `legation ROOM VERB`, from the same acts as pages and API.

Exit codes: 0 done, 1 fault, 2 wrong usage, 3 refused, 4 no such record, 5 done in part.
"""

import os
import sys
from importlib import import_module
from importlib.util import find_spec
from typing import Annotated

import django
import typer

from legation import __version__

NEEDS_NO_NODE = {"init", "demonstration", "--help", "--version", "restore", "--install-completion", "--show-completion"}


def build() -> typer.Typer:
    """The whole command line: the node's own commands and one group per room that has a `cli.py`."""
    from django.conf import settings

    from legation.runtime.commands import authority, demonstration, keeping, ledger, node

    app = typer.Typer(
        help="The security operations platform of a diplomatic service.",
        no_args_is_help=True,
        pretty_exceptions_enable=False,
        add_completion=False,
    )
    node.add_to(app)
    keeping.add_to(app)
    app.add_typer(demonstration.app, name="demonstration")
    app.add_typer(ledger.app, name="ledger")
    app.add_typer(authority.app, name="authority")
    for room in settings.ROOMS:
        if find_spec(f"legation.{room}") and find_spec(f"legation.{room}.cli"):
            app.add_typer(import_module(f"legation.{room}.cli").app, name=room)

    @app.callback(invoke_without_command=True)
    def version(
        context: typer.Context, version: Annotated[bool, typer.Option("--version", help="Say the version.")] = False
    ) -> None:
        if version:
            typer.echo(f"legation {__version__}")
            raise typer.Exit

    return app


def main() -> None:
    """Start Django, unlock the node where the command needs one, and run the command."""
    os.umask(0o077)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legation.runtime.settings")
    from legation.platform.secrets.keyfiles import KeysRefused
    from legation.platform.secrets.places import UnsafePlace

    try:
        django.setup()
        from legation.pages.assets import NotBuilt
        from legation.platform.backup import BackupRefused
        from legation.platform.ledger.checkpoints import LedgerRefused
        from legation.platform.secrets.node import NodeSealed
        from legation.runtime.node import NotFit, prepare
        from legation.runtime.serving import PortTaken

        words = [word for word in sys.argv[1:] if word]
        helping = {"--help", "-h"} & set(words)
        try:
            if words and words[0] not in NEEDS_NO_NODE and not helping:
                prepare()
            build()(prog_name="legation")
        except (NotFit, PortTaken, NotBuilt, NodeSealed, LedgerRefused, BackupRefused) as fault:
            _say(fault)
    except (KeysRefused, UnsafePlace) as fault:
        _say(fault)


def _say(fault: Exception) -> None:
    sys.stderr.write(f"{fault}\n")
    raise SystemExit(2)


if __name__ == "__main__":
    main()
