"""Where did organised violence kill? The Georeferenced Event Dataset of the Uppsala Conflict Data Program.

Source: UCDP GED Codebook 24.1 (column names and scales); Sundberg & Melander 2013. Older editions lack columns or
carry more; only those named in REQUIRED must be there.
"""

import numpy as np
import polars as pl

from legation.foundations.grading import Reliability
from legation.foundations.time import DAY_S
from legation.intelligence.links import countries, tables
from legation.intelligence.links.encodings import plain
from legation.intelligence.links.manifest import NO_HINT, Hint, Looks, Manifest
from legation.intelligence.rules import kinds, mappings
from legation.intelligence.rules.signals import Collected, Quarantined, Signals

MANIFEST = Manifest(
    name="ucdp",
    title="UCDP Georeferenced Event Dataset",
    reads="GED tables as CSV, plain, .gz or .zip with one member; any edition since 5.0.",
    credit="Uppsala Conflict Data Program, https://ucdp.uu.se; Sundberg & Melander 2013",
    licence="CC BY 4.0",
    owner="Department of Peace and Conflict Research, Uppsala University",
    on_failure="A table without the required columns is put aside whole; each row that cannot be read, alone.",
    hosts=("ucdp.uu.se", "ucdpapi.pcr.uu.se"),
    rate_s=86_400,
    cadence_s=45 * DAY_S,  # candidate events come monthly, some two weeks after the month
    lists_happenings=True,
    reliability=Reliability.B,
    rows_are_happenings=True,
)

REQUIRED = ("id", "type_of_violence", "date_start", "date_end", "latitude", "longitude", "best")
OPTIONAL = (
    "low", "high", "side_a", "side_b", "dyad_name", "conflict_name", "country", "where_coordinates", "adm_1",
    "where_prec", "date_prec", "source_headline", "source_office",
)  # fmt: skip

DEATHS_MAX = 1_000_000
"""Above any single event of the dataset (Rwanda 1994 is coded in many); a larger figure is a slip."""

KIND_TITLES = {
    "armed_clash": "Armed clash", "cartel_clash": "Clash between criminal groups", "state_violence": "State violence",
    "cartel_violence": "Violence by a criminal group", "attack_on_civilians": "Attack on civilians",
}  # fmt: skip


def recognises(looks: Looks) -> bool:
    """True where the first line names the required columns."""
    header = plain(looks.head).split(b"\n", 1)[0]
    return header.count(b",") >= len(REQUIRED) - 1 and not _missing(_header(header))


def _header(line: bytes) -> list[str]:
    fields = tables.csv_fields(line.strip().decode("utf-8", "replace").encode())
    return [name.strip().casefold() for name in fields]


def _missing(header: list[str]) -> list[str]:
    return [name for name in REQUIRED if name not in header]


def read(data: bytes, *, hint: Hint = NO_HINT) -> Collected:
    """All rows of a GED table; one signal each."""
    records = tables.split_records(plain(data))
    if not len(records):
        return Collected(Signals.empty(), [Quarantined("file", "empty", {}, data)])
    header = _header(records.raws[0])
    if missing := _missing(header):
        return Collected(Signals.empty(), [Quarantined("file", "header", {"missing": ", ".join(missing)}, data)])
    body, aside = tables.readable(tables.Lines(records.numbers[1:], records.raws[1:]))
    frame, lines, narrow = tables.csv_frame(body, header, (*REQUIRED, *OPTIONAL))
    signals, refused = _signals(frame, lines, hint)
    return Collected(signals, aside + narrow + refused)


def _signals(frame: pl.DataFrame, lines: tables.Lines, hint: Hint) -> tuple[Signals, list[Quarantined]]:
    sieve = tables.Sieve(lines)
    # some editions write 1989-01-22 00:00:00.000: the day is what is meant
    started, bad_start = tables.instants(frame["date_start"].str.slice(0, 10), "%Y-%m-%d")
    last_day, bad_end = tables.instants(frame["date_end"].str.slice(0, 10), "%Y-%m-%d")
    latitude, longitude = tables.numbers(frame["latitude"]), tables.numbers(frame["longitude"])
    unsaid = tables.blank(frame["latitude"]) & tables.blank(frame["longitude"])
    violence = tables.numbers(frame["type_of_violence"])
    deaths = tables.numbers(frame["best"])

    def text(column: str, i: int) -> str:
        return str(frame[column][i])

    sieve.refuse(tables.blank(frame["id"]), "no_id", lambda _: {})
    sieve.refuse(bad_start, "bad_time", lambda i: {"field": "date_start", "value": text("date_start", i)})
    sieve.refuse(bad_end, "bad_time", lambda i: {"field": "date_end", "value": text("date_end", i)})
    sieve.refuse(
        last_day < started,
        "ends_before_start",
        lambda i: {"started": text("date_start", i), "ended": text("date_end", i)},
    )
    late = tables.too_late(last_day, hint.received_s)
    sieve.refuse(late, "future", lambda i: {"field": "date_end", "value": text("date_end", i)})
    off = tables.off_globe(latitude, longitude, unsaid)
    sieve.refuse(off, "bad_place", lambda i: {"latitude": text("latitude", i), "longitude": text("longitude", i)})
    sieve.refuse(
        ~np.isin(violence, (1, 2, 3)),
        "bad_value",
        lambda i: {"field": "type_of_violence", "value": text("type_of_violence", i), "wanted": "1, 2 or 3"},
    )
    sieve.refuse(
        ~((deaths >= 0) & (deaths <= DEATHS_MAX)),
        "bad_value",
        lambda i: {"field": "best", "value": text("best", i), "wanted": "a number of deaths"},
    )
    kept = np.flatnonzero(sieve.keep)
    lines = lines.take(kept.tolist())
    signals = _columns(
        frame[kept], started[kept], last_day[kept] + DAY_S - 1, latitude[kept], longitude[kept], violence[kept], lines
    )
    return signals, sieve.quarantined


