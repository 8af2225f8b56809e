"""What is collected is stored once, fused, counted for the missions it concerns, and recorded in one entry a batch."""

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from tests import given
from tests.intelligence.given import collected, fighting, report, source
from tests.law.given import consented, conventions

from legation.foundations.decisions import Refused
from legation.foundations.grading import Grade, Reliability
from legation.foundations.identity import EntryId
from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.threats import ThreatClass
from legation.foundations.time import epoch_s, parse_instant
from legation.foundations.words import Word
from legation.intelligence import actions, published, queries
from legation.intelligence.actions import picturing
from legation.intelligence.events import SourceMethod
from legation.intelligence.links.feed import MemoryFeed
from legation.intelligence.links.ucdp import MemoryUcdp
from legation.intelligence.models import Occurrence, Picture, Signal, Source
from legation.intelligence.rules.profile import Judged
from legation.intelligence.rules.tripwires import Happenings
from legation.law.events.limits import Use
from legation.missions.published import claimed as claimed_mission
from legation.missions.published import mission as mission_seen
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.markings import readable_by
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.ledger import words
from legation.platform.ledger.log import history, read
from legation.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    clock.start_demonstration(parse_instant("2018-02-05"))


def test_a_file_becomes_signals_and_occurrences_and_moves_the_pictures_of_its_missions() -> None:
    damascus, _beirut = given.missions()
    one = source()
    done = collected(one, fighting())
    assert (done.accepted, done.signals, done.occurrences, done.quarantined) == (3, 3, 3, [])
    lines = {line.threat: line for line in queries.profile(given.local(), mission_seen(given.local(), damascus.pk))}
    assert lines[ThreatClass.ARMED_CONFLICT].score > 0
    assert Picture.objects.count() == 2


def test_the_same_file_twice_yields_no_new_signal_and_no_new_entry() -> None:
    given.missions()
    one = source()
    collected(one, fighting())
    before = Entry.objects.count()
    again = collected(one, fighting())
    assert (again.signals, again.known, again.occurrences) == (0, 3, 0)
    assert (Entry.objects.count(), Signal.objects.count(), Occurrence.objects.count()) == (before, 3, 3)


def test_what_is_published_later_than_now_is_held_back_until_its_day() -> None:
    one = source()
    done = collected(one, fighting(day="2018-02-06"))
    assert (done.signals, done.held_back) == (0, 3)
    clock.advance(parse_instant("2018-02-07"))
    done = collected(one, fighting(day="2018-02-06"))
    assert (done.signals, done.held_back) == (3, 0)


def test_an_item_that_cannot_be_read_is_kept_with_its_bytes_and_read_again_when_it_can() -> None:
    one = source()
    table = fighting().replace(b'"33.51"', b'"133.51"')
    done = collected(one, table, "table.csv")
    assert (done.signals, [item.reason for item in done.quarantined]) == (2, ["bad_place"])
    (row,) = queries.asides(given.local())
    _, raw = queries.aside(given.local(), row.pk)
    assert b"133.51" in raw
    claimed = claim(Source, one.pk, "intelligence.collect", given.local())
    assert actions.retry(claimed, row.pk).signals == 0
    assert queries.asides(given.local()).count() == 1
    analyst = given.operator("analyst")
    actions.dismiss(claim_house("intelligence.dismiss", analyst), row.pk, reason="The publisher corrected it")
    assert queries.asides(given.local()).count() == 0
    assert queries.asides(given.local(), state="dismissed").count() == 1


def test_the_stored_sums_agree_with_the_explanation() -> None:
    damascus, _beirut = given.missions()
    one = source()
    collected(one, fighting())
    collected(one, fighting(("33.52", "36.27"), ("33.40", "36.10"), day="2018-01-20"))
    seen = mission_seen(given.local(), damascus.pk)
    told = {line.threat: line for line in queries.profile(given.local(), seen)}
    stored = queries.scores_of(given.local(), [seen], clock.as_of()).score[0]
    assert stored[0] == pytest.approx(told[ThreatClass.ARMED_CONFLICT].score, rel=1e-6)
    assert told[ThreatClass.ARMED_CONFLICT].score > 1


