#!/usr/bin/env python3
"""How fast do signals become threat pictures? Parse, place, hash, fuse, persist with ledger, pictures of all missions.

    .tools/bench/bin/python bench/bench_signals.py [--sizes 10000,100000,1000000] [--seed 20180205]

Unit: signals per CPU-second of the process that does the work, database included, by the very action that the doors
call. Beside it in the same run what users write: a pandas loop over rows with geopy distances to every mission, and
the same with a numpy haversine; both are given parsed rows, join nothing, write no record and are still slower.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
MISSIONS = ROOT / "../shared/data/missions/missions_2021-11-13.csv"
MISSIONS_WANTED = 8_000

PEER = """
import io, json, sqlite3, sys, time
import numpy as np, pandas as pd
from geopy.distance import great_circle
missions = pd.read_csv(sys.argv[1]).dropna(subset=["latitude", "longitude"]).reset_index(drop=True)
missions["latitude"], missions["longitude"] = missions.latitude.astype(float), missions.longitude.astype(float)
rows = pd.read_csv(sys.argv[2])
def score(row, distance):
    return (distance < 100) * (1 + row.best) * 0.5 ** (100 / 30)
def geopy_loop(rows):
    missions["score"] = 0.0
    for _, row in rows.iterrows():
        for i, mission in missions.iterrows():
            d = great_circle((row.latitude, row.longitude), (mission.latitude, mission.longitude)).km
            if d < 100:
                missions.at[i, "score"] += score(row, d)
    rows.to_sql("events", sqlite3.connect(":memory:"))
def haversine_loop(rows):
    missions["score"] = 0.0
    lat, lon = np.radians(missions.latitude.values), np.radians(missions.longitude.values)
    for _, row in rows.iterrows():
        a, b = np.radians(row.latitude), np.radians(row.longitude)
        h = np.sin((lat - a) / 2) ** 2 + np.cos(lat) * np.cos(a) * np.sin((lon - b) / 2) ** 2
        d = 2 * 6371 * np.arcsin(np.sqrt(h))
        missions["score"] += score(row, d)
    rows.to_sql("events", sqlite3.connect(":memory:"))
out = {"pandas": pd.__version__, "missions": len(missions)}
for name, loop, n in (("geopy", geopy_loop, 10), ("haversine", haversine_loop, 2000)):
    some = rows.head(n)
    at = time.process_time(); loop(some); out[name] = len(some) / (time.process_time() - at)
print(json.dumps(out))
"""


def stored(home: Path) -> int:
    """Bytes on disk under the data directory, the write-ahead log folded into the database first."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return sum(f.stat().st_size for f in home.rglob("*") if f.is_file())


