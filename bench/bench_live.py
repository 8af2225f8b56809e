#!/usr/bin/env python3
"""How soon does a change stand on every open page, and how soon does the watch floor answer?

    .tools/bench/bin/python bench/bench_live.py [--viewers 300] [--acts 30]

A served node with 8,000 missions; each viewer is a session of his own on a connection of his own, all on this
machine. Measured from the return of the act (it is durable then) to the last byte of the fragment at each viewer.
The viewers' side runs on the same cores as the server, so the figures are upper bounds.
Peer: a page per viewer through a thread each is what Django's own streaming costs; the count of threads is printed.
"""

import argparse
import asyncio
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
HOME = Path(tempfile.mkdtemp(prefix="legation-bench-", dir=os.environ.get("BENCH_DIR")))
os.environ["LEGATION_HOME"] = str(HOME)
os.environ["DJANGO_SETTINGS_MODULE"] = "legation.runtime.settings"

import django  # noqa: E402  the data directory must be named first

django.setup()

from allauth.usersessions.models import UserSession  # noqa: E402
from django.conf import settings  # noqa: E402
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from legation.foundations.posture import PostureLevel  # noqa: E402
from legation.missions.actions import import_list, set_posture  # noqa: E402
from legation.missions.links import csv_file  # noqa: E402
from legation.missions.models import Mission  # noqa: E402
from legation.platform.authority.actor import Actor, ServiceAccount  # noqa: E402
from legation.platform.authority.actors import of_operator, service  # noqa: E402
from legation.platform.authority.models import Operator  # noqa: E402
from legation.platform.authority.resolve import claim, claim_house  # noqa: E402
from legation.runtime import node  # noqa: E402
from legation.runtime.demonstration import people  # noqa: E402
from legation.runtime.middleware import SECOND_FACTOR_DONE  # noqa: E402

MISSIONS = 8_000
PANEL = "changes"
SERVE = (
    "import sys, django, uvicorn; django.setup(); from legation.runtime import node; node.prepare();"
    "from legation.runtime.serving import WebProcess;"
    "config = uvicorn.Config('legation.runtime.asgi:application', port=int(sys.argv[1]), log_level='warning',"
    " timeout_graceful_shutdown=2); WebProcess(config).run()"
)


def world() -> Actor:
    """A demonstration node with missions and a watch officer."""
    node.prepare("demonstration")
    people.enrol_all()
    given = ROOT / "../shared/data/missions/missions_2021-11-13.csv"
    if not given.is_file():
        sys.exit("the mission list does not lie beside this clone (../shared/data/missions)")
    read = csv_file.read(given.read_bytes())
    import_list(claim_house("missions.import", service(ServiceAccount.LOCAL)), read.missions[:MISSIONS], "bench")
    return of_operator(Operator.objects.get(user__username="watch"))


