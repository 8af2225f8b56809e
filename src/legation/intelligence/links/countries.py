"""Which country is meant? Codes and names of the outside systems turned into ISO 3166-1 alpha-2.

Source: datahub country-codes (ODC-PDDL), with the names that UCDP, GDACS, GDELT and the advisories use.
"""

import csv
import re
import unicodedata
from functools import cache
from importlib.resources import files


def _folded(name: str) -> str:
    bare = unicodedata.normalize("NFKD", name.casefold())
    kept = "".join(c for c in bare if not unicodedata.combining(c)).replace("&", " and ")
    return " ".join(w for w in re.findall(r"\w+", kept) if w != "the")


@cache
def _table() -> tuple[dict[str, str], dict[str, str], dict[str, str], frozenset[str]]:
    by_name: dict[str, str] = {}
    by_fips: dict[str, str] = {}
    by_alpha3: dict[str, str] = {}
    codes: set[str] = set()
    text = files("legation.intelligence").joinpath("data/countries.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        code = row["alpha2"]
        codes.add(code)
        by_alpha3[row["alpha3"]] = code
        for fips in filter(None, row["fips"].split(";")):
            by_fips[fips] = code
        for name in row["names"].split("|"):
            by_name.setdefault(_folded(name), code)
    return by_name, by_fips, by_alpha3, frozenset(codes)


def by_name(name: str) -> str:
    """Alpha-2 of a country name in English, "" where it is not known."""
    return _table()[0].get(_folded(name), "")


def by_fips(code: str) -> str:
    """Alpha-2 of a FIPS 10-4 code, as GDELT writes them."""
    return _table()[1].get(code.strip().upper(), "")


def by_alpha3(code: str) -> str:
    """Alpha-2 of an ISO alpha-3 code."""
    return _table()[2].get(code.strip().upper(), "")


def by_alpha2(code: str) -> str:
    """The code itself where it is one."""
    word = code.strip().upper()
    return word if word in _table()[3] else ""


def last_in(place: str) -> str:
    """The country named after the last comma, as in `50km NNW of Sangiang, Indonesia`."""
    return by_name(place.rsplit(",", 1)[-1]) if place else ""
