"""What kind of happening is it, how grave, and for how long and how far does it matter? One table answers all four.

The columns are judgements, argued per row in `why`; the interface and the method page print the table as it stands.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from legation.foundations.threats import THREAT_CODES, ThreatClass

type FloatArray = NDArray[np.float64]
type CodeArray = NDArray[np.int8]


class Scale(StrEnum):
    """What measures how grave a happening of this kind is."""

    DEATHS = "deaths"
    MAGNITUDE = "magnitude"
    ALERT = "alert"
    LEVEL = "level"


@dataclass(frozen=True, slots=True)
class Kind:
    """One row. `floor` is the intensity where nothing is known but that it happened.

    half_life_days: after so long it weighs half. reach_km: farther away it weighs only as news of the country.
    same_hours, same_km: two reports closer than this can be one happening.
    """

    word: str
    threat: ThreatClass
    scale: Scale
    floor: float
    half_life_days: float
    reach_km: float
    same_hours: float
    same_km: float
    why: str


_CONFLICT, _TERROR, _CRIME = ThreatClass.ARMED_CONFLICT, ThreatClass.TERRORISM, ThreatClass.CRIME
_UNREST, _UNSTABLE = ThreatClass.CIVIL_UNREST, ThreatClass.POLITICAL_INSTABILITY
_TENSION, _SPIES, _INSIDER = ThreatClass.INTERSTATE_TENSION, ThreatClass.ESPIONAGE, ThreatClass.INSIDER
_CYBER, _HAZARD = ThreatClass.CYBER, ThreatClass.HAZARD
_D, _M, _A, _L = Scale.DEATHS, Scale.MAGNITUDE, Scale.ALERT, Scale.LEVEL

KINDS: tuple[Kind, ...] = (
    # word, threat, scale, floor, half-life d, reach km, same h, same km, why
    Kind("armed_clash", _CONFLICT, _D, 0.30, 30, 100, 24, 15, "fronts move within weeks; shells reach tens of km"),
    Kind("shelling", _CONFLICT, _D, 0.35, 30, 100, 12, 10, "as a clash, but the weapon itself has the reach"),
    Kind("air_strike", _CONFLICT, _D, 0.40, 30, 100, 12, 10, "repeats while a campaign lasts, weeks"),
    Kind("state_violence", _CONFLICT, _D, 0.35, 60, 100, 24, 15, "a policy against civilians changes slowly"),
    Kind("blockade", _CONFLICT, _L, 0.35, 30, 100, 72, 25, "cuts supply and evacuation routes while it stands"),
    Kind("attack_on_civilians", _TERROR, _D, 0.40, 180, 100, 24, 15, "able and willing stays so for months"),
    Kind("bombing", _TERROR, _D, 0.50, 180, 100, 12, 5, "needs a cell and material, which outlive the act"),
    Kind("assassination", _TERROR, _D, 0.50, 180, 100, 24, 10, "aimed at persons such as those of a mission"),
    Kind("hostage_taking", _TERROR, _D, 0.55, 180, 100, 48, 15, "lasts days; the group keeps the method"),
    Kind("bomb_threat", _TERROR, _L, 0.25, 30, 25, 12, 2, "most are empty; a series is not"),
    Kind("kidnapping", _CRIME, _D, 0.45, 120, 100, 48, 25, "a trade: gangs work an area for months"),
    Kind("cartel_clash", _CRIME, _D, 0.35, 90, 50, 24, 15, "organised crime at war; bystanders on roads are hit"),
    Kind("cartel_violence", _CRIME, _D, 0.40, 90, 50, 24, 15, "organised crime against civilians and officials"),
    Kind("assault", _CRIME, _D, 0.20, 60, 10, 24, 5, "a district's crime changes within a season"),
    Kind("robbery", _CRIME, _D, 0.15, 60, 10, 12, 2, "local: another quarter of the town is another matter"),
    Kind("theft", _CRIME, _L, 0.08, 60, 5, 12, 1, "local and light"),
    Kind("arrest", _CRIME, _L, 0.08, 30, 25, 24, 15, "says that police act, weakly that crime is there"),
    Kind("detention_of_national", _TENSION, _L, 0.50, 180, 2000, 168, 100, "a state's act reaches its whole country"),
    Kind("protest", _UNREST, _D, 0.15, 14, 25, 24, 5, "a wave of protest dies in weeks; it walks a few km"),
    Kind("riot", _UNREST, _D, 0.35, 21, 25, 24, 10, "as protest, and property and people are attacked"),
    Kind("strike", _UNREST, _L, 0.12, 14, 50, 72, 25, "hampers movement; ends with the bargain"),
    Kind("repression", _UNREST, _D, 0.35, 30, 50, 24, 10, "calls forth the next protest"),
    Kind("coup", _UNSTABLE, _D, 0.80, 180, 2000, 72, 100, "the country is another one for half a year"),
    Kind("emergency_rule", _UNSTABLE, _L, 0.40, 60, 2000, 168, 200, "decrees run one to three months"),
    Kind("political_crisis", _UNSTABLE, _L, 0.25, 60, 2000, 72, 200, "government falls, results disputed"),
    Kind("election_violence", _UNSTABLE, _D, 0.35, 45, 50, 24, 15, "bound to the electoral season"),
    Kind("force_posture", _TENSION, _L, 0.25, 30, 2000, 72, 100, "mobilisation stands or is undone in weeks"),
    Kind("military_threat", _TENSION, _L, 0.20, 30, 2000, 72, 300, "words of states, soon overtaken"),
    Kind("diplomatic_rupture", _TENSION, _L, 0.40, 120, 2000, 72, 300, "relations take months to mend"),
    Kind("sanctions", _TENSION, _L, 0.15, 120, 2000, 72, 300, "slow pressure"),
    Kind("border_incident", _TENSION, _D, 0.35, 45, 100, 24, 25, "local, and read in both capitals"),
    Kind("espionage_case", _SPIES, _L, 0.40, 365, 2000, 168, 100, "a service's aims last for years"),
    Kind("hostile_surveillance", _SPIES, _L, 0.35, 90, 25, 24, 2, "precedes an approach or an attack by weeks"),
    Kind("approach_by_service", _SPIES, _L, 0.45, 180, 100, 72, 25, "recruitment works over months"),
    Kind("insider_case", _INSIDER, _L, 0.50, 365, 5, 168, 2, "a person with access, until cleared or gone"),
    Kind("cyber_attack", _CYBER, _L, 0.35, 60, 2000, 48, 500, "distance is nothing; tools are used for a season"),
    Kind("phishing", _CYBER, _L, 0.15, 30, 2000, 48, 500, "campaigns last weeks"),
    Kind("earthquake", _HAZARD, _M, 0.05, 10, 300, 0.05, 60, "aftershocks decay in days; 3 min is another one"),
    Kind("tsunami", _HAZARD, _A, 0.50, 3, 500, 12, 500, "hours of danger, days of aftermath"),
    Kind("volcano", _HAZARD, _A, 0.30, 30, 300, 168, 30, "unrest lasts weeks; ash travels"),
    Kind("cyclone", _HAZARD, _A, 0.35, 4, 500, 120, 700, "passes in days, moving hundreds of km"),
    Kind("flood", _HAZARD, _A, 0.25, 10, 100, 120, 75, "water stands for a week or two"),
    Kind("drought", _HAZARD, _A, 0.15, 90, 300, 720, 500, "slow; a season"),
    Kind("wildfire", _HAZARD, _A, 0.30, 5, 50, 72, 30, "burns for days; smoke to tens of km"),
    Kind("severe_weather", _HAZARD, _A, 0.15, 2, 100, 24, 150, "the warning's own validity"),
    Kind("landslide", _HAZARD, _A, 0.25, 10, 50, 48, 15, "roads stay cut for days"),
    Kind("disease_outbreak", _HAZARD, _A, 0.30, 45, 300, 168, 100, "an epidemic curve is weeks long"),
    Kind("accident", _HAZARD, _D, 0.10, 7, 10, 12, 5, "industrial, rail, air or road: over when it is over"),
    Kind("infrastructure_failure", _HAZARD, _A, 0.20, 5, 50, 48, 50, "power, water, lines: days"),
    Kind("advisory_conflict", _CONFLICT, _L, 0.20, 90, 2000, 720, 2000, "a state's advice; reviewed every few months"),
    Kind("advisory_terrorism", _TERROR, _L, 0.20, 90, 2000, 720, 2000, "as above"),
    Kind("advisory_crime", _CRIME, _L, 0.20, 90, 2000, 720, 2000, "as above"),
    Kind("advisory_unrest", _UNREST, _L, 0.20, 90, 2000, 720, 2000, "as above"),
    Kind("advisory_detention", _TENSION, _L, 0.20, 90, 2000, 720, 2000, "wrongful detention: a state's act"),
    Kind("advisory_hazard", _HAZARD, _L, 0.10, 90, 2000, 720, 2000, "health and natural hazard"),
    Kind("advisory_general", _UNSTABLE, _L, 0.15, 90, 2000, 720, 2000, "a level with no reason given"),
    Kind("crime_against_staff", _CRIME, _L, 0.30, 90, 10, 24, 2, "our own people met it on their own ways"),
    Kind("harassment", _CRIME, _L, 0.20, 60, 25, 24, 2, "aimed at a person; comes back while nothing is done"),
    Kind("lost_item", _CYBER, _L, 0.25, 30, 5, 24, 1, "until keys are changed and what a device opens is shut"),
    Kind("near_miss", _HAZARD, _L, 0.05, 30, 10, 24, 1, "what nearly happened tells what can; lighter than what did"),
)

KIND_BY_WORD: dict[str, Kind] = {kind.word: kind for kind in KINDS}

NO_KIND = ""
"""The word of a signal that is none of the kinds: kept and searchable, never profiled."""

DEATHS_FULL = 100.0
"""Deaths at which intensity is 1: on a log scale one death, ten, a hundred are about equal steps (0→1 is the first)."""

MAGNITUDE_ZERO, MAGNITUDE_FULL = 3.0, 8.0
"""Below 3 hardly felt, from 8 ruin over hundreds of km: 4.5 is 0.3, 6.0 is 0.6, 7.0 is 0.8."""

ALERT_INTENSITY: dict[str, float] = {
    # GDACS colours; CAP 1.2 severities beside them on one scale.
    "green": 0.20,
    "orange": 0.60,
    "red": 1.00,
    "minor": 0.20,
    "moderate": 0.45,
    "severe": 0.75,
    "extreme": 1.00,
}

ADVISORY_INTENSITY: dict[int, float] = {1: 0.05, 2: 0.25, 3: 0.60, 4: 1.00}
"""US State Department levels: normal precautions, increased caution, reconsider travel, do not travel."""


def threat_code(kind: str) -> int:
    """The threat code of a kind's word; -1 for NO_KIND. Raises KeyError for a word that is not in the table."""
    return _CODE_BY_WORD[kind]


