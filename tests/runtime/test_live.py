"""Does the live feed reach who may see, once for all who share a view, and no longer than he may?"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from typing import Any

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.db import connections
from django.test import Client
from tests import given as world
from tests.abuse.given import account
from tests.runtime import given

from legation.foundations.posture import PostureLevel
from legation.missions import published
from legation.missions.actions import set_posture
from legation.missions.models import Mission
from legation.pages.panels import Panel, _panels, register_panel
from legation.platform.authority.actor import Actor
from legation.platform.authority.resolve import claim
from legation.runtime.live import door, hub, reads

pytestmark = pytest.mark.django_db(transaction=True)

PANEL = "levels-for-test"


def levels(actor: Actor, mission: str | None) -> dict[str, object]:
    seen = Mission.objects.visible_to(actor)
    if mission:
        seen = seen.filter(pk=published.mission(actor, mission).id)
    rows = seen.order_by("city").values_list("city", "posture_level")
    return {"text": " ".join(f"{city}:{level}" for city, level in rows), "title": "Levels"}


@pytest.fixture(autouse=True)
def feed(monkeypatch: pytest.MonkeyPatch) -> Iterator[hub.Hub]:
    """A hub of its own per test, quick to look, and one panel that shows what its reader sees."""
    own = hub.Hub()
    monkeypatch.setattr(door, "HUB", own)
    monkeypatch.setattr(hub, "LOOK_S", 0.02)
    monkeypatch.setattr(hub, "REREAD_S", 0.1)
    monkeypatch.setattr(hub, "BEAT_S", 0.1)
    register_panel(Panel("watch.side", PANEL, levels, "legation/parts/card.html", live=True))
    yield own
    _panels.pop(PANEL)
    own._reader.submit(leave_no_connection).result(timeout=5)
    own._reader.shutdown()


def leave_no_connection() -> None:
    """Close this thread's connection for good; Django keeps those of a database in memory open."""
    inner = connections["default"].connection
    if inner is not None:
        inner.close()
        connections["default"].connection = None


class Line:
    """One open line as a browser holds it."""

    def __init__(self, client: Client, panel: str = PANEL, **headers: str) -> None:
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        given_headers = {"host": "localhost", "cookie": cookies, **headers}
        self.scope: dict[str, Any] = {
            "type": "http",
            "method": "GET",
            "path": "/live",
            "query_string": f"panel={panel}".encode(),
            "headers": [(name.encode(), value.encode()) for name, value in given_headers.items()],
        }
        self.status = 0
        self.heard: asyncio.Queue[tuple[str, str]] = asyncio.Queue()
        self.hung_up = asyncio.Event()

    async def receive(self) -> dict[str, Any]:
        await self.hung_up.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Any) -> None:
        self.status = message.get("status", self.status)
        for block in message.get("body", b"").decode().split("\n\n"):
            if block:
                kind, _, data = block.partition("\n")
                self.heard.put_nowait((kind.removeprefix("event: "), data.removeprefix("data: ")))

    async def panel(self, wanted: str) -> str:
        """The next fragment that holds `wanted`."""
        while True:
            kind, data = await asyncio.wait_for(self.heard.get(), 5)
            if kind == "panel" and wanted in json.loads(data)["html"]:
                return str(json.loads(data)["html"])

    async def end(self) -> None:
        while (await asyncio.wait_for(self.heard.get(), 5))[0] != "end":
            pass


@asynccontextmanager
async def opened(client: Client, panel: str = PANEL, **headers: str) -> AsyncIterator[Line]:
    line = Line(client, panel, **headers)
    task = asyncio.create_task(door.live(line.scope, line.receive, line.send))
    try:
        yield line
    finally:
        line.hung_up.set()
        await asyncio.wait_for(task, 5)


async def elsewhere(work: Callable[[], object]) -> None:
    """Run in another thread, as the pages do, and leave no connection behind."""

    def run() -> None:
        try:
            work()
        finally:
            leave_no_connection()

    await asyncio.to_thread(run)


def officer(role: str = "watch_officer", **rights: Any) -> tuple[Actor, Client]:
    actor = world.operator(role, name=rights.pop("name", role), **rights)
    return actor, given.enrolled(actor)[0]


def test_a_change_reaches_an_open_page_by_itself() -> None:
    world.keys()
    damascus, _ = world.missions()
    actor, client = officer()

    def raise_posture() -> None:
        set_posture(
            claim(Mission, damascus.pk, "missions.set_posture", actor), PostureLevel(4), lockdown=False, reason="x"
        )

    async def scene() -> None:
        async with opened(client) as line:
            assert "Damascus:1" in await line.panel("Damascus")
            await elsewhere(raise_posture)
            assert "Damascus:4" in await line.panel("Damascus:4")

    asyncio.run(scene())


