"""The authority matrix: every route × every role × visible or hidden, out of the addresses that are really served.

A route that is not in the table fails: whoever adds one says here who may. Verbs and their holders come from
`runtime/authority.csv`, so the table of rights stands in one place only.
"""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests import given
from tests.abuse.given import signed_in, with_key

from legation.missions.models import Mission
from legation.platform.authority.actor import Actor, Role
from legation.platform.authority.table import verbs_of

pytestmark = pytest.mark.django_db(transaction=True)

OPEN, SIGNED_IN = "open to all", "any person signed in"


@dataclass(frozen=True)
class Row:
    """Who may: a verb of the table, or OPEN, or SIGNED_IN. method: how it is asked. mission: the path names one."""

    who: str
    method: str = "get"
    mission: bool = False
    body: str = "{}"


PAGES: dict[str, Row] = {
    "health": Row(OPEN),
    "language/": Row(OPEN, "post"),
    "enrol/<str:token>/": Row(OPEN),
    "": Row(SIGNED_IN),
    "search": Row(SIGNED_IN),
    "authority": Row(SIGNED_IN),
    "map.json": Row("missions.read"),
    "watch/": Row("watch.read"),
    "missions/": Row("missions.read"),
    "missions/load/": Row("missions.import"),
    "missions/<str:key>/": Row("missions.read", mission=True),
    "missions/<str:key>/posture/": Row("missions.set_posture", "post", mission=True),
    "missions/<str:key>/premises/": Row("missions.add_premises", "post", mission=True),
    "ledger/": Row("ledger.read"),
    "ledger/<str:key>/": Row("ledger.read"),
    "watch/alarms/": Row("watch.read"),
    "watch/alarms/<str:key>/": Row("watch.read"),
    "watch/alarms/<str:key>/take/": Row("watch.take", "post"),
    "watch/alarms/<str:key>/close/": Row("watch.close", "post"),
    "next-day": Row("runtime.advance", "post"),
}
"""Address as the URL conf writes it → who may ask it. Sign-in and one's own account are in OWN."""

OWN = ("sign-in/", "account/")
"""Sign-in, and what concerns only the person himself; their own tests are in tests/runtime."""

API: dict[tuple[str, str], Row] = {
    ("get", "/api/missions/"): Row("missions.read"),
    ("get", "/api/missions/{key}"): Row("missions.read", mission=True),
    ("post", "/api/missions/{key}/posture"): Row(
        "missions.set_posture", "post", mission=True, body='{"level": 1, "reason": "who may?"}'
    ),
    ("post", "/api/missions/list"): Row("missions.import", "post", body="qid,type,operator,country,title"),
    ("get", "/api/watch/alarms"): Row("watch.read"),
    ("get", "/api/watch/alarms/{key}"): Row("watch.read"),
    ("post", "/api/watch/alarms/{key}/take"): Row("watch.take", "post"),
    ("post", "/api/watch/alarms/{key}/close"): Row(
        "watch.close", "post", body='{"outcome": "false", "note": "who may?"}'
    ),
}


def page_routes(patterns: list[Any] | None = None, prefix: str = "") -> list[str]:
    """Every address of the URL conf, API aside."""
    found = []
    for item in get_resolver().url_patterns if patterns is None else patterns:
        here = prefix + str(item.pattern)
        if here.startswith("api/") or here.startswith(OWN):
            continue
        if isinstance(item, URLResolver):
            found += page_routes(item.url_patterns, here)
        elif isinstance(item, URLPattern):
            found.append(here)
    return found


def api_routes() -> list[tuple[str, str]]:
    paths = Client().get("/api/openapi.json").json()["paths"]
    return [(method, path) for path, methods in paths.items() for method in methods]


def test_every_page_is_in_the_table_and_the_table_names_no_other() -> None:
    served = set(page_routes())
    assert not served - set(PAGES), f"say in PAGES who may ask for {sorted(served - set(PAGES))}"
    assert not set(PAGES) - served, f"PAGES names what is not served: {sorted(set(PAGES) - served)}"


