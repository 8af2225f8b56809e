#!/usr/bin/env python3
"""How quick is the watch floor? Its answer while a collector runs, and from a new signal to 300 browsers.

    .tools/bench/bin/python bench/bench_watch_floor.py [--occurrences 100000] [--viewers 300] [--seed 20180205]

8,000 missions and 100,000 occurrences in a node of its own, served by `legation serve` with its worker, all on this
machine: server, collector and viewers share its processors, so wall times are an upper bound. Pixels are counted as
the moment at which a viewer's line has the redrawn panel; drawing in the browser is not in it.
"""

import argparse
import asyncio
import contextlib
import json
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
HOME = Path(tempfile.mkdtemp(prefix="legation-bench-", dir=os.environ.get("BENCH_DIR") or ROOT.parent))
PANELS = ("worst", "changes", "watch.alarms", "intelligence-sources")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "legation.runtime.settings")
os.environ.setdefault("LEGATION_HOME", str(HOME / "home"))
os.environ.setdefault("LEGATION_KEYS", str(HOME / "keys"))
sys.path[:0] = [str(ROOT), str(ROOT / "src")]


def prepare(occurrences: int, viewers: int, seed: int) -> list[str]:
    """Fill the node; returns session keys of signed-in watch officers."""
    from bench.bench_signals import child

    child(round(occurrences / 0.955), seed)  # so many signals make so many occurrences
    from django.conf import settings
    from django.contrib.sessions.backends.db import SessionStore
    from django.test import Client

    from legation.foundations.markings import OPEN
    from legation.platform.authority.actions import enrol
    from legation.platform.authority.actor import ServiceAccount
    from legation.platform.authority.actors import service
    from legation.platform.authority.resolve import claim_house

    account = enrol(
        claim_house("authority.enrol", service(ServiceAccount.LOCAL)),
        username="watch",
        name="Watch officer",
        roles=frozenset({"watch_officer"}),
        clearance=OPEN,
        scope=None,
    )
    client = Client()
    client.force_login(account.user, settings.AUTHENTICATION_BACKENDS[0])
    first = client.session
    from allauth.usersessions.models import UserSession

    from legation.runtime.middleware import SECOND_FACTOR_DONE

    keys = []
    for _ in range(viewers):
        session = SessionStore()
        session.update(dict(first.items()) | {SECOND_FACTOR_DONE: True})
        session.save()
        UserSession.objects.create(
            user=account.user, session_key=session.session_key, ip="127.0.0.1", user_agent="bench"
        )
        keys.append(str(session.session_key))
    return keys


def collect_for(seconds: float, seed: int) -> None:
    """In a process of its own: feed resampled batches of 500 rows until the time is over; prints how many signals."""
    import django

    django.setup()
    from bench.resample import Resampler

    from legation.intelligence.actions import collecting
    from legation.intelligence.links import COLLECTORS
    from legation.intelligence.links.feeding import Fed
    from legation.intelligence.links.manifest import Hint
    from legation.intelligence.models import Source
    from legation.platform.authority.actor import ServiceAccount
    from legation.platform.authority.actors import service
    from legation.platform.authority.resolve import claim

    local = service(ServiceAccount.LOCAL)
    claims = {row.name: claim(Source, row.pk, "intelligence.collect", local) for row in Source.objects.all()}
    resampler, done = Resampler(500, seed + 1), 0
    resampler._id = 5 * 10**8
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for name, data, _ in resampler.batches():
            read = COLLECTORS[name].read(data, hint=Hint(name))
            done += collecting.collect_all(claims[name], [Fed(name, name, read)]).signals
    print(done)


def quake(number: int) -> bytes:
    """One earthquake, as its source would send it."""
    ms = int(time.time() * 1000)
    properties = {
        "mag": 4.5,
        "place": "near the capital",
        "time": ms,
        "updated": ms,
        "type": "earthquake",
        "title": "M 4.5",
    }
    point = {"type": "Point", "coordinates": [36.3, 33.5, 10.0]}
    feature = {"type": "Feature", "id": f"bench{number}", "properties": properties, "geometry": point}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def feed_one(number: int) -> float:
    """Take in one signal as a door would; returns when it began."""
    from legation.intelligence.actions import collecting
    from legation.intelligence.links import COLLECTORS
    from legation.intelligence.links.feeding import Fed
    from legation.intelligence.links.manifest import Hint
    from legation.intelligence.models import Source
    from legation.platform.authority.actor import ServiceAccount
    from legation.platform.authority.actors import service
    from legation.platform.authority.resolve import claim

    begun = time.monotonic()
    source = claim(Source, Source.objects.get(name="usgs").pk, "intelligence.collect", service(ServiceAccount.LOCAL))
    read = COLLECTORS["usgs"].read(quake(number), hint=Hint("usgs"))
    assert collecting.collect_all(source, [Fed("one", "usgs", read)]).signals == 1
    return begun


