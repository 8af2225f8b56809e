"""Abuse 7: nothing about an answer tells that a record the reader may not see has changed."""

import re

import pytest
from tests import given
from tests.abuse.given import signed_in, with_key

from legation.foundations.posture import PostureLevel
from legation.missions.actions import set_posture
from legation.missions.models import Mission
from legation.platform.authority.resolve import claim

pytestmark = pytest.mark.django_db(transaction=True)

CHANGES_EVERY_TIME = re.compile(
    rb'<span[^>]*id="as-of">[^<]*|data-csrf="[^"]*"|'
    rb'name="csrfmiddlewaretoken" value="[^"]+"|nonce="[^"]+"|"csrf[^"]*": ?"[^"]+"|X-CSRFToken[^,}]+'
)


def told(answer) -> tuple[int, bytes, dict[str, str]]:
    headers = {k: v for k, v in answer.headers.items() if k not in {"Date", "Set-Cookie", "Content-Security-Policy"}}
    return answer.status_code, CHANGES_EVERY_TIME.sub(b"", answer.content), headers


@pytest.mark.parametrize("path", ["/api/missions/", "/missions/"])
def test_a_hidden_change_leaves_every_answer_as_it_was(path: str) -> None:
    given.keys()
    damascus, beirut = given.missions()
    officer = given.operator("rso", scope=frozenset({damascus.pk}))
    chief = given.operator("watch_officer")
    client = with_key(officer) if path.startswith("/api/") else signed_in(officer)
    before = client.get(path)
    assert "ETag" not in before.headers
    assert "Last-Modified" not in before.headers
    assert "no-store" in before.headers["Cache-Control"]

    def change(mission: Mission) -> None:
        claimed = claim(Mission, mission.pk, "missions.set_posture", chief)
        set_posture(claimed, PostureLevel.CRITICAL, lockdown=True, reason="what only headquarters knows")

    change(beirut)
    assert told(client.get(path)) == told(before)
    change(damascus)
    assert told(client.get(path)) != told(before), "the control: a visible change must show"
