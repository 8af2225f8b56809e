"""Do pages, API and terminal show and do the same, and say what was refused?"""

import json
from pathlib import Path

import pytest
from django.urls import reverse
from tests import given
from tests.abuse.given import account, signed_in, with_key
from tests.law.given import conventions
from tests.risk import given as risks
from typer.testing import CliRunner

from legation.foundations.threats import ThreatClass
from legation.missions.models import Mission
from legation.pages.panels import address_of
from legation.pages.sentences import known
from legation.platform.authority.actor import Actor
from legation.platform.doors import issue_key
from legation.risk import queries
from legation.risk.cli import app
from legation.risk.models import Acceptance, Assessment, Measure
from legation.risk.panels.charting import verdict
from legation.risk.rules.matrix import Band

pytestmark = pytest.mark.django_db
WAR = ThreatClass.ARMED_CONFLICT.value


@pytest.fixture
def damascus() -> Mission:
    given.keys()
    risks.a_demonstration()
    mission = given.missions()[0]
    risks.a_war(days=600)
    risks.reforecast()
    return mission


@pytest.fixture
def rso(damascus: Mission) -> Actor:
    return given.operator("rso")


@pytest.fixture
def head(damascus: Mission) -> Actor:
    return given.operator("head_of_mission")


@pytest.fixture
def at_terminal(rso: Actor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    key = tmp_path / "key"
    key.write_text(issue_key(account(rso)))
    key.chmod(0o600)
    monkeypatch.setenv("LEGATION_KEY_FILE", str(key))
    return CliRunner()


def test_every_page_of_the_room_is_shown(damascus: Mission, rso: Actor) -> None:
    client = signed_in(rso)
    mission = client.get(reverse("mission", args=[damascus.pk])).content.decode()
    assert "days:" in mission
    for name, args in (
        ("risk", ()),
        ("risk-mission", (damascus.pk,)),
        ("risk-scenario", (damascus.pk, WAR)),
        ("risk-forecast", (damascus.pk,)),
        ("mission", (damascus.pk,)),
    ):
        page = client.get(reverse(name, args=args))
        assert page.status_code == 200, name
        assert b"[expected]" not in page.content


def test_the_scenario_page_says_every_cause_in_words_and_links_it(damascus: Mission, rso: Actor) -> None:
    risks.assessed(rso, damascus)
    text = signed_in(rso).get(reverse("risk-scenario", args=[damascus.pk, WAR])).content.decode()
    assert "occurrences expected within 25 km" in text
    assert "About " in text
    assert "/intelligence/occurrences/" in text
    assert "Vulnerability judged high: street side" in text
    assert "You hold no delegation at this mission." in text


def test_an_unknown_class_or_mission_is_the_same_absence(damascus: Mission, rso: Actor) -> None:
    client = signed_in(rso)
    assert client.get(f"/risk/{damascus.pk}/weather/").status_code == 404
    assert client.get(f"/risk/{'0' * 32}/{WAR}/").status_code == 404


def test_a_person_assesses_delegates_and_accepts_on_the_pages(damascus: Mission, rso: Actor, head: Actor) -> None:
    form = {
        "vulnerability": "3",
        "vulnerability_reason": "street side",
        "people": "60",
        "criticality": "2",
        "programme": "1",
        "impact_reason": "roll",
    }
    signed_in(rso).post(reverse("risk-assess", args=[damascus.pk, WAR]), form)
    assessment = Assessment.objects.get()
    risks.delegated(damascus, head, Band.VERY_HIGH)
    url = reverse("risk-accept", args=[assessment.pk])
    refused = signed_in(rso).post(url, {"until": "2018-03-01", "reason": "needed"}, follow=True)
    assert "You hold no delegation to accept risk at this mission" in refused.content.decode()
    signed_in(head).post(url, {"until": "2018-03-01", "reason": "needed"})
    assert Acceptance.objects.get().person == head.id
    page = signed_in(head).get(reverse("risk-scenario", args=[damascus.pk, WAR])).content.decode()
    assert "You may accept up to Very high here." in page


def test_a_measure_is_proposed_and_chosen_on_the_pages(damascus: Mission, rso: Actor) -> None:
    form = {
        "title": "Wall",
        "layer": "delay",
        "means": "physical",
        "aspect": "vulnerability",
        "points": "20",
        "effectiveness": "3",
        "cost": "38000",
        "currency": "CHF",
        "norm": "VCDR art. 22(2)",
        "threats": [WAR],
    }
    conventions()
    client = signed_in(rso)
    client.post(reverse("risk-add-measure", args=[damascus.pk]), form)
    measure = Measure.objects.get()
    assert measure.norm == "vcdr-22-2"
    assert measure.threats == WAR
    client.post(reverse("risk-set-measure", args=[measure.pk]), {"state": "chosen"})
    measure.refresh_from_db()
    assert measure.state == "chosen"
    half = client.post(reverse("risk-add-measure", args=[damascus.pk]), {"title": "Half a measure"}, follow=True)
    assert "Look again at" in half.content.decode()


def test_records_lead_to_the_page_that_shows_them(damascus: Mission, rso: Actor) -> None:
    row = risks.assessed(rso, damascus)
    answer = signed_in(rso).get(address_of(row.ref))
    assert answer.url == reverse("risk-scenario", args=[damascus.pk, WAR])  # type: ignore[attr-defined]


def test_the_api_answers_what_the_page_shows(damascus: Mission, rso: Actor) -> None:
    client = with_key(rso)
    rows = client.get(f"/api/risk/scenarios?mission={damascus.pk}").json()
    assert rows[0]["threat"] == WAR
    tree = client.get(f"/api/risk/{damascus.pk}/explain/{WAR}").json()
    assert tree["likelihood"]["points"] == pytest.approx(rows[0]["present_likelihood"])
    ahead = client.get(f"/api/risk/{damascus.pk}/forecasts").json()
    assert {row["horizon_days"] for row in ahead} == {1, 7, 30, 90}


def test_the_api_accepts_once_for_one_key_and_refuses_unknown_fields(
    damascus: Mission, rso: Actor, head: Actor
) -> None:
    risks.delegated(damascus, head, Band.VERY_HIGH)
    body = {"threat": WAR, "vulnerability": 2, "vulnerability_reason": "seen", "programme": 1}
    made = with_key(rso).post(f"/api/risk/{damascus.pk}/assessments", body, content_type="application/json")
    assert made.status_code == 201, made.content
    url = f"/api/risk/assessments/{made.json()['id']}/accept"
    wish = {"until": "2018-03-01T00:00:00Z", "reason": "needed"}
    client = with_key(head)
    sent = [
        client.post(url, wish, content_type="application/json", headers={"Idempotency-Key": "one"}) for _ in range(2)
    ]
    assert [answer.status_code for answer in sent] == [201, 200]
    assert Acceptance.objects.count() == 1
    assert client.post(url, {**wish, "band": 1}, content_type="application/json").status_code == 422


def test_explain_at_the_terminal_prints_the_tree_and_as_json_the_same_points(
    damascus: Mission, rso: Actor, at_terminal: CliRunner
) -> None:
    done = at_terminal.invoke(app, ["explain", "Damascus", "--json"])
    tree = json.loads(done.stdout)
    explained = queries.explain(rso, damascus.pk, ThreatClass.ARMED_CONFLICT)
    assert tree["likelihood"]["points"] == pytest.approx(explained.assessed.likelihood.points)
    assert tree["likelihood"]["children"][0]["children"][0]["children"][0]["subject"].startswith("Occurrence/")
    plain = at_terminal.invoke(app, ["explain", "Damascus"])
    assert plain.exit_code == 0


@pytest.mark.parametrize("words", [["top", "3"], ["forecast", "Damascus"], ["score"]])
def test_each_reading_command_answers_as_json_and_as_a_table(
    at_terminal: CliRunner, words: list[str], damascus: Mission
) -> None:
    done = at_terminal.invoke(app, [*words, "--json"])
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)
    assert at_terminal.invoke(app, words).exit_code == 0


