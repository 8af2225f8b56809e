"""Abuse 45 and 46: what people and feeds write is shown as they wrote it; it is no template and no script."""

import re

import pytest
from tests import given
from tests.abuse.given import signed_in, with_key

from legation.missions.events import MissionValue

pytestmark = pytest.mark.django_db(transaction=True)

TEMPLATE = "{{7*7}} ${7*7} %s %(x)s {% debug %} #{7*7} <%= 7*7 %>"
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(1)></script><svg onload=alert(1)>\"'>"


def nasty(text: str) -> MissionValue:
    import dataclasses

    return dataclasses.replace(given.DAMASCUS, title=text[:200], city=text[:80], address=text[:200])


@pytest.mark.parametrize("text", [TEMPLATE, SCRIPT], ids=["template", "script"])
def test_a_title_is_shown_as_it_was_written(text: str) -> None:
    given.keys()
    (mission,) = given.missions(nasty(text))
    client = signed_in(given.operator("rso"))
    for path in ("/missions/", f"/missions/{mission.pk}/", "/", "/search?q=as"):
        page = client.get(path)
        if page.status_code != 200:
            continue
        shown = page.content.decode()
        assert "<script>alert" not in shown, path
        assert "<img src=x" not in shown, path
        assert "<svg onload" not in shown, path
        assert "49" not in re.findall(r"\b49\b", shown), path
    listed = client.get("/missions/").content.decode()
    assert ("{{7*7}}" in listed) if text == TEMPLATE else ("&lt;script&gt;" in listed), (
        "the control: the text is on the page"
    )


def test_a_reason_is_shown_as_it_was_written() -> None:
    given.keys()
    mission, _ = given.missions()
    client = signed_in(given.operator("rso"))
    client.post(f"/missions/{mission.pk}/posture/", {"level": 2, "reason": TEMPLATE + SCRIPT})
    page = client.get(f"/missions/{mission.pk}/", follow=True)
    assert page.status_code == 200
    shown = page.content.decode()
    assert "{{7*7}}" in shown
    assert "<script>alert" not in shown


def test_the_policy_of_every_answer_refuses_inline_scripts() -> None:
    given.keys()
    given.missions()
    officer = given.operator("rso")
    for answer in (signed_in(officer).get("/"), signed_in(officer).get("/missions/"), signed_in(officer).get("/none/")):
        policy = answer.headers["Content-Security-Policy"]
        scripts = next(part for part in policy.split(";") if part.strip().startswith("script-src"))
        assert "unsafe-inline" not in scripts
        assert "unsafe-eval" not in scripts
        assert "'none'" in next(part for part in policy.split(";") if part.strip().startswith("default-src"))
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["X-Frame-Options"] == "DENY"


def test_the_api_answers_json_that_no_browser_takes_for_a_page() -> None:
    given.keys()
    given.missions(nasty(SCRIPT))
    answer = with_key(given.operator("rso")).get("/api/missions/")
    assert answer.headers["Content-Type"].startswith("application/json")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
