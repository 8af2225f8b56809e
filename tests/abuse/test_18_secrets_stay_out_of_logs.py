"""18. Secrets in logs, traces, crash dumps, error pages: canaries are planted in every secret and text, then requests
are driven that succeed, are refused and fail half-way; no sink may hold one of them.

The control is the sink that a careless hand would add: tracebacks with their local variables.
"""

import io
import json
import logging
import traceback
from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from tests import given
from tests.abuse.given import account, signed_in
from tests.intelligence.given import source
from tests.runtime.given import enrolled, link, totp
from tests.watch.given import authority, planned
from typer.testing import CliRunner

from legation.foundations.markings import Marking
from legation.platform import act, clock, doors
from legation.platform.authority.actor import Actor
from legation.platform.authority.markings import intern
from legation.platform.doors import issue_key
from legation.platform.secrets import node
from legation.runtime import enrolment
from legation.runtime.cli import build
from legation.watch.events.roster import DutyKind
from legation.watch.queries import roster

pytestmark = pytest.mark.django_db(transaction=True)

TEXTS = {name: f"canary-{name}-7f3a9c" for name in ("report", "reason", "note", "password", "conditions", "search")}


FAULTS: tuple[tuple[Any, str], ...] = (
    (None, ""),
    (act, "append"),
    (clock, "as_of"),
    (doors, "digest"),
    (enrolment, "_use"),
    (enrolment, "_open_link"),
)
"""Where the disk is full: nowhere, then at the record, the clock, the keys and the links."""


class WithLocals(logging.Formatter):
    """The careless sink."""

    def format(self, record: logging.LogRecord) -> str:
        record.exc_text = None  # what another formatter left there
        told = super().format(record)
        record.exc_text = None
        return told

    def formatException(self, ei: Any) -> str:  # noqa: N802  # the name that logging gives it
        kind, fault, trace = ei
        assert isinstance(trace, TracebackType)
        told = traceback.TracebackException(kind, fault, trace, capture_locals=True, max_group_depth=2)
        return "".join(told.format())


@pytest.fixture
def stderr() -> Iterator[io.StringIO]:
    """What the served node would write to standard error, at its most talkative."""
    root = logging.getLogger()
    (handler,) = [one for one in root.handlers if one.get_name() == "stderr"]
    assert isinstance(handler, logging.StreamHandler)
    written, level = io.StringIO(), root.level
    before = handler.setStream(written)
    root.setLevel(logging.DEBUG)
    yield written
    root.setLevel(level)
    handler.setStream(before or io.StringIO())


@pytest.fixture
def careless() -> Iterator[io.StringIO]:
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(WithLocals())
    logging.getLogger().addHandler(handler)
    yield written
    logging.getLogger().removeHandler(handler)


def disk_full(*_given: object, **_named: object) -> None:
    """The fault: the disk is full at the moment of recording, with everything still in the hands of the code."""
    raise OSError(28, "No space left on device")


def token_of(newcomer: Actor) -> str:
    """A fresh enrolment token; the one before stops working."""
    return link(newcomer).rstrip("/").rpartition("/")[2]


class World:
    """A node whose every secret is known to the test."""

    def __init__(self) -> None:
        given.keys()
        clock.start_demonstration(clock.wall())
        intern(roster.MARKING)
        self.mission = given.missions()[0]
        source("typed", "Typed reports")
        self.head = given.operator("head_of_mission", name="head")
        self.walt = given.operator("watch_officer", name="walt")
        now = clock.as_of()
        planned(self.head, self.mission, DutyKind.DUTY_OFFICER, self.walt, now, now.replace(year=2099))
        self.authority = authority(self.head, self.mission)
        self.person = given.operator("rso", name="rosa")
        self.browser, self.totp = enrolled(self.person)
        self.key = issue_key(account(self.person))
        self.newcomer = given.operator("analyst", name="newcomer")
        self.tokens = [token_of(self.newcomer)]

    @property
    def canaries(self) -> dict[str, str]:
        """Everything that may stand in no sink."""
        signing = node.held().signing.private_bytes_raw()
        return {
            **TEXTS,
            "second factor": self.totp,
            "personal key": self.key,
            **{f"enrolment token {n}": token for n, token in enumerate(self.tokens)},
            "session": self.browser.cookies[settings.SESSION_COOKIE_NAME].value,
            "signing key": signing.hex(),
            "signing key as Python shows it": repr(signing)[2:-1],
            "form key": settings.SECRET_KEY,
        }


