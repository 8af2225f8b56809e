"""How threatened is each mission now? Sums that a change moves by itself, and the lines drawn beforehand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from django.db import connection

from legation.foundations.identity import MissionId, Ref
from legation.foundations.markings import OPEN
from legation.foundations.place import Point
from legation.foundations.threats import THREAT_CODES, Aspect, ThreatLevel
from legation.foundations.time import epoch_s
from legation.foundations.words import Alarm, Evidence, Severity, Word
from legation.intelligence.actions.fusing import Remade
from legation.intelligence.actions.storing import KEYS_AT_ONCE
from legation.intelligence.models import Grading, Occurrence, Picture, Tripwire
from legation.intelligence.models.columns import COLUMNS, columns_of, graded_points
from legation.intelligence.rules.activity import Activity, Missions, affected
from legation.intelligence.rules.occurrences import Occurrences
from legation.intelligence.rules.profile import scores
from legation.intelligence.rules.signals import CodeArray, FloatArray
from legation.intelligence.rules.tripwires import Happenings, State, check_happenings, check_level
from legation.intelligence.rules.weights import SLOT_HALF_LIFE_S, SLOTS
from legation.missions import published as missions_published
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.markings import intern, readable_by

ROWS_AT_ONCE = 50_000
"""Occurrences read at once where a mission is new and all of them are counted."""

TRIPWIRE_STRENGTH = 10.0
"""Points that a crossed line adds to likelihood: half a step of its twenty, until a person has looked at it."""

ALARMING = ThreatLevel.HIGH
"""A class that rises to this level, or above, is told to the watch floor at once."""


@dataclass(frozen=True, slots=True)
class Rise:
    """A class at a mission that reads as another level than when it was last looked at."""

    mission: str
    threat: int
    before: int
    after: int


@dataclass(slots=True)
class _Remembered:
    """Where missions stand, kept until one of them changes: read with every batch, changed a few times a year."""

    state: tuple[int, int, str]
    missions: Missions
    stands: list[str]
    all_pictured: bool = False


_remembered: list[_Remembered] = []  # none or one


def sites() -> _Remembered:
    """Where every mission stands, as the rules count them; the same whoever sent the signal."""
    worker = service(ServiceAccount.WORKER)
    state = missions_published.sites_state(worker)
    if _remembered and _remembered[0].state == state:
        return _remembered[0]
    found = list(missions_published.sites(worker))
    ids, latitude, longitude, country = zip(*found, strict=True) if found else ((), (), (), ())
    missions = Missions(
        [str(key) for key in ids],
        np.array([np.nan if v is None else v for v in latitude], dtype=np.float64),
        np.array([np.nan if v is None else v for v in longitude], dtype=np.float64),
        [str(code) for code in country],
    )
    _remembered[:] = [_Remembered(state, missions, _stands(missions))]
    return _remembered[0]


def refresh(remade: Remade, now: datetime, *, graded: str = "") -> list[Rise]:
    """Move the sums of every mission that these occurrences touch, and of one just graded.

    Missions without a picture get one. A rise is seen from where a class stands now without the change: a level of
    last year that has faded since must not hide that it comes back.
    """
    known_sites, now_s = sites(), epoch_s(now)
    missions = known_sites.missions
    touched = affected(missions, remade.after) | affected(missions, remade.before) | _without_picture(known_sites)
    if graded in missions.id:
        touched[missions.id.index(graded)] = True
    missions = missions.take(np.flatnonzero(touched))
    if not len(missions):
        return []
    sums, levels, known = _carried(missions, now_s)
    activity = Activity(missions, sums, now_s).with_occurrences(remade.after, removed=remade.before)
    moved = (np.abs(activity.sums - sums) > 1e-12).any(axis=1)
    fresh = np.flatnonzero(~known)
    if len(fresh):
        activity = _filled(activity, missions, fresh, now_s)
    points = _open_points(missions.id)
    scored = scores(activity, points).level
    rises = _rises(missions.id, scores(Activity(missions, sums, now_s), points).level, scored, known)
    _save(missions, activity.sums, scored, np.flatnonzero(moved | ~known | (levels != scored).any(axis=1)), now_s)
    return rises


def rebuild(now: datetime) -> int:
    """All pictures from nothing. Returns how many."""
    Picture.objects.all().delete()
    refresh(Remade(columns_of([]), columns_of([])), now)
    return Picture.objects.count()


def _open_points(ids: Sequence[str]) -> FloatArray:
    """Points of the gradings that anyone may read. (m, 10)."""
    rows = Grading.objects.filter(marking_id__in=readable_by(OPEN)).order_by("graded_at", "id")
    found = rows.values_list("mission_id", "threat", "judged", "value")
    return graded_points(found, {key: i for i, key in enumerate(ids)})


def words_for(rises: Sequence[Rise], at: datetime) -> list[Word]:
    """Alarms for what rose to where someone must look."""
    return [
        Alarm(
            MissionId(one.mission),
            "intelligence.threat_rose",
            Severity.SERIOUS if one.after < ThreatLevel.EXTREME else Severity.URGENT,
            Ref("Mission", one.mission),
            f"threat/{one.mission}/{THREAT_CODES[one.threat].value}",
            {"threat": THREAT_CODES[one.threat].value, "before": one.before, "after": one.after},
        )
        for one in rises
        if one.after >= ALARMING and one.after > one.before > 0
    ]


def crossed(now: datetime) -> list[tuple[Tripwire, list[Word]]]:
    """Openly marked lines that are crossed now and were not, each with the words that say so."""
    standing = list(
        Tripwire.objects.filter(crossed_at__isnull=True, lapses_at__gt=now, marking_id__in=readable_by(OPEN))
    )
    if not standing:
        return []
    now_s, wanted = epoch_s(now), {row.mission_id or "" for row in standing}
    every = sites().missions
    at = [i for i, key in enumerate(every.id) if key in wanted]
    missions = every.take(np.array(at, dtype=np.int64))
    sums, _, _ = _carried(missions, now_s)
    levels = scores(Activity(missions, sums, now_s), _open_points(missions.id)).level
    place = {key: i for i, key in enumerate(missions.id)}
    found = []
    for row in standing:
        i = place.get(row.mission_id or "")
        if i is not None and _is_crossed(row, missions.take(np.array([i])), levels[i], now_s):
            found.append((row, _tripwire_words(row, now)))
    return found


def _is_crossed(row: Tripwire, mission: Missions, levels: CodeArray, now_s: int) -> bool:
    """mission: one only; levels: (10,), where its classes stand now."""
    rule = row.rule
    if not isinstance(rule.condition, Happenings):
        level = ThreatLevel(int(levels[THREAT_CODES.index(rule.condition.threat)]))
        return check_level(rule, level, now_s).state is State.CROSSED
    if np.isnan(mission.latitude[0]):
        return False
    point = Point(float(mission.latitude[0]), float(mission.longitude[0]))
    recent = Occurrence.objects.filter(
        end_s__gte=now_s - int(row.within_hours * 3600),
        threat=THREAT_CODES.index(rule.condition.threat),
        marking_id__in=readable_by(OPEN),
    )
    occurrences = columns_of(recent.values_list("first", *COLUMNS))
    return check_happenings(rule, point, occurrences, now_s).state is State.CROSSED


def _tripwire_words(row: Tripwire, now: datetime) -> list[Word]:
    mission = MissionId(row.mission_id or "")
    threat = next(one for one in THREAT_CODES if one.value == row.threat)
    params: dict[str, str | int | float] = {"threat": row.threat, "owner": row.owner, "count": row.count}
    return [
        Alarm(mission, "intelligence.tripwire_crossed", Severity.URGENT, row.ref, f"tripwire/{row.pk}", params),
        Evidence("intelligence", row.ref, Aspect.THREAT, threat, mission, TRIPWIRE_STRENGTH, now, params),
    ]


def _carried(
    missions: Missions, now_s: int
) -> tuple[FloatArray, CodeArray, "np.ndarray[tuple[int], np.dtype[np.bool_]]"]:
    """The sums of all missions at this instant, the levels last seen, and which missions have a picture at all."""
    n = len(missions)
    sums, levels = np.zeros((n, SLOTS)), np.zeros((n, len(THREAT_CODES)), dtype=np.int8)
    known, at = np.zeros(n, dtype=np.bool_), np.full(n, now_s, dtype=np.int64)
    row_of = {key: i for i, key in enumerate(missions.id)}
    stands = _stands(missions)
    for mission, stood, as_of, packed, level in _pictures(missions.id):
        row = row_of.get(mission or "")
        if row is not None and stands[row] == stood and len(packed) == SLOTS * 8:
            sums[row], levels[row] = np.frombuffer(packed, dtype="<f8"), np.frombuffer(level, dtype=np.int8)
            known[row], at[row] = True, as_of
    sums *= np.exp2(-np.maximum(0, now_s - at)[:, None] / SLOT_HALF_LIFE_S)
    return sums, levels, known


def _pictures(ids: Sequence[str]) -> list[tuple[str, str, int, bytes, bytes]]:
    found: list[tuple[str, str, int, bytes, bytes]] = []
    with connection.cursor() as cursor:
        for start in range(0, len(ids), KEYS_AT_ONCE):
            some = ids[start : start + KEYS_AT_ONCE]
            cursor.execute(f"{_SELECT_PICTURES} ({', '.join(['%s'] * len(some))})", list(some))
            found += cursor.fetchall()
    return found


_SELECT_PICTURES = "SELECT mission_id, stands, as_of_s, sums, levels FROM intelligence_picture WHERE mission_id IN"


def _without_picture(remembered: _Remembered) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Missions that have none yet, or moved since theirs was counted. (m,)."""
    n = len(remembered.missions)
    if remembered.all_pictured and Picture.objects.count() >= n:
        return np.zeros(n, dtype=np.bool_)
    stood = dict(Picture.objects.values_list("mission_id", "stands"))
    stands = zip(remembered.missions.id, remembered.stands, strict=True)
    without = np.fromiter((stood.get(key) != place for key, place in stands), np.bool_, count=n)
    remembered.all_pictured = not without.any()
    return without


