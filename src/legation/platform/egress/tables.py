"""How does a table leave as CSV, and come back the same? No cell of it is a formula to the program that opens it.

A spreadsheet runs what begins with = + - @, a tab or a line break, also in full-width form (abuse case 42; source:
OWASP, CSV injection). Such a cell gets an apostrophe in front; our own reader takes it off again. Numbers that are
numbers stay numbers.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.http import HttpResponse

LARGEST_BYTES = 64 * 1024 * 1024
"""Ten times the longest list of people or reports that one ministry loads at once."""

_BEFORE = re.compile(r"'*[\s\u200b-\u200f\u2060\ufeff]*")
"""What may stand before a formula unseen: apostrophes of ours, spaces, marks of no width."""

type Cell = str | int | float | bool | date | datetime | None


class NotATable(ValueError):
    """The bytes are no CSV that can be read; the message says what to do."""


def write(columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A table in CSV (RFC 4180), UTF-8 with its mark, because spreadsheets guess the script wrong without it."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([neutral(column) for column in columns])
    for row in rows:
        writer.writerow([_cell(cell) for cell in row])
    return out.getvalue().encode("utf-8-sig")


def download(name: str, columns: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The table as an attachment. name: of the file, without its ending."""
    safe = re.sub(r"[^\w.-]+", "-", name).strip("-.") or "table"
    answer = HttpResponse(write(columns, rows), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{safe.encode("ascii", "ignore").decode()}.csv"'
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def read(data: bytes, *, largest: int = LARGEST_BYTES) -> tuple[tuple[str, ...], list[tuple[int, dict[str, str]]]]:
    """Heading, and (line, row) pairs with what `write` put in front taken off. Raises NotATable."""
    if len(data) > largest:
        raise NotATable(f"the file has {len(data):,} bytes; load at most {largest:,} at once")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotATable(f"byte {fault.start} is not UTF-8; save the file as UTF-8 and load it again") from None
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
    try:
        heading = tuple(restored(name).strip() for name in reader.fieldnames or ())
        reader.fieldnames = heading
        rows = [(reader.line_num, {name: restored(_one(row[name])) for name in heading}) for row in reader]
    except csv.Error as fault:
        raise NotATable(f"line {reader.line_num} is not CSV: {fault}") from None
    return heading, rows


def neutral(text: str) -> str:
    """The text as a cell that no spreadsheet runs."""
    return f"'{text}" if _runs(text) else text


def restored(text: str) -> str:
    """The reverse of `neutral`; any other apostrophe is the name's own, as in ʿAbd or O'Neill."""
    return text[1:] if text.startswith("'") and _runs(text) else text


def _runs(text: str) -> bool:
    """Whether a formula stands behind what is not seen."""
    found = _BEFORE.match(text)
    before = found.group() if found else ""
    if before.lstrip("'")[:1] in {"\t", "\r", "\n"} and before.lstrip("'"):
        return True
    first = unicodedata.normalize("NFKC", text[len(before) : len(before) + 1])
    return first[:1] in {"=", "+", "-", "@"} and bool(first)


def _cell(cell: Cell) -> str | int | float:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, int | float):
        return cell
    return neutral(cell.isoformat() if isinstance(cell, date) else cell)


def _one(cell: str | list[str] | None) -> str:
    """A cell of a row that has more cells than the heading comes as a list."""
    return "".join(cell) if isinstance(cell, list) else cell or ""
