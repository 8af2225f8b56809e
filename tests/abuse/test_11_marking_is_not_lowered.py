"""Abuse 11: nobody lowers a marking by himself: no verb, field or endpoint takes one for a record that exists."""

import pytest
from tests import given
from tests.abuse.given import signed_in, with_key

from legation.missions.models import Mission
from legation.platform.authority.table import rows

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_verb_lowers_a_marking() -> None:
    lowering = [
        row.verb
        for row in rows()
        if any(word in row.verb for word in ("downgrade", "declassify", "remark", "set_marking"))
    ]
    assert not lowering, "a verb that lowers a marking must be a two-person act; then test it here"


def test_a_marking_sent_along_with_a_change_is_refused_or_ignored() -> None:
    given.keys()
    damascus, _ = given.missions()
    before = Mission.objects.get(pk=damascus.pk).marking_id
    officer = given.operator("rso")
    body = {"level": 2, "lockdown": False, "reason": "to see", "marking": "UNCLASSIFIED // TLP:CLEAR"}
    answer = with_key(officer).post(f"/api/missions/{damascus.pk}/posture", body, content_type="application/json")
    assert answer.status_code == 422
    signed_in(officer).post(f"/missions/{damascus.pk}/posture/", {**body, "marking_id": "1", "marking": "CLEAR"})
    assert Mission.objects.get(pk=damascus.pk).marking_id == before
