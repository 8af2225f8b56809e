"""What does a batch do? Signals into the stream, then occurrences and pictures, one entry; the same again: nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256

import numpy as np
from django.conf import settings

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.identity import Ref
from legation.foundations.markings import Marking
from legation.foundations.time import epoch_s
from legation.foundations.words import Word
from legation.intelligence.actions import fusing, picturing, storing
from legation.intelligence.events import AsideDismissed, ReportTyped, SignalsCollected, TripwiresCrossed
from legation.intelligence.links import COLLECTORS, typed
from legation.intelligence.links.feeding import Fed, from_address
from legation.intelligence.links.manifest import Hint
from legation.intelligence.links.towns import gazetteer
from legation.intelligence.models import Aside, Source
from legation.intelligence.rules.gazetteer import How
from legation.intelligence.rules.signals import Collected, IntArray, Quarantined, Signals, content_keys
from legation.platform import clock
from legation.platform.act import Context, act
from legation.platform.authority.actor import Authorised
from legation.platform.authority.resolve import House
from legation.platform.egress import http
from legation.platform.writing import Urgency

BATCH_ROWS = 1_000
"""Signals in one act: a larger batch would hold the write lock longer than people notice."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one act is to store: signals with their keys, none of them known before, and what came beside them."""

    file: str
    signals: Signals
    keys: list[str]
    known: int = 0
    held_back: int = 0
    aside: list[Quarantined] = field(default_factory=list)
    marking: Marking | None = None  # None: what the collector's manifest says
    mission: str | None = None


@dataclass(slots=True)
class Outcome:
    """What collecting did, over all batches. accepted: items read; held_back: signals of a later day than now."""

    accepted: int = 0
    signals: int = 0
    known: int = 0
    held_back: int = 0
    occurrences: int = 0
    quarantined: list[Quarantined] = field(default_factory=list)

    def add(self, other: SignalsCollected) -> None:
        """Count one batch."""
        self.signals += other.signals
        self.occurrences += other.changed


def collect_all(claim: Authorised[Source], fed: Iterable[Fed]) -> Outcome:
    """Everything read out of some files, in batches; what is in the stream already is left as it is.

    Signals published after the time of the house are held back: feed the same file again later.
    """
    done = Outcome()
    for one in fed:
        done.accepted += one.collected.accepted
        done.quarantined += one.collected.quarantined
        for batch in batches(claim.id, one, done):
            done.add(collect(claim, batch))
    return done


def fetch(claim: Authorised[Source], source: Source) -> Outcome:
    """Read a source's own address. Raises Refused with what the outbound client says where nothing is fetched."""
    if not source.address:
        raise Refused(Refusal("source_address", "intelligence.collect", params={"name": source.name}))

    def get(address: str, hosts: tuple[str, ...]) -> bytes:
        return http.fetch(address, allowed={*hosts, *settings.LEGATION_FETCH_HOSTS}).body

    try:
        fed = list(from_address(source.address, get, collector=source.collector, received_s=epoch_s(clock.wall())))
    except http.NotFetched as why:
        raise Refused(Refusal(why.code, "intelligence.collect", params=why.params)) from None
    return collect_all(claim, fed)


def batches(source: str, fed: Fed, done: Outcome) -> Iterable[Batch]:
    """Parse, place, hash and sort out what is known, all before the write lock."""
    signals = placed(fed.collected.signals)
    now_s = epoch_s(clock.as_of())
    early = signals.published_s <= now_s
    held_back = int(len(signals) - early.sum())
    signals = signals if not held_back else signals.take(early)
    keys = content_keys(source, signals)
    seen = storing.known_keys(keys)
    first: dict[str, int] = {}
    for row, key in enumerate(keys):
        if key not in seen:
            first.setdefault(key, row)
    fresh = np.array(sorted(first.values()), dtype=np.int64)
    done.known += len(keys) - len(fresh)
    done.held_back += held_back
    known = len(keys) - len(fresh)
    aside = fed.collected.quarantined
    if not len(fresh):
        yield Batch(fed.name, Signals.empty(), [], known, held_back, aside)
    for start in range(0, len(fresh), BATCH_ROWS):
        rows = fresh[start : start + BATCH_ROWS]
        some = [keys[i] for i in rows.tolist()]
        yield Batch(fed.name, signals.take(rows), some, known, held_back, aside if start == 0 else [])


