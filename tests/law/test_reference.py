"""Every article and paragraph that a shipped norm names exists: against the table that ships, and against the texts."""

import csv
from pathlib import Path

import pytest
from tests.conftest import ROOT
from tests.law.texts import references

from legation.law.events.norms import NormKind
from legation.law.links import norm_file

TEXTS = {"vcdr": "vcdr_1961_en.md", "vccr": "vccr_1963_en.md", "ipp": "ipp_1973_en.md"}
TABLE = ROOT / "src" / "legation" / "law" / "data" / "articles.csv"


def table(instrument: str) -> set[tuple[str, str]]:
    """(article, paragraph) of an instrument as the shipped table has them."""
    with TABLE.open(encoding="utf-8", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["instrument"] == instrument]
    return {(row["article"], p) for row in rows for p in ["", *row["paragraphs"].split("|")]}


def cited(instrument: str) -> set[tuple[str, str]]:
    return {(norm.article, norm.paragraph) for norm in norm_file.shipped(instrument)[1].norms}


@pytest.mark.parametrize("instrument", TEXTS)
def test_every_reference_stands_in_the_shipped_table(instrument: str) -> None:
    assert not cited(instrument) - table(instrument)


@pytest.mark.parametrize("instrument", TEXTS)
def test_every_reference_stands_in_the_text_itself(instrument: str, shared_data: Path) -> None:
    text = (shared_data / "legal" / TEXTS[instrument]).read_text(encoding="utf-8")
    assert not cited(instrument) - set(references(text))
    assert table(instrument) == set(references(text))


def test_a_reference_that_does_not_exist_is_found() -> None:
    assert ("22", "4") not in table("vcdr")
    assert ("54", "") not in table("vcdr")


def test_shipped_lists_are_whole_and_hold_at_least_130_obligations() -> None:
    lists = {code: norm_file.shipped(code)[1] for code in norm_file.SHIPPED}
    assert not [fault for read in lists.values() for fault in read.faults]
    assert sum(len(lists[code].norms) for code in TEXTS) >= 130
    codes = [norm.code for read in lists.values() for norm in read.norms]
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("instrument", TEXTS)
def test_sentences_are_our_own_and_short(instrument: str, shared_data: Path) -> None:
    """No nine words in a row stand so in the treaty."""
    text = " ".join((shared_data / "legal" / TEXTS[instrument]).read_text(encoding="utf-8").lower().split())
    for norm in norm_file.shipped(instrument)[1].norms:
        words = norm.words.lower().split()
        runs = [" ".join(words[i : i + 9]) for i in range(len(words) - 8)]
        assert not [run for run in runs if run in text], norm.code
        assert len(words) <= 45, norm.code


def test_embassy_and_consulate_differ_where_the_conventions_do() -> None:
    norms = {n.code: n for code in ("vcdr", "vccr") for n in norm_file.shipped(code)[1].norms}
    assert "even for a fire" in norms["vcdr-22-1"].may_not
    assert "may be presumed" in norms["vccr-31-2-fire"].words
    assert norms["vccr-31-2-fire"].covers == "consulate"
    assert "Arrest" in norms["vcdr-29"].may_not
    assert norms["vcdr-29"].may.startswith("Ask")
    assert "grave crime" in norms["vccr-41-1"].may
    assert "whatever the suspicion" in norms["vcdr-27-3"].may_not
    assert "send it back" in norms["vccr-35-3-challenge"].may
    assert norms["vccr-61"].covers == norms["vccr-59"].covers == "honorary"
    assert norms["vccr-36-1-b"].covers == "any"  # embassies do consular work too: article 70(1)
    assert norms["vcdr-22-1"].kind is NormKind.IMMUNITY
