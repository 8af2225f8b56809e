"""Who sees what: everyone the highest that his marking allows, computed from nothing above it."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests import given
from tests.intelligence.given import collected, fighting, report, source

from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.threats import ThreatClass
from legation.foundations.time import parse_instant
from legation.intelligence import actions, queries
from legation.intelligence.models import Occurrence
from legation.intelligence.queries import change
from legation.missions.published import mission as mission_seen
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.markings import readable_by
from legation.platform.authority.resolve import claim_house

pytestmark = pytest.mark.django_db

SECRET = Marking(Classification.CONFIDENTIAL, Tlp.AMBER)
TITLE = "Gunmen attack the ministry guesthouse on Baghdad street at dawn"


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    clock.start_demonstration(parse_instant("2018-02-05"))


def today(actor: Actor) -> Actor:
    """The same person with his rights as they stand now: markings that came into use since are his as well."""
    return replace(actor, markings=readable_by(actor.clearance))


@pytest.fixture
def people() -> tuple[Actor, Actor]:
    """An officer who is cleared, and an analyst who is not."""
    given.missions()
    source("typed", "Typed reports")
    return given.operator("rso"), given.operator("analyst", name="outsider", clearance=Marking())


def test_a_secret_report_about_an_open_happening_raises_it_for_the_cleared_and_leaves_the_open_row(
    people: tuple[Actor, Actor],
) -> None:
    officer, outsider = people
    one = queries.typed_source(officer)
    assert one is not None
    report(officer, one, TITLE, office="Police liaison")
    report(officer, one, TITLE + " wounding two", office="A friendly service", marking=SECRET)
    officer = today(officer)
    (ours,) = queries.lately(officer)
    (theirs,) = queries.lately(outsider)
    assert (ours.row.n_signals, theirs.row.n_signals) == (2, 1)
    assert Occurrence.objects.count() == 2
    _seen, behind = queries.occurrence(officer, ours.key)
    assert {signal.marking for signal in behind} == {str(Marking()), str(SECRET)}
    _seen, behind = queries.occurrence(outsider, theirs.key)
    assert [signal.words.origin for signal in behind] == ["police liaison"]


def test_an_open_report_that_comes_later_joins_the_secret_row_and_makes_one_of_its_own(
    people: tuple[Actor, Actor],
) -> None:
    officer, outsider = people
    one = queries.typed_source(officer)
    assert one is not None
    report(officer, one, TITLE, office="A friendly service", marking=SECRET)
    assert queries.lately(outsider) == []
    report(officer, one, TITLE + " wounding two", office="Police liaison")
    assert [seen.row.n_signals for seen in queries.lately(today(officer))] == [2]
    assert [seen.row.n_signals for seen in queries.lately(outsider)] == [1]


def test_the_score_that_each_sees_is_made_of_what_he_may_read_and_agrees_with_its_explanation(
    people: tuple[Actor, Actor],
) -> None:
    officer, outsider = people
    one = queries.typed_source(officer)
    assert one is not None
    report(officer, one, TITLE, office="Police liaison")
    report(officer, one, "Bomb found under a car of the delegation", kind="bombing", office="Us", marking=SECRET)
    officer = today(officer)
    damascus = mission_seen(officer, given.missions()[0].pk)
    at = list(ThreatClass).index(ThreatClass.TERRORISM)
    for actor in (officer, outsider):
        told = next(line for line in queries.profile(actor, damascus) if line.threat is ThreatClass.TERRORISM)
        stored = queries.scores_of(actor, [damascus], clock.as_of()).score[0, at]
        assert stored == pytest.approx(told.score, rel=1e-6)
    scores = [queries.scores_of(a, [damascus], clock.as_of()).score[0, at] for a in (officer, outsider)]
    assert scores[0] > scores[1] > 0


def test_a_decision_about_secret_signals_does_not_part_what_others_see(people: tuple[Actor, Actor]) -> None:
    officer, outsider = people
    one = queries.typed_source(officer)
    assert one is not None
    report(officer, one, TITLE, office="Police liaison")
    report(officer, one, TITLE + " wounding two", office="A friendly service", marking=SECRET)
    analyst = given.operator("analyst", name="cleared")
    (seen,) = queries.lately(analyst)
    _row, signals = queries.occurrence(analyst, seen.key)
    house = claim_house("intelligence.split", analyst)
    decision = actions.split(house, seen.key, [signals[1].key], reason="Another street")
    assert len(queries.lately(today(analyst))) == 2
    assert len(queries.lately(outsider)) == 1
    assert queries.decisions(outsider, [signal.key for signal in signals]) == []
    assert decision.reason == "Another street"


def test_counts_and_lists_say_nothing_of_what_is_hidden(people: tuple[Actor, Actor]) -> None:
    officer, outsider = people
    one = queries.typed_source(officer)
    assert one is not None
    report(officer, one, TITLE, marking=SECRET)
    assert queries.signals(outsider) == []
    assert queries.latest_signal_s(outsider) is None
    assert [seen.signals for seen in queries.sources(outsider)] == [0]
    assert queries.occurrences(outsider).count() == 0


def test_an_administrator_finds_nothing(people: tuple[Actor, Actor]) -> None:
    collected(source(), fighting())
    administrator = given.operator("administrator")
    assert queries.lately(administrator) == []
    assert queries.sources(administrator) == []
    with pytest.raises(NotVisible):
        queries.source(administrator, "Test ucdp")


@pytest.mark.parametrize("key", ["", "zz", "0" * 32, "0" * 31, "'; DROP TABLE"])
def test_a_key_that_is_none_is_answered_like_one_that_is_absent(key: str) -> None:
    for ask in (queries.signal, queries.occurrence):
        with pytest.raises(NotVisible):
            ask(given.local(), key)


def test_what_lies_in_the_future_of_the_replay_is_not_known(people: tuple[Actor, Actor]) -> None:
    collected(source(), fighting(day="2018-02-04"))
    outsider = people[1]
    assert len(queries.lately(outsider)) == 3


def test_the_list_can_be_narrowed(people: tuple[Actor, Actor]) -> None:
    collected(source(), fighting())
    outsider = people[1]
    assert len(queries.lately(outsider, threat="armed_conflict")) == 3
    assert queries.lately(outsider, threat="crime") == []
    assert queries.lately(outsider, country="LB") == []
    assert len(queries.lately(outsider, text="damascus")) == 3
    assert queries.lately(outsider, least=0.99) == []


def test_a_week_of_many_clashes_after_quiet_months_is_out_of_the_ordinary_and_said_with_its_rate(
    people: tuple[Actor, Actor],
) -> None:
    one = source()
    for week in range(1, 26):
        day = (parse_instant("2018-01-28") - timedelta(days=7 * week)).date().isoformat()
        collected(one, fighting(("33.51", "36.29"), day=day) if week % 6 == 0 else fighting(("36.2", "37.2"), day=day))
    collected(one, fighting(*[("33.5", f"36.{n}") for n in range(20, 29)], day="2018-02-03"))
    seen = mission_seen(people[1], given.missions()[0].pk)
    found = change.changes(people[1], seen)[ThreatClass.ARMED_CONFLICT]
    assert (found.this_week, found.verdict.name, found.trend.name) == (9, "OUT_OF_ORDINARY", "RISING")
    assert (found.expected < 2, found.chance < found.false_alarm_rate) == (True, True)
    quiet = change.changes(people[1], seen)[ThreatClass.CRIME]
    assert (quiet.this_week, quiet.trend.name) == (0, "NOTHING_TO_COMPARE")
