"""The register is typed or imported, matched to signals by whole names, reviewed in time, and shown with its reach."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.urls import reverse
from tests import given
from tests.abuse.given import signed_in, with_key
from tests.intelligence.given import collected, fighting, report, source
from typer.testing import CliRunner

from legation.foundations.decisions import Refused
from legation.foundations.markings import OPEN, Classification, Marking, Tlp
from legation.foundations.time import parse_instant
from legation.intelligence.actions.actors import index_names, lapse_review, register_actor, review_actor
from legation.intelligence.cli import app
from legation.intelligence.events.actors import ActorKind, ActorValue
from legation.intelligence.models.actors import ThreatActor
from legation.intelligence.queries import actors as queries
from legation.platform import clock
from legation.platform.authority.actor import Actor, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.deadlines import Deadline, fire_due
from legation.platform.subscribers import deliver_all
from legation.watch.models import QueuedAlarm

pytestmark = pytest.mark.django_db

SECRET = Marking(Classification.SECRET, Tlp.RED)
INSURGENTS = ActorValue(
    "Syrian insurgents", ("المعارضة السورية",), ActorKind.ARMED_GROUP, "overthrow", ("SY",), (), 50.0, ("shelling",)
)


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    clock.start_demonstration(parse_instant("2018-02-05"))


@pytest.fixture
def analyst() -> Actor:
    given.missions()
    collected(source(), fighting())
    deliver_all()
    return given.operator("analyst")


def registered(actor: Actor, value: ActorValue = INSURGENTS, *, marking: Marking = OPEN) -> ThreatActor:
    return register_actor(claim_house("intelligence.register_actor", actor), value, marking=marking)


def test_signals_that_give_a_name_become_the_acts_of_who_bears_it(analyst: Actor) -> None:
    assert "Syrian insurgents" in {one.spoken for one in queries.unregistered(analyst)}
    row = registered(analyst)
    assert queries.by_year(analyst, row) == [(2018, 3)]
    assert [one.acts for one in queries.register(analyst)] == [3]
    assert "Syrian insurgents" not in {one.spoken for one in queries.unregistered(analyst)}


def test_the_missions_in_reach_are_named_with_the_reason(analyst: Actor) -> None:
    row = registered(analyst)
    (damascus,) = queries.reached_by(analyst, row)
    assert (damascus.code, damascus.reaching.acts) == ("reach.nearby", 2)
    (one,) = queries.reaching(analyst, str(damascus.mission.id))
    assert one.nearest
    page = signed_in(analyst).get(reverse("threat-profile", args=[damascus.mission.id])).content.decode()
    assert "Actors with reach" in page


def test_a_name_is_registered_once_and_bad_values_are_refused(analyst: Actor) -> None:
    registered(analyst)
    with pytest.raises(Refused) as refused:
        registered(analyst, ActorValue("SYRIAN  insurgents", (), ActorKind.UNKNOWN, "", (), (), 0, ()))
    assert refused.value.refusal.reason == "actor_known"


def test_who_may_not_read_the_signals_sees_no_acts_and_who_may_not_read_the_entry_no_actor(analyst: Actor) -> None:
    typed = source("typed", "Typed")
    type(typed).objects.filter(pk=typed.pk).update(ceiling=str(SECRET))
    typed.refresh_from_db()
    report(analyst, typed, "They met a courier", marking=SECRET, actors="The Friends; Syrian insurgents")
    deliver_all()
    below = given.operator("rso", clearance=OPEN)
    cleared = given.operator("analyst", name="cleared")
    friends = ActorValue("The Friends", (), ActorKind.SERVICE, "", (), (), 0, ())
    row = registered(cleared, friends)
    assert queries.by_year(cleared, row) == [(2018, 1)]
    assert queries.by_year(below, row) == []
    hidden = registered(cleared, ActorValue("Hidden", (), ActorKind.SERVICE, "", (), (), 0, ()), marking=SECRET)
    assert not ThreatActor.objects.visible_to(below).filter(pk=hidden.pk).exists()
    assert signed_in(below).get(reverse("threat-actor", args=[hidden.pk])).status_code == 404


def test_a_review_that_nobody_makes_in_time_is_said_and_a_review_moves_it(analyst: Actor) -> None:
    row = registered(analyst)
    assert Deadline.objects.get(key=row.review_key).due_at == row.review_at
    claimed = claim(ThreatActor, row.pk, "intelligence.review_actor", analyst)
    row = review_actor(claimed, INSURGENTS, review_at=clock.as_of() + timedelta(days=10))
    clock.advance(clock.as_of() + timedelta(days=11))
    assert fire_due(clock.as_of()) == 1
    deliver_all()
    (alarm,) = QueuedAlarm.objects.visible_to(analyst).filter(kind="intelligence.actor_review_lapsed")
    assert alarm.params["actor"] == "Syrian insurgents"
    worker = service(ServiceAccount.WORKER)
    index_names(claim_house("intelligence.index_names", worker), 1, 3)
    assert lapse_review(claim(ThreatActor, row.pk, "intelligence.lapse_review", worker)).pk == row.pk


def test_page_api_and_command_register_the_same(analyst: Actor) -> None:
    client = signed_in(analyst)
    form = {"name": "Army of Islam", "aliases": "جيش الإسلام", "kind": "armed_group", "countries": "sy",
            "radius_km": "40", "methods": ["shelling"], "marking": str(OPEN)}  # fmt: skip
    page = client.post(reverse("threat-actors"), form, follow=True).content.decode()
    assert "جيش الإسلام" in page
    body = {"name": "Second", "kind": "unknown"}
    answer = with_key(analyst).post("/api/intelligence/actors", body, content_type="application/json")
    assert answer.status_code == 201
    told = json.loads(CliRunner().invoke(app, ["actors", "list", "--json"]).stdout)
    assert {one["name"] for one in told} == {"Army of Islam", "Second"}
    shown = json.loads(CliRunner().invoke(app, ["actors", "show", "Army of Islam", "--json"]).stdout)
    assert shown["reaches"][0]["why"] == "country"


def test_a_table_of_ucdp_is_imported_once_after_a_look_without_doing_it(tmp_path: Path) -> None:
    given.missions()
    table = tmp_path / "ged.csv"
    table.write_bytes(fighting(*[("33.51", "36.29")] * 6))
    said = ["actors", "import", str(table), "--json"]
    dry = json.loads(CliRunner().invoke(app, [*said, "--dry-run"]).stdout)
    done = json.loads(CliRunner().invoke(app, said).stdout)
    again = json.loads(CliRunner().invoke(app, said).stdout)
    assert (len(dry["new"]), dry["registered"], done["registered"], again["registered"]) == (2, 0, 2, 0)
    assert {one.kind for one in queries.actors(given.local())} == {"state_forces", "armed_group"}
