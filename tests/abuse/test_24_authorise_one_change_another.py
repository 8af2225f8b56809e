"""Abuse 24: the record that was authorised is the record that is changed; a list resolves whole or not at all."""

import pytest
from tests import given
from tests.abuse.given import signed_in, with_key

from legation.missions.models import Mission
from legation.platform.authority.actor import NotVisible
from legation.platform.authority.resolve import claim_all
from legation.platform.records import MarkedQuerySet

pytestmark = pytest.mark.django_db(transaction=True)

POSTURE = {"level": 3, "lockdown": False, "reason": "to see which one moves"}


def levels() -> dict[str, int]:
    return dict(Mission.objects.values_list("city", "posture_level"))


def test_a_body_that_names_another_mission_is_refused_by_the_api() -> None:
    given.keys()
    damascus, beirut = given.missions()
    client = with_key(given.operator("rso"))
    for field in ("id", "key", "mission", "mission_id", "pk"):
        answer = client.post(
            f"/api/missions/{damascus.pk}/posture", {**POSTURE, field: beirut.pk}, content_type="application/json"
        )
        assert answer.status_code == 422, field
    assert levels() == {"Damascus": 1, "Beirut": 1}


def test_a_form_that_names_another_mission_changes_only_the_one_in_the_path() -> None:
    given.keys()
    damascus, beirut = given.missions()
    client = signed_in(given.operator("rso"))
    client.post(
        f"/missions/{damascus.pk}/posture/", {**POSTURE, "key": beirut.pk, "id": beirut.pk, "mission_id": beirut.pk}
    )
    assert levels() == {"Damascus": 3, "Beirut": 1}


def test_a_mission_out_of_scope_cannot_be_changed_by_its_id(monkeypatch: pytest.MonkeyPatch) -> None:
    given.keys()
    damascus, beirut = given.missions()
    officer = given.operator("rso", scope=frozenset({damascus.pk}))
    client = with_key(officer)
    hidden = client.post(f"/api/missions/{beirut.pk}/posture", POSTURE, content_type="application/json")
    absent = client.post(f"/api/missions/{'f' * 32}/posture", POSTURE, content_type="application/json")
    assert hidden.status_code == absent.status_code == 404
    assert levels() == {"Damascus": 1, "Beirut": 1}
    assert signed_in(officer).post(f"/missions/{beirut.pk}/posture/", POSTURE).status_code == 404
    monkeypatch.setattr(MarkedQuerySet, "visible_to", lambda self, actor: self.all())
    opened = client.post(f"/api/missions/{beirut.pk}/posture", POSTURE, content_type="application/json")
    assert opened.status_code in {200, 201}, "the control: with the filter off the same request goes through"


def test_a_list_with_one_foreign_id_resolves_to_nothing() -> None:
    given.keys()
    damascus, beirut = given.missions()
    officer = given.operator("rso", scope=frozenset({damascus.pk}))
    with pytest.raises(NotVisible):
        claim_all(Mission, [damascus.pk, beirut.pk], "missions.set_posture", officer)
    assert len(claim_all(Mission, [damascus.pk], "missions.set_posture", officer)) == 1


def test_hidden_and_absent_take_the_same_number_of_queries(django_assert_num_queries) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    given.keys()
    damascus, beirut = given.missions()
    client = with_key(given.operator("rso", scope=frozenset({damascus.pk})))
    seen = []
    for key in (beirut.pk, "f" * 32):
        client.get(f"/api/missions/{key}")
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(f"/api/missions/{key}")
        body = answer.content.replace(key.encode(), b"KEY")
        seen.append((answer.status_code, len(queries), body, sorted(answer.headers)))
    assert seen[0] == seen[1]