def test_a_report_typed_in_arabic_changes_the_profile_and_is_the_reason() -> None:
    damascus, _ = given.missions()
    one = source("typed", "Typed reports")
    rso = given.operator("rso")
    seen = mission_seen(rso, damascus.pk)
    key = report(rso, one, "إطلاق نار قرب السوق")
    line = next(one for one in queries.profile(rso, seen) if one.threat is ThreatClass.TERRORISM)
    assert line.score > 0
    subjects = [str(cause.subject) for _, cause in line.causes.walk() if cause.subject]
    assert f"Occurrence/{key}" in subjects
    assert queries.signal(rso, key).words.title == "إطلاق نار قرب السوق"


def test_a_marked_report_counts_for_those_who_may_read_it_and_for_nobody_else() -> None:
    damascus, _ = given.missions()
    collected(source(), fighting(("33.51", "36.29")))
    typed_source = source("typed", "Typed reports")
    secret = Marking(Classification.CONFIDENTIAL, Tlp.AMBER)
    rso = given.operator("rso")
    key = report(rso, typed_source, marking=secret)
    outsider = given.operator("analyst", name="outsider", clearance=Marking())
    rso = replace(rso, markings=readable_by(rso.clearance))
    seen = mission_seen(rso, damascus.pk)
    assert queries.occurrence(rso, key)[0].key == key
    with pytest.raises(NotVisible):
        queries.occurrence(outsider, key)
    with pytest.raises(NotVisible):
        queries.signal(outsider, key)
    terror = list(ThreatClass).index(ThreatClass.TERRORISM)
    ours, theirs = (queries.scores_of(actor, [seen], clock.as_of()).score[0, terror] for actor in (rso, outsider))
    assert (ours > 0, theirs) == (True, 0)


def test_a_report_above_the_writers_clearance_is_refused_and_nothing_is_stored() -> None:
    one = source("typed", "Typed reports")
    clerk = given.operator("rso", name="clerk", clearance=Marking())
    with pytest.raises(Refused, match="report_marking"):
        report(clerk, one, marking=Marking(Classification.SECRET))
    assert Signal.objects.count() == 0


def test_an_analysts_grade_moves_the_level_and_stands_as_a_cause_with_its_evidence() -> None:
    damascus, _ = given.missions()
    analyst = given.operator("analyst")
    claimed = claimed_mission(analyst, damascus.pk, "intelligence.grade_threat")
    note = "Two leaflets name the mission"
    done = actions.grade_threat(claimed, ThreatClass.TERRORISM, Judged.INTENT, 4, grade=Grade.parse("B2"), note=note)
    seen = mission_seen(analyst, damascus.pk)
    line = next(one for one in queries.profile(analyst, seen) if one.threat is ThreatClass.TERRORISM)
    assert line.score == pytest.approx(1.5)
    assert any(cause.subject == done.ref for _, cause in line.causes.walk())
    judged = published.judgements(analyst)[damascus.pk, ThreatClass.TERRORISM]
    assert (judged.intent.degree, judged.intent.reason, judged.capability) == (3, note, None)


def test_a_grade_without_a_reason_is_refused() -> None:
    damascus, _ = given.missions()
    claimed = claimed_mission(given.operator("analyst"), damascus.pk, "intelligence.grade_threat")
    with pytest.raises(Refused, match="reason_wanted"):
        actions.grade_threat(claimed, ThreatClass.CRIME, Judged.INTENT, 2, grade=Grade.parse("C3"), note=" ")
    with pytest.raises(Refused, match="grading_value"):
        actions.grade_threat(claimed, ThreatClass.CRIME, Judged.INTENT, 9, grade=Grade.parse("C3"), note="x")


def test_what_a_person_joins_or_parts_the_machine_keeps_joined_or_parted() -> None:
    given.missions()
    first, second = source(name="first"), source(name="second")
    collected(first, fighting(("33.51", "36.29")))
    collected(second, fighting(("33.511", "36.291")))
    analyst = given.operator("analyst")
    found = queries.lately(analyst)
    assert len(found) == 1, "the same clash told by two sources is one occurrence"
    _, signals = queries.occurrence(analyst, found[0].key)
    assert len(signals) == 2
    house = claim_house("intelligence.split", analyst)
    actions.split(house, found[0].key, [signals[1].key], reason="Another street")
    assert len(queries.lately(analyst)) == 2
    collected(source(name="third"), fighting(("33.9", "36.9")))
    assert len(queries.lately(analyst)) == 3, "a later batch must not join again what a person parted"
    apart = [one.key for one in queries.lately(analyst) if one.row.latitude < 33.6]
    actions.merge(claim_house("intelligence.merge", analyst), [*apart[:1], far_key(analyst)], reason="One raid")
    assert len(queries.lately(analyst)) == 2


