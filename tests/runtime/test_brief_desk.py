"""The desk where a brief is composed: candidates with reasons, parts that fill themselves, both versions, issue."""

from datetime import UTC, date, datetime

import pytest
from django.urls import reverse
from tests import given
from tests.abuse.given import signed_in
from tests.intelligence.given import collected, fighting, report, source

from legation.foundations.markings import Classification, Marking, Tlp
from legation.foundations.time import parse_instant
from legation.intelligence.queries import briefs as queries
from legation.intelligence.rules.briefs import Section
from legation.missions import published as missions
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.actors import SERVICE_CLEARANCE
from legation.platform.authority.markings import intern
from legation.platform.writing import Urgency, writing

pytestmark = pytest.mark.django_db(transaction=True)

AMBER = Marking(Classification.RESTRICTED, Tlp.AMBER)


@pytest.fixture
def analyst() -> Actor:
    given.keys()
    with writing(Urgency.PERSON):
        clock.start_demonstration(parse_instant("2018-02-05T06:00Z"))
        for one in (AMBER, SERVICE_CLEARANCE, Marking(tlp=Tlp.GREEN)):
            intern(one)
    given.missions()
    one = given.operator("analyst")
    collected(source(), fighting(day="2018-02-04"))
    report(one, source("typed", "Typed reports"), "A guard was followed", marking=AMBER)
    return one


def test_the_desk_puts_forward_with_reasons_and_issues_what_was_chosen(analyst: Actor) -> None:
    client, at = signed_in(analyst), missions.find(analyst, "Damascus").id
    address = reverse("brief-compose") + f"?mission={at}"
    page = client.get(address).content.decode()
    assert "among the newest" in page
    assert "releasable sentence" in page, "one of them stands above the line"
    picked = [key.split('"')[0] for key in page.split('name="pick" value="')[1:]]
    form = {"pick": picked, "line": "UNCLASSIFIED // TLP:GREEN", "part": ["ahead", "asked", "calendar", "silent"]}
    form |= {"judgement": "It stays outside.", "judgement-below": "Stay alert.", "role": ["analyst"], "must": "1"}
    shown = client.post(address, form | {"do": "preview"}).content.decode()
    assert "Below the line" in shown
    refused = client.post(address, form | {"do": "issue", "wanted": "UNCLASSIFIED // TLP:GREEN"}).content.decode()
    assert "cannot carry" in refused
    client.post(address, form | {"do": "issue"})
    (whole,) = queries.briefs(analyst)
    assert whole.below
    assert whole.parts[0].section is Section.JUDGEMENT
    assert {one.subject for one in whole.parts if one.section is Section.HAPPENED} == {
        f"Occurrence/{key}" for key in picked
    }


def test_where_everything_may_be_read_one_version_is_issued_and_the_whole_service_has_its_own(analyst: Actor) -> None:
    client = signed_in(analyst)
    form = {"judgement": "A quiet night.", "line": "RESTRICTED // TLP:AMBER", "do": "issue"}
    client.post(reverse("brief-compose") + "?span=weekly", form)
    (row,) = queries.briefs(analyst)
    assert (row.mission_id, row.below, row.span) == (None, "", "weekly")
    assert row.looked_from == datetime(2018, 1, 29, 6, tzinfo=UTC)
    assert date(2018, 2, 5) == row.issued_at.date()
