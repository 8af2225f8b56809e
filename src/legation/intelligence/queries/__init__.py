"""What may this actor read of sources, signals, occurrences and threat?"""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import numpy as np
from django.db.models import Count, Max, Q, QuerySet

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.place import Point
from legation.foundations.threats import THREAT_CODES, ThreatClass
from legation.foundations.time import epoch_s, from_epoch_s, parse_instant
from legation.intelligence.models import (
    Aside,
    Block,
    Decision,
    Grading,
    Occurrence,
    Outranked,
    Picture,
    Signal,
    Source,
    Tripwire,
)
from legation.intelligence.models.columns import COLUMNS, columns_of, graded_points
from legation.intelligence.models.packing import Words, unpack
from legation.intelligence.rules.activity import Activity, Missions
from legation.intelligence.rules.corroboration import Contradiction
from legation.intelligence.rules.occurrences import Occurrences
from legation.intelligence.rules.profile import Graded, Scores, ThreatLine, explain_all, scores
from legation.intelligence.rules.silence import Silence, silence
from legation.intelligence.rules.weights import SLOT_HALF_LIFE_S, SLOTS
from legation.missions.published import MissionSeen
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.markings import marking_of
from legation.platform.records import MarkedQuerySet

AT_ONCE = 900
REACH_DEGREES = 4.7  # 500 km of latitude, the widest band of nearness, with a little over


@dataclass(frozen=True, slots=True)
class SourceSeen:
    """A source with how long it has been silent, and what is aside of it."""

    row: Source
    silence: Silence
    signals: int
    aside: int


@dataclass(frozen=True, slots=True)
class SignalSeen:
    """A signal whole: its numbers, its words, its source."""

    row: Signal
    words: Words
    source: Source
    silence: Silence

    @property
    def key(self) -> str:
        return bytes(self.row.key).hex()

    @property
    def kind(self) -> str:
        return self.row.kind.replace("_", " ").capitalize()

    @property
    def occurred(self) -> datetime:
        return from_epoch_s(self.row.occurred_s)

    @property
    def published(self) -> datetime:
        return from_epoch_s(self.row.published_s)

    @property
    def marking(self) -> str:
        return str(marking_of(self.row.marking_id))

    @property
    def raw(self) -> str:
        """The item's bytes as text, control characters as escapes; never markup."""
        return printable(self.words.raw)


@dataclass(frozen=True, slots=True)
class OccurrenceSeen:
    """An occurrence with its public key."""

    row: Occurrence
    key: str

    @property
    def threat(self) -> ThreatClass:
        return THREAT_CODES[self.row.threat]

    @property
    def kind(self) -> str:
        return self.row.kind.replace("_", " ").capitalize()

    @property
    def started(self) -> datetime:
        return from_epoch_s(self.row.start_s)

    @property
    def ended(self) -> datetime:
        return from_epoch_s(self.row.end_s)

    @property
    def marking(self) -> str:
        return str(marking_of(self.row.marking_id))

    @property
    def contradictions(self) -> list[str]:
        """On what its signals disagree, as codes of sentences."""
        found = Contradiction(self.row.contradiction)
        return [f"contradiction.{one.name.lower()}" for one in found if one.name]


def sources(actor: Actor) -> list[SourceSeen]:
    """The register, with what each source brought."""
    brought = dict(
        Signal.objects.visible_to(actor)
        .order_by()
        .values_list("source")
        .annotate(n=Count("pk"))
        .values_list("source", "n")
    )
    aside = dict(
        Aside.objects.visible_to(actor)
        .filter(state="standing")
        .order_by()
        .values_list("source")
        .annotate(n=Count("pk"))
    )
    now_s = epoch_s(clock.as_of())
    return [
        SourceSeen(row, _silence(row, now_s), brought.get(row.number, 0), aside.get(row.number, 0))
        for row in Source.objects.visible_to(actor).order_by("name")
    ]


def source(actor: Actor, key: str) -> Source:
    """One source. Raises NotVisible."""
    found = Source.objects.visible_to(actor).filter(Q(pk=key) | Q(name=key)).first()
    if found is None:
        raise NotVisible
    return found


