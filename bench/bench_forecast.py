"""Does the forecast beat naive baselines on real history? Prints CRPS and Brier side by side, the ratio last.

Data: UCDP GED extracts of Mexico, Myanmar, the Central African Republic and Syria beside the missions of all
states there; constants of the method were chosen on origins before 2016. Run: .venv/bin/python bench/bench_forecast.py
"""

import argparse
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl

from legation.foundations.place import Point, distances_km
from legation.intelligence.rules.mappings import UCDP_PRECISION_KM
from legation.risk.rules import backtest, forecast, series
from legation.risk.rules.counting import SAME_PLACE_DEGREES

DATA = Path(__file__).parents[1] / "../shared/data"
HISTORY = DATA / "history" / "ucdp_ged"
FILES = {
    "Mexico": [HISTORY / "mexico.csv.gz", HISTORY / "mexico_2018.csv.gz"],
    "Myanmar": [HISTORY / "myanmar.csv.gz", HISTORY / "myanmar_2018.csv.gz"],
    "Central African Republic": [
        HISTORY / "central_african_republic.csv.gz",
        HISTORY / "central_african_republic_2018.csv.gz",
    ],
    "Syria": [DATA / "events" / "ucdp_ged_syria_2016-2018.csv.gz"],
}
ISO = {"Mexico": "MX", "Myanmar": "MM", "Central African Republic": "CF", "Syria": "SY"}
FIRST = date(1989, 1, 1)
LAST = date(2018, 12, 31)
STARTS = {"Syria": date(2016, 1, 1)}
LONGEST_DAYS = 31
"""A row that spans more than a month is a summary of a season, not an event of a day."""
COLUMNS = ["latitude", "longitude", "where_prec", "date_start", "date_end"]
PERIODS = {
    "2012-01-01 to 2015-12-31, on which the constants were chosen": (date(2012, 1, 1), date(2016, 1, 1)),
    "2016-01-01 to 2018-02-05, report": (date(2016, 1, 1), date(2018, 2, 5)),
    "2018-02-05 to 2018-12-31, after the replay starts": (date(2018, 2, 5), date(2019, 1, 1)),
}


@dataclass(frozen=True)
class Place:
    country: str
    latitude: float
    longitude: float


def day(value: date) -> int:
    return (value - date(1970, 1, 1)).days


def missions() -> list[Place]:
    table = pl.read_csv(DATA / "missions" / "missions_2021-11-13.csv", infer_schema_length=0)
    table = table.filter(pl.col("country").is_in(list(FILES)) & pl.col("latitude").is_not_null())
    return [Place(r["country"], float(r["latitude"]), float(r["longitude"])) for r in table.iter_rows(named=True)]


def towns() -> list[Place]:
    table = pl.read_csv(DATA / "basemap" / "cities15000.csv.gz", infer_schema_length=0)
    names = {code: name for name, code in ISO.items()}
    table = table.filter(pl.col("countrycode").is_in(list(names)))
    table = table.with_columns(pl.col("population").cast(pl.Int64)).sort("population", descending=True)
    table = table.group_by("countrycode", maintain_order=True).head(40)
    return [
        Place(names[r["countrycode"]], float(r["latitude"]), float(r["longitude"])) for r in table.iter_rows(named=True)
    ]


