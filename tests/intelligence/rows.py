"""Signals for tests of rules, a few columns said and the rest plausible."""

import gzip
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from legation.foundations.grading import Reliability
from legation.intelligence.rules.fusion import Received
from legation.intelligence.rules.kinds import floors, threat_codes
from legation.intelligence.rules.signals import Signals, SourceTraits, content_keys

DATA = Path(__file__).parents[2] / "../shared/data"
NOON = 1_517_832_000  # 2018-02-05 12:00 UTC
HOUR, DAY = 3600, 86_400

PRESS = SourceTraits("press", Reliability.C)
AGENCY = SourceTraits("agency", Reliability.B)
CATALOGUE = SourceTraits("catalogue", Reliability.B, rows_are_happenings=True)
SOURCES = (PRESS, AGENCY, CATALOGUE)


def real(path: str) -> bytes:
    """A file of the shared data; the test is skipped, loudly, where it is absent."""
    file = DATA / path
    if not file.exists():
        pytest.skip(f"real data absent: {path}")
    data = file.read_bytes()
    return gzip.decompress(data) if path.endswith(".gz") else data


def signals_of(rows: Sequence[dict[str, object]]) -> Signals:
    """One signal a row; unsaid: a clash in Damascus at noon, placed within 3 km."""
    n = len(rows)

    def texts(name: str, default: str = "") -> list[str]:
        return [str(row.get(name, default)) for row in rows]

    def numbers(name: str, default: float) -> np.ndarray:
        return np.array([row.get(name, default) for row in rows], dtype=np.float64).reshape(n)

    start = numbers("occurred_s", NOON).astype(np.int64)
    ended = np.array([row.get("ended_s", s) for row, s in zip(rows, start, strict=True)], dtype=np.int64).reshape(n)
    published = np.array([row.get("published_s", s) for row, s in zip(rows, ended, strict=True)], dtype=np.int64)
    kind = texts("kind", "armed_clash")
    intensity = np.array([row.get("intensity", f) for row, f in zip(rows, floors(kind), strict=True)], dtype=np.float64)
    ids = [str(row.get("external_id", f"row-{i}")) for i, row in enumerate(rows)]
    return Signals(
        external_id=ids,
        occurred_s=start,
        ended_s=ended,
        published_s=published.reshape(n),
        latitude=numbers("latitude", 33.51),
        longitude=numbers("longitude", 36.29),
        precision_km=numbers("precision_km", 3.0),
        country=texts("country", "SY"),
        place=texts("place"),
        threat=threat_codes(kind),
        kind=kind,
        intensity=intensity.reshape(n),
        actors=texts("actors"),
        title=texts("title"),
        text=texts("text"),
        origin=texts("origin"),
        url=texts("url"),
        raw=[str(row).encode() for row in rows],
    )


def received_of(rows: Sequence[dict[str, object]], source: Sequence[int] | None = None) -> Received:
    """signals_of, received from SOURCES: 0 press, 1 agency, 2 catalogue (default 0)."""
    signals = signals_of(rows)
    at = np.array(source if source is not None else [0] * len(rows), dtype=np.int64)
    keys = [content_keys(SOURCES[s].name, signals.take(np.array([i])))[0] for i, s in enumerate(at.tolist())]
    return Received(signals, keys, at, SOURCES)