def test_a_fragment_is_drawn_once_for_all_who_see_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    world.keys()
    world.missions()
    lines = [officer(name=f"watch{n}")[1] for n in range(3)]
    drawn: list[str] = []
    draw = reads.draw
    monkeypatch.setattr(reads, "draw", lambda *a: drawn.append(a[0]) or draw(*a))

    async def scene() -> None:
        async with opened(lines[0]) as a, opened(lines[1]) as b, opened(lines[2]) as c:
            for line in (a, b, c):
                await line.panel("Damascus")
            assert len(drawn) == 1, "who comes later to the same position is given what was drawn"
            drawn.clear()
            door.HUB._position = (-1, "")  # something happened
            await asyncio.sleep(0.3)
            assert len(drawn) == 1

    asyncio.run(scene())


def test_who_sees_less_gets_less_on_the_same_panel() -> None:
    world.keys()
    damascus, _ = world.missions()
    _, everywhere = officer()
    _, only_damascus = officer("rso", scope=frozenset({damascus.pk}))

    async def scene() -> None:
        async with opened(everywhere) as wide, opened(only_damascus) as narrow:
            assert "Beirut" in await wide.panel("Damascus")
            assert "Beirut" not in await narrow.panel("Damascus")

    asyncio.run(scene())


def test_a_panel_of_one_mission_is_asked_for_with_it_and_is_empty_for_who_may_not_see_it() -> None:
    world.keys()
    damascus, beirut = world.missions()
    _, client = officer("rso", scope=frozenset({damascus.pk}))

    async def scene() -> None:
        async with opened(client, f"{PANEL}@{damascus.pk}") as own:
            assert "Damascus" in await own.panel("Damascus")
        async with opened(client, f"{PANEL}@{beirut.pk}") as other:
            kind, data = await asyncio.wait_for(other.heard.get(), 5)
            assert kind == "beat" or not json.loads(data)["html"]

    asyncio.run(scene())


@pytest.mark.parametrize("how", ["session ended", "account closed", "password changed"])
def test_who_is_put_out_loses_the_open_line_too(how: str) -> None:
    world.keys()
    world.missions()
    actor, client = officer()

    def put_out() -> None:
        operator = account(actor)
        if how == "session ended":
            UserSession.objects.get(user=operator.user).end()
        elif how == "account closed":
            type(operator).objects.filter(pk=operator.pk).update(active=False)
        else:
            operator.user.set_password("another long password")
            operator.user.save()

    async def scene() -> None:
        async with opened(client) as line:
            await line.panel("Damascus")
            await elsewhere(put_out)
            await line.end()

    asyncio.run(scene())


def test_who_joins_while_rights_are_read_again_is_not_taken_for_one_who_left(
    feed: hub.Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    world.keys()
    _, first = officer(name="first")
    _, second = officer(name="second")
    late = reads.admitted(second.cookies["legation_session"].value)
    early = reads.admitted(first.cookies["legation_session"].value)
    assert late is not None
    assert early is not None

    async def scene() -> None:
        there, joining = hub.Viewer(early, (PANEL,), "en"), hub.Viewer(late, (PANEL,), "en")
        feed.viewers.add(there)
        read = feed.read

        async def slow(question: Any, *arguments: Any) -> Any:
            answer = await read(question, *arguments)
            feed.viewers.add(joining)
            return answer

        monkeypatch.setattr(feed, "read", slow)
        await feed._reread()
        assert not joining.ended
        assert not there.ended

    asyncio.run(scene())


def test_without_a_session_or_from_another_origin_there_is_no_line() -> None:
    world.keys()
    _, client = officer()

    async def status(client: Client, **headers: str) -> int:
        async with opened(client, **headers) as line:
            for _ in range(100):
                if line.status:
                    break
                await asyncio.sleep(0.02)
            return line.status

    assert asyncio.run(status(Client())) == 401
    assert asyncio.run(status(client, origin="https://elsewhere.example")) == 403
    assert asyncio.run(status(client, host="elsewhere.example")) == 403
    assert asyncio.run(status(client, **{"sec-fetch-site": "cross-site"})) == 403
    assert asyncio.run(status(client, origin="http://localhost")) == 200


def test_beats_come_while_nothing_happens() -> None:
    world.keys()
    _, client = officer()

    async def scene() -> None:
        async with opened(client) as line:
            kinds = [(await asyncio.wait_for(line.heard.get(), 5))[0] for _ in range(4)]
            assert kinds.count("beat") >= 2

    asyncio.run(scene())


def test_a_hostile_text_cannot_forge_an_event() -> None:
    framed = door.event("panel", json.dumps({"panel": "x", "html": "a\n\nevent: end\ndata: \n\n"}))
    assert framed.count(b"\n\n") == 1
    assert framed.count(b"event:") == 1 + json.dumps("event:").count("event:")


def test_the_cookie_names_of_the_feed_are_those_of_the_pages() -> None:
    assert settings.SESSION_COOKIE_NAME == "legation_session"
    assert door.cookies_of({"cookie": "legation_session=abc; x=1"})["legation_session"] == "abc"
    assert door.cookies_of({"cookie": "\x00;;="}) == {}