def threat_codes(kinds: Sequence[str]) -> CodeArray:
    """threat_code of each word. Result: (n,) int8."""
    return np.fromiter((_CODE_BY_WORD[word] for word in kinds), dtype=np.int8, count=len(kinds))


def kind_numbers(kinds: Sequence[str]) -> CodeArray:
    """The position of each word in KINDS, -1 for NO_KIND or a word not in the table. Result: (n,) int8."""
    return np.fromiter((_NUMBER_BY_WORD.get(word, -1) for word in kinds), dtype=np.int8, count=len(kinds))


def floors(kinds: Sequence[str]) -> FloatArray:
    """Intensity of each kind where nothing is known but that it happened; 0 for none. Result: (n,) 0..1."""
    return np.fromiter((_FLOOR_BY_WORD.get(word, 0.0) for word in kinds), dtype=np.float64, count=len(kinds))


def by_deaths(kinds: Sequence[str], deaths: FloatArray) -> FloatArray:
    """Intensity from deaths, on a log scale from the kind's floor to 1 at DEATHS_FULL.

    deaths: (n,), nan = unknown counts as 0. Result: (n,) 0..1.
    """
    floor = floors(kinds)
    known = np.nan_to_num(np.maximum(deaths, 0.0), nan=0.0)
    share = np.minimum(1.0, np.log1p(known) / np.log1p(DEATHS_FULL))
    result: FloatArray = floor + (1.0 - floor) * share
    return result


