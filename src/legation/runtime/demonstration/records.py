"""Which real records does the demonstration ship? Each with where it comes from; credits are in NOTICE.md."""

import gzip
from dataclasses import dataclass
from importlib.resources import files

from legation.foundations.grading import Reliability


@dataclass(frozen=True, slots=True)
class Feed:
    """A source of the demonstration: the collector that reads it and the file it is fed from.

    cadence_days: how often it speaks; retrospective data sets are complete and do not fall silent.
    """

    name: str
    collector: str
    file: str
    reliability: Reliability
    owner: str
    cadence_days: int


FEEDS: tuple[Feed, ...] = (
    Feed("UCDP GED, Syria", "ucdp", "ucdp_syria.csv.gz", Reliability.B, "Uppsala Conflict Data Program", 7),
    Feed("UCDP GED, Mexico", "ucdp", "ucdp_mexico.csv.gz", Reliability.B, "Uppsala Conflict Data Program", 7),
    Feed("UCDP GED, Myanmar", "ucdp", "ucdp_myanmar.csv.gz", Reliability.B, "Uppsala Conflict Data Program", 30),
    Feed(
        "UCDP GED, Central African Republic",
        "ucdp",
        "ucdp_central_african_republic.csv.gz",
        Reliability.B,
        "Uppsala Conflict Data Program",
        30,
    ),
    Feed(
        "UCDP GED, sample of the world",
        "ucdp",
        "ucdp_global_random_sample.csv.gz",
        Reliability.B,
        "Uppsala Conflict Data Program",
        30,
    ),
    Feed("GDELT 2.0 events", "gdelt", "gdelt_20180101000000.export.tsv.gz", Reliability.D, "GDELT Project", 1),
    Feed("USGS earthquakes", "usgs", "usgs_2018-01-31_2018-02-05.geojson.gz", Reliability.A, "US Geological Survey", 1),
)

HISTORY_COUNTRIES = ("SY", "MX", "MM", "CF")
"""Countries whose whole history ships; all states' missions there make the second view."""


def read(name: str) -> bytes:
    """The bytes of a shipped file, as they lie there."""
    return files("legation.runtime.demonstration").joinpath("data", name).read_bytes()


def missions() -> bytes:
    """The list of missions as CSV."""
    return gzip.decompress(read("missions.csv.gz"))
