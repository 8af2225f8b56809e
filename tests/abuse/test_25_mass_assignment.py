"""Abuse 25: unknown and protected fields are refused, not dropped."""

import pytest
from tests import given
from tests.abuse.given import with_key

from legation.missions.models import Mission

pytestmark = pytest.mark.django_db(transaction=True)

GOOD = {"level": 2, "lockdown": False, "reason": "as agreed"}
EXTRA = (
    {"marking": "CLEAR"},
    {"label": "CLEAR"},
    {"owner": "me"},
    {"file_local_name": "../../x"},
    {"version": 0},
    {"posture_since": "2001-01-01T00:00:00Z"},
    {"actor": "operator/1"},
    {"__class__": "Mission"},
)


@pytest.mark.parametrize("extra", EXTRA, ids=lambda e: next(iter(e)))
def test_a_field_too_many_is_refused_and_nothing_is_written(extra: dict[str, object]) -> None:
    given.keys()
    damascus, _ = given.missions()
    client = with_key(given.operator("rso"))
    path = f"/api/missions/{damascus.pk}/posture"
    refused = client.post(path, GOOD | extra, content_type="application/json")
    assert refused.status_code == 422
    assert Mission.objects.get(pk=damascus.pk).posture_level == 1
    assert client.post(path, GOOD, content_type="application/json").status_code in {200, 201}, "the control"


def test_every_body_that_the_api_takes_forbids_unknown_fields() -> None:
    from django.test import Client

    schemas = Client().get("/api/openapi.json").json()["components"]["schemas"]
    taken = [name for name in schemas if name.endswith("In")]
    assert taken
    loose = [name for name in taken if schemas[name].get("additionalProperties") is not False]
    assert not loose, f"write model_config = {{'extra': 'forbid'}} in {loose}"
