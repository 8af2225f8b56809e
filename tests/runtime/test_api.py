"""Does the API refuse in one form, and accept nothing that it does not name?"""

import pytest
from django.test import Client
from tests import given
from tests.abuse.given import signed_in, with_key

pytestmark = pytest.mark.django_db(transaction=True)


def officer() -> Client:
    given.keys()
    given.missions()
    return with_key(given.operator("watch_officer"))


def test_every_refusal_is_a_problem_document_that_says_what_to_do() -> None:
    client = officer()
    attempts = [
        (401, Client().get("/api/missions/")),
        (404, client.get("/api/missions/" + "f" * 32)),
        (422, client.get("/api/missions/?unknown=1")),
        (422, client.get("/api/missions/?limit=many")),
        (422, client.post(f"/api/missions/{key_of(client)}/posture", {"level": 3}, content_type="application/json")),
    ]
    for status, answer in attempts:
        body = answer.json()
        assert (answer.status_code, body["status"]) == (status, status), body
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert body["detail"]


def key_of(client: Client) -> str:
    return str(client.get("/api/missions/?text=Damascus").json()[0]["id"])


def test_a_command_with_the_same_key_is_done_once_and_with_another_body_refused() -> None:
    client = officer()
    path, headers = f"/api/missions/{key_of(client)}/posture", {"Idempotency-Key": "k1"}
    body = {"level": 3, "reason": "shelling near by"}
    first = client.post(path, body, content_type="application/json", headers=headers)
    again = client.post(path, body, content_type="application/json", headers=headers)
    other = client.post(path, {**body, "level": 4}, content_type="application/json", headers=headers)
    assert (first.status_code, again.status_code, other.status_code) == (201, 200, 422)
    assert first.json() == again.json()


def test_a_refusal_of_a_rule_carries_its_reason_and_a_sentence() -> None:
    client = officer()
    path = f"/api/missions/{key_of(client)}/posture"
    body = {"level": 1, "reason": "nothing changed"}
    answer = client.post(path, body, content_type="application/json")
    assert answer.status_code == 409
    assert answer.json()["reason"] == "posture_unchanged"
    assert "stands at posture" in answer.json()["detail"]


def test_a_session_may_read_the_api_but_writes_only_with_its_form_token() -> None:
    given.keys()
    damascus, _ = given.missions()
    actor = given.operator("watch_officer")
    browser = signed_in(actor)
    browser.handler.enforce_csrf_checks = True
    path = f"/api/missions/{damascus.pk}/posture"
    body = {"level": 3, "reason": "shelling near by"}
    assert browser.post(path, body, content_type="application/json").status_code == 403
    browser.get("/")
    token = browser.cookies["legation_csrf"].value
    answer = browser.post(path, body, content_type="application/json", headers={"X-CSRFToken": token})
    assert answer.status_code == 201, answer.content


def test_the_schema_is_openapi_3_1_and_names_every_room_with_a_router() -> None:
    schema = Client().get("/api/openapi.json").json()
    assert schema["openapi"].startswith("3.1")
    assert any(path.startswith("/api/missions/") for path in schema["paths"])
    assert any(path.startswith("/api/watch/") for path in schema["paths"])