def printable(raw: bytes, longest: int = 20_000) -> str:
    """Bytes as text that acts on nothing: control and direction marks as escapes."""
    text = raw[:longest].decode("utf-8", "backslashreplace")
    shown = "".join(c if c.isprintable() or c in "\n\t" else c.encode("unicode_escape").decode() for c in text)
    return shown + (f"\n… {len(raw):,} bytes in all" if len(raw) > longest else "")


def sources_named(actor: Actor, text: str) -> list[Source]:
    """Sources whose name holds the text."""
    return list(Source.objects.visible_to(actor).filter(name__icontains=text).order_by("name")[:5])


def typed_source(actor: Actor) -> Source | None:
    """The source that typed reports go to, if one is registered."""
    return Source.objects.visible_to(actor).filter(collector="typed", enabled=True).order_by("number").first()


NO_TYPED_SOURCE = Refusal("report_no_source", "intelligence.report")


def wanted_typed_source(actor: Actor) -> Source:
    """typed_source. Raises Refused where none is registered."""
    found = typed_source(actor)
    if found is None:
        raise Refused(NO_TYPED_SOURCE)
    return found


def source_numbered(actor: Actor, number: int) -> Source:
    """The source whose signals carry this number. Raises NotVisible."""
    found = Source.objects.visible_to(actor).filter(number=number).first()
    if found is None:
        raise NotVisible
    return found


def silent_sources(actor: Actor) -> list[SourceSeen]:
    """Sources that are silent beyond their cadence: whoever reads what they should have brought must know."""
    now_s = epoch_s(clock.as_of())
    rows = Source.objects.visible_to(actor).filter(enabled=True).order_by("name")
    seen = [SourceSeen(row, _silence(row, now_s), 0, 0) for row in rows]
    return [one for one in seen if one.silence.cadences_missed > 0]


def _silence(row: Source, now_s: int) -> Silence:
    heard = None if row.last_heard_at is None else epoch_s(row.last_heard_at)
    return silence(heard, row.cadence_s, now_s)


def signals(
    actor: Actor, *, source: int | None = None, before: int | None = None, limit: int = 100
) -> list[SignalSeen]:
    """The latest signals, newest first; `before` is the number of the last one of the page before."""
    rows = Signal.objects.visible_to(actor).order_by("-pk")
    rows = rows if source is None else rows.filter(source=source)
    rows = rows if before is None else rows.filter(pk__lt=before)
    return _whole(actor, list(rows[:limit]))


def signal(actor: Actor, key: str) -> SignalSeen:
    """One signal by its content key. Raises NotVisible."""
    found = Signal.objects.visible_to(actor).filter(key=_bytes(key)).first()
    if found is None:
        raise NotVisible
    return _whole(actor, [found])[0]


def _bytes(key: str) -> bytes:
    try:
        return bytes.fromhex(key)
    except ValueError:
        raise NotVisible from None


def _whole(actor: Actor, rows: Sequence[Signal]) -> list[SignalSeen]:
    blocks = {
        pk: bytes(data) for pk, data in Block.objects.filter(pk__in={r.block for r in rows}).values_list("pk", "data")
    }
    by_number = {
        one.number: one for one in Source.objects.visible_to(actor).filter(number__in={r.source for r in rows})
    }
    now_s = epoch_s(clock.as_of())
    return [
        SignalSeen(
            r, unpack(blocks[r.block])[r.pk - r.block], by_number[r.source], _silence(by_number[r.source], now_s)
        )
        for r in rows
    ]


def asides(actor: Actor, *, source: int | None = None, state: str = "standing") -> QuerySet[Aside]:
    """Items that could not be read, newest first."""
    rows = Aside.objects.visible_to(actor).filter(state=state).order_by("-pk").defer("raw")
    return rows if source is None else rows.filter(source=source)


def aside(actor: Actor, number: int) -> tuple[Aside, bytes]:
    """One such item and its bytes. Raises NotVisible."""
    found = Aside.objects.visible_to(actor).filter(pk=number).first()
    if found is None:
        raise NotVisible
    return found, zlib.decompress(bytes(found.raw))


def occurrences(actor: Actor) -> "MarkedQuerySet[Occurrence]":
    """Occurrences at the highest marking that the actor may read, known by now."""
    rows = Occurrence.objects.filter(marking_id__in=actor.markings, known_s__lte=epoch_s(clock.as_of()))
    hidden = _stood_for(actor)
    for marking_id, firsts in hidden.items():
        rows = rows.exclude(marking_id=marking_id, first__in=firsts)
    return rows


