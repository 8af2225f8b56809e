"""Every word a source may use leads to a kind of the one table, and grave is graver than light."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.intelligence.rows import signals_of

from legation.foundations.threats import THREAT_CODES, ThreatClass
from legation.intelligence.rules.classify import WORDS, kind_in_text
from legation.intelligence.rules.kinds import (
    ALERT_INTENSITY,
    KIND_BY_WORD,
    KINDS,
    NO_KIND,
    by_alert,
    by_deaths,
    by_goldstein,
    by_magnitude,
    deaths_of,
    of_magnitude,
    threat_codes,
)
from legation.intelligence.rules.mappings import (
    ADVISORY_WORDS,
    CAMEO,
    CAP_CATEGORY,
    CAP_EVENT_WORDS,
    GDACS,
    UCDP,
    advisory_kinds,
    cameo_kind,
    cap_kind,
    ucdp_kind,
)
from legation.intelligence.rules.signals import BadColumns, Signals, content_keys


def test_no_kind_stands_twice_and_each_class_has_one() -> None:
    assert len(KIND_BY_WORD) == len(KINDS)
    assert {kind.threat for kind in KINDS} == set(ThreatClass)
    assert all(kind.why and 0 <= kind.floor < 1 and kind.half_life_days > 0 for kind in KINDS)


def test_every_mapping_leads_to_a_kind_of_the_table() -> None:
    named = {row.kind for row in CAMEO} | {row.kind for row in UCDP} | {row.kind for row in WORDS}
    named |= {kind for kind, _ in CAP_CATEGORY.values()} | {kind for kind, _ in GDACS.values()}
    named |= {kind for _, kind in CAP_EVENT_WORDS} | {kind for _, kind in ADVISORY_WORDS} | {"advisory_general"}
    assert named - {NO_KIND} <= set(KIND_BY_WORD)


@pytest.mark.parametrize(
    ("code", "kind"),
    [
        ("145", "riot"),
        ("1451", "riot"),
        ("141", "protest"),
        ("1823", "assault"),
        ("042", ""),
        ("1125", "espionage_case"),
    ],
)
def test_the_longest_prefix_of_an_event_code_decides(code: str, kind: str) -> None:
    assert cameo_kind(code).kind == kind


def test_the_same_code_means_another_kind_for_a_cartel_an_army_and_a_militia() -> None:
    assert ucdp_kind(2, "Gulf Cartel - Los Zetas").kind == "cartel_clash"
    assert ucdp_kind(2, "IS - SDF").kind == "armed_clash"
    assert ucdp_kind(3, "Government of Myanmar (Burma)").kind == "state_violence"
    assert ucdp_kind(3, "IS").kind == "attack_on_civilians"
    with pytest.raises(KeyError):
        ucdp_kind(4, "IS")


def test_the_event_word_goes_before_the_category() -> None:
    assert cap_kind("Met", "Flash Flood Watch") == "flood"
    assert cap_kind("Met", "thunderstorm") == "severe_weather"
    assert cap_kind("nonsense", "nonsense") == NO_KIND


def test_an_advisory_may_name_several_reasons_or_none() -> None:
    assert advisory_kinds("due to **civil unrest**, **crime, terrorism**") == [
        "advisory_terrorism", "advisory_crime", "advisory_unrest",
    ]  # fmt: skip
    assert advisory_kinds("Exercise normal precautions") == ["advisory_general"]


@given(st.integers(0, 5000), st.integers(0, 5000), st.sampled_from([k.word for k in KINDS]))
def test_more_dead_is_never_less_grave(few: int, more: int, kind: str) -> None:
    one, other = by_deaths([kind] * 2, np.array([min(few, more), max(few, more)], dtype=np.float64)).tolist()
    assert KIND_BY_WORD[kind].floor <= one <= other <= 1.0


def test_deaths_can_be_read_back_from_an_intensity() -> None:
    assert deaths_of("bombing", float(by_deaths(["bombing"], np.array([12.0]))[0])) == pytest.approx(12)


def test_other_scales_stay_between_nothing_and_all() -> None:
    assert by_magnitude(np.array([np.nan, 2.0, 5.5, 9.5])).tolist() == [0.0, 0.0, 0.5, 1.0]
    assert [of_magnitude(m) for m in (float("nan"), 2.0, 5.5, 9.5)] == [0.0, 0.0, 0.5, 1.0]
    assert by_alert(["flood"] * 3, ["Red", "green", "?"]).tolist() == [1.0, ALERT_INTENSITY["green"], 0.25]
    scores = by_goldstein(["riot"] * 3, np.array([-10.0, 0.0, np.nan]))
    assert scores.tolist() == pytest.approx([0.525, 0.175, 0.175])


def test_unknown_words_are_none_of_the_classes_only_where_meant() -> None:
    assert threat_codes([NO_KIND, "flood"]).tolist() == [-1, THREAT_CODES.index(ThreatClass.HAZARD)]
    with pytest.raises(KeyError):
        threat_codes(["floood"])


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Car bomb kills eight near market", "bombing"),
        ("Une explosion devant l'ambassade", "bombing"),
        ("Secuestran a dos empresarios en Sinaloa", "kidnapping"),
        ("وقع انفجار قرب السفارة في دمشق", "bombing"),
        ("خروج مظاهرات واحتجاجات في العاصمة", "protest"),
        ("Стрельба в центре города", "assault"),
        ("Magnitude 6.1 earthquake strikes", "earthquake"),
        ("The minister opened a new bridge", NO_KIND),
    ],
)
def test_a_report_without_a_code_is_classed_by_its_words(title: str, kind: str) -> None:
    assert kind_in_text(title).kind == kind


def test_columns_that_cannot_be_signals_are_refused_by_name_and_row() -> None:
    with pytest.raises(BadColumns, match="latitude at row 1"):
        signals_of([{}, {"latitude": 91.0}])
    with pytest.raises(BadColumns, match="ends before it starts"):
        signals_of([{"ended_s": 0}])
    with pytest.raises(BadColumns, match="give both or neither"):
        signals_of([{"latitude": float("nan")}])


def test_signals_survive_being_cut_and_put_together() -> None:
    whole = signals_of([{"title": str(i)} for i in range(5)])
    parts = [whole.take(np.array([0, 1])), Signals.empty(), whole.take(np.array([False, False, True, True, True]))]
    assert Signals.concatenate(parts).title == whole.title
    assert content_keys("a", whole) == content_keys("a", Signals.concatenate(parts))
    assert not set(content_keys("a", whole)) & set(content_keys("b", whole))
