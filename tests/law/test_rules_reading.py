"""A list of norms is read row by row: what is wrong is said with its line, the rest is kept."""

import pytest

from legation.law.rules.reading import COLUMNS, NotANormList, read_rows

ROW = {
    "id": "x-1",
    "article": "1",
    "owes": "mission",
    "owed_to": "both",
    "objects": "bag | courier",
    "kind": "duty",
    "words": "Seal the bag.",
}


def test_a_good_row_is_read() -> None:
    (norm,) = read_rows(COLUMNS, [(2, ROW)]).norms
    assert (norm.code, norm.objects, norm.covers) == ("x-1", ("bag", "courier"), "any")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"words": ""}, "words is empty"),
        ({"owes": "police"}, "write one of sending_state"),
        ({"words": "x" * 601}, "shorten it to 600"),
    ],
)
def test_a_wrong_row_is_left_out_with_what_to_do(change: dict[str, str], said: str) -> None:
    read = read_rows(COLUMNS, [(2, ROW), (3, {**ROW, "id": "x-2", **change})])
    assert len(read.norms) == 1
    assert read.faults[0].line == 3
    assert said in read.faults[0].advice


def test_a_repeated_id_is_left_out_and_a_heading_that_lacks_columns_is_refused() -> None:
    assert "stands twice" in read_rows(COLUMNS, [(2, ROW), (3, ROW)]).faults[0].advice
    with pytest.raises(NotANormList, match="lacks id"):
        read_rows(["words"], [])