def counted(places: list[Place]) -> tuple[series.Series, np.ndarray, list[tuple[object, ...]]]:
    """Series of every place × ring and of each country; the ring of each row (0 = country) and its cell."""
    days = (LAST - FIRST).days + 1
    rows, covered, rings, countries, cells = [], [], [], [], []
    for country, files in FILES.items():
        table = pl.concat([pl.read_csv(f, infer_schema_length=0).select(COLUMNS) for f in files])
        start, end = (table[c].str.slice(0, 10).str.to_date().to_numpy().astype("datetime64[D]") for c in COLUMNS[3:])
        at = (end - np.datetime64(FIRST)).astype(int)
        real = (end - start).astype(int) <= LONGEST_DAYS
        latitude, longitude = (table[c].cast(pl.Float64).to_numpy() for c in COLUMNS[:2])
        precision = np.array([UCDP_PRECISION_KM[int(v)] for v in table["where_prec"]])
        since = (STARTS.get(country, FIRST) - FIRST).days
        masks: list[tuple[float, np.ndarray, tuple[object, ...]]] = [(0.0, real, (country,))]
        for place in (p for p in places if p.country == country):
            away = distances_km(latitude, longitude, Point(place.latitude, place.longitude))
            cell = tuple(round(d / SAME_PLACE_DEGREES) for d in (place.latitude, place.longitude))
            for r in series.RINGS_KM:
                masks.append((r, real & (away <= r) & (precision <= series.PRECISION_RADII * r), (country, r, *cell)))
        for ring, mask, cell in masks:
            rows.append(np.bincount(at[mask], minlength=days)[:days].astype(np.float64))
            covered.append(since)
            rings.append(ring)
            countries.append(country)
            cells.append(cell)
    codes = {pair: i for i, pair in enumerate(sorted(set(zip(countries, rings, strict=True))))}
    pool = np.array([codes[pair] for pair in zip(countries, rings, strict=True)])
    made = series.Series(np.array(rows), day(FIRST), np.array(covered), pool)
    return made, np.array(rings), cells


def distinct(cells: list[tuple[object, ...]]) -> np.ndarray:
    """First row of each cell of a quarter degree: missions of one city see the same events and count once."""
    first: dict[tuple[object, ...], int] = {}
    for row, cell in enumerate(cells):
        first.setdefault(cell, row)
    return np.array(sorted(first.values()))


def report(title: str, result: backtest.BackTest) -> None:
    ours = f"{result.crps:8.3f} {result.brier:6.3f}"
    print(
        f"  {title}: {result.horizon_days} days, {result.origins} weekly origins, {result.rows} series "
        f"({result.never_rows} never had an event, {result.never_scored} windows, CRPS {result.never_crps:.4f}), "
        f"{result.scored} scored, {result.mean_count:.2f} events a window"
    )
    print(f"    legation            CRPS, Brier {ours}   inside 80 %: {result.coverage80:.3f}", end="")
    print(f" (claimed {result.claimed80:.3f}), inside 50 %: {result.coverage50:.3f} ({result.claimed50:.3f})")
    for row in result.beside:
        plain = "" if row.verdict is backtest.Verdict.BETTER else f"  <- {row.verdict.value.replace('_', ' ')}"
        print(f"    {row.baseline.value:19s} CRPS, Brier {row.crps:8.3f} {row.brier:6.3f}", end="")
        print(f"   ratio ours/baseline {1 - row.skill:.3f}{plain}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--towns", action="store_true", help="also 40 towns per country, a wider sample of places")
    parser.add_argument("--only", default="", help="a year with which the wanted periods begin")
    wanted = parser.parse_args()
    print("UCDP GED deaths-coded events; missions of 2021-11-13; horizons", forecast.HORIZONS_DAYS)
    sets = {"missions": counted(missions())}
    if wanted.towns:
        sets["towns"] = counted(towns())
    for name, (made, ring, cells) in sets.items():
        once = distinct(cells)
        print(f"\n{name}: {int((ring == series.RINGS_KM[0]).sum())} places, {len(once)} cells and countries")
        made, ring = made.rows(once), ring[once]
        for period, (start, stop) in PERIODS.items():
            if not period.startswith(wanted.only):
                continue
            print(f" origins {period}")
            began, cpu = time.perf_counter(), time.process_time()
            forecasts = 0
            for horizon in forecast.HORIZONS_DAYS:
                known = series.Series(
                    made.counts[:, : made.index(day(stop))], made.first_day, made.covered_from, made.pool
                )
                trial = backtest.run(known, made.index(day(start)), made.index(day(stop)), horizon)
                forecasts += trial.came.size
                for label, rows in (("around", ring > 0), ("country", ring == 0)):
                    if rows.any():
                        report(label, backtest.summarise(trial, rows))
            spent = time.process_time() - cpu
            print(
                f" {forecasts} forecasts scored beside the baselines, {forecasts / spent:.0f}/CPU-s, "
                f"wall {time.perf_counter() - began:.1f} s"
            )


if __name__ == "__main__":
    main()
