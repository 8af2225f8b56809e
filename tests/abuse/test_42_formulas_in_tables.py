"""Abuse case 42: a name that is a formula is text in the spreadsheet, and the same name again when it is read back."""

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.platform.egress import tables

HOSTILE = (
    '=HYPERLINK("http://evil.example","click")',
    "+41 79 000 00 00",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "＝1+1",  # the full-width form is the point
    "＋1",
    "－1",
    "＠SUM(A1)",
    "﹦1",
    "  =1+1",
    "\u200b=1+1",
    "'=1+1",
    "''@x",
)
RUNS = re.compile(r"[\s\u200b]*[=+\-@\t\r\n＝＋－＠﹦]")
"""What a spreadsheet would run, said here once more and not taken from the code under test."""


def cells(data: bytes) -> list[str]:
    """The first column as another program's CSV reader gets it."""
    return [row[0] for row in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""))][1:]


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_cell_begins_with_nothing_that_runs_and_comes_back_the_same(text: str) -> None:
    data = tables.write(["name"], [[text]])
    (cell,) = cells(data)
    assert not RUNS.match(cell), cell
    assert tables.read(data)[1] == [(tables.read(data)[1][0][0], {"name": text})]


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1), min_size=1))
def test_every_text_comes_back_the_same(texts: list[str]) -> None:
    data = tables.write(["name", "other"], [[text, "x"] for text in texts])
    assert [row["name"] for _, row in tables.read(data)[1]] == texts
    assert not any(RUNS.match(cell) for cell in cells(data))


@pytest.mark.parametrize("text", ["O'Neill", "'Abd al-Rahman", "ʿAbd", "Nguyễn", "小林", ""])
def test_a_names_own_apostrophe_is_left_alone(text: str) -> None:
    assert tables.restored(tables.neutral(text)) == tables.neutral(text) == text


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    assert tables.write(["n", "none"], [[-3.5, None]]).decode("utf-8-sig").splitlines()[1] == "-3.5,"


def test_what_is_no_table_is_said_with_what_to_do() -> None:
    with pytest.raises(tables.NotATable, match="UTF-8"):
        tables.read(b"name\n\xff\xfe\n")
    with pytest.raises(tables.NotATable, match="at most"):
        tables.read(b"name\nx\n", largest=3)


def test_a_heading_is_no_formula_either() -> None:
    assert tables.write(["=cmd"], []).decode("utf-8-sig").startswith("'=cmd")


def test_the_control_without_the_measure_the_formula_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "neutral", lambda text: text)
    assert RUNS.match(cells(tables.write(["name"], [["=1+1"]]))[0])