def _stands(missions: Missions) -> list[str]:
    """Where each mission stands, as text: a picture that was counted for another place is none."""
    places = zip(missions.latitude.tolist(), missions.longitude.tolist(), missions.country, strict=True)
    return [_stood(None if lat != lat else lat, None if lon != lon else lon, country) for lat, lon, country in places]


@lru_cache(maxsize=20_000)
def _stood(latitude: float | None, longitude: float | None, country: str) -> str:
    return f"{latitude},{longitude},{country}"


def _filled(
    activity: Activity, missions: Missions, fresh: "np.ndarray[tuple[int], np.dtype[np.int64]]", now_s: int
) -> Activity:
    """Missions that have no picture, from all open occurrences there are."""
    new = Activity.none(missions.take(fresh), now_s)
    for part in open_occurrences(now_s):
        new = new.with_occurrences(part)
    activity.sums[fresh] = new.sums
    return activity


def open_occurrences(now_s: int) -> "list[Occurrences]":
    """Everything openly known by now, in parts."""
    rows = Occurrence.objects.filter(marking_id=intern(OPEN), known_s__lte=now_s).order_by("pk")
    parts, last = list[Occurrences](), 0
    while True:
        some = list(rows.filter(pk__gt=last).values_list("pk", *COLUMNS)[:ROWS_AT_ONCE])
        if not some:
            return parts
        parts.append(columns_of(some))
        last = some[-1][0]


def _rises(
    ids: Sequence[str], before: CodeArray, after: CodeArray, known: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
) -> list[Rise]:
    rows, classes = np.nonzero((before != after) & known[:, None])
    return [
        Rise(ids[i], c, int(before[i, c]), int(after[i, c]))
        for i, c in zip(rows.tolist(), classes.tolist(), strict=True)
    ]


def _save(
    missions: Missions,
    sums: FloatArray,
    levels: CodeArray,
    rows: "np.ndarray[tuple[int], np.dtype[np.int64]]",
    now_s: int,
) -> None:
    marking, stands = intern(OPEN), _stands(missions)
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO intelligence_picture (mission_id, marking_id, stands, as_of_s, sums, levels)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (mission_id) DO UPDATE SET stands = excluded.stands,"
            " as_of_s = excluded.as_of_s, sums = excluded.sums, levels = excluded.levels",
            [
                (missions.id[i], marking, stands[i], now_s, sums[i].astype("<f8").tobytes(), levels[i].tobytes())
                for i in rows.tolist()
            ],
        )
