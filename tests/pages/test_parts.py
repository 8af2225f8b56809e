"""Do the components say what they were given, in words as well as in colour?"""

from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string
from django.utils import translation

from legation.foundations.causes import Cause
from legation.foundations.identity import Ref
from legation.foundations.markings import Classification, Marking, Tlp
from legation.pages import panels, sentences
from legation.pages.bands import BANDS, band_of
from legation.pages.templatetags import legation as tags

NOW = datetime(2018, 2, 5, 6, 12, tzinfo=UTC)


@pytest.fixture
def own_registries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sentences, "_sentences", {})
    monkeypatch.setattr(panels, "_panels", {})
    monkeypatch.setattr(panels, "_addresses", {})


def test_every_band_is_told_by_word_and_letter_without_its_colour() -> None:
    assert len({band.letter for band in BANDS}) == len(BANDS)
    assert "Very high" in tags.band(4)
    assert band_of("very_high").rank == 4
    assert band_of("no such band").rank == 0


def test_contributions_carry_their_sign_and_small_ones_are_nought() -> None:
    assert (tags.signed(0.41), tags.signed(-0.05), tags.signed(0.001)) == ("+0.41", "−0.05", "0")


@pytest.mark.parametrize(("value", "said"), [(18204, "18,204"), (0.52, "0.52"), (-3, "−3"), (None, "–"), (0.0, "0.00")])
def test_numbers_are_grouped_and_negative_ones_have_a_minus(value: float | None, said: str) -> None:
    assert tags.number(value) == said


@pytest.mark.usefixtures("own_registries")
def test_a_table_of_causes_shows_sentences_signs_bars_and_links() -> None:
    sentences.register_sentences({"near": "{n} occurrences within {km} km"})
    panels.register_address("Occurrence", lambda key: f"/intelligence/occurrences/{key}/")
    tree = Cause("risk", 0.36, children=(
        Cause("near", 0.41, {"n": 14, "km": 25}, Ref("Occurrence", "abc")),
        Cause("guard", -0.05),
    ))  # fmt: skip
    page = render_to_string("legation/parts/causes.html", {"causes": tree, "title": "Why"})
    assert "14 occurrences within 25 km" in page
    assert 'href="/intelligence/occurrences/abc/"' in page
    assert "+0.41" in page
    assert "−0.05" in page
    assert 'class="down" width="10.2"' in page, "a twentieth of the greatest is drawn so long"


@pytest.mark.usefixtures("own_registries")
def test_what_a_source_wrote_stays_text_in_a_sentence() -> None:
    sentences.register_sentences({"said": "reported: {title}"})
    tree = Cause("risk", 1, children=(Cause("said", 1, {"title": "<img src=x onerror=alert(1)> {0} %s"}),))
    page = render_to_string("legation/parts/causes.html", {"causes": tree})
    assert "<img" not in page
    assert "&lt;img src=x" in page


@pytest.mark.usefixtures("own_registries")
def test_a_code_means_one_thing_only() -> None:
    sentences.register_sentences({"code": "one"})
    sentences.register_sentences({"code": "one"})
    with pytest.raises(ValueError, match="another code"):
        sentences.register_sentences({"code": "two"})


@pytest.mark.usefixtures("own_registries")
def test_an_unregistered_code_or_a_missing_parameter_shows_in_words() -> None:
    sentences.register_sentences({"near": "{n} near"})
    assert sentences.sentence("missions.PostureChanged") == "Posture changed"
    assert sentences.sentence("near") == "[n] near"


@pytest.mark.usefixtures("own_registries")
def test_a_panel_in_a_slot_that_is_never_drawn_is_refused() -> None:
    with pytest.raises(ValueError, match="no slot"):
        panels.register_panel(panels.Panel("nowhere", "x", lambda actor, mission: {}, "x.html"))


def test_tlp_labels_are_those_of_tlp_2_and_classification_is_no_tlp_colour() -> None:
    chips = tags.marking(Marking(Classification.RESTRICTED, Tlp.AMBER_STRICT, frozenset({"NEGOTIATION"})))
    assert 'class="tlp tlp-amber-strict">TLP:AMBER+STRICT' in chips
    assert '<span class="chip">RESTRICTED</span>' in chips
    assert "NEGOTIATION" in chips


def test_a_countdown_carries_both_ends_so_a_wrong_browser_clock_moves_nothing() -> None:
    clock = tags.countdown(datetime(2018, 2, 5, 6, 16, 10, tzinfo=UTC), NOW)
    assert ">4:10<" in clock
    assert 'data-until="2018-02-05T06:16:10+00:00"' in clock
    assert 'data-now="2018-02-05T06:12:00+00:00"' in clock
    assert "need" in clock
    assert "−18:00" in tags.countdown(datetime(2018, 2, 5, 5, 54, tzinfo=UTC), NOW)


def test_a_matrix_names_each_cell_by_letter_and_marks_present_and_residual() -> None:
    row = {"label": "Likely", "cells": [{"band": "high", "present": True}, {"band": "low", "residual": True}]}
    page = render_to_string("legation/parts/matrix.html", {"matrix": [row], "columns": ["Severe", "Critical"]})
    assert '<td class="b3"><span class="letter">H</span>●' in page
    assert '<td class="b1"><span class="letter">L</span>○' in page


def test_arabic_pages_run_from_right_to_left() -> None:
    with translation.override("ar"):
        page = render_to_string("legation/skeleton.html", {"direction": "rtl", "LANGUAGE_CODE": "ar"})
    assert '<html lang="ar" dir="rtl">' in page
