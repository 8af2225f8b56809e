"""Which actors does a list of others name? Sides of UCDP tables, and the groups of a STIX bundle, as proposals."""

import csv
import io
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from legation.intelligence.events.actors import ActorKind, ActorValue
from legation.intelligence.links import countries
from legation.intelligence.links.encodings import plain
from legation.intelligence.links.unpacking import unpack
from legation.intelligence.rules import mappings
from legation.intelligence.rules.actors import NOBODY, normalised

EVENTS_LEAST = 5
"""A side named less often is left to a person: most are clashes of villages that were never heard of again."""

RADIUS_KM = {"1": 150.0, "2": 75.0, "3": 100.0}
"""By UCDP's type of violence: state-based fronts move and shell; groups among themselves stay; one-sided roams."""


@dataclass(slots=True)
class _Side:
    ucdp_id: str = ""
    events: int = 0
    countries: Counter[str] = field(default_factory=Counter)
    violence: Counter[str] = field(default_factory=Counter)


def from_ucdp(data: bytes, *, least: int = EVENTS_LEAST) -> list[ActorValue]:
    """The sides of a GED table that are named at least so often, the most frequent first. Names are UCDP's own."""
    sides: dict[str, _Side] = defaultdict(_Side)
    for row in csv.DictReader(io.StringIO(plain(data).decode("utf-8", "replace"))):
        for letter in ("a", "b"):
            name = (row.get(f"side_{letter}") or "").strip()
            if not normalised(name) or normalised(name) in NOBODY:
                continue
            side = sides[name]
            side.ucdp_id = side.ucdp_id or row.get(f"side_{letter}_new_id") or row.get(f"side_{letter}_id") or ""
            side.events += 1
            side.violence[row.get("type_of_violence") or ""] += 1
            if code := countries.by_name(row.get("country") or ""):
                side.countries[code] += 1
    often = [(name, side) for name, side in sides.items() if side.events >= least]
    return [_value(name, side) for name, side in sorted(often, key=lambda pair: (-pair[1].events, pair[0]))]


def from_path(path: Path, *, least: int = EVENTS_LEAST) -> list[ActorValue]:
    """The sides of a table, plain or packed. Raises FileNotFoundError, and Refused where an archive is none to open."""
    if not path.is_file():
        raise FileNotFoundError(f"there is no {path}")
    return [value for one in unpack(path.read_bytes(), path.name) for value in from_ucdp(one.data, least=least)]


def _value(name: str, side: _Side) -> ActorValue:
    violence = side.violence.most_common(1)[0][0]
    own = tuple(code for code, n in side.countries.most_common(5) if n * 10 >= side.events)
    return ActorValue(
        name=name[:200],
        aliases=(),
        kind=_kind(name, violence),
        aims="",
        countries=own,
        missions=(),
        radius_km=RADIUS_KM.get(violence, 75.0),
        methods=(),
        ucdp_id=side.ucdp_id[:20],
    )


def _kind(name: str, violence: str) -> ActorKind:
    """What the dataset itself says: governments are named so; the rest is an armed group until a person knows more."""
    plain_name = normalised(name)
    if plain_name.startswith("government of"):
        return ActorKind.STATE_FORCES
    if violence.isdigit() and mappings.ucdp_kind(int(violence), name).kind.startswith("cartel"):
        return ActorKind.CRIMINAL_GROUP
    return ActorKind.COMMUNAL_GROUP if violence == "2" and "supporters" in plain_name else ActorKind.ARMED_GROUP
