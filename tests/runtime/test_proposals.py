"""A proposed posture stands with its clock until it is answered: by a decision, a no, or a standing authority."""

from datetime import timedelta

import pytest
from tests import given
from tests.abuse.given import signed_in
from tests.risk import given as risks
from tests.watch.given import authority, planned

from legation.missions import published
from legation.missions.models import Mission
from legation.platform.authority.actor import Actor
from legation.platform.authority.markings import intern
from legation.platform.subscribers import deliver_all
from legation.risk import actions, queries
from legation.watch.events.roster import DutyKind
from legation.watch.models import AuthorityUse, QueuedAlarm, StandingAuthority
from legation.watch.queries import roster

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def damascus() -> Mission:
    """A mission for which risk calls for another posture, which somebody has put forward."""
    given.keys()
    risks.a_demonstration()
    intern(roster.MARKING)
    mission = given.missions()[0]
    rso = given.operator("rso")
    risks.a_war()
    risks.reforecast()
    risks.assessed(rso, mission)
    actions.propose_posture(published.claimed(rso, mission.pk, "risk.propose_posture"))
    deliver_all()
    return mission


def alarm() -> QueuedAlarm:
    return QueuedAlarm.objects.get(kind=queries.POSTURE_ALARM)


def proposed() -> int:
    return int(alarm().params["proposed"])


@pytest.fixture
def head(damascus: Mission) -> Actor:
    return given.operator("head_of_mission")


def test_the_card_says_what_who_and_until_when_and_declining_settles_the_alarm(damascus: Mission, head: Actor) -> None:
    client, page = signed_in(head), f"/proposals/{damascus.pk}/"
    text = client.get(page).content.decode()
    assert f"Posture {proposed()} is called for" in text
    assert "Nobody on the roster: every rso is called" in text
    assert "No standing authority is signed" in text
    assert page in client.get("/").content.decode(), "what waits for a decision leads here"
    client.post(f"/risk/{damascus.pk}/decline/", {"reason": "The shelling is beyond the river"})
    deliver_all()
    assert (alarm().state, alarm().note) == ("closed", "The shelling is beyond the river")
    assert "Declined on" in client.get(page).content.decode()
    assert page not in client.get("/").content.decode()


def test_setting_the_posture_answers_the_proposal(damascus: Mission, head: Actor) -> None:
    short = {"level": str(proposed() - 1), "reason": "Half way"}
    signed_in(head).post(f"/missions/{damascus.pk}/posture/", short)
    deliver_all()
    assert alarm().state == "standing", "less than was proposed answers nothing"
    signed_in(head).post(f"/missions/{damascus.pk}/posture/", {"level": str(proposed()), "reason": "Agreed"})
    deliver_all()
    assert (alarm().state, alarm().note) == ("closed", "Agreed")


def test_where_nobody_answers_who_is_on_call_uses_what_was_signed_within_its_limits(
    damascus: Mission, head: Actor
) -> None:
    walt, now = given.operator("watch_officer", name="walt"), risks.NOW
    planned(head, damascus, DutyKind.DUTY_OFFICER, walt, now, now + timedelta(days=1))
    level, page = proposed(), f"/proposals/{damascus.pk}/"
    authority(head, damascus, level=level - 1)
    client = signed_in(walt)
    assert f"does not reach to posture {level}" in client.get(page).content.decode()
    row = authority(head, damascus, level=level)
    assert f"Use it: posture {level}" in client.get(page).content.decode()
    assert "Use it: posture" not in signed_in(given.operator("rso", name="bo")).get(page).content.decode()
    client.post(f"/watch/authorities/{row.pk}/use/", {"level": str(level), "reason": "Nobody answers"})
    deliver_all()
    damascus.refresh_from_db()
    assert (damascus.posture_level, alarm().state) == (level, "closed")
    assert AuthorityUse.objects.get().authority_id == row.pk
    assert StandingAuthority.objects.count() == 2
    assert "Done without asking" in signed_in(head).get("/").content.decode()


def test_a_graver_band_wants_its_answer_sooner(damascus: Mission) -> None:
    from legation.foundations.posture import PostureLevel
    from legation.risk.rules.posture import ASKED_AS

    assert [ASKED_AS[level] for level in PostureLevel] == sorted(ASKED_AS.values())
    assert alarm().severity == ASKED_AS[PostureLevel(proposed())]