def test_accept_at_the_terminal_is_refused_with_its_sentence_and_exit_code_three(
    damascus: Mission, rso: Actor, at_terminal: CliRunner
) -> None:
    risks.assessed(rso, damascus)
    done = at_terminal.invoke(app, ["accept", "Damascus", WAR, "--until", "2018-03-01", "--reason", "needed"])
    assert done.exit_code == 3
    assert not Acceptance.objects.exists()


def test_a_measure_at_the_terminal_names_its_norm_and_waits_for_a_consent(
    damascus: Mission, rso: Actor, at_terminal: CliRunner
) -> None:
    conventions()
    words = ["measure", "Damascus", "Camera over the gate", "detect", "technical", "vulnerability", "4"]
    done = at_terminal.invoke(app, [*words, "--norm", "vcdr-22-2"])
    assert "resting on VCDR" in done.stdout
    assert at_terminal.invoke(app, [*words, "--norm", "vcdr-22-2", "--use", "camera_on_street"]).exit_code == 3
    assert at_terminal.invoke(app, [*words, "--norm", "my own"]).exit_code == 3
    assert Measure.objects.count() == 1


def test_delegate_at_the_terminal_names_the_person(
    damascus: Mission, head: Actor, rso: Actor, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LEGATION_KEY_FILE", str(tmp_path / "none"))
    runner = CliRunner()
    assert runner.invoke(app, ["delegate", "Damascus", rso.name, "medium", "2018-06-01"]).exit_code == 0
    assert [row.person for row in queries.delegations(rso, damascus.pk)] == [rso.id]
    assert runner.invoke(app, ["delegate", "Damascus", "nobody", "medium", "2018-06-01"]).exit_code == 2
    assert runner.invoke(app, ["delegate", "Damascus", rso.name, "huge", "2018-06-01"]).exit_code == 2


def test_where_the_method_does_not_beat_a_baseline_the_sentence_says_so() -> None:
    def beside(mean: str, last: str) -> dict[str, dict[str, object]]:
        return {"historical_mean": {"verdict": mean}, "last_value": {"verdict": last}}

    assert verdict(beside("no_better", "better"))[1] == "No better than the historical mean."
    assert verdict(beside("worse", "better"))[1].startswith("Worse than the historical mean")
    assert verdict(beside("better", "better"))[1].startswith("Better than")
    assert verdict(beside("too_little", "too_little"))[1].startswith("Too few")


def test_every_refusal_and_alarm_of_the_room_has_its_sentence() -> None:
    import re

    from legation.risk.rules import acceptance, entering, measures

    for module in (acceptance, entering, measures):
        text = Path(module.__file__ or "").read_text(encoding="utf-8")
        for code in re.findall(r'(?:_refuse|Refusal)\(\s*"(\w+)"', text) + re.findall(r', "(\w+)"\),', text):
            assert known(code), code
