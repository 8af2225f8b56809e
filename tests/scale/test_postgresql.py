"""The same acts over PostgreSQL: what every room writes is tried again on the ministry's database."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

ROOT = Path(__file__).parents[2]
SERVER = os.environ.get("LEGATION_TEST_POSTGRESQL", "postgresql://root@127.0.0.1:5432/test")
"""A server on this machine on which databases may be made; another is named by the variable."""


@pytest.fixture(scope="module")
def server() -> str:
    try:
        psycopg.connect(SERVER, connect_timeout=3).close()
    except psycopg.OperationalError:
        pytest.skip("no PostgreSQL answers on this machine; set LEGATION_TEST_POSTGRESQL to one that may be written")
    return SERVER


ROOMS = ("missions", "law", "watch", "intelligence", "risk", "access")
WITHOUT_ACTS = ("test_rules", "test_reference", "test_links", "test_stix", "test_queries", "test_doors", "test_api")


def writes(path: Path) -> bool:
    """Whether this file tries acts of a room."""
    return path.parent.name in ROOMS and not path.name.startswith(WITHOUT_ACTS)


def test_what_holds_over_sqlite_holds_over_postgresql(server: str) -> None:
    acts = sorted(str(p.relative_to(ROOT)) for p in (ROOT / "tests").glob("*/test_*.py") if writes(p))
    platform = [
        f"tests/platform/test_{name}.py"
        for name in ("act", "append_together", "authority", "idempotency", "ledger", "time")
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--create-db", *acts, *platform],
        cwd=ROOT,
        env=os.environ | {"LEGATION_DATABASE": server},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]
    assert "seed" in done.stdout
