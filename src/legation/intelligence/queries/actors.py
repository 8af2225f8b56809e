"""Who is in the register, what has each done, and whom can each reach, as far as this reader may see?"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime

import numpy as np
from django.db.models import Count, Q, QuerySet

from legation.foundations.place import Point
from legation.foundations.time import DAY_S, epoch_s, from_epoch_s
from legation.intelligence.events.actors import ActorValue
from legation.intelligence.models import Occurrence, Signal
from legation.intelligence.models.actors import Mention, SpokenName, ThreatActor
from legation.intelligence.queries import OccurrenceSeen, occurrences, with_keys
from legation.intelligence.rules import actors as rules
from legation.intelligence.rules.actors import METHOD_BY_WORD, NO_ACTS, Acts, Method, Reach, Reaching
from legation.missions import published as missions
from legation.missions.published import MissionSeen
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.markings import marking_of
from legation.platform.records import MarkedQuerySet

LATELY_S = 730 * DAY_S
"""Two years: what an actor did before says little of where it can act now."""

LATEST = 50
DEGREE_KM = 111.2


@dataclass(frozen=True, slots=True)
class ActorSeen:
    """An actor of the register with how many happenings are its, and the last of them."""

    row: ThreatActor
    acts: int
    last: datetime | None

    @property
    def methods(self) -> list[Method]:
        return [METHOD_BY_WORD[word] for word in self.row.methods]

    @property
    def marking(self) -> str:
        return str(marking_of(self.row.marking_id))


@dataclass(frozen=True, slots=True)
class Reached:
    """A mission that an actor reaches, or an actor that reaches a mission, and why."""

    row: ThreatActor
    mission: MissionSeen
    reaching: Reaching
    nearest: str = ""

    @property
    def code(self) -> str:
        """The code of the sentence that says why."""
        return f"reach.{self.reaching.why.value}"


@dataclass(frozen=True, slots=True)
class SpokenSeen:
    """A name that signals give and no actor of the register bears. signal: the key of the latest that gives it."""

    spoken: str
    mentions: int
    signal: str


def actors(actor: Actor) -> "MarkedQuerySet[ThreatActor]":
    """The register."""
    return ThreatActor.objects.visible_to(actor).order_by("name", "id")


def threat_actor(actor: Actor, key: str) -> ThreatActor:
    """One actor, by id, name, or the id that UCDP or STIX gives it. Raises NotVisible."""
    wanted = Q(pk=key) | Q(name__iexact=key) | (Q(ucdp_id=key) | Q(stix_id=key)) & ~Q(pk="")
    found = actors(actor).filter(wanted).first()
    if found is None:
        raise NotVisible
    return found


def register(actor: Actor) -> list[ActorSeen]:
    """Every actor with the number of its acts, the busiest first."""
    rows = list(actors(actor))
    spoken = _spoken(actor, [rules.normalised(name) for row in rows for name in rules.names_of(row.value)])
    counted = _counted(actor, [pk for keys in spoken.values() for pk in keys])
    found = []
    for row in rows:
        keys = [pk for name in rules.names_of(row.value) for pk in spoken.get(rules.normalised(name), ())]
        totals = [counted[pk] for pk in keys if pk in counted]
        last = max((last for _, last in totals), default=None)
        found.append(ActorSeen(row, sum(n for n, _ in totals), None if last is None else from_epoch_s(last)))
    return sorted(found, key=lambda one: (-one.acts, one.row.name))


def _spoken(actor: Actor, normal: Iterable[str]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    rows = SpokenName.objects.filter(normal__in=list(dict.fromkeys(normal)), marking_id__in=actor.markings)
    for pk, name in rows.values_list("pk", "normal"):
        found[name].append(pk)
    return found


def _counted(actor: Actor, names: list[int]) -> dict[int, tuple[int, int]]:
    """By spoken name: how many visible happenings, and the end of the last."""
    mentions = Mention.objects.filter(name__in=names, marking_id__in=actor.markings)
    rows = _signals_of(actor, mentions).values_list("pk", "occurrence", "ended_s")
    told = {number: (occurrence, ended) for number, occurrence, ended in rows if occurrence >= 0}
    happened: dict[int, set[int]] = defaultdict(set)
    last: dict[int, int] = {}
    for name, signal in mentions.values_list("name_id", "signal"):
        if signal in told:
            happened[name].add(told[signal][0])
            last[name] = max(last.get(name, 0), told[signal][1])
    return {name: (len(found), last[name]) for name, found in happened.items()}


def _signals_of(actor: Actor, mentions: "QuerySet[Mention]") -> "MarkedQuerySet[Signal]":
    return Signal.objects.visible_to(actor).filter(pk__in=mentions.values("signal"))


def _own_signals(actor: Actor, row: ThreatActor) -> "MarkedQuerySet[Signal]":
    """The visible signals that speak of this actor by one of its names."""
    spoken = _spoken(actor, [rules.normalised(name) for name in rules.names_of(row.value)])
    keys = [pk for found in spoken.values() for pk in found]
    return _signals_of(actor, Mention.objects.filter(name__in=keys, marking_id__in=actor.markings))


def acts_of(actor: Actor, row: ThreatActor) -> "MarkedQuerySet[Occurrence]":
    """The actor's past acts that this reader may see, the latest first."""
    numbers = _own_signals(actor, row).filter(occurrence__gte=0).values("occurrence")
    return occurrences(actor).filter(first__in=numbers).order_by("-end_s", "-pk")