def placed(signals: Signals) -> Signals:
    """Names become places, and places get their country, where a source gives only one of them.

    Where it gives neither, as most news feeds do, the towns that its words name are looked for.
    """
    bare = np.isnan(signals.latitude) | np.fromiter((not c for c in signals.country), np.bool_, count=len(signals))
    if not bare.any():
        return signals
    found = gazetteer().place_many(
        name=signals.place,
        country=signals.country,
        latitude=signals.latitude,
        longitude=signals.longitude,
        precision_km=signals.precision_km,
    )
    place = list(signals.place)
    for row in np.flatnonzero(np.isnan(found.latitude)).tolist():
        if place[row] or signals.country[row]:
            continue
        named = gazetteer().place_in_text(f"{signals.title[row]}. {signals.text[row]}")
        if named.how is How.NAME:
            found.latitude[row], found.longitude[row] = named.latitude, named.longitude
            found.precision_km[row], found.country[row], place[row] = named.precision_km, named.country, named.matched
    return replace(
        signals,
        latitude=found.latitude,
        longitude=found.longitude,
        precision_km=found.precision_km,
        country=found.country,
        place=place,
    )


@act("intelligence.collect", urgency=Urgency.BATCH)
def collect(ctx: Context, source: Source, batch: Batch) -> SignalsCollected:
    """Store one batch of a source and make again what it touches. A batch with nothing new writes no entry but the
    source's own, that it was heard. Raises Refused where the source is switched off."""
    if not source.enabled:
        raise Refused(Refusal("source_disabled", "intelligence.collect", params={"name": source.name}))
    heard = source.last_heard_at
    source.last_heard_at = ctx.now
    fact, words = stored(ctx, source, batch)
    if heard is None or heard >= ctx.now:
        words = []  # what a source says on first reading is its history, not news
    if fact.signals or fact.set_aside or heard is None or heard.date() != ctx.now.date():
        ctx.write(source, fact, words=words)
    return fact


def stored(ctx: Context, source: Source, batch: Batch) -> tuple[SignalsCollected, list[Word]]:
    """A batch into the stream, and what of it could not be read put aside; for acts. What follows is for the caller
    to write."""
    marking = batch.marking or COLLECTORS[source.collector].MANIFEST.marking
    marking_id = ctx.marking_id(marking)
    aside = storing.put_aside(
        batch.aside, source, batch.file, marking=marking_id, mission=batch.mission, now_s=epoch_s(ctx.now)
    )
    first = changed = 0
    words: list[Word] = []
    keys = batch.keys
    if keys and (taken := storing.known_keys(keys)):  # another collector was quicker between our look and our lock
        rows = np.array([i for i, k in enumerate(keys) if k not in taken], dtype=np.int64)
        batch = replace(batch, signals=batch.signals.take(rows), keys=[keys[i] for i in rows.tolist()])
    if batch.keys:
        first, changed, words = take_in(ctx, source, batch.signals, batch.keys, batch.mission, marking)
    fact = SignalsCollected(
        batch.file, first, len(batch.keys), batch.known, batch.held_back, aside, changed, digest(batch.keys)
    )
    return fact, words


