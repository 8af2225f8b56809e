"""The record at the terminal: export it, check it, read a record's history."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer
from django.conf import settings
from rich.progress import Progress

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.identity import Ref
from legation.platform import clock
from legation.platform.authority.actor import NotVisible
from legation.platform.authority.resolve import check_verb
from legation.platform.doors import at_terminal
from legation.platform.ledger import check as checking
from legation.platform.ledger import checkpoints, proofs
from legation.platform.ledger import export as exporting
from legation.platform.ledger.log import history
from legation.platform.ledger.models import Entry
from legation.platform.secrets.node import held
from legation.platform.terminal import Exit, answering, console, show_json, show_table

app = typer.Typer(help="The tamper-evident record of every act.", no_args_is_help=True)

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


@app.command()
def export(
    file: Path,
    opened: Annotated[bool, typer.Option(help="Open what you may read: an evidence pack.")] = False,
    as_json: AsJson = False,
) -> None:
    """Write the record to FILE, for `python verify_ledger.py FILE` on any machine."""
    with answering():
        actor = at_terminal()
        check_verb("ledger.export", actor)
        with file.open("wb") as out:
            size = exporting.write(out, opened_for=actor if opened else None)
        if as_json:
            show_json({"file": str(file), "entries": size, "bytes": file.stat().st_size})
        else:
            console.print(f"{size:,} entries written. Check them anywhere with: python verify_ledger.py {file}")


@app.command()
def verify(as_json: AsJson = False) -> None:
    """Check this node's own record against its signed checkpoints. Exit code 1 where anything does not agree."""
    with answering():
        check_verb("ledger.verify", at_terminal())
        progress = Progress(console=console, transient=True) if not as_json else None
        with progress or nullcontext():
            task = progress.add_task("Checking the record", total=None) if progress else None
            done = checking.check(
                progress=lambda at, of: (
                    progress.update(task, completed=at, total=of) if progress and task is not None else None
                )
            )
        if as_json:
            show_json(done)
        elif done.findings:
            show_table("What does not agree", ["finding"], [(f.sentence,) for f in done.findings])
        else:
            console.print(f"{done.entries:,} entries and {done.heads:,} checkpoints agree.")
        if done.findings:
            raise typer.Exit(int(Exit.FAULT))


@app.command()
def receipt(entry: str, file: Path) -> None:
    """Write proof that ENTRY stands in the record to FILE, for `python verify_ledger.py --receipt FILE --key KEY`."""
    with answering():
        check_verb("ledger.read", at_terminal())
        checkpoints.sign_now()
        head, keys = checkpoints.latest(settings.LEGATION_HOME), held()
        if head is None:
            raise LookupError("nothing is signed yet; the first act begins the record")
        found = Entry.objects.filter(entry_id=entry).first()
        if found is None:
            raise NotVisible
        proof = proofs.receipt(found, size=head.size, checkpoint=head.line)
        file.write_text(proof.text, encoding="ascii")
        console.print(
            f"Written. Check it anywhere with: python verify_ledger.py --receipt {file} --key {keys.public_key.hex()}"
        )


@app.command()
def checkpoint(
    note: Annotated[bool, typer.Option(help="As a C2SP signed note, for other software.")] = False,
) -> None:
    """Sign the record as it stands now and print the line: keep it in other hands, on paper or at a witness."""
    with answering():
        check_verb("ledger.verify", at_terminal())
        checkpoints.sign_now()
        head = checkpoints.latest(settings.LEGATION_HOME)
        if head is None:
            raise LookupError("nothing is signed yet; the first act begins the record")
        typer.echo(head.note(held().public_key) if note else head.line)


@app.command()
def confront(line: str) -> None:
    """Hold this node against a checkpoint LINE of its own that was kept elsewhere, printed or at a witness."""
    with answering():
        check_verb("ledger.verify", at_terminal())
        try:
            checkpoints.confront(line)
        except (checkpoints.RolledBack, checkpoints.NotACheckpoint) as fault:
            raise Refused(Refusal(str(fault), "ledger.verify")) from fault
        console.print("The record contains what was signed then.")


@app.command()
def reconcile(
    yes: Annotated[bool, typer.Option("--yes", help="Do it without asking; the declaration stays for ever.")] = False,
) -> None:
    """Go on after a roll-back: declare, signed, that the record continues from what is left."""
    with answering():
        check_verb("ledger.reconcile", at_terminal())
        if not yes:
            typer.confirm("Entries that were signed are gone. Declare it and go on from what is left", abort=True)
        declared = checkpoints.reconcile(clock.wall())
        console.print(f"Declared on {declared.time}: the record goes on from {declared.size:,} entries.")


@app.command("history")
def show_history(record: str, as_json: AsJson = False) -> None:
    """What was recorded about RECORD, written Type/id, newest first."""
    with answering():
        actor = at_terminal()
        check_verb("ledger.read", actor)
        found = history(Ref.parse(record), marking_ids=actor.markings, missions=actor.missions)
        rows = [(e.recorded_at.isoformat(), e.fact, e.actor, e.entry_id) for e in found]
        if as_json:
            show_json([dict(zip(("recorded_at", "fact", "actor", "entry_id"), row, strict=True)) for row in rows])
        else:
            show_table(record, ["recorded", "fact", "by", "entry"], rows)
