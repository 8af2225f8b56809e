"""Which country is meant? ISO 3166-1 codes, the names in use for each, and the UN subregion it lies in.

Sources: ISO and UN M49 columns of the country-codes list (ODC-PDDL), GeoNames countries (CC BY 4.0).
"""

import csv
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Country:
    """One state or territory with an ISO code. fips is what GDELT uses."""

    alpha2: str
    alpha3: str
    fips: str
    continent: str
    subregion: str
    names: tuple[str, ...]

    @property
    def name(self) -> str:
        return self.names[0]


@cache
def countries() -> dict[str, Country]:
    """All by alpha-2 code."""
    text = files("legation.foundations").joinpath("data/countries.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    return {
        row["alpha2"]: Country(
            row["alpha2"],
            row["alpha3"],
            row["fips"],
            row["continent"],
            row["subregion"],
            tuple(row["names"].split("|")),
        )
        for row in rows
    }


def country_named(name: str) -> Country | None:
    """The country of this name, whatever its case and accents; None where no name in use agrees."""
    return _by_name().get(_plain(name))


def name_of(alpha2: str) -> str:
    """The short name for a code; the code itself where it is not in the table."""
    known = countries().get(alpha2)
    return known.name if known else alpha2


@cache
def _by_name() -> dict[str, Country]:
    return {_plain(name): country for country in countries().values() for name in country.names}


def _plain(name: str) -> str:
    folded = unicodedata.normalize("NFKD", name.strip().casefold())
    return "".join(c for c in folded if not unicodedata.combining(c)).replace("’", "'")