def child(total: int, seed: int) -> None:
    """One size in a process and a node of its own; prints one line of JSON."""
    home = Path(os.environ["LEGATION_HOME"])
    import django

    django.setup()
    from bench.resample import Resampler
    from django.core.management import call_command

    from legation.foundations.markings import OPEN
    from legation.intelligence.actions import collecting, sources
    from legation.intelligence.links import COLLECTORS
    from legation.intelligence.links.feeding import Fed
    from legation.intelligence.links.manifest import Hint
    from legation.intelligence.links.towns import gazetteer
    from legation.intelligence.models import Occurrence, Source
    from legation.missions.actions import import_list
    from legation.missions.links import csv_file
    from legation.missions.models import Mission
    from legation.platform.authority.actions import enrol
    from legation.platform.authority.actor import ServiceAccount
    from legation.platform.authority.actors import of_operator, service
    from legation.platform.authority.resolve import claim, claim_house
    from legation.platform.secrets import node

    node.create(home, Path(os.environ["LEGATION_KEYS"]), kind="demonstration")  # its clock is never moved
    call_command("migrate", verbosity=0)
    local = service(ServiceAccount.LOCAL)
    listed = csv_file.read(MISSIONS.resolve().read_bytes()).missions
    import_list(claim_house("missions.import", local), listed[:MISSIONS_WANTED], MISSIONS.name)
    analyst = of_operator(
        enrol(
            claim_house("authority.enrol", local),
            username="analyst",
            name="Analyst",
            roles=frozenset({"analyst"}),
            clearance=OPEN,
            scope=None,
        )
    )
    local, claims = service(ServiceAccount.LOCAL), {}  # anew: now the open marking exists, which it may read
    for name in ("ucdp", "gdelt", "usgs"):
        house = claim_house("intelligence.register_source", analyst)
        source = sources.register_source(house, name=name, collector=name)
        claims[name] = claim(Source, source.pk, "intelligence.collect", local)
    gazetteer()  # read once per process, a second; not a cost of signals
    spent, parsed, signals, before = 0.0, 0.0, 0, stored(home)
    for name, data, _ in Resampler(total, seed).batches():
        begun = time.process_time()
        read = COLLECTORS[name].read(data, hint=Hint(name))
        parsed += time.process_time() - begun
        signals += collecting.collect_all(claims[name], [Fed(f"{name}.part", name, read)]).signals
        spent += time.process_time() - begun
    size = stored(home) - before
    print(
        json.dumps(
            {
                "signals": signals,
                "occurrences": Occurrence.objects.count(),
                "missions": Mission.objects.count(),
                "cpu_s": spent,
                "parse_s": parsed,
                "disk_mb": size / 1e6,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
        )
    )


def measured(total: int, seed: int, keep: str | None) -> dict[str, float]:
    """One size, in a process of its own."""
    home = Path(tempfile.mkdtemp(prefix="legation-bench-", dir=os.environ.get("BENCH_DIR") or ROOT.parent))
    env = os.environ | {
        "LEGATION_HOME": str(home / "home"),
        "LEGATION_KEYS": str(home / "keys"),
        "DJANGO_SETTINGS_MODULE": "legation.runtime.settings",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")]),
    }
    command = [sys.executable, *(["-m", "cProfile", "-o", keep] if keep else []), __file__, "--child", str(total)]
    try:
        done = subprocess.run([*command, "--seed", str(seed)], env=env, capture_output=True, text=True, check=False)
        if done.returncode:
            raise SystemExit(done.stderr[-3000:])
        found: dict[str, float] = json.loads(done.stdout.strip().splitlines()[-1])
        return found
    finally:
        shutil.rmtree(home, ignore_errors=True)


def peers(seed: int) -> dict[str, float] | None:
    """The loops of PEER over resampled rows; None where pandas and geopy are not installed."""
    sys.path.insert(0, str(ROOT))
    from bench.resample import Resampler

    with tempfile.NamedTemporaryFile(suffix=".csv") as rows:
        rows.write(next(data for name, data, _ in Resampler(3_000, seed).batches() if name == "ucdp"))
        rows.flush()
        command = [sys.executable, "-W", "ignore", "-c", PEER, str(MISSIONS.resolve()), rows.name]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        print("peers not measured:", (done.stderr.strip().splitlines() or ["no output"])[-1])
        return None
    found: dict[str, float] = json.loads(done.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--sizes", default="10000,100000")
    parser.add_argument("--seed", type=int, default=20180205)
    parser.add_argument("--child", type=int)
    parser.add_argument("--profile", help="write a cProfile of the last size to this file")
    asked = parser.parse_args()
    if asked.child:
        child(asked.child, asked.seed)
        return
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} cores")
    print(f"signals resampled from real rows with jitter in time and place and fresh ids, seed {asked.seed}")
    heads = (
        "signals",
        "occurrences",
        "missions",
        "CPU-s",
        "per CPU-s",
        "µs each",
        "of it parse",
        "stored MB",
        "peak MB",
    )
    print("".join(f"{head:>13}" for head in heads))
    each = []
    for size in map(int, asked.sizes.split(",")):
        m = measured(size, asked.seed, asked.profile)
        n = m["signals"]
        each.append(m["cpu_s"] / n * 1e6)
        cells = (n, m["occurrences"], m["missions"], m["cpu_s"], n / m["cpu_s"], each[-1], m["parse_s"] / n * 1e6)
        print("".join(f"{cell:>13,.0f}" for cell in (*cells, m["disk_mb"], m["peak_mb"])), flush=True)
    print(f"cost per signal, largest over smallest: {each[-1] / each[0]:.2f}")
    theirs = peers(asked.seed)
    if theirs:
        for name in ("haversine", "geopy"):
            rate, ours = theirs[name], 1e6 / each[-1]
            print(f"pandas {theirs['pandas']} + {name} loop: {rate:,.1f} per CPU-s; ratio {ours / rate:,.0f}")


if __name__ == "__main__":
    main()
