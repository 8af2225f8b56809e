"""A mission list is read row by row: what can be loaded is loaded, what cannot is said with line and reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.missions.events import MissionKind
from legation.missions.links import csv_file
from legation.missions.rules.importing import (
    COLUMNS,
    FaultReason,
    NotAMissionList,
    changed_fields,
    kind_of,
    read_rows,
)

GOOD = {
    "qid": "Q1",
    "type": "embassy",
    "operator": "Brazil",
    "country": "Syria",
    "city": "Damascus",
    "latitude": "33.49324",
    "longitude": "36.3",
    "title": "Embassy of Brazil in Syria",
}


def read(*rows: dict[str, str]) -> object:
    return read_rows(COLUMNS, enumerate(rows, start=2))


def test_a_good_row_becomes_a_mission_with_its_country_codes() -> None:
    (mission,) = read(GOOD).missions
    assert (mission.sending_code, mission.receiving_code, mission.kind) == ("BR", "SY", MissionKind.EMBASSY)
    assert mission.latitude == 33.49324


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"qid": " "}, FaultReason.MISSING),
        ({"title": ""}, FaultReason.MISSING),
        ({"latitude": ""}, FaultReason.HALF_PLACE),
        ({"latitude": "north"}, FaultReason.NOT_A_NUMBER),
        ({"latitude": "133.5"}, FaultReason.OFF_THE_GLOBE),
        ({"longitude": "nan"}, FaultReason.OFF_THE_GLOBE),
        ({"city": "x" * 121}, FaultReason.TOO_LONG),
    ],
)
def test_a_bad_row_is_left_out_with_its_line_and_advice(change: dict[str, str], reason: FaultReason) -> None:
    found = read(GOOD, GOOD | {"qid": "Q2"} | change)
    assert len(found.missions) == 1
    (fault,) = found.faults
    assert (fault.line, fault.reason) == (3, reason)
    assert "{" not in fault.advice


def test_a_mission_listed_twice_is_loaded_once_and_the_second_line_names_the_first() -> None:
    found = read(GOOD, GOOD | {"title": "Another"})
    assert [m.title for m in found.missions] == [GOOD["title"]]
    assert "line 2" in found.faults[0].advice


def test_a_heading_without_the_needed_columns_is_no_mission_list() -> None:
    with pytest.raises(NotAMissionList, match="operator"):
        read_rows(["qid", "type", "country", "title"], [])


def test_bytes_that_are_not_utf8_are_refused_with_the_place() -> None:
    with pytest.raises(NotAMissionList, match="byte 4"):
        csv_file.read(b"qid,\xff\n")


def test_an_honorary_consulate_is_not_taken_for_a_consulate() -> None:
    assert kind_of("Honorary Consulate General") is MissionKind.HONORARY_CONSULATE
    assert kind_of("something else") is MissionKind.OTHER


@given(st.lists(st.fixed_dictionaries({c: st.text(max_size=30) for c in COLUMNS}), max_size=8))
def test_every_row_is_either_a_mission_or_a_fault(rows: list[dict[str, str]]) -> None:
    found = read(*rows)
    assert len(found.missions) + len(found.faults) == len(rows)


def test_reading_twice_finds_no_change() -> None:
    (once,), (again,) = read(GOOD).missions, read(GOOD).missions
    assert changed_fields(once, again) == ()
    (moved,) = read(GOOD | {"latitude": "33.5"}).missions
    assert changed_fields(once, moved) == ("latitude",)
