"""Signals about one happening become one occurrence; different happenings stay apart, in whatever order they come."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.intelligence.rows import CATALOGUE, DAY, HOUR, NOON, PRESS, real, received_of

from legation.foundations.grading import Credibility, Reliability
from legation.intelligence.links import gdelt, ucdp, usgs
from legation.intelligence.rules.blocks import block_keys, neighbour_keys, within_reach
from legation.intelligence.rules.corroboration import Contradiction, credibility_of
from legation.intelligence.rules.fusion import (
    Constraints,
    Fused,
    Received,
    find_edges,
    fuse,
    touched_clusters,
)
from legation.intelligence.rules.kinds import kind_numbers
from legation.intelligence.rules.pairs import CUT_OFF, FEATURES, Prepared, explain_pair, score_pairs
from legation.intelligence.rules.signals import SourceTraits, content_keys

BLAST = {"kind": "bombing", "title": "Car bomb kills eight near vegetable market, ministry says"}
BLAST_AGAIN = {"kind": "bombing", "title": "Eight dead as car bomb hits vegetable market", "occurred_s": NOON + HOUR}


def partition(fused: Fused, keys: list[str]) -> set[frozenset[str]]:
    groups: dict[int, set[str]] = {}
    for key, at in zip(keys, fused.occurrence.tolist(), strict=True):
        groups.setdefault(at, set()).add(key)
    return {frozenset(group) for group in groups.values()}


def n_fused(*rows: dict[str, object], source: list[int] | None = None) -> int:
    return len(fuse(received_of(rows, source)).occurrences)


def test_two_reports_of_one_blast_are_one_occurrence() -> None:
    assert n_fused(BLAST | {"origin": "sana.sy"}, BLAST_AGAIN | {"origin": "reuters.com"}) == 1


def test_the_same_words_about_another_day_or_another_town_are_another_occurrence() -> None:
    assert n_fused(BLAST, BLAST | {"occurred_s": NOON + 5 * DAY}) == 2
    assert n_fused(BLAST, BLAST | {"latitude": 36.2, "longitude": 37.16}) == 2


def test_same_place_day_and_kind_alone_are_not_enough() -> None:
    assert n_fused({"title": "Mortar fire on the ring road"}, {"title": "Sniper wounds two at a checkpoint"}) == 2


def test_rows_of_a_source_that_lists_happenings_are_never_joined_even_through_a_third() -> None:
    rows = [BLAST | {"external_id": "a"}, BLAST | {"external_id": "b"}, BLAST | {"origin": "sana.sy"}]
    fused = fuse(received_of(rows, [2, 2, 0]))
    assert len(fused.occurrences) == 2
    assert fused.occurrence[0] != fused.occurrence[1]


def test_a_later_version_of_one_item_replaces_what_it_said() -> None:
    rows: list[dict[str, object]] = [
        {"external_id": "q1", "kind": "earthquake", "intensity": 0.5, "published_s": NOON + 60},
        {"external_id": "q1", "kind": "earthquake", "intensity": 0.6, "published_s": NOON + 900, "text": "revised"},
    ]
    occurrences = fuse(received_of(rows, [2, 2])).occurrences
    assert len(occurrences) == 1
    assert occurrences.intensity[0] == 0.6
    assert occurrences.contradiction[0] == 0


def test_one_earthquake_from_two_instruments_is_one() -> None:
    quake = {"kind": "earthquake", "precision_km": 10.0}
    assert n_fused(quake | {"occurred_s": NOON + 7}, quake | {"occurred_s": NOON + 40, "latitude": 33.6}) == 1
    assert n_fused(quake | {"occurred_s": NOON + 7}, quake | {"occurred_s": NOON + 1207}) == 2


def test_signals_of_no_threat_class_are_kept_but_make_no_occurrence() -> None:
    fused = fuse(received_of([{"kind": ""}, BLAST]))
    assert fused.occurrence.tolist() == [-1, 0]
    assert fused.cluster[0] == ""


def test_nothing_in_gives_nothing_out() -> None:
    assert len(fuse(received_of([])).occurrences) == 0


def test_the_id_stays_when_later_signals_join() -> None:
    first = received_of([BLAST])
    both = received_of([BLAST, BLAST_AGAIN | {"published_s": NOON + DAY}])
    assert fuse(first).occurrences.id == fuse(both).occurrences.id


def test_a_person_may_join_what_the_rules_keep_apart_and_part_what_they_join() -> None:
    apart = received_of([{"title": "Mortar fire on the ring road"}, {"title": "Sniper wounds two at a checkpoint"}])
    pair = (apart.keys[0], apart.keys[1])
    assert len(fuse(apart, Constraints(same=frozenset([pair]))).occurrences) == 1
    joined = received_of([BLAST, BLAST_AGAIN])
    pair = (joined.keys[0], joined.keys[1])
    assert len(fuse(joined, Constraints(different=frozenset([pair]))).occurrences) == 2
    both = fuse(joined, Constraints(same=frozenset([pair]), different=frozenset([pair])))
    assert both.contradictory == (pair,)


def test_a_chain_of_reports_does_not_become_one_endless_occurrence() -> None:
    words = "Protesters march against fuel prices in the capital again"
    rows = [{"kind": "protest", "title": words, "occurred_s": NOON + i * 20 * HOUR} for i in range(30)]
    occurrences = fuse(received_of(rows)).occurrences
    assert len(occurrences) > 5
    assert int((occurrences.end_s - occurrences.start_s).max()) <= 72 * HOUR


def test_every_pair_can_be_explained_and_the_points_add_up() -> None:
    received = received_of([BLAST, BLAST_AGAIN])
    prepared = Prepared.of(received.signals, received.source)
    cause = explain_pair(prepared, 0, 1)
    assert cause.code == "pair.joined"
    assert cause.points == pytest.approx(sum(child.points for child in cause.children))
    assert {child.code.removeprefix("pair.") for child in cause.children} <= {f.name for f in FEATURES}


def test_a_score_does_not_depend_on_which_signal_is_named_first() -> None:
    received = received_of([BLAST | {"actors": "IS"}, BLAST_AGAIN | {"latitude": 33.6, "actors": "IS; army"}])
    prepared = Prepared.of(received.signals, received.source)
    one, _ = score_pairs(prepared, np.array([0]), np.array([1]))
    other, _ = score_pairs(prepared, np.array([1]), np.array([0]))
    assert one[0] == other[0]


def test_two_independent_origins_confirm_and_a_copy_does_not() -> None:
    agency, press = BLAST | {"origin": "reuters.com"}, BLAST_AGAIN | {"origin": "sana.sy"}
    told = fuse(received_of([agency, press], [1, 0])).occurrences
    assert (int(told.n_origins[0]), int(told.credibility[0])) == (2, 1)
    copied = fuse(
        received_of([agency, agency | {"origin": "copycat.example", "published_s": NOON + 60}], [1, 0])
    ).occurrences
    assert (int(copied.n_signals[0]), int(copied.n_origins[0]), int(copied.credibility[0])) == (2, 1, 3)
    cited = fuse(received_of([agency, press | {"text": "Reuters.com reports"}], [1, 0])).occurrences
    assert int(cited.n_origins[0]) == 1


def test_a_disagreement_on_the_dead_is_kept_and_lowers_the_credibility() -> None:
    rows = [BLAST | {"origin": "reuters.com", "intensity": 0.5}, BLAST_AGAIN | {"origin": "sana.sy", "intensity": 0.95}]
    rows[1]["url"] = rows[0]["url"] = "https://example.org/the-same-story"
    rows[1] |= {"title": "Blast toll put at ninety by hospital staff"}
    fused = fuse(received_of(rows, [1, 0]), Constraints())
    assert len(fused.occurrences) == 1
    assert Contradiction(int(fused.occurrences.contradiction[0])) & Contradiction.GRAVITY


@pytest.mark.parametrize(
    ("origins", "reliability", "expected"),
    [
        (1, "A", "2"),
        (1, "B", "3"),
        (1, "D", "4"),
        (1, "E", "5"),
        (1, "F", "6"),
        (2, "F", "3"),
        (2, "B", "1"),
        (3, "C", "1"),
    ],
)
def test_the_credibility_table_reads_as_printed(origins: int, reliability: str, expected: str) -> None:
    assert credibility_of(origins, [Reliability(reliability)], Contradiction.NONE) is Credibility(expected)


TITLES = [
    "Car bomb kills eight near vegetable market today",
    "Eight dead as car bomb hits the vegetable market",
    "Quiet day, two shots heard over eastern suburbs",
]
ROWS = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["bombing", "armed_clash", "shelling", "advisory_crime", ""]),
        "occurred_s": st.integers(0, 12).map(lambda h: NOON + h * 12 * HOUR),
        "latitude": st.sampled_from([33.5, 33.55, 33.8, 36.2, 89.9]),
        "longitude": st.sampled_from([36.3, 36.35, 36.7, 179.99, -179.99]),
        "title": st.sampled_from(TITLES),
        "origin": st.sampled_from(["", "reuters.com", "sana.sy"]),
        "actors": st.sampled_from(["", "IS", "Government of Syria"]),
        "external_id": st.integers(0, 9).map(str),
        "published_s": st.integers(0, 5).map(lambda h: NOON + 20 * DAY + h),
    }
)
RECEIVED = st.lists(st.tuples(ROWS, st.integers(0, 2)), max_size=14).map(
    lambda pairs: received_of([row for row, _ in pairs], [source for _, source in pairs])
)


@settings(max_examples=60, deadline=None)
@given(received=RECEIVED, seed=st.integers(0, 2**32 - 1))
def test_the_order_in_which_signals_come_changes_nothing(received: Received, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(len(received))
    shuffled = received.take(order)
    one, other = fuse(received), fuse(shuffled)
    assert one.occurrences.id == other.occurrences.id
    assert one.occurrences.credibility.tolist() == other.occurrences.credibility.tolist()
    assert partition(one, received.keys) == partition(other, shuffled.keys)
    assert [one.cluster[i] for i in order] == other.cluster


@settings(max_examples=60, deadline=None)
@given(received=RECEIVED, cut=st.integers(0, 14))
def test_adding_a_batch_gives_what_fusing_all_at_once_gives(received: Received, cut: int) -> None:
    old, new = received.take(np.arange(min(cut, len(received)))), received.take(np.arange(cut, len(received)))
    before = fuse(old)
    touched = touched_clusters(old, before.cluster, new, Constraints())
    again = np.array([i for i, c in enumerate(before.cluster) if c in touched], dtype=np.int64)
    part = Received.concatenate([old.take(again), new])
    after = fuse(part)
    ids = {
        key: before.occurrences.id[at] for key, at in zip(old.keys, before.occurrence.tolist(), strict=True) if at >= 0
    }
    ids |= {
        key: after.occurrences.id[at] for key, at in zip(part.keys, after.occurrence.tolist(), strict=True) if at >= 0
    }
    whole = fuse(received)
    assert ids == {
        key: whole.occurrences.id[at]
        for key, at in zip(received.keys, whole.occurrence.tolist(), strict=True)
        if at >= 0
    }


@settings(max_examples=60, deadline=None)
@given(received=RECEIVED)
def test_all_signals_that_could_be_joined_lie_in_neighbouring_blocks(received: Received) -> None:
    s = received.signals
    columns = (s.threat, kind_numbers(s.kind), s.occurred_s, s.latitude, s.longitude)
    own = block_keys(*columns)
    edges = find_edges(received, Prepared.of(s, received.source))
    for a, b in zip(edges.left.tolist(), edges.right.tolist(), strict=True):
        one, other = np.array([a]), np.array([b])
        if s.external_id[a] != s.external_id[b]:
            assert own[b] in neighbour_keys(*(column[one] for column in columns))
            places = [(own[i], s.occurred_s[i], s.latitude[i], s.longitude[i]) for i in (one, other)]
            assert within_reach(places[0], places[1]).all()


def read_received(module: object, data: bytes, traits: SourceTraits) -> Received:
    signals = module.read(data).signals  # type: ignore[attr-defined]
    keys = content_keys(traits.name, signals)
    return Received(signals, keys, np.zeros(len(signals), dtype=np.int64), (traits,))


@pytest.mark.parametrize(
    "path",
    [
        "events/ucdp_ged_syria_2016-2018.csv.gz",
        "history/ucdp_ged/mexico.csv.gz",
        "history/ucdp_ged/central_african_republic.csv.gz",
        "history/ucdp_ged/myanmar.csv.gz",
    ],
)
def test_real_coded_events_stay_one_occurrence_each(path: str) -> None:
    received = read_received(ucdp, real(path), CATALOGUE)
    fused = fuse(received)
    print(path, len(received), "signals ->", len(fused.occurrences), "occurrences")
    assert len(received) > 1000
    assert len(fused.occurrences) == len(set(received.signals.external_id))


def test_real_earthquakes_stay_one_occurrence_each() -> None:
    received = read_received(usgs, real("events/usgs_earthquakes_main.geojson.gz"), CATALOGUE)
    assert len(fuse(received).occurrences) == int((received.signals.threat >= 0).sum()) > 1000


def test_real_press_rows_of_one_article_are_joined_and_two_articles_seldom() -> None:
    received = read_received(gdelt, real("events/gdelt_20180101000000.export.tsv"), PRESS)
    fused, s = fuse(received), received.signals
    threatening = np.flatnonzero(s.threat >= 0)
    per_place = Counter((s.url[i], int(s.threat[i]), s.place[i]) for i in threatening.tolist())
    one_story = {(s.url[i], int(s.threat[i]), s.place[i]): set[int]() for i in threatening.tolist()}
    for i in threatening.tolist():
        one_story[(s.url[i], int(s.threat[i]), s.place[i])].add(int(fused.occurrence[i]))
    repeated = [story for story, n in per_place.items() if n > 1]
    joined = sum(len(one_story[story]) < per_place[story] for story in repeated)
    print(
        len(threatening),
        "rows ->",
        len(fused.occurrences),
        "occurrences;",
        joined,
        "of",
        len(repeated),
        "stories joined",
    )
    assert joined >= 0.9 * len(repeated)
    assert len(fused.occurrences) > 0.3 * len(threatening)


def test_a_press_report_joins_the_coded_event_that_it_tells_of() -> None:
    coded = {
        "external_id": "1",
        "actors": "Government of Syria; IS",
        "occurred_s": NOON - NOON % DAY,
        "ended_s": NOON - NOON % DAY + DAY - 1,
    }
    other = coded | {"external_id": "2", "actors": "Government of Turkey; YPG", "latitude": 33.6}
    press = {"actors": "Government of Syria; IS", "title": "Army and IS exchange fire"}
    fused = fuse(received_of([coded, other, press], [2, 2, 0]))
    assert fused.occurrence[0] == fused.occurrence[2] != fused.occurrence[1]


def test_the_cut_off_lies_above_what_place_time_and_kind_give_together() -> None:
    points = {feature.name: feature.points for feature in FEATURES}
    assert points["distance"] + points["time"] + points["same_kind"] < CUT_OFF
