"""Questions in everyday words find the norm that answers them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from legation.law.events.norms import Covers
from legation.law.links import norm_file
from legation.law.rules import covering
from legation.law.rules.searching import SYNONYMS, Sought, search, stem, words_of
from legation.missions.events import MissionKind

SHIPPED = [Sought(code, value) for code in norm_file.SHIPPED for value in norm_file.shipped(code)[1].norms]

QUESTIONS = [
    ("what may police do at the gate", "vcdr-22-1", 4),
    ("what may police do at the gate", "vcdr-22-2", 4),
    ("what may police do at the gate", "vccr-31-2", 4),
    ("vehicle", "vcdr-22-3", 4),
    ("can they tow our car?", "vcdr-22-3", 2),
    ("archives", "vcdr-24", 3),
    ("archives", "vccr-33", 3),
    ("may firefighters enter the consulate in a fire", "vccr-31-2-fire", 3),
    ("can they open the diplomatic bag", "vcdr-27-3", 3),
    ("x-ray of the consular bag", "vccr-35-3-challenge", 4),
    ("arrest of a diplomat", "vcdr-29", 1),
    ("police want to arrest the consul", "vccr-41-1", 2),
    ("radio transmitter", "vcdr-27-1-radio", 2),
    ("camera on the street", "vcdr-41-1-camera", 2),
    ("drones", "vccr-55-1-drone", 2),
    ("bodyguard with a gun", "vcdr-41-1-arms", 2),
    ("my wife was arrested", "vcdr-37-1", 1),
    ("protest in front of the embassy", "vcdr-22-2", 4),
    ("bomb threat", "ipp-2-1-c", 1),
    ("kidnapping", "ipp-2-1-a", 2),
    ("a national is in prison", "vccr-36-1-b", 3),
    ("evacuation of families in a war", "vcdr-44", 2),
    ("article 22", "vcdr-22-1", 4),
    ("VCDR art. 41(3)", "vcdr-41-3", 1),
    ("which ministry gets the note verbale", "vcdr-41-2", 1),
    ("who protects the residence", "vcdr-30-1", 1),
    ("local staff under pressure by police", "vcdr-38-2", 2),
    ("fingerprints of visitors", "vcdr-41-1-biometrics", 2),
    ("spying", "vcdr-3-1-d", 2),
    ("archives after the rupture of relations", "vcdr-45-a", 3),
]


@pytest.mark.parametrize(("question", "norm", "within"), QUESTIONS)
def test_a_question_finds_its_norm(question: str, norm: str, within: int) -> None:
    assert norm in [hit.code for hit in search(question, SHIPPED)[:within]]


def test_nothing_asked_gives_all_and_nonsense_gives_none() -> None:
    assert len(search("  the of ", SHIPPED)) == len(SHIPPED)
    assert search("xylophone", SHIPPED) == []


def test_an_answer_says_by_which_words_it_was_found() -> None:
    assert "gate" in search("police at the gate", SHIPPED)[0].words


@given(st.text(max_size=80))
def test_no_question_breaks_the_search_and_answers_are_in_order(question: str) -> None:
    scores = [hit.score for hit in search(question, SHIPPED[:40])]
    assert scores == sorted(scores, reverse=True)


@given(st.sampled_from(sorted(SYNONYMS)))
def test_what_a_word_may_mean_is_found_whatever_its_ending(word: str) -> None:
    assert stem(stem(word)) == stem(word) or len(stem(word)) > 2
    assert list(words_of(f"the {word}")) == [stem(word)]


def test_the_conventions_speak_for_the_kinds_of_mission_they_govern() -> None:
    assert covering.speaks_for(Covers("embassy"), "", MissionKind.EMBASSY, "SY")
    assert not covering.speaks_for(Covers("embassy"), "", MissionKind.CONSULATE, "SY")
    assert covering.speaks_for(Covers("posts"), "", MissionKind.HONORARY_CONSULATE, "SY")
    assert not covering.speaks_for(Covers("consulate"), "", MissionKind.HONORARY_CONSULATE, "SY")
    assert not covering.speaks_for(Covers("any"), "LB", MissionKind.EMBASSY, "SY")
    assert covering.is_consular(MissionKind.CONSULATE_GENERAL)
    assert not covering.is_consular(MissionKind.NUNCIATURE)
