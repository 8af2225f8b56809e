"""The record at the terminal: export it, check it, read a record's history."""

from contextlib import nullcontext
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import Progress

from legation.foundations.identity import Ref
from legation.platform.authority.resolve import check_verb
from legation.platform.doors import at_terminal
from legation.platform.ledger import check as checking
from legation.platform.ledger import export as exporting
from legation.platform.ledger.log import history
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
            rows = [(f.kind, f.first, f.last, f.detail) for f in done.findings]
            show_table("What does not agree", ["what", "#from position", "#to", "detail"], rows)
        else:
            console.print(f"{done.entries:,} entries and {done.heads:,} checkpoints agree.")
        if done.findings:
            raise typer.Exit(int(Exit.FAULT))


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
