"""How is a big table read without losing a line? Lines to columns by vectors; bad lines are put aside one by one."""

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import numpy as np
import polars as pl
from numpy.typing import NDArray

from legation.foundations.time import DAY_S
from legation.intelligence.rules.signals import Quarantined

type BoolArray = NDArray[np.bool_]
type IntArray = NDArray[np.int64]
type FloatArray = NDArray[np.float64]

LINE_BYTES_MAX = 100_000
"""The longest real line seen is 6 kB; csv itself stops at 128 kB a field. A 100 MB line is refused uninspected."""

RECORD_LINES_MAX = 50
"""How many lines one quoted record may span before the opening quote is taken for a stray one."""

EARLIEST_S = int(np.datetime64("1900-01-01", "s").astype(np.int64))
"""No source here speaks of earlier days; a date before is a slip (0018, 1018) or an unset field."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Records as they came, and the number of the first line of each, from 1."""

    numbers: list[int]
    raws: list[bytes]

    def __len__(self) -> int:
        return len(self.raws)

    def take(self, index: Sequence[int]) -> "Lines":
        """The records at these positions."""
        return Lines([self.numbers[i] for i in index], [self.raws[i] for i in index])

    def aside(self, i: int, reason: str, params: dict[str, str]) -> Quarantined:
        """Record i, put aside."""
        return Quarantined(f"line {self.numbers[i]}", reason, params, self.raws[i])


@dataclass(slots=True)
class Sieve:
    """Which rows are put aside, and why. The first reason found for a row is the one a person sees."""

    lines: Lines
    keep: BoolArray = field(init=False)
    quarantined: list[Quarantined] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.keep = np.ones(len(self.lines), dtype=np.bool_)

    def refuse(self, bad: BoolArray, reason: str, params: Callable[[int], dict[str, str]]) -> None:
        """Put rows aside. bad: (n,) over all lines; params is asked for the rows newly refused only."""
        for i in np.flatnonzero(bad & self.keep).tolist():
            self.quarantined.append(self.lines.aside(i, reason, params(i)))
        self.keep &= ~bad


def split_lines(data: bytes) -> Lines:
    """Every line that is not blank, without its line end."""
    raws = (data.replace(b"\r\n", b"\n") if b"\r" in data else data).split(b"\n")
    if raws and not raws[-1]:
        raws.pop()
    filled = [i for i, raw in enumerate(raws) if raw and not raw.isspace()]
    if len(filled) == len(raws):
        return Lines(list(range(1, len(raws) + 1)), raws)
    return Lines([i + 1 for i in filled], [raws[i] for i in filled])


def split_records(data: bytes) -> Lines:
    """Every CSV record; a quoted field may span lines. A quote that never closes stays with its own line."""
    lines = split_lines(data)
    if b'"' not in data:
        return lines
    odd = [raw.count(b'"') & 1 for raw in lines.raws]
    if not any(odd):
        return lines
    records = Lines([], [])
    i = 0
    while i < len(lines):
        take = next((k for k in range(1, RECORD_LINES_MAX) if any(odd[i + k : i + k + 1])), 0) + 1 if odd[i] else 1
        records.numbers.append(lines.numbers[i])
        records.raws.append(lines.raws[i] if take == 1 else b"\n".join(lines.raws[i : i + take]))
        i += take
    return records


def readable(lines: Lines) -> tuple[Lines, list[Quarantined]]:
    """The lines that are UTF-8 text of a sane length, and the others put aside."""
    good: list[int] = []
    aside: list[Quarantined] = []
    for i, raw in enumerate(lines.raws):
        if len(raw) > LINE_BYTES_MAX:
            aside.append(lines.aside(i, "line_too_long", {"length": str(len(raw)), "limit": str(LINE_BYTES_MAX)}))
        elif not _decodes(raw):
            aside.append(lines.aside(i, "encoding", {"wanted": "UTF-8"}))
        else:
            good.append(i)
    return (lines if len(good) == len(lines) else lines.take(good)), aside


def _decodes(raw: bytes) -> bool:
    if raw.isascii():
        return True
    try:
        raw.decode()
    except UnicodeDecodeError:
        return False
    return True


def in_width(lines: Lines, widths: list[int], wanted: int) -> tuple[Lines, list[Quarantined]]:
    """The records that have `wanted` fields, and the others put aside."""
    good = [i for i, width in enumerate(widths) if width == wanted]
    if len(good) == len(lines):
        return lines, []
    aside = [
        lines.aside(i, "columns", {"found": str(width), "wanted": str(wanted)})
        for i, width in enumerate(widths)
        if width != wanted
    ]
    return lines.take(good), aside


