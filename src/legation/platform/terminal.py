"""How does a command answer? Tables for people, documented JSON for programs, exit codes for both."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, is_dataclass
from enum import IntEnum

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from legation.foundations.decisions import Refused
from legation.platform.authority.actor import Forbidden, NotVisible

console = Console(highlight=False)
errors = Console(stderr=True, highlight=False)


class Exit(IntEnum):
    """What a command's exit code says."""

    DONE = 0
    FAULT = 1
    USAGE = 2
    REFUSED = 3
    NOT_FOUND = 4
    PARTLY = 5


@contextmanager
def answering(sentence: Callable[[Refused], str] | None = None) -> Iterator[None]:
    """Turn what an act or query raises into one plain sentence and an exit code."""
    try:
        yield
    except NotVisible:
        _stop("there is no such record for you", Exit.NOT_FOUND)
    except Forbidden as refused:
        _stop(f"{refused}; a role that may is listed by `legation authority table`", Exit.REFUSED)
    except Refused as refused:
        said = sentence(refused) if sentence else f"refused: {refused.refusal.reason} {refused.refusal.params or ''}"
        _stop(said, Exit.REFUSED)
    except (FileNotFoundError, PermissionError, IsADirectoryError, ValueError, LookupError) as fault:
        _stop(str(fault), Exit.USAGE)


def show_json(value: object) -> None:
    """Write a value as one JSON document."""
    json.dump(value, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")


def show_table(title: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write rows as a table; columns whose name begins with # are numbers and stand right."""
    table = Table(title=title, title_justify="left", header_style="bold", box=None, pad_edge=False)
    for column in columns:
        table.add_column(column.lstrip("#"), justify="right" if column.startswith("#") else "left")
    for row in rows:
        table.add_row(*(Text(_printable(cell)) for cell in row))
    console.print(table)


def _printable(cell: object) -> str:
    """Text for a terminal: control characters and direction marks show as escapes, never act."""
    text = "" if cell is None else str(cell)
    return "".join(c if c.isprintable() or c == " " else c.encode("unicode_escape").decode() for c in text)


def _plain(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    return str(value)


def _stop(sentence: str, code: Exit) -> None:
    errors.print(sentence, style="red", markup=False)
    raise typer.Exit(int(code))