def _columns(
    frame: pl.DataFrame,
    started: tables.IntArray,
    ended: tables.IntArray,
    latitude: tables.FloatArray,
    longitude: tables.FloatArray,
    violence: tables.FloatArray,
    lines: tables.Lines,
) -> Signals:
    side_a, side_b, dyad = frame["side_a"].to_list(), frame["side_b"].to_list(), frame["dyad_name"].to_list()
    kind = _kinds(violence.astype(np.int64).tolist(), dyad, side_a)
    names = frame["country"].to_list()
    country_of = {name: countries.by_name(name) for name in set(names)}
    precision_of = {str(k): v for k, v in mappings.UCDP_PRECISION_KM.items()}
    place = [w or a for w, a in zip(frame["where_coordinates"].to_list(), frame["adm_1"].to_list(), strict=True)]
    said = zip(frame["best"], frame["low"], frame["high"], frame["conflict_name"], strict=True)
    return Signals(
        external_id=frame["id"].to_list(),
        occurred_s=started,
        ended_s=ended,
        published_s=ended.copy(),  # coded in retrospect: known, at the earliest, when it was over
        latitude=latitude,
        longitude=longitude,
        precision_km=np.array([precision_of.get(p, np.nan) for p in frame["where_prec"].to_list()], dtype=np.float64),
        country=[country_of[name] for name in names],
        place=place,
        threat=kinds.threat_codes(kind),
        kind=kind,
        intensity=kinds.by_deaths(kind, tables.numbers(frame["best"])),
        actors=[f"{a}; {b}" if a and b else a or b for a, b in zip(side_a, side_b, strict=True)],
        title=[
            headline or f"{KIND_TITLES.get(k, k)}: {d}{', ' + w if w else ''}"
            for headline, k, d, w in zip(frame["source_headline"].to_list(), kind, dyad, place, strict=True)
        ],
        text=[f"Deaths: {best} (lowest {low}, highest {high}). {conflict}" for best, low, high, conflict in said],
        origin=_offices(frame["source_office"].to_list()),
        url=[""] * len(names),
        raw=lines.raws,
    )


def _kinds(violence: list[int], dyad: list[str], side_a: list[str]) -> list[str]:
    parties = [d or a for d, a in zip(dyad, side_a, strict=True)]
    pairs = list(zip(violence, parties, strict=True))
    kind_of = {pair: mappings.ucdp_kind(*pair).kind for pair in set(pairs)}
    return [kind_of[pair] for pair in pairs]


def _offices(said: list[str]) -> list[str]:
    """The offices behind a row, each once: `SOHR;SOHR;Reuters News` is two origins. The dataset itself where none."""
    origin_of = {text: "; ".join(dict.fromkeys(filter(None, map(str.strip, text.split(";"))))) for text in set(said)}
    return [origin_of[text] or "ucdp.uu.se" for text in said]


class MemoryUcdp:
    """The twin for tests: events in, the bytes of a GED table out."""

    def __init__(self) -> None:
        self.rows: list[dict[str, str]] = []

    def add(self, **values: str) -> None:
        """One row with a fresh id; what is not given is plausible for Damascus."""
        row = {
            "id": str(100_000 + len(self.rows)), "type_of_violence": "1", "date_start": "2018-01-10",
            "date_end": "2018-01-10", "latitude": "33.51", "longitude": "36.29", "best": "3", "low": "2", "high": "4",
            "side_a": "Government of Syria", "side_b": "Syrian insurgents", "country": "Syria",
            "dyad_name": "Government of Syria - Syrian insurgents", "where_coordinates": "Damascus city",
            "where_prec": "1", "date_prec": "1",
        }  # fmt: skip
        self.rows.append(row | values)

    def table(self) -> bytes:
        """What the server would answer."""
        names = list(dict.fromkeys(name for row in self.rows for name in row)) or [*REQUIRED]
        lines = [",".join(names)]
        lines += [",".join('"' + row.get(name, "").replace('"', '""') + '"' for name in names) for row in self.rows]
        return ("\n".join(lines) + "\n").encode()
