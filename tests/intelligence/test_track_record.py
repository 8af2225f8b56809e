"""A source's record is counted from what the reader may see, of happenings old enough, across the sources."""

import json

import pytest
from django.urls import reverse
from tests import given
from tests.abuse.given import signed_in
from tests.intelligence.given import collected, fighting, report, source
from typer.testing import CliRunner

from legation.foundations.grading import Reliability
from legation.foundations.markings import OPEN, Classification, Marking, Tlp
from legation.foundations.time import parse_instant
from legation.intelligence.cli import app
from legation.intelligence.models import Source
from legation.intelligence.queries import track
from legation.intelligence.rules.track_record import TrackRecord
from legation.platform import clock
from legation.platform.authority.actor import Actor

pytestmark = pytest.mark.django_db

SECRET = Marking(Classification.SECRET, Tlp.RED)


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    clock.start_demonstration(parse_instant("2018-02-05"))
    given.missions()


@pytest.fixture
def coded() -> Source:
    """A coded data set with three clashes, of which a police report tells one too, four weeks before now."""
    one = source()
    collected(one, fighting(("33.51", "36.29"), ("34.73", "36.71"), ("36.20", "37.16")))
    return one


def police(marking: Marking = OPEN) -> None:
    typed = source("typed", f"Police {marking.classification}")
    Source.objects.filter(pk=typed.pk).update(ceiling=str(SECRET))
    typed.refresh_from_db()
    clash = {
        "kind": "armed_clash", "occurred_at": "2018-01-10T10:00:00+00:00", "intensity": 0.5, "place": "Damascus city",
        "actors": "Government of Syria; Syrian insurgents",
    }  # fmt: skip
    report(given.operator("analyst"), typed, "Fighting east of the ring road", marking=marking, **clash)
    clock.advance(parse_instant("2018-03-05"))


def record_of(actor: Actor, one: Source) -> TrackRecord:
    return track.track_records(actor)[one.number]


def test_what_another_source_told_too_is_corroborated_and_the_rest_stands_alone(coded: Source) -> None:
    police()
    found = record_of(given.local(), coded)
    assert (found.corroborated, found.contradicted, found.alone, found.first) == (1, 0, 2, 1)


def test_a_reader_who_may_not_see_the_other_report_sees_a_record_without_it(coded: Source) -> None:
    police(SECRET)
    cleared = given.operator("rso", name="cleared")
    below = given.operator("rso", name="below", clearance=Marking())
    assert record_of(cleared, coded).corroborated == 1
    assert (record_of(below, coded).corroborated, record_of(below, coded).alone) == (0, 3)


def test_what_is_younger_than_two_weeks_is_not_counted(coded: Source) -> None:
    collected(coded, fighting(("33.40", "36.10"), day="2018-02-01"))
    assert record_of(given.local(), coded).all == 3


def test_page_command_and_register_show_the_record_beside_the_grade_and_change_nothing(coded: Source) -> None:
    police()
    client = signed_in(given.operator("analyst", name="reader"))
    assert "1 / 1" in client.get(reverse("sources")).content.decode()
    assert "First to tell" in client.get(reverse("source", args=[coded.pk])).content.decode()
    told = json.loads(CliRunner().invoke(app, ["sources", "--json"]).stdout)
    (row,) = [one for one in told if one["name"] == coded.name]
    assert row["track_record"]["tested"] == 1
    assert row["track_record"]["proposed_grade"] is None
    coded.refresh_from_db()
    assert coded.reliability == Reliability.B
