"""GET /live: server-sent events for one signed-in browser. Plain ASGI: a thread per viewer is too dear.

Source of the format: https://html.spec.whatwg.org/multipage/server-sent-events.html
"""

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings
from django.http.request import split_domain_port, validate_host

from legation.runtime.live import reads
from legation.runtime.live.hub import HUB, Viewer

type Message = MutableMapping[str, Any]
type Receive = Callable[[], Awaitable[Message]]
type Send = Callable[[Message], Awaitable[None]]

PANELS_MAX = 24  # a page has about ten; more is someone trying what we do

HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
]


async def live(scope: Message, receive: Receive, send: Send) -> None:
    """One line from opening to end."""
    headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
    if scope["method"] != "GET" or not same_origin(headers):
        await refuse(send, 403)
        return
    cookies = cookies_of(headers)
    standing = await HUB.read(reads.admitted, cookies.get(settings.SESSION_COOKIE_NAME, ""))
    if standing is None:
        await refuse(send, 401)
        return
    wanted = parse_qs(scope.get("query_string", b"").decode("ascii", "replace")).get("panel", [])
    language = reads.language_of(cookies.get(settings.LANGUAGE_COOKIE_NAME), headers.get("accept-language", ""))
    viewer = Viewer(standing, tuple(dict.fromkeys(wanted[:PANELS_MAX])), language)
    await send({"type": "http.response.start", "status": 200, "headers": HEADERS})
    hangup = asyncio.create_task(gone(receive))
    try:
        await HUB.join(viewer)
        await serve(viewer, send, hangup)
    except asyncio.CancelledError:
        pass  # the process stops; the browser comes back to the next one
    finally:
        HUB.leave(viewer)
        hangup.cancel()


async def serve(viewer: Viewer, send: Send, hangup: "asyncio.Task[None]") -> None:
    """Write what the hub hands over until the reader hangs up or is sent away."""
    while not hangup.done():
        woken = asyncio.create_task(viewer.wake.wait())
        await asyncio.wait({woken, hangup}, return_when=asyncio.FIRST_COMPLETED)
        woken.cancel()
        if hangup.done():
            return
        viewer.wake.clear()
        await send({"type": "http.response.body", "body": written(viewer), "more_body": not viewer.ended})
        if viewer.ended:
            return


def written(viewer: Viewer) -> bytes:
    """All that waits for the viewer, as events; what was pending is taken."""
    pending, viewer.pending = viewer.pending, {}
    beat, viewer.beat = viewer.beat, ""
    parts = [event("panel", json.dumps({"panel": name, "html": html})) for name, html in pending.items()]
    if viewer.ended:
        return event("end", "")
    if beat:
        parts.append(event("beat", beat))
    return b"".join(parts)


def event(name: str, data: str) -> bytes:
    """One event; the data is one line (JSON or a plain word), so no line break can forge another."""
    return f"event: {name}\ndata: {data}\n\n".encode()


async def gone(receive: Receive) -> None:
    """Returns when the reader has hung up."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def refuse(send: Send, status: int) -> None:
    with contextlib.suppress(OSError):
        await send({"type": "http.response.start", "status": status, "headers": [(b"cache-control", b"no-store")]})
        await send({"type": "http.response.body", "body": b""})


def same_origin(headers: dict[str, str]) -> bool:
    """Did one of our own pages ask? Judged by Host, Origin and Sec-Fetch-Site, as far as the browser sends them."""
    host = headers.get("host", "")
    domain, _ = split_domain_port(host)
    if not domain or not validate_host(domain, settings.ALLOWED_HOSTS):
        return False
    origin = headers.get("origin")
    if origin is not None and urlsplit(origin).netloc != host:
        return False
    return headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}


def cookies_of(headers: dict[str, str]) -> dict[str, str]:
    """Cookies by name; none where the header is malformed."""
    jar: SimpleCookie = SimpleCookie()
    try:
        jar.load(headers.get("cookie", ""))
    except CookieError:
        return {}
    return {name: morsel.value for name, morsel in jar.items()}