def far_key(analyst: Actor) -> str:
    """The occurrence that lies apart."""
    return next(one.key for one in queries.lately(analyst) if one.row.latitude > 33.6)


def test_a_split_of_all_or_of_none_is_refused() -> None:
    collected(source(), fighting(("33.51", "36.29")))
    analyst = given.operator("analyst")
    (only,) = queries.lately(analyst)
    for apart in ([], [only.key]):
        with pytest.raises(Refused, match="split_part"):
            actions.split(claim_house("intelligence.split", analyst), only.key, apart, reason="x")


def test_a_line_drawn_beforehand_alarms_once_when_it_is_crossed() -> None:
    damascus, _ = given.missions()
    rso = given.operator("rso")
    claimed = claimed_mission(rso, damascus.pk, "intelligence.set_tripwire")
    lapses_at = clock.as_of() + timedelta(days=30)
    condition = Happenings(ThreatClass.ARMED_CONFLICT, 2, 25, 48)
    row = actions.set_tripwire(claimed, condition, owner="RSO Damascus", lapses_at=lapses_at)
    one = source()
    collected(one, fighting(("33.51", "36.29"), day="2018-02-04"))
    assert actions.check_tripwires(claim_house("intelligence.cross", given.local())) == 0
    collected(one, fighting(("33.52", "36.28"), ("33.5", "36.3"), day="2018-02-04"))
    assert actions.check_tripwires(claim_house("intelligence.cross", given.local())) == 1
    assert actions.check_tripwires(claim_house("intelligence.cross", given.local())) == 0
    row.refresh_from_db()
    assert row.crossed_at == clock.as_of()
    assert words.visible_to(rso).filter(word="alarm", kind="intelligence.tripwire_crossed").count() == 1


def test_a_line_without_an_owner_or_for_ever_is_refused() -> None:
    damascus, _ = given.missions()
    claimed = claimed_mission(given.operator("rso"), damascus.pk, "intelligence.set_tripwire")
    condition = Happenings(ThreatClass.CRIME, 1, 5, 24)
    with pytest.raises(Refused, match="tripwire_owner"):
        actions.set_tripwire(claimed, condition, owner=" ", lapses_at=clock.as_of() + timedelta(days=3))
    with pytest.raises(Refused, match="tripwire_lapse"):
        actions.set_tripwire(claimed, condition, owner="RSO", lapses_at=clock.as_of() + timedelta(days=999))


def test_a_source_is_registered_once_corrected_and_refused_when_switched_off() -> None:
    one = source()
    with pytest.raises(Refused, match="source_name"):
        source(name="Test ucdp")
    analyst = given.operator("analyst")
    claimed = claim(Source, one.pk, "intelligence.amend_source", analyst)
    amended = actions.amend_source(claimed, reliability=Reliability.C, cadence_s=60, owner="Desk", enabled=False)
    assert (amended.reliability, amended.version) == ("C", 2)
    with pytest.raises(Refused, match="source_disabled"):
        collected(one, fighting())


def test_a_source_that_falls_silent_is_said_to_be_silent() -> None:
    one = source()
    collected(one, fighting())
    assert queries.silent_sources(given.local()) == []
    clock.advance(clock.as_of() + timedelta(days=60))
    assert [seen.row.name for seen in queries.silent_sources(given.local())] == [one.name]


def test_pictures_can_be_computed_anew_and_come_out_the_same() -> None:
    given.missions()
    collected(source(), fighting())
    before = {row.mission_id: bytes(row.sums) for row in Picture.objects.all()}
    fact = actions.rebuild(claim_house("intelligence.rebuild", given.local()))
    assert (fact.missions, fact.occurrences) == (2, 3)
    after = {row.mission_id: bytes(row.sums) for row in Picture.objects.all()}
    assert before.keys() == after.keys()
    for mission, packed in before.items():
        assert np.frombuffer(packed) == pytest.approx(np.frombuffer(after[mission]))


