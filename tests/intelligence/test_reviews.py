"""A judgement is looked at in time: sooner the graver it is, pulled forward by events, put off with a reason."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from hypothesis import given as with_any
from hypothesis import strategies as st
from tests import given
from tests.abuse.given import signed_in, with_key
from typer.testing import CliRunner

from legation.foundations.decisions import Grant, Refusal, Refused
from legation.foundations.grading import Grade
from legation.foundations.threats import ThreatClass, ThreatLevel
from legation.foundations.time import parse_instant
from legation.intelligence import actions
from legation.intelligence.cli import app
from legation.intelligence.models import Review
from legation.intelligence.queries import reviews as queries
from legation.intelligence.rules import reviews as rules
from legation.intelligence.rules.profile import Judged
from legation.intelligence.rules.reviews import Pull
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import Actor, Forbidden, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import fire_due
from legation.platform.subscribers import deliver_all
from legation.platform.writing import Urgency, writing
from legation.watch import queries as watch

NOW = datetime(2018, 2, 5, 6, tzinfo=UTC)

days = st.integers(0, 400).map(lambda n: NOW + timedelta(days=n))
levels = st.sampled_from(ThreatLevel)


@with_any(days, days, levels)
def test_computation_pulls_a_review_forward_and_never_pushes_it_back(
    due: datetime, other: datetime, level: ThreatLevel
) -> None:
    assert rules.pulled(due, other) <= due
    assert rules.rescheduled(due, other, level) <= due


def test_the_graver_the_level_the_sooner_it_is_looked_at_and_each_interval_has_its_reason() -> None:
    lengths = [rules.days_at(level) for level in ThreatLevel]
    assert lengths == sorted(lengths, reverse=True)
    assert (lengths[-1], lengths[0]) == (7, 182)
    assert all(one.reason for one in rules.INTERVALS)


def test_a_later_day_needs_a_reason_and_has_an_end() -> None:
    later = NOW + timedelta(days=10)
    assert isinstance(rules.may_push(later, NOW, NOW, ThreatLevel.HIGH, ""), Grant)
    assert isinstance(rules.may_push(NOW, later, NOW, ThreatLevel.HIGH, " "), Refusal)
    assert isinstance(rules.may_push(NOW, later, NOW, ThreatLevel.HIGH, "The analyst is away"), Grant)
    assert isinstance(rules.may_push(NOW, NOW + timedelta(days=29), NOW, ThreatLevel.HIGH, "away"), Refusal)
    assert isinstance(rules.may_look(" "), Refusal)


@pytest.fixture
def analyst(transactional_db: None) -> Actor:
    given.keys()
    with writing(Urgency.PERSON):
        clock.start_demonstration(parse_instant("2018-02-05T06:00Z"))
    given.missions()
    one = given.operator("analyst")
    at = missions.claimed(one, missions.find(one, "Damascus").id, "intelligence.grade_threat")
    actions.grade_threat(at, ThreatClass.TERRORISM, Judged.INTENT, 3, grade=Grade.parse("B2"), note="Said so")
    deliver_all()
    return one


def pulled(pull: Pull | None) -> Review | None:
    worker = service(ServiceAccount.WORKER)
    at = missions.claimed(worker, missions.find(worker, "Damascus").id, "intelligence.schedule_review")
    return actions.schedule_review(at, ThreatClass.TERRORISM, pull)


def test_a_grade_sets_the_next_look_and_a_tripwire_pulls_it_to_two_days(analyst: Actor) -> None:
    (one,) = queries.reviews(analyst)
    assert one.row.due_at - one.row.looked_at == timedelta(days=one.every_days)
    row = pulled(Pull.TRIPWIRE)
    assert row is not None
    assert (row.due_at, row.pulled) == (NOW + timedelta(days=2), "tripwire")
    worker = service(ServiceAccount.WORKER)
    beirut = missions.claimed(worker, missions.find(worker, "Beirut").id, "intelligence.schedule_review")
    assert actions.schedule_review(beirut, ThreatClass.CRIME, Pull.ROSE) is None, "nobody has judged it yet"


def test_a_look_that_nobody_took_is_late_and_one_without_change_says_why(analyst: Actor) -> None:
    pulled(Pull.ROSE)
    with writing(Urgency.PERSON):
        clock.advance(NOW + timedelta(days=3))
    fire_due(clock.as_of())
    deliver_all()
    (late,) = queries.late(analyst)
    assert [one.row.kind for one in watch.queue(analyst)].count("intelligence.review_late") == 1
    claimed = claim(Review, late.row.pk, "intelligence.review_unchanged", analyst)
    with pytest.raises(Refused):
        actions.review_unchanged(claimed, reason="")
    row = actions.review_unchanged(claimed, reason="Nothing new from three sources")
    assert (row.looked_by, row.pulled) == (analyst.name, "")
    assert not queries.late(analyst)
    worker = service(ServiceAccount.WORKER)
    assert actions.miss_review(claim(Review, row.pk, "intelligence.miss_review", worker)).version == row.version
    with pytest.raises(Forbidden):
        claim(Review, row.pk, "intelligence.review_unchanged", given.operator("auditor"))


def test_putting_it_off_needs_a_reason(analyst: Actor) -> None:
    (one,) = queries.reviews(analyst)
    claimed = claim(Review, one.row.pk, "intelligence.push_review", analyst)
    until = one.row.due_at + timedelta(days=1)
    with pytest.raises(Refused):
        actions.push_review(claimed, until=until, reason=" ")
    assert actions.push_review(claimed, until=until, reason="The analyst is away").due_at == until


def test_every_door_shows_and_records_it(analyst: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    (one,) = queries.reviews(analyst)
    client = signed_in(analyst)
    assert b"Terrorism" in client.get(reverse("reviews")).content
    client.post(reverse("review-unchanged", args=[one.row.pk]), {"reason": "As before"})
    assert queries.reviews(analyst)[0].row.note == "As before"
    later = f"{one.row.due_at + timedelta(days=1):%Y-%m-%d}"
    client.post(reverse("review-push", args=[one.row.pk]), {"until": later, "reason": "Away"})
    assert queries.reviews(analyst)[0].row.note == "Away"
    assert client.get(f"/missions/{one.row.mission_id}/").status_code == 200
    api = with_key(analyst)
    path = f"/api/intelligence/reviews/{one.row.pk}"
    assert api.get("/api/intelligence/reviews").json()[0]["threat"] == "terrorism"
    assert api.post(f"{path}/unchanged", {"reason": "Same"}, content_type="application/json").status_code == 200
    body = {"until": later, "reason": "Away"}
    assert api.post(f"{path}/push", body, content_type="application/json").status_code == 200
    monkeypatch.setattr("legation.intelligence.cli.reviews.at_terminal", lambda: analyst)
    run = CliRunner()
    listed = json.loads(run.invoke(app, ["reviews", "list", "--mission", "Damascus", "--json"]).output)
    assert listed[0]["id"] == one.row.pk
    assert "due_at" in run.invoke(app, ["reviews", "unchanged", one.row.pk, "Same", "--json"]).output
    assert "due_at" in run.invoke(app, ["reviews", "push", one.row.pk, later, "Away", "--json"]).output
