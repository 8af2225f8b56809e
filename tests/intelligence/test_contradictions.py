"""Where sources differ every version stays, a person says whom he believes, and the record of the source counts it."""

import json

import pytest
from django.urls import reverse
from tests import given
from tests.abuse.given import signed_in
from tests.intelligence.given import collected, fighting, report, source
from typer.testing import CliRunner

from legation.foundations.decisions import Refused
from legation.foundations.markings import OPEN, Classification, Marking, Tlp
from legation.foundations.time import parse_instant
from legation.intelligence import actions, queries
from legation.intelligence.cli import app
from legation.intelligence.models import Belief, Source
from legation.intelligence.queries import track
from legation.intelligence.queries.contradictions import contradicted, differing
from legation.intelligence.rules.differences import Field
from legation.platform import clock
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import claim_house

pytestmark = pytest.mark.django_db

SECRET = Marking(Classification.SECRET, Tlp.RED)


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    clock.start_demonstration(parse_instant("2018-02-05"))
    given.missions()


@pytest.fixture
def analyst() -> Actor:
    return given.operator("analyst")


def clash(analyst: Actor, *, marking: Marking = OPEN) -> tuple[Source, Source, str]:
    """A coded clash with three dead, and a report that speaks of forty. The report's key comes last."""
    coded, typed = source(), source("typed", "Police reports")
    Source.objects.filter(pk=typed.pk).update(ceiling=str(SECRET))
    typed.refresh_from_db()
    collected(coded, fighting(("33.51", "36.29"), ("36.20", "37.16")))
    said = {
        "kind": "armed_clash", "occurred_at": "2018-01-10T10:00:00+00:00", "intensity": 0.95,
        "place": "Damascus city", "actors": "Government of Syria; Syrian insurgents", "text": "40 fighters killed",
    }  # fmt: skip
    return coded, typed, report(analyst, typed, "Fighting east of the ring road", marking=marking, **said)


def believed(actor: Actor, occurrence: str, signal: str, reason: str = "the liaison was there") -> Belief:
    return actions.believe(claim_house("intelligence.believe", actor), occurrence, signal, reason=reason)


def test_versions_stand_side_by_side_on_the_page_and_in_the_list(analyst: Actor) -> None:
    clash(analyst)
    (one,) = contradicted(analyst)
    assert one.fields == [Field.GRAVITY]
    assert one.mission is not None
    assert "Syria" in one.mission.title
    _seen, signals = queries.occurrence(analyst, one.seen.key)
    (found,) = differing(analyst, signals)
    assert (found.field, [version.said for version in found.versions]) == (Field.DEATHS, ["2–4", "40"])
    client = signed_in(analyst)
    assert "Damascus" in client.get(reverse("contradictions")).content.decode()
    assert "2–4" in client.get(reverse("occurrence", args=[one.seen.key])).content.decode()


def test_whom_a_person_believes_is_shown_recorded_and_counts_in_the_records_of_both(analyst: Actor) -> None:
    coded, typed, key = clash(analyst)
    clock.advance(parse_instant("2018-03-05"))
    before = track.track_records(analyst)
    assert (before[coded.number].contradicted, before[typed.number].contradicted) == (1, 1)
    (one,) = contradicted(analyst)
    form = {"signal": key, "reason": "the liaison was there"}
    page = signed_in(analyst).post(reverse("occurrence-believe", args=[one.seen.key]), form, follow=True)
    assert "the liaison was there" in page.content.decode()
    after = track.track_records(analyst)
    assert (after[coded.number].contradicted, after[typed.number].corroborated) == (1, 1)
    assert contradicted(analyst)[0].believed


def test_a_word_without_reason_or_on_another_signal_is_refused(analyst: Actor) -> None:
    clash(analyst)
    (one,) = contradicted(analyst)
    _seen, signals = queries.occurrence(analyst, one.seen.key)
    for signal, reason, code in ((signals[0].key, " ", "reason_wanted"), ("00" * 16, "so", "belief_part")):
        with pytest.raises(Refused) as refused:
            believed(analyst, one.seen.key, signal, reason)
        assert refused.value.refusal.reason == code


def test_who_may_not_read_one_side_learns_neither_that_they_differ_nor_who_was_believed(analyst: Actor) -> None:
    _coded, _typed, key = clash(analyst, marking=SECRET)
    cleared = given.operator("analyst", name="cleared")
    (one,) = contradicted(cleared)
    believed(cleared, one.seen.key, key)
    below = given.operator("rso", clearance=OPEN)
    assert contradicted(below) == []
    assert not Belief.objects.visible_to(below).exists()


def test_a_warning_that_was_cancelled_still_stands_with_the_cancellation_beside_it(analyst: Actor) -> None:
    cap, typed = source("cap"), source("typed", "Typed")
    collected(cap, alert("A1", "Alert", ""), "a.xml")
    collected(
        cap, alert("A2", "Cancel", "<references>w@example.org,A1,2018-02-04T06:00:00+00:00</references>"), "b.xml"
    )
    report(analyst, typed, "River over its banks", kind="flood", place="Damascus", latitude=33.5, longitude=36.3)
    seen = queries.lately(analyst, threat="hazard")
    fields = {one.field for row in seen for one in differing(analyst, queries.occurrence(analyst, row.key)[1])}
    assert Field.WITHDRAWN in fields


def alert(identifier: str, kind: str, references: str) -> bytes:
    return f"""<alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>{identifier}</identifier>
<sender>w@example.org</sender><sent>2018-02-04T06:00:00+00:00</sent><status>Actual</status><msgType>{kind}</msgType>
<scope>Public</scope>{references}<info><category>Met</category><event>Flood</event><urgency>Expected</urgency>
<severity>Severe</severity><certainty>Likely</certainty><headline>Flood at the river</headline>
<area><areaDesc>Damascus</areaDesc><circle>33.5,36.3 10</circle></area></info></alert>""".encode()


def test_the_command_and_the_api_list_and_note_the_same(analyst: Actor) -> None:
    _coded, _typed, key = clash(analyst)
    (row,) = json.loads(CliRunner().invoke(app, ["contradictions", "--json"]).stdout)
    assert row["fields"] == ["gravity"]
    client = signed_in(analyst)
    said = client.get(f"/api/intelligence/occurrences/{row['id']}/differences").json()
    assert said["differences"][0]["field"] == "deaths"
    body = {"signal": key, "reason": "seen by our own"}
    posted = client.post(f"/api/intelligence/occurrences/{row['id']}/believe", body, content_type="application/json")
    assert posted.status_code in {201, 403}
    (again,) = client.get("/api/intelligence/contradictions").json()
    assert again["believed"] is (posted.status_code == 201)