def test_one_batch_is_one_entry_that_names_its_content() -> None:
    one = source()
    before = Entry.objects.count()
    collected(one, fighting())
    assert Entry.objects.count() == before + 1
    (entry, *_) = history(one.ref, marking_ids=given.local().markings, missions=None)
    assert entry.fact == "intelligence.SignalsCollected/1"
    said = read(EntryId(entry.entry_id)).body.said
    assert (said["signals"], len(str(said["digest"]))) == (3, 64)


def test_an_address_that_nobody_allowed_is_not_fetched() -> None:
    house = claim_house("intelligence.register_source", given.local())
    one = actions.register_source(house, name="Evil", collector="usgs", address="http://169.254.169.254/latest")
    with pytest.raises(Refused, match="fetch_host"):
        actions.fetch(claim(Source, one.pk, "intelligence.collect", given.local()), one)


def test_other_rooms_are_told_what_was_known_before_an_instant() -> None:
    given.missions()
    collected(source(), fighting())
    known = published.occurrences_before(given.local(), clock.as_of())
    assert (len(known.id), set(known.country)) == (3, {"SY"})
    assert known.span_s.tolist() == [86_399] * 3
    earlier = published.occurrences_before(given.local(), parse_instant("2018-01-10"))
    assert earlier.id == []
    assert epoch_s(clock.as_of()) > int(known.ended_s.max())


def test_a_class_that_faded_and_comes_back_is_told_again(monkeypatch: pytest.MonkeyPatch) -> None:
    damascus, _ = given.missions()
    one = source()
    seen: list[picturing.Rise] = []

    def noted(rises: list[picturing.Rise], at: datetime) -> list[Word]:
        seen[:] = [rise for rise in rises if rise.mission == damascus.pk]
        return []

    monkeypatch.setattr(picturing, "words_for", noted)

    def attacks(day: str, first: int) -> bytes:
        world = MemoryUcdp()
        for number in range(90):
            world.add(id=str(first + number), date_start=day, date_end=day)
        return world.table()

    collected(one, fighting())
    collected(one, attacks("2018-02-04", 1_000))
    high = seen[0].after
    clock.advance(parse_instant("2019-06-01"))
    collected(one, attacks("2019-05-31", 2_000))
    assert seen[0].before < high == seen[0].after


def test_a_news_entry_without_a_place_is_placed_by_the_town_its_title_names() -> None:
    given.missions()
    news = MemoryFeed()
    news.add("Explosion near a market in Aleppo", when="Sun, 04 Feb 2018 06:00:00 GMT")
    news.add("Explosion in a factory, nobody hurt", when="Sun, 04 Feb 2018 06:00:00 GMT")
    collected(source("feed"), news.feed())
    assert list(Signal.objects.order_by("id").values_list("country", flat=True)) == ["SY", ""]
    assert Occurrence.objects.get(country="SY").place == "Aleppo"


def test_a_camera_on_a_public_street_is_a_source_only_with_a_consent_on_record() -> None:
    damascus, _ = given.missions()
    conventions()
    analyst = given.operator("analyst")
    house = claim_house("intelligence.register_source", analyst)
    camera = {"name": "Gate camera", "collector": "typed", "method": SourceMethod.CAMERA}
    for site, reason in (("", "source_without_site"), (damascus.pk, "host_law_needs_consent")):
        with pytest.raises(Refused) as refused:
            actions.register_source(house, **camera, site=site)
        assert refused.value.refusal.reason == reason
    consented(given.operator("rso"), damascus, Use.CAMERA_PUBLIC)
    row = actions.register_source(house, **camera, site=damascus.pk)
    claimed = claim(Source, row.pk, "intelligence.amend_source", analyst)
    told = {"reliability": Reliability.B, "cadence_s": 60, "owner": "Guards"}
    with pytest.raises(Refused) as refused:
        actions.amend_source(claimed, **told, enabled=True, method=SourceMethod.COVERT)
    assert refused.value.refusal.reason == "host_law_forbids"
    assert not actions.amend_source(claimed, **told, enabled=False, method=SourceMethod.COVERT).enabled
