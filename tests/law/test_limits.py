"""A consent is recorded where a norm asks for one and holds until it ends; what it lifts is refused without it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests import given
from tests.law.given import conventions

from legation.foundations.decisions import Grant, Refusal, Refused
from legation.law import actions, published
from legation.law.events.limits import Use
from legation.law.models import Consent
from legation.law.rules.limits import Said
from legation.missions import published as missions
from legation.missions.models import Mission
from legation.platform import clock
from legation.platform.authority.actor import Actor, Forbidden, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim
from legation.platform.deadlines import fire_due
from legation.platform.ledger.models import WordRow

pytestmark = pytest.mark.django_db

START = datetime(2018, 2, 5, 6, tzinfo=UTC)
SAID = Said("Ministry of Interior, Damascus", date(2018, 1, 20), "four cameras on the street side", "Note 12/2018")


@pytest.fixture
def damascus() -> Mission:
    given.keys()
    clock.start_demonstration(START)
    conventions()
    return given.missions()[0]


@pytest.fixture
def rso(damascus: Mission) -> Actor:
    return given.operator("rso")


def recorded(actor: Actor, mission: Mission, use: Use = Use.CAMERA_PUBLIC, said: Said = SAID) -> Consent:
    return actions.record_consent(missions.claimed(actor, mission.pk, "law.record_consent"), use, said)


def test_a_camera_on_the_street_may_stand_once_a_consent_is_recorded(damascus: Mission, rso: Actor) -> None:
    before = published.limit_on(rso, damascus.pk, [Use.CAMERA_PUBLIC])
    assert isinstance(before, Refusal)
    assert (before.reason, before.norm) == ("host_law_needs_consent", "vcdr-41-1-camera")
    assert recorded(rso, damascus).norm == "vcdr-41-1-camera"
    assert isinstance(published.limit_on(rso, damascus.pk, [Use.CAMERA_PUBLIC]), Grant)
    assert isinstance(published.limit_on(rso, damascus.pk, [Use.CAMERA_PUBLIC, Use.ARMS]), Refusal)
    assert isinstance(published.limit_on(rso, given.missions()[1].pk, [Use.CAMERA_PUBLIC]), Refusal)


def test_a_consent_that_is_withdrawn_no_longer_lifts_the_limit(damascus: Mission, rso: Actor) -> None:
    row = recorded(rso, damascus)
    actions.withdraw_consent(claim(Consent, row.pk, "law.withdraw_consent", rso))
    assert isinstance(published.limit_on(rso, damascus.pk, [Use.CAMERA_PUBLIC]), Refusal)


def test_end_consent_comes_with_its_day_and_raises_an_alarm(damascus: Mission, rso: Actor) -> None:
    until = START + timedelta(days=10)
    row = recorded(rso, damascus, said=Said(SAID.given_by, SAID.given_on, SAID.scope, SAID.document, until))
    assert fire_due(START + timedelta(days=9)) == 0
    assert fire_due(until) == 1
    row.refresh_from_db()
    assert row.state == "expired"
    worker = service(ServiceAccount.WORKER)
    assert actions.end_consent(claim(Consent, row.pk, "law.end_consent", worker)).version == row.version
    assert WordRow.objects.filter(word="alarm", kind="law.consent_ended").exists()


@pytest.mark.parametrize(
    ("use", "said", "reason"),
    [
        (Use.UNLAWFUL_COLLECTION, SAID, "consent_cannot_lift"),
        (Use.CAMERA_PUBLIC, Said("", SAID.given_on, "x", "y"), "consent_without_giver"),
        (Use.CAMERA_PUBLIC, Said("Police", SAID.given_on, "x", ""), "consent_without_document"),
        (Use.CAMERA_PUBLIC, Said("Police", date(2018, 3, 1), "x", "y"), "consent_in_future"),
        (Use.CAMERA_PUBLIC, Said("Police", SAID.given_on, "x", "y", START), "consent_already_over"),
    ],
)
def test_record_consent_refuses_what_is_none(damascus: Mission, rso: Actor, use: Use, said: Said, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        recorded(rso, damascus, use, said)
    assert refused.value.refusal.reason == reason


def test_an_analyst_records_no_consent(damascus: Mission) -> None:
    with pytest.raises(Forbidden):
        recorded(given.operator("analyst"), damascus)


def test_a_consular_post_is_asked_by_the_consular_convention(damascus: Mission, rso: Actor) -> None:
    from dataclasses import replace

    from legation.missions.events import MissionKind

    (consulate,) = given.missions(replace(given.DAMASCUS, external_id="Q1", kind=MissionKind.CONSULATE, city="Aleppo"))
    decided = published.limit_on(rso, consulate.pk, [Use.RADIO_TRANSMITTER])
    assert isinstance(decided, Refusal)
    assert decided.norm == "vccr-35-1-radio"
    assert published.limits_of(rso, consulate.pk, [Use.ARMS])[0].cited == "VCCR art. 55(1)"