def _stood_for(actor: Actor) -> dict[int, set[int]]:
    """By marking, first signals of the rows that a visible row of a higher marking stands for."""
    pairs = Outranked.objects.filter(marking_id__in=actor.markings).values_list("lower", "signal")
    lower = dict(pairs)
    if not lower:
        return {}
    found: dict[int, set[int]] = {}
    rows = Occurrence.objects.filter(first__in=list(lower), marking_id__in=actor.markings)
    above = set(Outranked.objects.filter(marking_id__in=actor.markings).values_list("higher_id", flat=True))
    for pk, first, marking_id in rows.values_list("pk", "first", "marking_id"):
        if pk not in above:
            found.setdefault(marking_id, set()).add(first)
    return found


def lately(
    actor: Actor, *, threat: str = "", text: str = "", country: str = "", least: float = 0.0, limit: int = 200
) -> list[OccurrenceSeen]:
    """The latest occurrences, newest first; threat narrows to a class, text to a place, country to a state, least to
    what is at least so grave."""
    rows = occurrences(actor)
    if threat in {one.value for one in THREAT_CODES}:
        rows = rows.filter(threat=THREAT_CODES.index(ThreatClass(threat)))
    if text:
        rows = rows.filter(place__icontains=text)
    if country:
        rows = rows.filter(country=country.upper())
    if least > 0:
        rows = rows.filter(intensity__gte=least)
    return with_keys(rows.order_by("-end_s", "-pk")[:limit])


def with_keys(rows: Iterable[Occurrence]) -> list[OccurrenceSeen]:
    """Rows with their public keys, in the same order."""
    listed = list(rows)
    keys = _keys([row.first for row in listed])
    return [OccurrenceSeen(row, keys[row.first]) for row in listed]