def test_every_operation_of_the_api_is_in_the_table_and_the_table_names_no_other() -> None:
    served = set(api_routes())
    assert not served - set(API), f"say in API who may ask for {sorted(served - set(API))}"
    assert not set(API) - served, f"API names what is not served: {sorted(set(API) - served)}"


def asked(client: Client, row: Row, path: str) -> int:
    """The status of the answer. Pages are posted empty forms: rights come before what is written in them."""
    if path.startswith("/api/") and row.method != "get":
        kind = "application/json" if row.body.startswith("{") else "text/csv"
        return int(client.generic(row.method.upper(), path, row.body.encode(), content_type=kind).status_code)
    return int(getattr(client, row.method)(path).status_code)


def filled(path: str, key: str) -> str:
    return re.sub(r"<\w+:\w+>|\{\w+\}", key, path if path.startswith("/") else "/" + path)


def cells() -> list[tuple[str, str, Row]]:
    return [("page", path, row) for path, row in PAGES.items()] + [("api", path, row) for (_, path), row in API.items()]


def client_of(door: str, actor: Actor) -> Client:
    return signed_in(actor) if door == "page" else with_key(actor)


REFUSED, ABSENT = {401, 403}, {404}


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_each_role_may_what_its_verbs_say_and_nothing_else(role: str) -> None:
    given.keys()
    damascus, _ = given.missions()
    actor = given.operator(role)
    verbs = verbs_of(frozenset({role}))
    clients = {door: client_of(door, actor) for door in ("page", "api")}
    faults = []
    for door, path, row in cells():
        status = asked(clients[door], row, filled(path, damascus.pk))
        named_absent = ("<str:key>" in path or "{" in path or "<str:token>" in path) and not row.mission
        if row.who in {OPEN, SIGNED_IN} or row.who in verbs:
            wrong = status >= 500 or status in REFUSED or (status in ABSENT and not named_absent)
        else:
            wrong = status not in REFUSED | ABSENT
        if wrong:
            faults.append(f"{role} {row.method} {path}: {status}, {'may' if row.who in verbs else 'may not'} {row.who}")
    assert not faults, "\n" + "\n".join(faults)


@pytest.mark.parametrize("role", [role.value for role in Role])
def test_a_mission_out_of_scope_is_absent_at_every_route_for_every_role(role: str) -> None:
    given.keys()
    damascus, beirut = given.missions()
    actor = given.operator(role, scope=frozenset({damascus.pk}))
    faults = []
    for door, path, row in cells():
        if row.mission:
            client = client_of(door, actor)
            hidden, absent = (asked(client, row, filled(path, key)) for key in (beirut.pk, "f" * 32))
            if hidden != absent or hidden not in REFUSED | ABSENT:
                faults.append(f"{role} {row.method} {path}: hidden {hidden}, absent {absent}")
    assert not faults, "\n" + "\n".join(faults)
    assert dict(Mission.objects.values_list("city", "posture_level")) == {"Damascus": 1, "Beirut": 1}


def test_without_a_session_or_key_only_what_is_open_answers() -> None:
    given.keys()
    damascus, _ = given.missions()
    faults = []
    for door, path, row in cells():
        if row.who != OPEN:
            client = Client()
            answer = client.generic(row.method.upper(), filled(path, damascus.pk))
            sent_away = answer.status_code == 302 and answer["Location"].startswith("/sign-in/")
            if not (sent_away or answer.status_code in REFUSED | ABSENT):
                faults.append(f"{door} {row.method} {path}: {answer.status_code}")
    assert not faults, "\n" + "\n".join(faults)


def test_a_password_without_the_second_factor_opens_nothing() -> None:
    from legation.runtime.middleware import SECOND_FACTOR_DONE

    given.keys()
    given.missions()
    client = signed_in(given.operator("watch_officer"))
    session = client.session
    del session[SECOND_FACTOR_DONE]
    session.save()
    answer = client.get("/missions/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in/")