def sessions(count: int) -> list[str]:
    """Cookies of this many signed-in browsers."""
    user = Operator.objects.select_related("user").get(user__username="watch").user
    made = []
    for _ in range(count):
        store = SessionStore()
        store[SESSION_KEY], store[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[0]
        store[HASH_SESSION_KEY], store[SECOND_FACTOR_DONE] = user.get_session_auth_hash(), True
        store.create()
        UserSession.objects.create(user=user, session_key=store.session_key, ip="127.0.0.1", user_agent="bench")
        made.append(f"{settings.SESSION_COOKIE_NAME}={store.session_key}")
    return made


class Viewer:
    """One open line; remembers when the latest fragment had arrived."""

    def __init__(self) -> None:
        self.arrived: asyncio.Queue[float] = asyncio.Queue()
        self.status = b""

    async def open(self, port: int, cookie: str) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        ask = f"GET /live?panel={PANEL} HTTP/1.1\r\nHost: localhost:{port}\r\nCookie: {cookie}\r\n\r\n"
        writer.write(ask.encode())
        self.task = asyncio.create_task(self._read(reader, writer))

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.status = await reader.readline()
        async for line in reader:
            if line.startswith(b"data: {"):
                self.arrived.put_nowait(time.perf_counter())
        writer.close()


async def pushes(port: int, cookies: list[str], officer: Actor, acts: int) -> list[float]:
    """Seconds from act to fragment, for each act and viewer."""
    viewers = [Viewer() for _ in cookies]
    for viewer, cookie in zip(viewers, cookies, strict=True):
        await viewer.open(port, cookie)
    for number, viewer in enumerate(viewers):
        try:
            await asyncio.wait_for(viewer.arrived.get(), 60)
        except TimeoutError:
            sys.exit(f"{number} of {len(viewers)} viewers were let in, then nobody for a minute: {viewer.status!r}")
    keys = await asyncio.to_thread(lambda: list(Mission.objects.values_list("pk", flat=True)[:acts]))
    taken: list[float] = []
    for key in keys:

        def act(key: str = key) -> None:
            claimed = claim(Mission, key, "missions.set_posture", officer)
            set_posture(claimed, PostureLevel(3), lockdown=False, reason="bench")

        await asyncio.to_thread(act)
        done = time.perf_counter()
        for viewer in viewers:
            taken.append(await asyncio.wait_for(viewer.arrived.get(), 30) - done)
        await asyncio.sleep(0.1)
    for viewer in viewers:
        viewer.task.cancel()
    return taken


def answers(port: int, path: str, cookie: str, times: int = 60) -> list[float]:
    """Seconds from request to the last byte."""
    taken = []
    for _ in range(times):
        started = time.perf_counter()
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Cookie": cookie})
        with urllib.request.urlopen(request, timeout=30) as answer:
            answer.read()
        taken.append(time.perf_counter() - started)
    return taken


def drawn_ms(port: int, cookie: str, times: int = 5) -> list[float]:
    """Milliseconds from navigation to a map of all missions that answers, in Chromium drawing on the processor."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        return []
    from playwright.sync_api import sync_playwright

    name, _, value = cookie.partition("=")
    with sync_playwright() as play:
        args = ["--no-sandbox", "--use-gl=angle", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"]
        browser = play.chromium.launch(executable_path=chromium, args=args)
        context = browser.new_context(viewport={"width": 1440, "height": 960})
        context.add_cookies([{"name": name, "value": value, "url": f"http://127.0.0.1:{port}"}])
        page = context.new_page()
        found = []
        for _ in range(times):
            page.goto(f"http://127.0.0.1:{port}/watch/?states=all")
            page.wait_for_selector("legation-map[data-ready]", timeout=60_000)
            found.append(float(page.evaluate("performance.getEntriesByName('map-interactive')[0].startTime")))
        browser.close()
    return found


def at(taken: list[float], share: float) -> float:
    return sorted(taken)[min(len(taken) - 1, int(len(taken) * share))] * 1000


def process(pid: int) -> dict[str, float]:
    """Threads, resident megabytes and CPU-seconds of the server."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    times = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    cpu_s = (int(times[11]) + int(times[12])) / os.sysconf("SC_CLK_TCK")
    return {"threads": int(status["Threads"]), "rss_mb": int(status["VmRSS"].split()[0]) / 1024, "cpu_s": cpu_s}


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    wanted.add_argument("--viewers", type=int, default=300)
    wanted.add_argument("--acts", type=int, default=30)
    wanted.add_argument("--port", type=int, default=8790)
    asked = wanted.parse_args()
    officer = world()
    cookies = sessions(asked.viewers)
    server = subprocess.Popen([sys.executable, "-c", SERVE, str(asked.port)])
    try:
        wait_for(asked.port)
        pages = {}
        for path in ("/watch/", "/map.json"):
            begun = process(server.pid)["cpu_s"]
            times = answers(asked.port, path, cookies[0])
            pages[path] = (times, (process(server.pid)["cpu_s"] - begun) / len(times))
        drawn = drawn_ms(asked.port, cookies[0])
        before = process(server.pid)
        taken = asyncio.run(pushes(asked.port, cookies, officer, asked.acts))
        report(asked, pages, taken, before, process(server.pid))
        if drawn:
            print(
                f"map interactive in Chromium, {MISSIONS:,} missions: best {min(drawn):.0f}, worst {max(drawn):.0f} ms"
            )
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(HOME, ignore_errors=True)


def wait_for(port: int) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1).read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("the server did not start")


def report(
    asked: Any, pages: dict[str, tuple[list[float], float]], taken: list[float], before: Any, after: Any
) -> None:
    for path, (times, cpu_s) in pages.items():
        wall = f"median {at(times, 0.5):.0f} ms, p95 {at(times, 0.95):.0f} ms"
        print(f"{path:<12} {MISSIONS:,} missions: {cpu_s * 1000:.0f} CPU-ms an answer; {wall}")
    print(
        f"act to fragment, {asked.viewers} viewers, {asked.acts} acts, {len(taken):,} fragments: "
        f"median {at(taken, 0.5):.0f} ms, p99 {at(taken, 0.99):.0f} ms, worst {max(taken) * 1000:.0f} ms"
    )
    cpu = (after["cpu_s"] - before["cpu_s"]) / len(taken)
    print(f"server: {after['threads']:.0f} threads, {after['rss_mb']:.0f} MB, {cpu * 1e6:.0f} CPU-µs a fragment")
    print(f"peer: a thread a viewer would be {asked.viewers} threads; ratio {asked.viewers / after['threads']:.0f}")
    print(json.dumps({"django": django.__version__, "python": sys.version.split()[0], "cores": os.cpu_count()}))


if __name__ == "__main__":
    main()