def deaths_of(kind: str, intensity: float) -> float:
    """The reverse of by_deaths for one happening: how many deaths this intensity stands for (at most DEATHS_FULL)."""
    floor = _FLOOR_BY_WORD.get(kind, 0.0)
    share = (intensity - floor) / (1.0 - floor)
    return float(np.expm1(max(0.0, share) * np.log1p(DEATHS_FULL)))


def by_magnitude(magnitude: FloatArray) -> FloatArray:
    """Intensity from an earthquake's magnitude, linear between MAGNITUDE_ZERO and MAGNITUDE_FULL. (n,) -> (n,) 0..1."""
    share = (np.nan_to_num(magnitude, nan=MAGNITUDE_ZERO) - MAGNITUDE_ZERO) / (MAGNITUDE_FULL - MAGNITUDE_ZERO)
    return np.clip(share, 0.0, 1.0)


def of_magnitude(magnitude: float) -> float:
    """by_magnitude for one earthquake, nan = unknown."""
    share = (magnitude - MAGNITUDE_ZERO) / (MAGNITUDE_FULL - MAGNITUDE_ZERO)
    return min(1.0, max(0.0, share)) if share == share else 0.0


def by_alert(kinds: Sequence[str], alerts: Sequence[str]) -> FloatArray:
    """Intensity from an alert colour or CAP severity in any case; the kind's floor for any other word. (n,) 0..1."""
    floor = floors(kinds)
    words = enumerate(alerts)
    return np.fromiter((ALERT_INTENSITY.get(w.lower(), floor[i]) for i, w in words), np.float64, count=len(alerts))


def by_goldstein(kinds: Sequence[str], goldstein: FloatArray) -> FloatArray:
    """Intensity from GDELT's Goldstein score (-10 worst .. +10): the kind's floor, scaled by how hostile.

    Between half the floor (score 0 or above) and 1.5 times it (score -10): GDELT's score is a constant of the
    event code, so it may colour the kind's own gravity but not overrule it. (n,) -> (n,) 0..1.
    """
    hostile = np.clip(-np.nan_to_num(goldstein, nan=0.0) / 10.0, 0.0, 1.0)
    return np.minimum(1.0, floors(kinds) * (0.5 + hostile))


_CODE_BY_WORD: dict[str, int] = {k.word: THREAT_CODES.index(k.threat) for k in KINDS} | {NO_KIND: -1}
_NUMBER_BY_WORD: dict[str, int] = {k.word: i for i, k in enumerate(KINDS)}
_FLOOR_BY_WORD: dict[str, float] = {k.word: k.floor for k in KINDS}
