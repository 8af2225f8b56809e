"""How often was each source borne out, as far as this reader may see?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from django.db.models import Count, Max

from legation.foundations.grading import Reliability
from legation.foundations.time import epoch_s
from legation.intelligence.models import Block, Occurrence, Outranked, Signal, Source
from legation.intelligence.models.beliefs import Belief
from legation.intelligence.models.packing import unpack
from legation.intelligence.queries import AT_ONCE, SourceSeen, occurrence, occurrences
from legation.intelligence.queries import sources as sources_seen
from legation.intelligence.queries.contradictions import statements
from legation.intelligence.rules.corroboration import Contradiction, origins_named
from legation.intelligence.rules.differences import Field, Statement, differ
from legation.intelligence.rules.track_record import AGE_S, Shared, Told, TrackRecord, proposed, records
from legation.platform import clock
from legation.platform.authority.actor import Actor, NotVisible

MINUTE_S = 60
NO_RECORD = records({0: 0}, [])[0]


@dataclass(frozen=True, slots=True)
class SourceRated:
    """A source with its record, and the grade that the record speaks for where it disagrees with the one given."""

    seen: SourceSeen
    record: TrackRecord
    proposed: Reliability | None


def sources(actor: Actor) -> list[SourceRated]:
    """The register, each source with its record."""
    found = track_records(actor)
    rated = [(seen, found.get(seen.row.number, NO_RECORD)) for seen in sources_seen(actor)]
    return [SourceRated(seen, record, proposal(seen.row, record)) for seen, record in rated]


def track_records(actor: Actor) -> dict[int, TrackRecord]:
    """By number of source. Only what the actor may read is counted: two readers may see two records."""
    until_s = (epoch_s(clock.as_of()) - AGE_S) // MINUTE_S * MINUTE_S
    state = tuple(m.objects.aggregate(last=Max("pk"))["last"] for m in (Signal, Occurrence, Outranked, Source, Belief))
    return _records(actor, until_s, state)


def proposal(source: Source, record: TrackRecord) -> Reliability | None:
    """The grade that the record speaks for, where it disagrees with the one given."""
    return proposed(Reliability(source.reliability), record)


@lru_cache(maxsize=64)
def _records(actor: Actor, until_s: int, state: tuple[object, ...]) -> dict[int, TrackRecord]:
    """Remembered while nothing was written (`state`) and nobody's rights changed (they are part of the actor)."""
    old = Signal.objects.visible_to(actor).filter(published_s__lte=until_s, occurrence__gte=0).order_by()
    counted = old.values_list("source").annotate(n=Count("occurrence", distinct=True))
    return records(dict(counted.values_list("source", "n")), _shared(actor, until_s))


def _shared(actor: Actor, until_s: int) -> Iterator[Shared]:
    """Happenings of which two or more sources told; the words of their signals are read, of no others."""
    rows = occurrences(actor).filter(n_signals__gte=2, known_s__lte=until_s)
    made = {
        (first, marking): (pk, origins, Contradiction(bits))
        for pk, first, marking, origins, bits in rows.values_list(
            "pk", "first", "marking_id", "n_origins", "contradiction"
        )
    }
    members = _members(actor, made)
    several = {pk: found for pk, found in members.items() if len({source for _, source, _, _ in found}) > 1}
    origins = _origins({number: block for found in several.values() for number, _, _, block in found})
    owners = dict(Source.objects.visible_to(actor).values_list("number", "owner"))
    judged = _judged(actor)
    for pk, n_origins, contradiction in made.values():
        if pk in several:
            told = _told(several[pk], origins, owners)
            word = next((judged[number] for number, _, _, _ in several[pk] if number in judged), {})
            yield Shared(tuple(replace(t, believed=word.get(t.source)) for t in told), n_origins, contradiction)


def _judged(actor: Actor) -> dict[int, dict[int, bool]]:
    """By number of the signal that a person believed last: which sources tell it so, which do not."""
    found: dict[int, dict[int, bool]] = {}
    spoken: set[int] = set()
    for row in Belief.objects.visible_to(actor).order_by("-said_at", "-id"):
        believed = Signal.objects.visible_to(actor).filter(key=bytes.fromhex(row.signal)).first()
        if believed is None or believed.occurrence in spoken:
            continue
        spoken.add(believed.occurrence)
        first = Signal.objects.filter(pk=believed.occurrence).values_list("key", flat=True).first()
        try:
            _seen, signals = occurrence(actor, bytes(first).hex() if first else "")
        except NotVisible:
            continue
        said = {one.key: one for one in statements(actor, signals)}
        if row.signal in said:
            found[believed.pk] = _agreeing(said[row.signal], list(said.values()))
    return found


def _agreeing(believed: Statement, others: list[Statement]) -> dict[int, bool]:
    """A source agrees where none of its signals differs from the believed one on what weighs."""
    agrees: dict[int, bool] = {believed.source: True}
    for one in others:
        if one.source != believed.source:
            agrees[one.source] = agrees.get(one.source, True) and not differ(believed, one) & WEIGHING
    return agrees


WEIGHING = frozenset({Field.PLACE, Field.TIME, Field.DEATHS, Field.GRAVITY})


type _Member = tuple[int, int, int, int]
"""Number, source, when published, block."""


def _members(actor: Actor, made: dict[tuple[int, int], tuple[int, int, Contradiction]]) -> dict[int, list[_Member]]:
    """The visible signals of each of these occurrences, those of lower markings that it stands for among them."""
    found: dict[int, list[_Member]] = defaultdict(list)
    firsts = sorted({first for first, _ in made})
    columns = ("pk", "source", "published_s", "block", "occurrence", "marking_id")
    for start in range(0, len(firsts), AT_ONCE):
        rows = Signal.objects.visible_to(actor).filter(occurrence__in=firsts[start : start + AT_ONCE])
        for number, source, published, block, first, marking in rows.values_list(*columns):
            if (first, marking) in made:
                found[made[first, marking][0]].append((number, source, published, block))
    above = dict(Outranked.objects.filter(marking_id__in=actor.markings).values_list("signal", "higher_id"))
    known = {pk for pk, _, _ in made.values()}
    lower = Signal.objects.visible_to(actor).filter(pk__in=[n for n, pk in above.items() if pk in known])
    for number, source, published, block in lower.values_list("pk", "source", "published_s", "block"):
        found[above[number]].append((number, source, published, block))
    return found


def _origins(blocks: dict[int, int]) -> dict[int, frozenset[str]]:
    """The origins that each of these signals names."""
    found: dict[int, frozenset[str]] = {}
    by_block: dict[int, list[int]] = defaultdict(list)
    for number, block in blocks.items():
        by_block[block].append(number)
    wanted = sorted(by_block)
    for start in range(0, len(wanted), AT_ONCE):
        rows = Block.objects.filter(pk__in=wanted[start : start + AT_ONCE]).values_list("pk", "data")
        for pk, data in rows.iterator():
            words = unpack(bytes(data))
            for number in by_block[pk]:
                found[number] = frozenset(origins_named(words[number - pk].origin))
    return found


def _told(members: list[_Member], origins: dict[int, frozenset[str]], owners: dict[int, str]) -> tuple[Told, ...]:
    first: dict[int, int] = {}
    named: dict[int, frozenset[str]] = defaultdict(frozenset)
    for number, source, published, _ in members:
        first[source] = min(published, first.get(source, published))
        named[source] |= origins[number]
    return tuple(Told(source, first[source], named[source], owners.get(source, "")) for source in sorted(first))