async def request(port: int, path: str, session: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    lines = (
        f"GET {path} HTTP/1.1",
        f"Host: localhost:{port}",
        f"Cookie: {cookie_name()}={session}",
        "Connection: close",
    )
    head = "\r\n".join((*lines, "", ""))
    writer.write(head.encode())
    await writer.drain()
    return reader, writer


def cookie_name() -> str:
    from django.conf import settings

    return str(settings.SESSION_COOKIE_NAME)


async def page_ms(port: int, session: str, path: str = "/watch/") -> float:
    """One whole answer, in milliseconds."""
    begun = time.monotonic()
    reader, writer = await request(port, path, session)
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 200"), answer[:300]
    return (time.monotonic() - begun) * 1000


async def watch(port: int, session: str, seen: list[float], opened: asyncio.Event) -> None:
    """One viewer: notes when the last panel came."""
    query = "&".join(f"panel={name}" for name in PANELS)
    reader, writer = await request(port, f"/live?{query}", session)
    status = await reader.readline()
    assert b"200" in status, status
    try:
        async for line in reader:
            if line.startswith(b"event: panel"):
                seen.append(time.monotonic())
            opened.set()
    finally:
        writer.close()


def cpu_s(process: int) -> float:
    """CPU-seconds that a process has spent so far; 0 where the system does not say."""
    stat = Path(f"/proc/{process}/stat")
    if not stat.exists():
        return 0.0
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measured(port: int, server: int, sessions: list[str], rounds: int, seed: int) -> None:
    for _ in range(10):
        await page_ms(port, sessions[0])  # each thread of the server opens its connection on its first page
    before = cpu_s(server)
    quiet = [await page_ms(port, sessions[0]) for _ in range(60)]
    show("watch page, quiet", quiet, "ms")
    print(f"  {(cpu_s(server) - before) / len(quiet) * 1000:.0f} CPU-ms of the server a page")
    collector = subprocess.Popen(
        [sys.executable, __file__, "--collect", "30", "--seed", str(seed)], stdout=subprocess.PIPE, text=True
    )
    await asyncio.sleep(4)
    busy = []
    while collector.poll() is None and len(busy) < 400:
        busy.append(await page_ms(port, sessions[0]))
    show("watch page, collector running", busy, "ms")
    taken = (await asyncio.to_thread(collector.communicate))[0].strip()
    print(f"  beside it the collector took in {taken} signals in 30 s")
    seen: list[list[float]] = [[] for _ in sessions]
    opened = [asyncio.Event() for _ in sessions]
    lines = [asyncio.create_task(watch(port, s, seen[i], opened[i])) for i, s in enumerate(sessions)]
    await asyncio.wait_for(asyncio.gather(*(event.wait() for event in opened)), 120)
    await asyncio.sleep(3)
    late, missed = [], 0
    for number in range(rounds):
        for one in seen:
            one.clear()
        begun = await asyncio.to_thread(feed_one, number)
        await asyncio.sleep(3)
        late += [(one[0] - begun) * 1000 for one in seen if one]
        missed += sum(not one for one in seen)
    show(f"signal to pixel, {len(sessions)} viewers", late, "ms")
    print(f"  {rounds} signals, {missed} of {rounds * len(sessions)} deliveries not seen within 3 s")
    for line in lines:
        line.cancel()
    await asyncio.gather(*lines, return_exceptions=True)


def show(name: str, values: list[float], unit: str) -> None:
    ordered = sorted(values)

    def at(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]

    print(
        f"{name:<36}{len(values):>6} tries  median {statistics.median(values):>7.0f} {unit}"
        f"  p95 {at(0.95):>7.0f} {unit}  p99 {at(0.99):>7.0f} {unit}",
        flush=True,
    )


@contextlib.contextmanager
def served(port: int):  # type: ignore[no-untyped-def]
    command = "from legation.runtime.cli import main; main()"
    server = subprocess.Popen([sys.executable, "-c", command, "serve", "--port", str(port)], stderr=subprocess.STDOUT)
    try:
        for _ in range(300):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.1)
        time.sleep(3)
        yield server.pid
    finally:
        server.terminate()
        server.wait(20)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--occurrences", type=int, default=100_000)
    parser.add_argument("--viewers", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--seed", type=int, default=20180205)
    parser.add_argument("--collect", type=float)
    asked = parser.parse_args()
    if asked.collect:
        collect_for(asked.collect, asked.seed)
        return
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, seed {asked.seed}")
    sessions = prepare(asked.occurrences, asked.viewers, asked.seed)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with served(port) as server:
        asyncio.run(measured(port, server, sessions, asked.rounds, asked.seed))


if __name__ == "__main__":
    try:
        main()
    finally:
        if "--collect" not in sys.argv:
            shutil.rmtree(HOME, ignore_errors=True)
