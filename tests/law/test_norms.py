"""Instruments are loaded once, keep every wording they had, and open by code."""

from dataclasses import replace
from datetime import date

import pytest
from tests import given
from tests.law.given import PLATES, conventions, later, loaded

from legation.law.actions import Loaded
from legation.law.models import Norm
from legation.law.queries import norms as queries
from legation.platform.authority.actor import Forbidden, NotVisible
from legation.platform.authority.resolve import claim_house

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _node() -> None:
    given.keys()


def test_the_same_list_again_changes_nothing() -> None:
    assert loaded(PLATES) == Loaded(1, 0, 0)
    assert loaded(PLATES) == Loaded(0, 0, 1)
    assert Norm.objects.get().version == 1


def test_a_new_edition_ends_the_old_wording_and_keeps_it() -> None:
    loaded(PLATES)
    old = Norm.objects.get()
    longer = replace(PLATES, words="Vehicles of the mission carry diplomatic plates within thirty days.")
    assert loaded(longer, instrument=later("2010", date(2010, 5, 1))) == Loaded(1, 1, 0)
    reader = given.operator("rso")
    assert queries.norm(reader, "br-sy-4").words == longer.words
    assert queries.norm(reader, old.pk).until == date(2010, 5, 1)
    assert [row.edition for row in queries.editions(reader, "br-sy-4")] == ["2010", "2001"]


def test_what_an_edition_drops_is_ended() -> None:
    loaded(PLATES, replace(PLATES, code="br-sy-5", article="5"))
    assert loaded(PLATES, instrument=later("2010", date(2010, 5, 1))) == Loaded(0, 1, 1)
    assert [row.code for row in queries.in_force(given.operator("staff"), instrument="br-sy")] == ["br-sy-4"]


def test_an_agreement_with_another_state_is_left_out() -> None:
    loaded(PLATES)
    reader = given.operator("analyst")
    assert [row.code for row in queries.in_force(reader, state="SY")] == ["br-sy-4"]
    assert not queries.in_force(reader, state="LB").exists()


def test_shipped_conventions_load_and_a_norm_that_is_not_there_is_not_found() -> None:
    conventions()
    assert queries.norm(given.operator("staff"), "vcdr-22-1").cited == "VCDR art. 22(1)"
    with pytest.raises(NotVisible):
        queries.norm(given.operator("rso"), "vcdr-99")


def test_staff_load_no_law() -> None:
    with pytest.raises(Forbidden):
        claim_house("law.load", given.operator("staff"))