def by_year(actor: Actor, row: ThreatActor) -> list[tuple[int, int]]:
    """How many acts in each year, every year between the first and the last among them."""
    counts = Counter(from_epoch_s(start).year for start in acts_of(actor, row).values_list("start_s", flat=True))
    return [(year, counts[year]) for year in range(min(counts), max(counts) + 1)] if counts else []


def latest_acts(actor: Actor, row: ThreatActor) -> list[OccurrenceSeen]:
    """The latest of its acts."""
    return with_keys(acts_of(actor, row)[:LATEST])


def alike(actor: Actor, row: ThreatActor) -> list[SpokenSeen]:
    """Names in signals that look like one of the actor's and are not counted: a person may make them aliases."""
    everything = {one.spoken: one for one in unregistered(actor, limit=2_000)}
    return [everything[name] for name in rules.alike(everything, row.value)][:20]


def unregistered(actor: Actor, limit: int = 50) -> list[SpokenSeen]:
    """Names that signals give and nobody of the register bears, the most spoken first: proposals, nothing more."""
    known = rules.by_name({row.pk: row.value for row in actors(actor)})
    rows = SpokenName.objects.filter(marking_id__in=actor.markings).annotate(n=Count("mentions"))
    counts: Counter[str] = Counter()
    spoken: dict[str, tuple[str, int]] = {}
    for pk, normal, name, n in rows.order_by("-n", "pk").values_list("pk", "normal", "spoken", "n"):
        if normal not in known:
            counts[normal] += n
            spoken.setdefault(normal, (name, pk))
    found = counts.most_common(limit)
    latest = _latest_signal([spoken[normal][1] for normal, _ in found])
    return [SpokenSeen(spoken[normal][0], n, latest.get(spoken[normal][1], "")) for normal, n in found]


def _latest_signal(names: list[int]) -> dict[int, str]:
    """The content key of the latest signal that gives each name."""
    latest: dict[int, int] = {}
    for name, signal in Mention.objects.filter(name__in=names).values_list("name_id", "signal"):
        latest[name] = max(latest.get(name, 0), signal)
    keys: dict[int, str] = {}
    numbers = sorted(set(latest.values()))
    for pk, key in Signal.objects.filter(pk__in=numbers).values_list("pk", "key"):
        keys[pk] = bytes(key).hex()
    return {name: keys[number] for name, number in latest.items() if number in keys}


def reached_by(actor: Actor, row: ThreatActor) -> list[Reached]:
    """The missions that an actor reaches and why, those it was nearest to first."""
    near = _acts_of(actor, row)
    found = []
    for seen in missions.missions(actor):
        why = rules.reaching(row.value, seen.id, seen.receiving_code, _point(seen), near)
        if why is not None:
            found.append(Reached(row, seen, why))
    found.sort(key=lambda one: (one.reaching.why is not Reach.NAMED, -one.reaching.acts, one.mission.name))
    return _keyed(found)


