"""On what do the sources of one happening differ, as far as this reader may see, and whom did a person believe?"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from legation.foundations.place import Point, distances_km
from legation.intelligence.models import Block, Occurrence, Signal
from legation.intelligence.models.beliefs import Belief
from legation.intelligence.models.packing import unpack
from legation.intelligence.queries import OccurrenceSeen, SignalSeen, decisions, occurrences, with_keys
from legation.intelligence.rules.corroboration import Contradiction
from legation.intelligence.rules.differences import (
    RANK,
    Difference,
    Field,
    Statement,
    deaths_said,
    differences,
    fields_of,
)
from legation.intelligence.rules.kinds import KIND_BY_WORD
from legation.missions import published as missions
from legation.missions.published import MissionSeen
from legation.platform.authority.actor import Actor

KINDLESS_MAX = 500
"""Later messages of one warning service that are looked at for a withdrawal: some months of one country's warnings."""

LOOKED_AT = 500
"""Contradictory occurrences that are ranked, the newest: what is older has long been decided without the list."""


@dataclass(frozen=True, slots=True)
class VersionSeen:
    """One version of a field and the signals that tell it."""

    said: str
    signals: list[SignalSeen]


@dataclass(frozen=True, slots=True)
class DifferenceSeen:
    """A field with its versions."""

    field: Field
    versions: list[VersionSeen]


@dataclass(frozen=True, slots=True)
class Contradicted:
    """An occurrence of the list. mission, away_km: the nearest mission that it reaches, if it reaches one."""

    seen: OccurrenceSeen
    fields: list[Field]
    mission: MissionSeen | None
    away_km: float
    believed: bool


def differing(actor: Actor, signals: Sequence[SignalSeen]) -> list[DifferenceSeen]:
    """On what these signals of one occurrence differ, each version with its signals."""
    by_key = {one.key: one for one in signals}
    apart = frozenset(
        (str(a), str(b))
        for row in decisions(actor, by_key)
        if row.kind == "different"
        for a, b in row.pairs
        if a in by_key and b in by_key
    )
    found = differences(statements(actor, signals), apart)
    return [_shown(one, by_key) for one in found]


def _shown(one: Difference, by_key: dict[str, SignalSeen]) -> DifferenceSeen:
    return DifferenceSeen(one.field, [VersionSeen(side.said, [by_key[key] for key in side.keys]) for side in one.sides])


def statements(actor: Actor, signals: Sequence[SignalSeen]) -> list[Statement]:
    """What each signal says, of the latest version of each item."""
    latest = {(one.row.source, one.words.external_id): one for one in signals}
    taken_back = _withdrawals(actor, list(latest.values()))
    return [
        Statement(
            key=one.key,
            source=one.row.source,
            start_s=one.row.occurred_s,
            end_s=one.row.ended_s,
            kind=one.row.kind,
            intensity=one.row.intensity,
            latitude=one.row.latitude,
            longitude=one.row.longitude,
            precision_km=one.row.precision_km,
            place=one.words.place,
            actors=one.words.actors,
            deaths=deaths_said(f"{one.words.title}. {one.words.text}"),
            withdrawn=taken_back.get(one.key, ""),
        )
        for one in latest.values()
    ]


def _withdrawals(actor: Actor, signals: Sequence[SignalSeen]) -> dict[str, str]:
    """Titles of later messages that take a warning back: kindless, of the same source, naming it in their text."""
    warnings = [one for one in signals if one.source.collector == "cap"]
    if not warnings:
        return {}
    rows = Signal.objects.visible_to(actor).filter(
        source__in={one.row.source for one in warnings},
        occurrence=-1,
        published_s__gte=min(one.row.published_s for one in warnings),
    )
    listed = list(rows.order_by("-pk").values_list("pk", "block")[:KINDLESS_MAX])
    blocks = Block.objects.in_bulk({block for _, block in listed})
    later = [unpack(bytes(blocks[block].data))[pk - block] for pk, block in listed]
    return {
        one.key: words.title
        for one in warnings
        for words in later
        if "Refers to: " in words.text and one.words.external_id in words.text
    }


def beliefs(actor: Actor, keys: Iterable[str]) -> list[Belief]:
    """Whom people believed among these signals, the latest first: the first one stands."""
    return list(Belief.objects.visible_to(actor).filter(signal__in=list(keys)).order_by("-said_at", "-id"))


def contradicted(actor: Actor, *, text: str = "", limit: int = 200) -> list[Contradicted]:
    """Occurrences whose signals differ: undecided first, then those in reach of a mission, then by what differs."""
    rows = occurrences(actor).exclude(contradiction=0)
    if text:
        rows = rows.filter(place__icontains=text)
    seen = with_keys(rows.order_by("-end_s", "-pk")[:LOOKED_AT])
    near = _nearest([one.row for one in seen], missions.missions(actor))
    judged = _judged(actor, [one.row for one in seen])
    found = [
        Contradicted(one, fields_of(Contradiction(one.row.contradiction)), mission, away, one.row.first in judged)
        for one, (mission, away) in zip(seen, near, strict=True)
    ]
    found.sort(key=_order)
    return found[:limit]


def _order(one: Contradicted) -> tuple[bool, bool, int, float, int]:
    row = one.seen.row
    return one.believed, one.mission is None, RANK[one.fields[0]], -row.intensity, -row.end_s


def _judged(actor: Actor, rows: Sequence[Occurrence]) -> set[int]:
    """First signals of those occurrences of which a person has said whom he believes."""
    said = [bytes.fromhex(key) for key in Belief.objects.visible_to(actor).values_list("signal", flat=True)]
    firsts = Signal.objects.visible_to(actor).filter(key__in=said[:10_000]).values_list("occurrence", flat=True)
    return set(firsts) & {row.first for row in rows}


def _nearest(rows: Sequence[Occurrence], seen: Sequence[MissionSeen]) -> list[tuple[MissionSeen | None, float]]:
    """The nearest mission of each occurrence within the reach of its kind."""
    placed = [one for one in seen if one.latitude is not None and one.longitude is not None]
    latitude = np.array([one.latitude for one in placed], dtype=np.float64)
    longitude = np.array([one.longitude for one in placed], dtype=np.float64)
    found: list[tuple[MissionSeen | None, float]] = []
    for row in rows:
        kind = KIND_BY_WORD.get(row.kind)
        if not placed or kind is None or row.latitude is None or row.longitude is None:
            found.append((None, 0.0))
            continue
        away = distances_km(latitude, longitude, Point(row.latitude, row.longitude))
        at = int(away.argmin())
        found.append((placed[at], float(away[at])) if away[at] <= kind.reach_km else (None, 0.0))
    return found