def take_in(
    ctx: Context, source: Source, signals: Signals, keys: Sequence[str], mission: str | None, marking: Marking
) -> tuple[int, int, list[Word]]:
    """Signals into the stream and everything that follows from them. Returns first number, changed, words."""
    seeds = storing.numbered(signals, keys, source, marking=ctx.marking_id(marking))

    def store(cluster: IntArray, occurrence: IntArray) -> None:
        storing.append(seeds, source, mission=mission, cluster=cluster, occurrence=occurrence)

    remade = fusing.take_in(seeds, marking, store)
    rises = picturing.refresh(remade, ctx.now)
    words = picturing.words_for(rises, ctx.now)
    return int(seeds.number[0]), len(remade.after) + remade.elsewhere, words


@act("intelligence.report")
def report(
    ctx: Context, source: Source, said: typed.Report, *, marking: Marking, grade: str, mission: str | None
) -> str:
    """Store a report that a person typed, as one signal of a source for typed reports. Returns its content key.

    Raises Refused with what the report lacks, or where its marking is above the source's ceiling or the writer's.
    """
    if lacking := typed.refusal(said, now=ctx.now):
        raise Refused(lacking)
    if not (source.highest.covers(marking) and ctx.actor.clearance.covers(marking)):
        raise Refused(Refusal("report_marking", "intelligence.report", params={"ceiling": source.ceiling}))
    raw = typed.encoded(said, received_s=epoch_s(ctx.now))
    read = COLLECTORS["typed"].read(raw, hint=Hint("report", epoch_s(ctx.now)))
    if read.quarantined:
        raise Refused(Refusal(read.quarantined[0].reason, "intelligence.report", params=read.quarantined[0].params))
    signals = placed(read.signals)
    (key,) = content_keys(source.pk, signals)
    if storing.known_keys([key]):
        raise Refused(Refusal("report_known", "intelligence.report"))
    first, _, words = take_in(ctx, source, signals, [key], mission, marking)
    source.last_heard_at = ctx.now
    ctx.announce(
        ReportTyped(first, digest([key]), grade),
        mission=mission,
        marking=marking,
        words=words,
        subjects=[Ref("Signal", key), source.ref],
    )
    return key


@act("intelligence.dismiss")
def dismiss(ctx: Context, house: House, item: int, *, reason: str) -> None:
    """Let an item go that could not be read. Its bytes stay. Raises Refused without a reason."""
    if not reason.strip():
        raise Refused(Refusal("aside_reason", "intelligence.dismiss"))
    Aside.objects.filter(pk=item, marking_id__in=ctx.actor.markings).update(state="dismissed")
    ctx.announce(AsideDismissed(item, reason), subjects=[Ref("Aside", str(item))])


def retry(claim: Authorised[Source], item: int) -> Outcome:
    """Read an item again, with the collector as it is now. What can be read is collected, the rest stays aside."""
    import zlib

    row = Aside.objects.get(pk=item, marking_id__in=claim.actor.markings)
    source = Source.objects.visible_to(claim.actor).get(pk=claim.id)
    raw = zlib.decompress(bytes(row.raw))
    read = COLLECTORS[source.collector].read(raw, hint=Hint(row.file, row.at_s))
    done = collect_all(claim, [Fed(row.file, source.collector, Collected(read.signals, [], read.accepted))])
    if done.accepted and not read.quarantined:
        Aside.objects.filter(pk=item).update(state="read")
    done.quarantined = read.quarantined
    return done


@act("intelligence.cross", urgency=Urgency.ALARM)
def cross(ctx: Context, house: House) -> int:
    """Look at every line drawn beforehand; alarm for those crossed since. Returns how many.

    One entry for each mission, because an entry has one mission.
    """
    found = picturing.crossed(ctx.now)
    for row, _ in found:
        row.crossed_at = ctx.now
    if found:
        row, words = found[0]
        ctx.write(row, TripwiresCrossed((row.pk,)), words=words)
    return len(found)


def check_tripwires(claim: Authorised[House]) -> int:
    """Cross what is crossed, one act for each line. Returns how many."""
    done = 0
    while cross(claim):
        done += 1
    return done


def digest(keys: Sequence[str]) -> str:
    return sha256("".join(keys).encode()).hexdigest()
