"""Which country is meant? Codes and names as the outside systems write them, turned into ISO 3166-1 alpha-2."""

import re
from functools import cache, lru_cache

from legation.foundations.countries import countries, country_named

_ALIASES: dict[str, str] = {
    # what UCDP, the advisories and GDACS call them beside the names in the foundations' table
    "bonaire": "BQ", "saba": "BQ", "sint eustatius": "BQ", "zaire": "CD", "congo, democratic republic": "CD",
    "cote d ivoire": "CI", "mainland china": "CN", "mainland china, hong kong & macau": "CN",
    "german federal republic": "DE", "great britain": "GB", "french west indies": "GP",
    "kyrgyz republic": "KG", "macedonia": "MK", "burma (myanmar)": "MM", "gaza": "PS", "rumania": "RO",
    "swaziland": "SZ", "east timor": "TL", "usa": "US", "viet nam (north vietnam)": "VN",
}  # fmt: skip

_FIPS_MORE = {"GZ": "PS", "RB": "RS", "YI": "RS", "PF": "CN", "PG": "CN", "SV": "SJ", "JN": "SJ"}
"""FIPS 10-4 divides what ISO holds together: Gaza beside the West Bank, old Yugoslavia, the islands of the sea."""

_ARTICLE = re.compile(r"^the\s+", re.IGNORECASE)


@lru_cache(maxsize=4_096)
def by_name(name: str) -> str:
    """Alpha-2 of a country name in English, "" where it is not known."""
    bare = name.strip()
    for said in (bare, _ARTICLE.sub("", bare)):
        if known := country_named(said):
            return known.alpha2
        if alias := _ALIASES.get(said.casefold()):
            return alias
    return ""


@cache
def _codes() -> tuple[dict[str, str], dict[str, str]]:
    table = countries().values()
    return {c.fips: c.alpha2 for c in table if c.fips} | _FIPS_MORE, {c.alpha3: c.alpha2 for c in table if c.alpha3}


def by_fips(code: str) -> str:
    """Alpha-2 of a FIPS 10-4 code, as GDELT writes them."""
    return _codes()[0].get(code.strip().upper(), "")


def by_alpha3(code: str) -> str:
    """Alpha-2 of an ISO alpha-3 code."""
    return _codes()[1].get(code.strip().upper(), "")


def last_in(place: str) -> str:
    """The country named after the last comma, as in `50km NNW of Sangiang, Indonesia`."""
    return by_name(place.rsplit(",", 1)[-1]) if place else ""
