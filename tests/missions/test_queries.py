"""Missions are found by id, by city and by name, by those who may see them."""

import dataclasses

import pytest
from tests import given

from legation.missions import published, queries
from legation.platform.authority.actor import NotVisible

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()


def test_a_mission_is_found_by_its_id_and_by_its_city_in_any_case() -> None:
    damascus, _ = given.missions()
    actor = given.operator("rso")
    for words in (damascus.pk, "Q10272400", "damascus", "Embassy of Brazil in Syria"):
        assert queries.mission_named(actor, words) == damascus


def test_of_several_missions_in_a_city_our_own_is_meant() -> None:
    other = dataclasses.replace(given.DAMASCUS, external_id="Q1", sending_state="Austria", title="Embassy of Austria")
    damascus, _, _ = given.missions(given.DAMASCUS, given.BEIRUT, other)
    actor = given.operator("rso")
    assert queries.mission_named(actor, "Damascus") == damascus
    assert published.home_state(actor) == "Brazil"


def test_words_that_fit_several_of_our_own_are_answered_with_their_names() -> None:
    given.missions()
    with pytest.raises(LookupError, match="name one by its id"):
        queries.mission_named(given.operator("rso"), "Embassy of Brazil")


def test_what_does_not_exist_and_what_is_hidden_are_the_same_answer() -> None:
    damascus, beirut = given.missions()
    rso = given.operator("rso", scope=frozenset({beirut.pk}))
    for words in (damascus.pk, "Damascus", "Atlantis"):
        with pytest.raises(NotVisible):
            queries.mission_named(rso, words)
    with pytest.raises(NotVisible):
        queries.mission(rso, damascus.pk)
