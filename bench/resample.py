"""Real rows drawn again, with jitter in time and place and fresh ids, as the bytes their sources would send.

Not new data: the mix, texts, duplicates and precision are those of the real files; only density in time is spread over
thirty years, so that a million rows are not all in one month of one war.
"""

import csv
import gzip
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

DATA = Path(__file__).parents[1] / "../shared/data"
UCDP_FILES = (
    "events/ucdp_ged_syria_2016-2018.csv.gz", "history/ucdp_ged/mexico.csv.gz",
    "history/ucdp_ged/central_african_republic.csv.gz", "history/ucdp_ged/myanmar.csv.gz",
    "history/ucdp_ged/global_random_sample.csv.gz",
)  # fmt: skip
FIRST, DAYS = datetime(1989, 1, 1, tzinfo=UTC), 30 * 365
SHARES = {"ucdp": 0.90, "gdelt": 0.05, "usgs": 0.05}  # about as many as there are of each
BATCH = 10_000


def _bytes(path: str) -> bytes:
    data = (DATA / path).resolve().read_bytes()
    return gzip.decompress(data) if path.endswith(".gz") else data


class Resampler:
    """Batches of about BATCH rows per call, one source each, in order of time as sources send them."""

    def __init__(self, total: int, seed: int) -> None:
        self.total, self._draw, self._id = total, Random(seed), 10**8
        self._ucdp: list[dict[str, str]] = []
        for path in UCDP_FILES:
            self._ucdp += list(csv.DictReader(io.StringIO(_bytes(path).decode())))
        self._columns = list(dict.fromkeys(name for row in self._ucdp for name in row if name != "geom_wkt"))
        self._articles: dict[str, list[list[str]]] = {}
        for line in _bytes("events/gdelt_20180101000000.export.tsv").decode().splitlines():
            fields = line.split("\t")
            self._articles.setdefault(fields[60], []).append(fields)
        self._quakes = json.loads(_bytes("events/usgs_earthquakes_main.geojson.gz"))["features"]

    def batches(self) -> Iterator[tuple[str, bytes, int]]:
        """(source, bytes, rows) until `total` rows were given."""
        rounds = max(1, self.total // BATCH)
        size = self.total // rounds
        for number in range(rounds):
            window = FIRST + timedelta(days=DAYS * number / rounds), DAYS / rounds
            for source, share in SHARES.items():
                n = round(size * share)
                yield source, getattr(self, f"_{source}_bytes")(n, *window), n

    def _fresh(self) -> str:
        self._id += 1
        return str(self._id)

    def _days(self, n: int, first: datetime, days: float) -> list[datetime]:
        return sorted(first + timedelta(days=self._draw.random() * days) for _ in range(n))

    def _ucdp_bytes(self, n: int, first: datetime, days: float) -> bytes:
        out = io.StringIO()
        rows = csv.DictWriter(out, self._columns, extrasaction="ignore", lineterminator="\n")
        rows.writeheader()
        for day in self._days(n, first, days):
            row = dict(self._draw.choice(self._ucdp))
            span = datetime.fromisoformat(row["date_end"][:10]) - datetime.fromisoformat(row["date_start"][:10])
            row["id"], row["date_start"], row["date_end"] = self._fresh(), f"{day:%Y-%m-%d}", f"{day + span:%Y-%m-%d}"
            row["latitude"] = f"{float(row['latitude']) + self._draw.uniform(-0.2, 0.2):.5f}"
            row["longitude"] = f"{float(row['longitude']) + self._draw.uniform(-0.2, 0.2):.5f}"
            rows.writerow(row)
        return out.getvalue().encode()

    def _gdelt_bytes(self, n: int, first: datetime, days: float) -> bytes:
        lines: list[str] = []
        urls = list(self._articles)
        for day in self._days(n, first, days):
            if len(lines) >= n:
                break
            url, shift = self._draw.choice(urls), self._draw.uniform(-0.2, 0.2)
            for fields in self._articles[url]:
                row = list(fields)
                row[0], row[1], row[60] = self._fresh(), f"{day:%Y%m%d}", f"{url}/{self._id % 97}"
                row[59] = f"{day:%Y%m%d%H%M%S}"
                if row[56] and row[57]:
                    row[56] = f"{float(row[56]) + shift:.4f}"
                lines.append("\t".join(row))
        return ("\n".join(lines[:n]) + "\n").encode()

    def _usgs_bytes(self, n: int, first: datetime, days: float) -> bytes:
        features = []
        for day in self._days(n, first, days):
            quake = self._draw.choice(self._quakes)
            lon, lat, *depth = quake["geometry"]["coordinates"]
            place = [
                round(max(-179.9, min(179.9, lon + self._draw.uniform(-0.2, 0.2))), 4),
                round(lat * 0.999, 4),
                *depth,
            ]
            ms = int(day.timestamp() * 1000)
            features.append(
                quake
                | {"id": f"rs{self._fresh()}", "geometry": {"type": "Point", "coordinates": place}}
                | {"properties": quake["properties"] | {"time": ms, "updated": ms + 600_000}}
            )
        return json.dumps({"type": "FeatureCollection", "features": features}).encode()
