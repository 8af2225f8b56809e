"""A list of norms as a CSV file in UTF-8 with a heading, or as JSON: a list of objects with the same names."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from datetime import date
from importlib.resources import files

from legation.law.events.norms import InstrumentKind, InstrumentValue
from legation.law.rules.reading import NormList, NotANormList, read_rows

LARGEST_BYTES = 4 * 1024 * 1024
"""The three conventions together have 100 kB; what is forty times that is no list of norms."""

SHIPPED = ("vcdr", "vccr", "ipp", "ministry")
"""Instruments that ship with the package."""


def read(data: bytes) -> NormList:
    """Read the bytes of a file. Raises NotANormList where they are no such list, saying what they lack."""
    if len(data) > LARGEST_BYTES:
        raise NotANormList(f"the file has {len(data):,} bytes; a list of norms has fewer than {LARGEST_BYTES:,}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        raise NotANormList(f"byte {fault.start} is not UTF-8; save the file as UTF-8 and load it again") from None
    return _json(text) if text.lstrip().startswith("[") else _table(text)


def shipped(code: str) -> tuple[InstrumentValue, NormList]:
    """An instrument that ships with the package, and its norms."""
    folder = files("legation.law").joinpath("data")
    rows = csv.DictReader(io.StringIO(folder.joinpath("instruments.csv").read_text(encoding="utf-8"), newline=""))
    said = next(row for row in rows if row["code"] == code)
    instrument = InstrumentValue(
        code,
        InstrumentKind(said["kind"]),
        said["title"],
        said["state"],
        said["edition"],
        date.fromisoformat(said["in_force_from"]),
    )
    return instrument, read(folder.joinpath(f"{code}.csv").read_bytes())


def objects(rows: Sequence[Mapping[str, object]]) -> NormList:
    """Norms given as objects; a list in one of them is the same as its parts with | between them."""
    heading = {str(name) for row in rows for name in row}
    plain = [{str(k): "|".join(map(str, v)) if isinstance(v, list) else str(v) for k, v in r.items()} for r in rows]
    return read_rows(heading, enumerate(plain, 1))


def _table(text: str) -> NormList:
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="")
    return read_rows(reader.fieldnames or [], ((reader.line_num, row) for row in reader))


def _json(text: str) -> NormList:
    try:
        found = json.loads(text)
    except ValueError as fault:
        raise NotANormList(f"the JSON cannot be read: {fault}") from None
    if not all(isinstance(row, Mapping) for row in found):
        raise NotANormList("the JSON is a list of objects, one for each norm")
    return objects(found)