def requests(world: World) -> list[Callable[[], Any]]:
    """What is asked: pages and operations, each with a secret or a text in its hands."""
    api = Client(raise_request_exception=False, headers={"Authorization": f"Bearer {world.key}"})
    page, head, walt = world.browser, signed_in(world.head), signed_in(world.walt)
    page.raise_request_exception = False
    stranger, mission, token = Client(raise_request_exception=False), world.mission.pk, world.tokens[-1]
    report = {"title": TEXTS["report"], "text": TEXTS["report"], "kind": "kidnapping", "office": "Host police"}
    page_report = {
        **report,
        "occurred_at": "2018-02-05",
        "latitude": "33.51",
        "longitude": "36.28",
        "grade": "B2",
        "marking": str(Marking()),
    }
    sign = {"kind": "lockdown", "level": "0", "by": "duty_officer", "until": "2030-01-01", "norm": "VCDR 22"}
    login = {"login": "rosa", "password": TEXTS["password"]}

    def post(path: str, body: dict[str, object], client: Client = api) -> Callable[[], Any]:
        return lambda: client.post(path, json.dumps(body), content_type="application/json")

    return [
        lambda: page.post("/intelligence/report/", page_report),
        post("/api/intelligence/reports", {**report, "at": "2018-02-05", "latitude": 33.51, "longitude": 36.28}),
        post("/api/intelligence/reports", {"title": TEXTS["report"], "unknown": TEXTS["report"]}),
        lambda: page.post(f"/missions/{mission}/posture/", {"level": "3", "reason": TEXTS["reason"]}),
        post(f"/api/missions/{mission}/posture", {"level": 3, "lockdown": False, "reason": TEXTS["reason"]}),
        post(f"/api/missions/{mission}/posture", {"level": 99, "lockdown": False, "reason": TEXTS["reason"]}),
        lambda: walt.post(f"/watch/authorities/{world.authority.pk}/use/", {"level": "4", "reason": TEXTS["reason"]}),
        lambda: head.post(f"/watch/authorities/at/{mission}/sign/", {**sign, "conditions": TEXTS["conditions"]}),
        lambda: walt.post(f"/watch/roster/{mission}/notes/", {"text": TEXTS["note"]}),
        post(f"/api/watch/roster/{mission}/notes", {"text": TEXTS["note"]}),
        lambda: page.get("/search", {"q": TEXTS["search"]}),
        lambda: stranger.post("/sign-in/", login),
        lambda: stranger.post("/sign-in/code/", {"code": totp(world.totp)}),
        lambda: stranger.get(f"/enrol/{token}/"),
        lambda: stranger.post(f"/enrol/{token}/", dict.fromkeys(("password", "repeated"), TEXTS["password"])),
        lambda: stranger.get(f"/enrol/{token}x/"),
        lambda: stranger.get(f"/enrol/{token}/further/"),
        lambda: stranger.get("/health"),
        lambda: api.get("/api/missions/", {"unknown": TEXTS["search"]}),
        lambda: api.get("/api/missions/nothing"),
        lambda: stranger.get("/api/missions/", headers={"Authorization": f"Bearer {world.key}x"}),
        lambda: api.get("/api/watch/roster/headquarters", {"since": "no time"}),
    ]


def driven(world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every request once as it is and once with each fault; the bodies of all answers that are errors."""
    bodies = []
    asked = requests(world)
    for target, name in FAULTS:
        with monkeypatch.context() as fault:
            if name:
                fault.setattr(target, name, disk_full)
            answers = [ask() for ask in asked]
        assert not name or any(answer.status_code == 500 for answer in answers), f"{name} failed nothing"
        errors = [one for one in answers if one.status_code >= 400 or one.request["PATH_INFO"] == "/health"]
        bodies += [one.content.decode() for one in errors]
        world.tokens.append(token_of(world.newcomer))  # the link may be spent: the next fault meets a fresh one
        asked = requests(world)
    return "\n".join(bodies)


def commands(world: World, monkeypatch: pytest.MonkeyPatch) -> str:
    """What failing commands print, with what Python itself would print of their faults."""
    told = []
    monkeypatch.setattr("legation.watch.cli.handing.at_terminal", lambda: world.walt)
    monkeypatch.setattr("legation.watch.cli.roster.at_terminal", lambda: world.walt)
    monkeypatch.setattr("legation.watch.cli.standing.at_terminal", lambda: world.walt)
    for fault in (False, True):
        with monkeypatch.context() as full:
            if fault:
                full.setattr(act, "append", disk_full)
                full.setattr(roster, "roster", disk_full)
            for words in (
                ["watch", "note", TEXTS["note"], "--mission", "nowhere" if not fault else "Damascus"],
                ["watch", "roster", "--mission", "Damascus" if fault else "nowhere", "--json"],
                ["watch", "use-authority", world.authority.pk, "--level", "5", "--reason", TEXTS["reason"]],
                ["watch", "on-call", "--json", "--mission", "nowhere" if not fault else "Damascus"],
            ):
                done = CliRunner().invoke(build(), words)
                assert done.exit_code != 0, (words, done.output)
                told.append(done.output)
                if done.exception is not None and not isinstance(done.exception, SystemExit):
                    told += traceback.format_exception(done.exception)
    return "\n".join(told)


def found(world: World, text: str) -> list[str]:
    return [name for name, canary in world.canaries.items() if canary in text]


@pytest.fixture
def world() -> World:
    return World()


def test_no_secret_and_no_text_stands_in_the_log_an_error_page_a_problem_or_a_failed_command(
    world: World, stderr: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    bodies = driven(world, monkeypatch)
    log = stderr.getvalue()
    assert log.count("No space left on device") >= 10, "the faults were met, and the log tells of them"
    assert found(world, log) == []
    assert found(world, bodies) == []
    assert found(world, commands(world, monkeypatch)) == []


def test_the_canaries_were_there_to_be_found(
    world: World, careless: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: a log that writes local variables holds them."""
    driven(world, monkeypatch)
    told = set(found(world, careless.getvalue()))
    assert {"report", "reason", "note", "password", "personal key"} <= told
    assert any(name.startswith("enrolment token") for name in told)