def _keys(numbers: Sequence[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    wanted = sorted(set(numbers))
    for start in range(0, len(wanted), AT_ONCE):
        rows = Signal.objects.filter(pk__in=wanted[start : start + AT_ONCE]).values_list("pk", "key")
        found.update((pk, bytes(key).hex()) for pk, key in rows)
    return found


def occurrence(actor: Actor, key: str) -> tuple[OccurrenceSeen, list[SignalSeen]]:
    """One occurrence and the visible signals behind it, in order of publication. Raises NotVisible."""
    first = Signal.objects.filter(key=_bytes(key)).values_list("pk", flat=True).first()
    rows = list(occurrences(actor).filter(first=first)) if first is not None else []
    if not rows:
        raise NotVisible
    row = max(rows, key=lambda one: one.n_signals)
    own = Q(occurrence=row.first, marking_id=row.marking_id) | Q(pk__in=row.outranks.values("signal"))
    members = Signal.objects.visible_to(actor).filter(own).order_by("published_s", "pk")
    return OccurrenceSeen(row, key), _whole(actor, list(members[:500]))


def decisions(actor: Actor, keys: Iterable[str]) -> list[Decision]:
    """What people decided about these signals."""
    wanted = set(keys)
    rows = Decision.objects.visible_to(actor).order_by("-id")
    return [row for row in rows if any(key in wanted for pair in row.pairs for key in pair)]


def columns(rows: "QuerySet[Occurrence]", *, public: bool = True) -> Occurrences:
    """Occurrence rows as the rules count them; ids are public keys, or numbers where those are not needed."""
    listed = list(rows.values_list("first", *COLUMNS))
    return columns_of(listed, _keys([row[0] for row in listed]) if public else None)


def around(actor: Actor, mission: MissionSeen) -> Occurrences:
    """Everything visible that can count for one mission: in its country, or within 500 km."""
    near = Q(country=mission.receiving_code) if mission.receiving_code else Q(pk__in=[])
    if mission.latitude is not None and mission.longitude is not None:
        width = REACH_DEGREES / max(0.1, float(np.cos(np.radians(mission.latitude))))
        box = Q(latitude__range=(mission.latitude - REACH_DEGREES, mission.latitude + REACH_DEGREES))
        west, east = mission.longitude - width, mission.longitude + width
        if west >= -180 and east <= 180:
            box &= Q(longitude__range=(west, east))
        near |= box
    return columns(occurrences(actor).filter(near))


def gradings(actor: Actor, mission: str) -> dict[ThreatClass, list[Grading]]:
    """The latest grading of each side of each class at a mission."""
    latest: dict[tuple[str, str], Grading] = {}
    for row in Grading.objects.visible_to(actor).filter(mission_id=mission).order_by("graded_at", "id"):
        latest[row.threat, row.judged] = row
    found: dict[ThreatClass, list[Grading]] = {}
    for row in latest.values():
        found.setdefault(ThreatClass(row.threat), []).append(row)
    return found


def profile(actor: Actor, mission: MissionSeen) -> list[ThreatLine]:
    """One line per threat class with its causes, from what this actor may read, as it stands in this minute."""
    state = tuple(
        model.objects.aggregate(last=Max("pk"))["last"] for model in (Signal, Occurrence, Outranked, Grading, Decision)
    )
    return list(_profile(actor, mission, epoch_s(clock.as_of()) // 60 * 60, state))


@lru_cache(maxsize=128)
def _profile(actor: Actor, mission: MissionSeen, now_s: int, state: tuple[object, ...]) -> tuple[ThreatLine, ...]:
    """Remembered while nothing was written (`state`) and nobody's rights changed (they are part of the actor)."""
    point = None
    if mission.latitude is not None and mission.longitude is not None:
        point = Point(mission.latitude, mission.longitude)
    graded: Mapping[ThreatClass, Sequence[Graded]] = {
        threat: [row.graded for row in rows] for threat, rows in gradings(actor, mission.id).items()
    }
    return tuple(explain_all(mission.id, point, mission.receiving_code, around(actor, mission), graded, now_s))


def columns_of_missions(seen: Sequence[MissionSeen]) -> Missions:
    """Missions as the rules count them."""
    return Missions(
        [str(m.id) for m in seen],
        np.array([np.nan if m.latitude is None else m.latitude for m in seen], dtype=np.float64),
        np.array([np.nan if m.longitude is None else m.longitude for m in seen], dtype=np.float64),
        [m.receiving_code for m in seen],
    )


def scores_of(actor: Actor, seen: Sequence[MissionSeen], now: datetime) -> Scores:
    """Score and level of every class at these missions, from what this actor may read. (m, 10)."""
    now_s = epoch_s(now)
    missions = columns_of_missions(seen)
    sums = np.zeros((len(seen), SLOTS))
    row_of = {key: i for i, key in enumerate(missions.id)}
    for mission, as_of, packed in Picture.objects.visible_to(actor).values_list("mission_id", "as_of_s", "sums"):
        row = row_of.get(mission or "")
        if row is not None and len(packed) == SLOTS * 8:
            sums[row] = np.frombuffer(packed, dtype="<f8") * np.exp2(-max(0, now_s - as_of) / SLOT_HALF_LIFE_S)
    activity = Activity(missions, sums, now_s)
    above, below = _beyond_open(actor, now_s)
    if len(above):
        activity = activity.with_occurrences(above, removed=below)
    rows = Grading.objects.visible_to(actor).order_by("graded_at", "id")
    graded = rows.values_list("mission_id", "threat", "judged", "value")
    return scores(activity, graded_points(graded, row_of))


def _beyond_open(actor: Actor, now_s: int) -> tuple[Occurrences, Occurrences]:
    """Visible occurrences of a higher marking, and the open ones that they stand for: few, so they are added here."""
    open_ids = set(Picture.objects.visible_to(actor).values_list("marking_id", flat=True)[:1])
    above = occurrences(actor).exclude(marking_id__in=open_ids)
    stood_for = {first for firsts in _stood_for(actor).values() for first in firsts}
    below = Occurrence.objects.filter(marking_id__in=open_ids, first__in=stood_for, known_s__lte=now_s)
    return columns(above, public=False), columns(below, public=False)


def tripwires(actor: Actor, mission: str | None = None) -> "MarkedQuerySet[Tripwire]":
    """Lines drawn beforehand; of one mission where it is named."""
    rows = Tripwire.objects.visible_to(actor).order_by("lapses_at")
    return rows if mission is None else rows.filter(mission_id=mission)


def latest_signal_s(actor: Actor) -> int | None:
    """When the newest visible signal was published."""
    newest = Signal.objects.visible_to(actor).aggregate(last=Max("published_s"))["last"]
    return None if newest is None else int(newest)


def instant(text: str) -> datetime:
    """A time as people type it. Raises ValueError."""
    return parse_instant(text)
