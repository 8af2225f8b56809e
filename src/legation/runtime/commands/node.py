"""Making, serving, unlocking and leaving a node at the terminal."""

import os
import sys
from typing import Annotated

import typer
from django.conf import settings
from django.contrib.auth import authenticate

from legation.platform import clock
from legation.platform.authority.models import Operator, PersonalKey
from legation.platform.doors import issue_key, key_file
from legation.platform.secrets import node as keys
from legation.platform.terminal import Exit, console, errors
from legation.runtime import node, serving
from legation.runtime.certificates import certificate
from legation.runtime.sign_in import second_factor_holds
from legation.runtime.worker import Worker

PORT = 8000


def add_to(app: typer.Typer) -> None:
    """Put these commands at the top of the command line."""
    for command in (init, serve, worker, login, logout, wipe):
        app.command()(command)


def init() -> None:
    """Make a real node in LEGATION_HOME; its passphrase comes from LEGATION_PASSPHRASE."""
    made = node.prepare("real")
    console.print(f"Node {made.name} is made. Give accounts with: legation authority enrol NAME --role rso")


def serve(
    port: Annotated[int, typer.Option(envvar="PORT")] = PORT,
    name: Annotated[str, typer.Option(help="Serve by HTTPS under this host name, with an authority of our own.")] = "",
    listen: Annotated[str, typer.Option(help="The address to listen at; loopback unless said otherwise.")] = "",
) -> None:
    """Serve pages and API on loopback, with the worker beside, until interrupted."""
    host = listen or serving.HOST
    if not name:
        if host != serving.HOST:
            raise typer.BadParameter(
                "beyond this machine pages go by HTTPS only: add --name HOST", param_hint="--listen"
            )
        serving.serve(port, ready=lambda address: console.print(f"Serving at {address}"))
        return
    _known_as(name)
    try:
        made = certificate(settings.LEGATION_KEYS, name, keys.held().sealer, clock.wall())
    except ValueError as fault:
        raise typer.BadParameter(str(fault), param_hint="--name") from None

    def ready(address: str) -> None:
        console.print(f"Serving at {address}, listening at {host}")
        console.print(
            f"Phones trust it once they have {made.authority} installed; compare its SHA-256:", soft_wrap=True
        )
        console.print(made.fingerprint, soft_wrap=True)

    serving.serve(port, ready=ready, host=host, name=name, certificate=made)


def _known_as(name: str) -> None:
    """Settings are read before the command's options, so the process starts over with what the name implies."""
    if settings.HTTPS and name in settings.HOSTS:
        return
    hosts = ",".join([*settings.HOSTS, name])
    os.environ |= {"LEGATION_HTTPS": "1", "LEGATION_HOSTS": hosts}
    os.execv(sys.executable, [sys.executable, "-m", "legation.runtime.cli", *sys.argv[1:]])  # noqa: S606  # ourselves


def worker(beside: Annotated[bool, typer.Option(help="End with the process that started it.")] = False) -> None:
    """Deliver entries, fire deadlines, sign checkpoints, until told to stop. `serve` starts one by itself."""
    Worker(parent=os.getppid() if beside else None).run()


def login(username: str) -> None:
    """Sign in at this terminal for twelve hours: acts are then yours, not the service account's."""
    password = typer.prompt("Password", hide_input=True)
    code = typer.prompt("Code from your authenticator")
    user = authenticate(username=username, password=password)
    operator = Operator.objects.filter(user=user, active=True).first() if user else None
    if user is None or operator is None or not second_factor_holds(user, code):
        errors.print("Name, password and code do not fit together.")
        raise typer.Exit(int(Exit.REFUSED))
    path = key_file()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(issue_key(operator))
    console.print(f"You act as {operator.name} for twelve hours. End it with: legation logout")


def logout() -> None:
    """End your sign-in at this terminal."""
    path = key_file()
    if path.exists():
        PersonalKey.objects.filter(pk__in=_own(path.read_text(encoding="ascii"))).delete()
        path.unlink()
    console.print("Signed out; commands are the service account's again.")


def _own(secret: str) -> list[int]:
    from legation.platform.doors import digest

    return list(PersonalKey.objects.filter(digest=digest(secret.strip())).values_list("pk", flat=True))


def wipe(
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking; there is no way back.")] = False,
) -> None:
    """Destroy this node's keys: everything sealed on this machine is unreadable from then on."""
    if not yes:
        typer.confirm("Destroy the keys of this node? Without a backup of them nothing can be read again", abort=True)
    keys.wipe()
    console.print("The keys are destroyed.")