def tab_frame(lines: Lines, columns: dict[str, int]) -> pl.DataFrame:
    """Text columns of tab-separated lines of equal width, "" where nothing is written. columns: name -> position."""
    order = sorted(columns, key=columns.__getitem__)
    if not len(lines):
        return pl.DataFrame(schema=dict.fromkeys(order, pl.String))
    try:
        frame = pl.read_csv(
            b"\n".join(lines.raws),
            separator="\t",
            has_header=False,
            infer_schema=False,
            quote_char=None,
            empty_string_is_null=False,
            columns=[columns[name] for name in order],
        )
    except pl.exceptions.PolarsError:
        frame = pl.DataFrame()
    if frame.shape == (len(lines), len(order)):
        return frame.rename(dict(zip(frame.columns, order, strict=True)))
    rows = [raw.decode().split("\t") for raw in lines.raws]
    return pl.DataFrame({name: [row[columns[name]] for row in rows] for name in order}, strict=True)


def numbers(column: pl.Series) -> FloatArray:
    """Text to float64, nan where it is no finite number. (n,) -> (n,)."""
    values = column.str.strip_chars().cast(pl.Float64, strict=False).fill_null(np.nan).to_numpy().astype(np.float64)
    values[~np.isfinite(values)] = np.nan
    return values


def blank(column: pl.Series) -> BoolArray:
    """True where nothing is written."""
    result: BoolArray = (column.str.strip_chars() == "").to_numpy()
    return result


def instants(column: pl.Series, form: str) -> tuple[IntArray, BoolArray]:
    """Text to epoch seconds (UTC), and where that failed or is before 1900. form: a strftime pattern."""
    parsed = column.str.to_datetime(form, time_unit="ms", strict=False, exact=True)
    seconds = parsed.dt.epoch("s").cast(pl.Int64)
    bad = (seconds.is_null() | (seconds < EARLIEST_S)).fill_null(value=True).to_numpy()
    return seconds.fill_null(0).to_numpy().astype(np.int64), bad.astype(np.bool_)


def off_globe(latitude: FloatArray, longitude: FloatArray, unsaid: BoolArray) -> BoolArray:
    """True where a place is said and is not on Earth. nan from text that is no number counts as said."""
    with np.errstate(invalid="ignore"):
        on = (np.abs(latitude) <= 90) & (np.abs(longitude) <= 180)
    result: BoolArray = ~on & ~unsaid
    return result


def too_late(published_s: IntArray, received_s: int) -> BoolArray:
    """True where an item claims to be published more than a day after we had it: clocks of sources drift by hours."""
    if not received_s:
        return np.zeros(len(published_s), dtype=np.bool_)
    result: BoolArray = published_s > received_s + DAY_S
    return result


def csv_fields(raw: bytes) -> list[str]:
    """The fields of one CSV record. What csv cannot read has no fields, so that its count betrays it."""
    text = raw.decode()
    if '"' not in text:
        return text.split(",")
    try:
        return next(csv.reader(text.splitlines(keepends=True) if "\n" in text else (text,)), [])
    except csv.Error:
        return []


RECORDS_AT_ONCE = 8_192
"""Records parsed by vector at a time; one bad record sends only its own block to the slow way."""

_END = "\x1f"
"""Stands as a last field behind every record: where it is not the last column, the record has not its width."""


def csv_frame(records: Lines, names: list[str], wanted: Sequence[str]) -> tuple[pl.DataFrame, Lines, list[Quarantined]]:
    """Text columns of CSV records, the records they are of, and the records put aside.

    names: what the first line says, in order; wanted: those to keep, "" throughout where the table lacks one.
    """
    frames: list[pl.DataFrame] = []
    kept, aside = Lines([], []), list[Quarantined]()
    where = {name: names.index(name) for name in wanted if name in names}
    for start in range(0, len(records), RECORDS_AT_ONCE):
        block = Lines(records.numbers[start : start + RECORDS_AT_ONCE], records.raws[start : start + RECORDS_AT_ONCE])
        frame = _fast_frame(block, len(names), where)
        if frame is None:
            rows = [csv_fields(raw) for raw in block.raws]
            block, refused = in_width(block, [len(row) for row in rows], len(names))
            aside += refused
            rows = [row for row in rows if len(row) == len(names)]
            columns = {name: [row[i] for row in rows] for name, i in where.items()}
            frame = pl.DataFrame(columns, schema=dict.fromkeys(where, pl.String))
        frames.append(frame)
        kept.numbers.extend(block.numbers)
        kept.raws.extend(block.raws)
    whole = pl.concat(frames) if frames else pl.DataFrame(schema=dict.fromkeys(where, pl.String))
    return whole.with_columns(pl.lit("").alias(name) for name in wanted if name not in where), kept, aside


def _fast_frame(block: Lines, width: int, where: dict[str, int]) -> pl.DataFrame | None:
    """The columns by vector, or None where any record of the block is not plain CSV of that width."""
    end = "," + _END
    try:
        frame = pl.read_csv(
            (end + "\n").encode().join(block.raws) + end.encode(),
            has_header=False,
            schema=dict.fromkeys((str(i) for i in range(width + 1)), pl.String),
            empty_string_is_null=False,
        )
    except pl.exceptions.PolarsError:
        return None
    if frame.height != len(block) or not (frame[str(width)] == _END).all():
        return None
    return frame.select(pl.col(str(i)).alias(name) for name, i in where.items())
