"""Can anyone get in without both factors, and does anyone stay in who was put out?"""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from tests.abuse.given import account
from tests.runtime import given

from legation.platform import clock
from legation.runtime.models import EnrolmentLink

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def no_counters_of_other_tests() -> None:
    cache.clear()


def sign_in(client: Client, name: str, password: str = given.PASSWORD) -> str:
    answer = client.post("/sign-in/", {"login": name, "password": password})
    return answer.headers.get("Location", "")


def test_a_link_sets_password_and_factor_and_opens_the_house() -> None:
    client, _ = given.enrolled(given.person())
    assert client.get("/").status_code == 200


def test_a_link_works_once() -> None:
    actor = given.person()
    path = given.link(actor)
    both = {"password": given.PASSWORD, "repeated": given.PASSWORD}
    assert Client().post(path, both).status_code == 302
    assert Client().post(path, both).status_code == 410
    assert Client().get(path).status_code == 410


def test_looking_at_a_link_uses_nothing_up() -> None:
    path = given.link(given.person())
    assert [Client().get(path).status_code for _ in range(3)] == [200, 200, 200]


def test_a_link_is_over_after_fifteen_minutes_and_when_a_newer_one_is_given() -> None:
    actor = given.person()
    old = given.link(actor)
    fresh = given.link(actor)
    assert Client().get(old).status_code == 410
    EnrolmentLink.objects.update(expires_at=clock.wall() - timedelta(seconds=1))
    assert Client().get(fresh).status_code == 410


def test_the_token_of_a_link_lies_nowhere_in_the_database() -> None:
    token = given.link(given.person()).strip("/").rpartition("/")[2]
    row = EnrolmentLink.objects.get()
    assert token.encode() not in bytes(row.token_sha256)
    assert len(bytes(row.token_sha256)) == 32


def test_weak_or_differing_passwords_are_refused_and_the_link_stays_good() -> None:
    path = given.link(given.person())
    for first, second in [("short", "short"), ("password12345", "password12345"), (given.PASSWORD, "another long one")]:
        assert Client().post(path, {"password": first, "repeated": second}).status_code == 200
    assert Client().get(path).status_code == 200


def test_a_password_without_the_code_opens_nothing() -> None:
    given.enrolled(given.person())
    client = Client()
    assert sign_in(client, "watch_officer").endswith("/sign-in/code/")
    assert client.get("/").headers["Location"] == "/sign-in/"
    assert client.post("/sign-in/code/", {"code": "000000"}).status_code == 200
    assert client.get("/").headers["Location"] == "/sign-in/"


def test_password_and_code_open_the_house_and_the_code_works_once() -> None:
    _, secret = given.enrolled(given.person())
    code = given.totp(secret)
    first, second = Client(), Client()
    sign_in(first, "watch_officer")
    sign_in(second, "watch_officer")
    assert first.post("/sign-in/code/", {"code": code}).headers["Location"] == "/"
    assert first.get("/").status_code == 200
    assert second.post("/sign-in/code/", {"code": code}).status_code == 200, "the same code again is refused"


def test_a_recovery_code_opens_the_house_once() -> None:
    actor = given.person()
    given.enrolled(actor)
    codes = Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES).wrap().get_unused_codes()
    for status in (302, 200):
        client = Client()
        sign_in(client, "watch_officer")
        assert client.post("/sign-in/code/", {"code": codes[0]}).status_code == status


def test_the_factors_secret_lies_encrypted_in_the_database() -> None:
    _, secret = given.enrolled(given.person())
    kept = Authenticator.objects.get(type=Authenticator.Type.TOTP).data["secret"]
    assert secret not in kept


def test_who_has_the_password_but_never_set_up_a_factor_cannot_set_one_up() -> None:
    actor = given.person()
    Client().post(given.link(actor), {"password": given.PASSWORD, "repeated": given.PASSWORD})
    thief = Client()
    assert sign_in(thief, "watch_officer").endswith("/sign-in/factor/missing/")
    assert thief.get("/sign-in/factor/").headers["Location"] == "/sign-in/"


def test_the_second_factor_cannot_be_taken_off() -> None:
    client, _ = given.enrolled(given.person())
    client.post("/account/")
    assert Authenticator.objects.filter(type=Authenticator.Type.TOTP).count() == 1


def test_five_wrong_passwords_lock_the_name_also_for_the_right_one() -> None:
    given.enrolled(given.person())
    for _ in range(5):
        assert not sign_in(Client(), "watch_officer", "wrong wrong wrong")
    assert not sign_in(Client(), "watch_officer"), "locked"
    cache.clear()
    assert sign_in(Client(), "watch_officer"), "the control: after the pause the right one works"


def test_an_unknown_name_and_a_wrong_password_get_the_same_answer() -> None:
    given.enrolled(given.person())
    answers = []
    for name in ("watch_officer", "nobody_of_that_name"):
        page = Client().post("/sign-in/", {"login": name, "password": "wrong wrong wrong"}).content.decode()
        answers.append(page.partition('class="errors"')[2].partition("</ul>")[0])
    assert answers[0] == answers[1]
    assert answers[0]


def test_a_new_enrolment_ends_sessions_and_the_old_factor() -> None:
    actor = given.person()
    old, secret = given.enrolled(actor)
    given.enrolled(actor)
    assert old.get("/").headers["Location"] == "/sign-in/"
    late = Client()
    sign_in(late, "watch_officer")
    assert late.post("/sign-in/code/", {"code": given.totp(secret)}).status_code == 200


def test_ending_a_session_puts_that_browser_out_at_its_next_request() -> None:
    actor = given.person()
    here, secret = given.enrolled(actor)
    there = Client()
    sign_in(there, "watch_officer")
    there.post("/sign-in/code/", {"code": given.totp(secret)})
    assert there.get("/").status_code == 200
    assert here.post("/account/sessions/others/").status_code == 302
    assert there.get("/").headers["Location"] == "/sign-in/"
    assert here.get("/").status_code == 200


def test_another_persons_session_cannot_be_ended() -> None:
    given.person()
    one, _ = given.enrolled(given.given.operator("analyst"))
    two, _ = given.enrolled(given.given.operator("rso"))
    page = two.get("/account/").content.decode()
    assert 'action="/account/sessions/1/"' not in page
    two.post("/account/sessions/1/")
    assert one.get("/").status_code == 200


def test_a_closed_account_is_put_out_at_its_next_request() -> None:
    actor = given.person()
    client, _ = given.enrolled(actor)
    operator = account(actor)
    type(operator).objects.filter(pk=operator.pk).update(active=False)
    assert client.get("/").headers["Location"] == "/sign-in/"


def test_there_is_no_sign_up() -> None:
    given.person()
    assert Client().get("/sign-in/signup/").status_code == 404


def test_pages_are_not_kept_and_may_not_be_framed_or_run_inline_code() -> None:
    client, _ = given.enrolled(given.person())
    headers = client.get("/").headers
    assert headers["Cache-Control"] == "no-store"
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Referrer-Policy"] == "same-origin"


def test_hidden_and_absent_pages_have_the_same_body() -> None:
    client, _ = given.enrolled(given.person())
    one, two = client.get("/missions/" + "0" * 32 + "/"), client.get("/missions/" + "f" * 32 + "/")
    assert (one.status_code, one.content) == (404, two.content)