def reaching(actor: Actor, mission: str) -> list[Reached]:
    """The actors that reach a mission and why, those with most acts near it first."""
    seen = missions.mission(actor, mission)
    rows = list(actors(actor))
    near = _acts_around(actor, rows, seen)
    found = []
    for row in rows:
        acts = near.get(row.pk, NO_ACTS)
        why = rules.reaching(row.value, seen.id, seen.receiving_code, _point(seen), acts)
        if why is not None:
            found.append(Reached(row, seen, why))
    found.sort(key=lambda one: (-one.reaching.acts, one.row.name))
    return _keyed(found)


def _acts_around(actor: Actor, rows: Sequence[ThreatActor], seen: MissionSeen) -> dict[str, Acts]:
    """By actor, its placed acts of the last two years near a mission: one look at the place, not one for each actor."""
    north = max((row.radius_km for row in rows), default=0.0) / DEGREE_KM
    if seen.latitude is None or seen.longitude is None or not north:
        return {}
    east = north / max(0.1, float(np.cos(np.radians(seen.latitude))))
    since_s = epoch_s(clock.as_of()) - LATELY_S
    happened = occurrences(actor).filter(
        end_s__gte=since_s,
        latitude__range=(seen.latitude - north, seen.latitude + north),
        longitude__range=(seen.longitude - east, seen.longitude + east),
    )
    placed = {first: (lat, lon) for first, lat, lon in happened.values_list("first", "latitude", "longitude")}
    told = Signal.objects.visible_to(actor).filter(occurrence__in=happened.values("first"))
    said = Mention.objects.filter(signal__in=told.values("pk"), marking_id__in=actor.markings)
    where = dict(told.values_list("pk", "occurrence"))
    bears = rules.by_name({row.pk: row.value for row in rows})
    normal = dict(SpokenName.objects.filter(marking_id__in=actor.markings).values_list("pk", "normal"))
    found: dict[str, set[int]] = defaultdict(set)
    for name, signal in said.values_list("name_id", "signal"):
        for key in bears.get(normal.get(name, ""), ()):
            found[key].add(where[signal])
    return {key: _columns(numbers, placed) for key, numbers in found.items()}


def _columns(numbers: Iterable[int], placed: Mapping[int, tuple[float | None, float | None]]) -> Acts:
    listed = sorted(numbers)
    columns = np.array([placed[number] for number in listed], dtype=np.float64).reshape(-1, 2)
    return Acts(listed, columns[:, 0], columns[:, 1])


def _acts_of(actor: Actor, row: ThreatActor) -> Acts:
    """Its placed acts of the last two years."""
    if row.radius_km <= 0:
        return NO_ACTS
    since_s = epoch_s(clock.as_of()) - LATELY_S
    rows = acts_of(actor, row).filter(end_s__gte=since_s, latitude__isnull=False)
    placed = {first: (lat, lon) for first, lat, lon in rows.values_list("first", "latitude", "longitude")}
    return _columns(placed, placed)


def _keyed(found: list[Reached]) -> list[Reached]:
    """With the public key of the nearest act of each."""
    numbers = {one.reaching.nearest for one in found if one.reaching.nearest}
    rows = Signal.objects.filter(pk__in=numbers).values_list("pk", "key")
    keys = {pk: bytes(key).hex() for pk, key in rows}
    return [replace(one, nearest=keys.get(one.reaching.nearest, "")) for one in found]


def _point(seen: MissionSeen) -> Point | None:
    if seen.latitude is None or seen.longitude is None:
        return None
    return Point(seen.latitude, seen.longitude)


def methods_of(row: ThreatActor) -> list[Method]:
    """Its methods as rows of the table."""
    return [METHOD_BY_WORD[word] for word in row.methods]


def known_names(actor: Actor) -> set[str]:
    """Every normalised name that the register bears."""
    return {name for row in actors(actor) for name in normal_names(row.value)}


def normal_names(value: ActorValue) -> set[str]:
    """The normalised names of one actor."""
    return {rules.normalised(name) for name in rules.names_of(value)}


def actor_fields(row: ThreatActor) -> dict[str, object]:
    """An actor as programs get it."""
    return {"id": row.pk, **asdict(row.value), "review_at": row.review_at, "marking": str(marking_of(row.marking_id))}


def reach_fields(reached: Iterable[Reached]) -> list[dict[str, object]]:
    """Missions in reach as programs get them."""
    return [
        {
            "mission": one.mission.id,
            "name": one.mission.name,
            "why": one.reaching.why.value,
            "acts": one.reaching.acts,
            "nearest_km": one.reaching.nearest_km,
        }
        for one in reached
    ]
