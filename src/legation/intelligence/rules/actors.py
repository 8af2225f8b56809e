"""Who acts, by which methods, and where can it reach? Names are matched whole after normalising, never guessed."""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from legation.foundations.decisions import Refusal
from legation.foundations.place import FloatArray, Point, distances_km
from legation.foundations.threats import ThreatClass
from legation.intelligence.events.actors import ActorValue

NAME_CHARS_MAX, ALIASES_MAX, AIMS_CHARS_MAX, RADIUS_KM_MAX = 200, 100, 2_000, 5_000.0
RULE = "intelligence.actor"

_C, _T, _R, _U = ThreatClass.ARMED_CONFLICT, ThreatClass.TERRORISM, ThreatClass.CRIME, ThreatClass.CIVIL_UNREST
_E, _Y = ThreatClass.ESPIONAGE, ThreatClass.CYBER


@dataclass(frozen=True, slots=True)
class Method:
    """How an actor does harm. threat: the class that its use belongs to; meets: what of a mission it bears upon."""

    word: str
    threat: ThreatClass
    meets: str


METHODS: tuple[Method, ...] = (
    Method("shelling", _C, "roofs, windows, movement in the open"),
    Method("air_strike", _C, "shelter, notification of coordinates"),
    Method("ground_attack", _C, "evacuation routes, departure decisions"),
    Method("siege", _C, "stocks, water, fuel"),
    Method("car_bomb", _T, "stand-off, barriers, vehicle search"),
    Method("suicide_attack", _T, "queues outside, screening"),
    Method("placed_bomb", _T, "search of rooms, mail and parcels"),
    Method("armed_assault", _T, "delay of doors, safe room, response of the police"),
    Method("assassination", _T, "routes, residences, predictability"),
    Method("hostage_taking", _T, "safe room, lockdown, communications"),
    Method("kidnap_for_ransom", _R, "journeys, drivers, profile of staff"),
    Method("extortion", _R, "locally engaged staff, suppliers"),
    Method("robbery", _R, "residences, cash, vehicles"),
    Method("roadblock", _R, "routes, havens, convoys"),
    Method("crowd", _U, "gates, windows, crowd in front of the chancery"),
    Method("arson", _U, "fire load, extinguishers, exits"),
    Method("recruitment", _E, "approaches to staff, reports of contact"),
    Method("technical_surveillance", _E, "secure rooms, sweeps, devices"),
    Method("observation", _E, "neighbours, photographs, patterns of life"),
    Method("intrusion", _Y, "endpoints, accounts, patches"),
    Method("phishing", _Y, "staff, mail, sign-in"),
    Method("disruption", _Y, "lines, power, public pages"),
)
"""Our own words: what a mission must be ready for, not how analysts of networks or of wars classify it."""

METHOD_BY_WORD: dict[str, Method] = {one.word: one for one in METHODS}

NOBODY = frozenset({"civilians", "unknown", "unidentified armed group", "unknown gunmen", "unidentified gunmen"})
"""Sides in coded data that are no actor."""


JOINING = "'’ʼ\u0640"
"""Apostrophes, and the stretcher of Arabic letters: they join what they stand between."""


class Reach(StrEnum):
    """Why an actor is said to reach a mission, the strongest first."""

    NAMED = "named"  # the register names the mission
    NEARBY = "nearby"  # it acted within its radius of the mission in the last two years
    COUNTRY = "country"  # the register names the receiving state


@dataclass(frozen=True, slots=True, eq=False)
class Acts:
    """Past acts where they were placed, (n,) each. number: of the signal that told of each first."""

    number: list[int]
    latitude: FloatArray
    longitude: FloatArray


NO_ACTS = Acts([], np.empty(0), np.empty(0))


@dataclass(frozen=True, slots=True)
class Reaching:
    """Why an actor reaches a mission. acts: within its radius, nearest: number and km of the nearest, 0 = none."""

    why: Reach
    acts: int = 0
    nearest: int = 0
    nearest_km: float = 0.0


