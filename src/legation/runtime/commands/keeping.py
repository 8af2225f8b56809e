"""Keeping a node at the terminal: two backup files and the way back from them, and shares for its custodians."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.progress import Progress, TaskID

from legation.platform import backup as backups
from legation.platform.secrets import keyfiles
from legation.platform.secrets import node as keys
from legation.platform.terminal import Exit, console, errors, show_json

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]
KeyFile = Annotated[Path, typer.Option("--keys", help="The key file; keep it apart from the data file.")]


def add_to(app: typer.Typer) -> None:
    """Put these commands at the top of the command line."""
    for command in (backup, restore, shares):
        app.command()(command)


def backup(data: Path, key_file: KeyFile, as_json: AsJson = False) -> None:
    """Write an encrypted copy of this node to DATA, and what opens it to the key file."""
    with _refusals(), _progress(as_json) as show:
        done = backups.backup(data, key_file, progress=show)
    _tell(done, as_json, f"{done.entries:,} entries copied to {data}. Keep {key_file} in another place.")


def restore(
    data: Path,
    key_file: KeyFile,
    share: Annotated[list[Path] | None, typer.Option(help="A custodian's share file; repeat it.")] = None,
    as_json: AsJson = False,
) -> None:
    """Make the node of a backup again in LEGATION_HOME and verify it. Opens with the passphrase or with --share."""
    passphrase = keyfiles.find_passphrase(settings.LEGATION_KEYS) or ""
    if not passphrase and not share and sys.stdin.isatty():
        passphrase = typer.prompt("Passphrase of the node", hide_input=True)
    texts = [path.read_text(encoding="ascii") for path in share or []]
    home, folder = settings.LEGATION_HOME, settings.LEGATION_KEYS
    with _refusals(), _progress(as_json) as show:
        done = backups.restore(data, key_file, home, folder, passphrase=passphrase, shares=texts, progress=show)
    _tell(done, as_json, f"The node is back in {home}: {done.entries:,} entries, verified against its signed heads.")


def shares(
    folder: Path,
    needed: Annotated[int, typer.Option(help="How many custodians together open the node.")] = 2,
    custodians: Annotated[int, typer.Option(help="How many shares are made.")] = 3,
) -> None:
    """Split this node's key among custodians: one file each in FOLDER, for you to hand over and delete."""
    passphrase = keyfiles.find_passphrase(settings.LEGATION_KEYS) or typer.prompt("Passphrase", hide_input=True)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _refusals():
        made = keys.share_out(settings.LEGATION_KEYS, passphrase, needed=needed, custodians=custodians)
    for number, text in enumerate(made, 1):
        with os.fdopen(os.open(folder / f"share-{number}", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text + "\n")
    console.print(
        f"{custodians} shares in {folder}; any {needed} open the node. Hand them over, then delete them here."
    )


def _tell(done: backups.Backup, as_json: bool, sentence: str) -> None:
    if as_json:
        show_json({"data": str(done.data), "keys": str(done.keys), "entries": done.entries, "root": done.root})
    else:
        console.print(sentence)


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except (backups.BackupRefused, keyfiles.KeysRefused, FileExistsError, FileNotFoundError, ValueError) as fault:
        errors.print(str(fault), style="red", markup=False)
        raise typer.Exit(int(Exit.REFUSED)) from fault


@contextmanager
def _progress(as_json: bool) -> Iterator[backups.Progress]:
    if as_json:
        yield backups.quiet
        return
    tasks: dict[str, TaskID] = {}
    with Progress(console=console, transient=True) as bar:

        def show(what: str, done: int, of: int) -> None:
            if what not in tasks:
                tasks[what] = bar.add_task(what, total=of)
            bar.update(tasks[what], completed=done, total=of)

        yield show
