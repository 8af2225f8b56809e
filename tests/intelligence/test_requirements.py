"""A question is put, asked, missed, answered, asked again, made a report and closed, through every door."""

import json
from datetime import timedelta

import pytest
from django.urls import reverse
from tests import given
from tests.abuse.given import signed_in, with_key
from tests.intelligence.given import source
from typer.testing import CliRunner

from legation.foundations.decisions import Refused
from legation.foundations.grading import Grade
from legation.foundations.identity import Ref
from legation.foundations.markings import OPEN, Classification, Marking, Tlp
from legation.foundations.time import parse_instant
from legation.intelligence import actions
from legation.intelligence import queries as signals
from legation.intelligence.actions.requirements import Question
from legation.intelligence.cli import app
from legation.intelligence.models import Agency, Answer, Requirement
from legation.intelligence.queries import requirements as queries
from legation.intelligence.rules.requirements import AgencyKind
from legation.intelligence.web.requirements import reported
from legation.missions import published as missions
from legation.platform import clock, personal
from legation.platform.authority.actor import Actor, Forbidden
from legation.platform.authority.actors import SERVICE_CLEARANCE
from legation.platform.authority.markings import intern
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.deadlines import Deadline, fire_due
from legation.platform.subscribers import deliver_all
from legation.platform.writing import Urgency, writing
from legation.watch import queries as watch

pytestmark = pytest.mark.django_db(transaction=True)

RED = Marking(Classification.SECRET, Tlp.RED)
NOW = parse_instant("2018-02-05T06:00Z")
QUESTION = Question("Which streets will be closed on the day of the march?", "Whether the chancery opens")


@pytest.fixture
def analyst() -> Actor:
    given.keys()
    with writing(Urgency.PERSON):
        clock.start_demonstration(NOW)
        for one in (RED, SERVICE_CLEARANCE):
            intern(one)
    given.missions()
    return given.operator("analyst")


def put(analyst: Actor, question: Question = QUESTION) -> Requirement:
    at = missions.find(analyst, "Damascus").id
    return actions.put_requirement(missions.claimed(analyst, at, "intelligence.put_requirement"), question)


def police(analyst: Actor, kind: AgencyKind = AgencyKind.POLICE, name: str = "Diplomatic police") -> Agency:
    house = claim_house("intelligence.register_agency", analyst)
    return actions.register_agency(house, name=name, kind=kind, contact="liaison desk")


def ask(analyst: Actor, row: Requirement, agency: Agency, days: int = 1, missing: str = "") -> Requirement:
    claimed = claim(Requirement, row.pk, "intelligence.ask_requirement", analyst)
    due = clock.as_of() + timedelta(days=days)
    return actions.ask_requirement(claimed, agency=agency, due_at=due, missing=missing)


def answer(analyst: Actor, row: Requirement, text: str, marking: Marking = OPEN) -> Answer:
    claimed = claim(Requirement, row.pk, "intelligence.answer_requirement", analyst)
    return actions.answer_requirement(claimed, text=text, grade=Grade.parse("B2"), marking=marking)


def wait(days: float) -> None:
    with writing(Urgency.PERSON):
        clock.advance(clock.as_of() + timedelta(days=days))
    fire_due(clock.as_of())
    deliver_all()


def test_an_overdue_answer_raises_one_alarm_that_repeats_no_question_whatever_its_marking(analyst: Actor) -> None:
    row = put(analyst, Question("Who approached the guard?", "Whether he keeps his post", marking=RED))
    ask(analyst, row, police(analyst))
    wait(2)
    (late,) = queries.narrowed(analyst, "overdue")
    assert late.row.pk == row.pk
    (alarm,) = [one.row for one in watch.queue(analyst) if one.row.kind == "intelligence.requirement_missed"]
    assert alarm.params == {"owner": analyst.name}
    (agency,) = queries.agencies(analyst)
    assert (agency.standing, agency.overdue) == (1, 1)
    answer(analyst, row, "A taxi driver.")
    house = claim_house("intelligence.miss_requirement", worker())
    assert not actions.miss_requirement(house, row.pk), "what is answered is missed no more"


def worker() -> Actor:
    from legation.platform.authority.actor import ServiceAccount
    from legation.platform.authority.actors import service

    return service(ServiceAccount.WORKER)


def test_asked_again_it_says_what_was_missing_and_usefulness_is_known_by_what_came_of_it(analyst: Actor) -> None:
    row, agency = put(analyst), police(analyst)
    ask(analyst, row, agency)
    wait(0.5)
    answer(analyst, row, "Some.")
    assert not Deadline.objects.filter(key=row.deadline_key, fired_at__isnull=True).exists()
    with pytest.raises(Refused):
        ask(analyst, row, agency)
    again = ask(analyst, row, agency, missing="The names of the streets")
    assert (again.times_asked, again.state) == (2, "asked")
    wait(0.5)
    answer(analyst, row, "Straight Street, from ten.")
    closing = claim(Requirement, row.pk, "intelligence.close_requirement", analyst)
    assert actions.close_requirement(closing).state == "satisfied"
    assert [one.row.useful for one in queries.answers(analyst, row.pk)] == [True, False]
    (seen,) = queries.agencies(analyst)
    assert (seen.track.answers, seen.track.median_days, seen.track.useful_share) == (2, 0.5, 0.5)
    for late_step in (lambda: actions.close_requirement(closing), lambda: ask(analyst, row, agency)):
        with pytest.raises(Refused):
            late_step()


