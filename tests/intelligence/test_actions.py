"""What is collected is stored once, fused, counted for the missions it concerns, and recorded in one entry a batch."""

import pytest
from tests import given
from tests.intelligence.given import collected, fighting, report, source

from legation.foundations.threats import ThreatClass
from legation.foundations.time import epoch_s, parse_instant
from legation.intelligence import queries
from legation.intelligence.models import Occurrence, Picture, Signal
from legation.missions.published import mission as mission_seen
from legation.platform import clock
from legation.platform.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()
    clock.start_demonstration(parse_instant("2018-02-05"))


def test_a_file_becomes_signals_and_occurrences_and_moves_the_pictures_of_its_missions() -> None:
    damascus, _beirut = given.missions()
    one = source()
    done = collected(one, fighting())
    assert (done.accepted, done.signals, done.occurrences, done.quarantined) == (3, 3, 3, [])
    lines = {line.threat: line for line in queries.profile(given.local(), mission_seen(given.local(), damascus.pk))}
    assert lines[ThreatClass.ARMED_CONFLICT].score > 0
    assert Picture.objects.count() == 2