def normalised(name: str) -> str:
    """One spelling for one name in any script: compatibility forms, case, marks and punctuation are taken off.

    Letters stay letters: nothing is transliterated, so a name in another script is another alias.
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    kept = ("" if unicodedata.combining(c) or c in JOINING else c if c.isalnum() else " " for c in plain)
    return " ".join("".join(kept).split())


def named(actors: str) -> list[str]:
    """The names that a signal gives, "; "-joined, without sides that are nobody."""
    parts = dict.fromkeys(part.strip() for part in actors.split(";"))
    return [part for part in parts if (plain := normalised(part)) and plain not in NOBODY and not plain.isdigit()]


def names_of(value: ActorValue) -> list[str]:
    """Every name and id by which signals may speak of the actor."""
    ids = [one for one in (value.stix_id,) if one]
    return list(dict.fromkeys([value.name, *value.aliases, *ids]))


def by_name(actors: Mapping[str, ActorValue]) -> dict[str, list[str]]:
    """Which actors bear each normalised name; a name that two bear counts for both and is shown as theirs."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, value in actors.items():
        for name in dict.fromkeys(map(normalised, names_of(value))):
            found[name].append(key)
    return dict(found)


def alike(spoken: Iterable[str], value: ActorValue) -> list[str]:
    """Names that hold every word of one of the actor's names, or are held by it: shown to a person, counted never."""
    own = [frozenset(normalised(name).split()) for name in names_of(value)]
    exact = {normalised(name) for name in names_of(value)}
    found = []
    for name in spoken:
        words = frozenset(normalised(name).split())
        if normalised(name) in exact or not words:
            continue
        if any(len(one & words) == min(len(one), len(words)) and min(len(one), len(words)) > 1 for one in own):
            found.append(name)
    return found


def reaching(value: ActorValue, mission: str, country: str, point: Point | None, acts: Acts) -> Reaching | None:
    """Why the actor reaches a mission; None where nothing says so. acts: its own, of the last two years."""
    near, first, nearest_km = 0, 0, 0.0
    if point is not None and value.radius_km > 0 and acts.number:
        away = distances_km(acts.latitude, acts.longitude, point)
        near = int((away <= value.radius_km).sum())
        at = int(away.argmin())
        first, nearest_km = (acts.number[at], float(away[at])) if near else (0, 0.0)
    if mission in value.missions:
        return Reaching(Reach.NAMED, near, first, nearest_km)
    if near:
        return Reaching(Reach.NEARBY, near, first, nearest_km)
    return Reaching(Reach.COUNTRY) if country and country in value.countries else None


def refusal(value: ActorValue) -> Refusal | None:
    """What keeps an actor out of the register."""
    if not normalised(value.name) or len(value.name) > NAME_CHARS_MAX:
        return Refusal("actor_name", RULE, params={"longest": str(NAME_CHARS_MAX)})
    if len(value.aliases) > ALIASES_MAX or any(len(one) > NAME_CHARS_MAX for one in value.aliases):
        return Refusal("actor_aliases", RULE, params={"most": str(ALIASES_MAX), "longest": str(NAME_CHARS_MAX)})
    if unknown := [word for word in value.methods if word not in METHOD_BY_WORD]:
        return Refusal("actor_method", RULE, params={"method": unknown[0]})
    if bad := [code for code in value.countries if len(code) != 2 or not code.isascii() or not code.isupper()]:
        return Refusal("actor_country", RULE, params={"country": bad[0][:20]})
    if not 0 <= value.radius_km <= RADIUS_KM_MAX or len(value.aims) > AIMS_CHARS_MAX:
        return Refusal("actor_reach", RULE, params={"most": f"{RADIUS_KM_MAX:g}", "longest": str(AIMS_CHARS_MAX)})
    return None