def test_an_answer_above_its_question_is_hidden_from_who_may_only_read_the_question(analyst: Actor) -> None:
    row = put(analyst)
    answer(analyst, row, "From a source of our own.", marking=RED)
    low = given.operator("rso", clearance=OPEN)
    assert queries.requirement(low, row.pk).row.state == "answered"
    assert queries.answers(low, row.pk) == []
    with pytest.raises(Refused):
        answer(low, row, "Higher than I read.", marking=RED)


def test_an_answer_becomes_a_signal_with_its_grade_and_marking_once(analyst: Actor) -> None:
    typed = source("typed", "Typed reports")
    row = put(analyst)
    given_answer = answer(analyst, row, "Two men watched the gate for an hour.")
    claimed = claim(Answer, given_answer.pk, "intelligence.cite_answer", analyst)
    to = claim(type(typed), typed.pk, "intelligence.report", analyst)
    said = reported(analyst, queries.answer(analyst, given_answer.pk), "assault")
    key = actions.report_answer(to, claimed, said)
    assert signals.signal(analyst, key).words.text == "Two men watched the gate for an hour."
    assert queries.answer(analyst, given_answer.pk).row.signal == key
    with pytest.raises(Refused):
        actions.cite_answer(claimed, key)


def test_who_may_not_ask_is_refused_and_a_withdrawal_needs_a_reason(analyst: Actor) -> None:
    row = put(analyst)
    closing = claim(Requirement, row.pk, "intelligence.close_requirement", analyst)
    with pytest.raises(Refused):
        actions.close_requirement(closing)
    with pytest.raises(Refused):
        actions.close_requirement(closing, withdrawn=True)
    assert actions.close_requirement(closing, withdrawn=True, reason="The march is off").state == "withdrawn"
    with pytest.raises(Forbidden):
        put(given.operator("auditor"))
    with pytest.raises(Refused):
        put(analyst, Question("Who?", "why", subject="no reference"))
    police(analyst)
    with pytest.raises(Refused):
        police(analyst)


def test_a_person_who_can_be_asked_is_named_in_a_part_of_his_own(analyst: Actor) -> None:
    row = police(analyst, AgencyKind.PERSON, "Ana Lima")
    assert "Ana" not in str(row.to_value())
    assert personal.held_about(analyst, row.ref)["intelligence.agencies"]
    from legation.intelligence.panels.requirements import forget

    (emptied,) = forget(row.ref).changed
    assert isinstance(emptied, Agency)
    assert (emptied.name, emptied.contact) == ("", "")
    assert not forget(Ref("Person", "0" * 32)).changed


def test_pages_lead_a_question_round_its_circle(analyst: Actor) -> None:
    client, at = signed_in(analyst), missions.find(analyst, "Damascus").id
    source("typed", "Typed reports")
    client.post(reverse("agency-register"), {"name": "Police", "kind": "police", "contact": "desk"})
    said = {"question": "Who?", "why": "posture", "priority": "2", "marking": str(OPEN), "mission": at, "threat": ""}
    page = client.post(reverse("requirement-put"), said, follow=True)
    assert b"Who?" in page.content
    (row,) = [one.row for one in queries.standing(analyst)]
    agency = queries.agency(analyst, "police")
    client.post(reverse("requirement-ask", args=[row.pk]), {"agency": agency.pk, "due": "2018-02-09"})
    told = {"text": "A man.", "grade": "B2", "marking": str(OPEN)}
    client.post(reverse("requirement-answer", args=[row.pk]), told)
    (got,) = queries.answers(analyst, row.pk)
    client.post(reverse("requirement-report", args=[got.row.pk]), {"kind": "assault"})
    assert queries.answer(analyst, got.row.pk).row.signal
    client.post(reverse("requirement-close", args=[row.pk]), {"do": "close"})
    assert queries.requirement(analyst, row.pk).row.state == "satisfied"
    for address in (reverse("requirements"), reverse("requirements") + "?show=closed", f"/missions/{at}/", "/"):
        assert client.get(address).status_code == 200
    assert b"What is still asked" in client.get(f"/intelligence/missions/{at}/").content


def test_the_api_and_the_command_do_the_same(analyst: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    source("typed", "Typed reports")
    client, at = with_key(analyst), missions.find(analyst, "Damascus").id

    def post(path: str, **body: object) -> str:
        answered = client.post(f"/api/intelligence/requirements{path}", body, content_type="application/json")
        assert answered.status_code in {200, 201}, answered.content
        return str(answered.json()["id"])

    agency = post("/agencies", name="Police", kind="police")
    key = post("", question="Who?", why="posture", mission=at)
    post(f"/{key}/ask", agency=agency, due_at="2018-02-09")
    got = post(f"/{key}/answer", text="A man.", grade="B2")
    post(f"/answers/{got}/report", kind="assault")
    post(f"/{key}/close")
    shown = client.get(f"/api/intelligence/requirements/{key}").json()
    assert (shown["state"], shown["answers"][0]["useful"]) == ("satisfied", True)
    assert client.get("/api/intelligence/requirements").json() == []
    monkeypatch.setattr("legation.intelligence.cli.requirements.at_terminal", lambda: analyst)

    def run(*words: str) -> dict[str, object]:
        done = CliRunner().invoke(app, ["requirements", *words, "--json"])
        assert done.exit_code == 0, done.output
        return dict(json.loads(done.output))

    run("agency", "Partner", "partner")
    key = str(run("put", "Where?", "--why", "travel", "--mission", "Damascus")["id"])
    run("ask", key, "Partner", "--due", "2018-02-09")
    got = str(run("answer", key, "Here.")["id"])
    run("report", got, "assault")
    run("close", key)
    assert run("show", key)["state"] == "satisfied"
    for listing in (["requirements", "list", "--json"], ["requirements", "agencies", "--json"]):
        assert isinstance(json.loads(CliRunner().invoke(app, listing).output), list)
