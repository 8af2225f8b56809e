"""Abuse 4: a filter or an order that the API does not name changes nothing, so nothing can be found out by halving."""

import pytest
from tests import given
from tests.abuse.given import with_key

pytestmark = pytest.mark.django_db(transaction=True)

TRIES = (
    "marking_id=1",
    "marking__classification__gte=2",
    "posture_reason__contains=a",
    "order_by=-marking_id",
    "version__gt=0",
    "sort=posture_reason",
    "mission_id__in=x",
    "filter[clearance]=3",
)


def test_unnamed_filters_and_orders_change_nothing_or_are_refused() -> None:
    given.keys()
    given.missions()
    client = with_key(given.operator("analyst"))
    plain = client.get("/api/missions/").content
    for attempt in TRIES:
        answer = client.get(f"/api/missions/?{attempt}")
        assert answer.status_code in {400, 422} or answer.content == plain, attempt
    assert client.get("/api/missions/?text=Damascus").content != plain, "the control: a named filter does change it"


def test_an_answer_holds_no_field_that_was_not_named() -> None:
    given.keys()
    given.missions()
    row = with_key(given.operator("analyst")).get("/api/missions/").json()[0]
    assert not {"marking", "marking_id", "mission_id", "version", "posture_reason"} & set(row)
