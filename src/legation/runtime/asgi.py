"""The web process: pages and API as WSGI in a few threads, and beside them the live feed as native ASGI."""

import os
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legation.runtime.settings")
django.setup(set_prefix=False)

from a2wsgi import WSGIMiddleware  # noqa: E402 — settings first
from django.core.wsgi import get_wsgi_application  # noqa: E402

from legation.pages import assets  # noqa: E402
from legation.runtime.live.door import Message, Receive, Send, live  # noqa: E402
from legation.runtime.live.hub import HUB  # noqa: E402

assets.manifest()  # now, with the files the server has just listed: a rebuild later must not name others

THREADS = 8  # pages wait on SQLite and on templates; more threads than this only wait for each other

django_pages: Any = get_wsgi_application()
pages: Any = WSGIMiddleware(django_pages, workers=THREADS)


async def application(scope: Message, receive: Receive, send: Send) -> None:
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] == "http" and scope["path"] == "/live":
        await live(scope, receive, send)
    elif scope["type"] == "http":
        await pages(scope, receive, send)


async def lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await HUB.close()
            await send({"type": "lifespan.shutdown.complete"})
            return
