"""What did members of staff report, as its reporter may see it, and as an officer may?"""

from collections.abc import Iterable
from dataclasses import dataclass

from legation.foundations.markings import Marking
from legation.intelligence.models import Block, HeldReport, OwnReport, Signal
from legation.intelligence.models.packing import Words, unpack
from legation.intelligence.queries import occurrences
from legation.intelligence.rules.everyday import ROW_OF, Everyday
from legation.missions import published as missions
from legation.missions.published import MissionSeen
from legation.platform import blobs
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.authority.actors import names_of
from legation.platform.authority.markings import marking_of
from legation.platform.records import MarkedQuerySet

WAITED_S = 120
"""What took less was on its way: a slow line, a photograph."""


@dataclass(frozen=True, slots=True)
class ReportSeen:
    """A report as one reader sees it. reporter: a name where he may know it, else empty: a member of staff.

    occurrence: its key where he may open it, else empty.
    """

    row: OwnReport
    words: Words
    reporter: str
    mission: str
    occurrence: str
    placed: tuple[float, float] | None

    @property
    def line(self) -> Everyday:
        return ROW_OF[self.row.what]

    @property
    def marking(self) -> Marking:
        return marking_of(self.row.marking_id)

    @property
    def waited(self) -> bool:
        """It lay on a telephone before it reached us."""
        return self.row.waited_s >= WAITED_S


def told_to(actor: Actor) -> "MarkedQuerySet[OwnReport]":
    """Reports that this reader may open by their marking and mission, the newest first."""
    return OwnReport.objects.visible_to(actor).order_by("-received_at", "-id")


def reported(actor: Actor, *, mission: str | None = None, limit: int = 100) -> list[ReportSeen]:
    """What staff reported, for those who answer it."""
    rows = told_to(actor)
    return _seen(actor, list((rows if mission is None else rows.filter(mission_id=mission))[:limit]))


def unanswered(actor: Actor) -> int:
    """How many of them nobody has looked at."""
    return told_to(actor).filter(seen_at__isnull=True).count()


def held(actor: Actor) -> int:
    """How many reports from telephones wait for a decision."""
    return HeldReport.objects.visible_to(actor).filter(state="waiting").count()


def own(actor: Actor, *, limit: int = 20) -> list[ReportSeen]:
    """What this person reported himself, the newest first, whatever its marking: they are his own words."""
    return _seen(actor, list(OwnReport.objects.filter(reporter=actor.id).order_by("-received_at", "-id")[:limit]))


def one(actor: Actor, key: str) -> ReportSeen:
    """One report: his own, or one that he may open as a reader of intelligence. Raises NotVisible."""
    found = OwnReport.objects.filter(reporter=actor.id, pk=key).first()
    if found is None and "intelligence.read" in actor.verbs:
        found = told_to(actor).filter(pk=key).first()
    if found is None:
        raise NotVisible
    return _seen(actor, [found])[0]


def photograph(actor: Actor, key: str) -> bytes:
    """The photograph of a report that `one` shows. Raises NotVisible where there is none."""
    name = one(actor, key).row.photograph
    if not name:
        raise NotVisible
    return b"".join(blobs.read(name))


def home_mission(actor: Actor) -> MissionSeen | None:
    """The mission that the page offers first: where the last report was made, or where he is at post."""
    last = OwnReport.objects.filter(reporter=actor.id).order_by("-received_at").first()
    offered = choices(actor)
    person = missions.person_of(actor)
    wanted = last.mission_id if last else person.mission_id if person else None
    return next((m for m in offered if m.id == wanted), next(iter(offered), None))


def choices(actor: Actor) -> list[MissionSeen]:
    """The missions at which this person can report: those of his own service within his scope."""
    keys = missions.keys_of(actor, missions.home_state(actor))
    return sorted(missions.missions(actor, keys=keys), key=lambda m: m.name)


def _seen(actor: Actor, rows: list[OwnReport]) -> list[ReportSeen]:
    signals = {bytes(s.key).hex(): s for s in Signal.objects.filter(key__in=[bytes.fromhex(r.signal) for r in rows])}
    blocks = {b.pk: unpack(bytes(b.data)) for b in Block.objects.filter(pk__in={s.block for s in signals.values()})}
    names = _reporters(actor, rows)
    at = {m.id: m.name for m in missions.missions(actor, keys=frozenset(str(r.mission_id) for r in rows))}
    keys = _occurrences(actor, signals.values())
    return [
        ReportSeen(
            row,
            blocks[signal.block][signal.pk - signal.block],
            names.get(row.reporter, ""),
            at.get(str(row.mission_id), ""),  # type: ignore[call-overload]  # a mission's id is text
            keys.get(signal.pk, ""),
            None if signal.latitude is None or signal.longitude is None else (signal.latitude, signal.longitude),
        )
        for row in rows
        if (signal := signals.get(row.signal))
    ]


def _reporters(actor: Actor, rows: Iterable[OwnReport]) -> dict[str, str]:
    """Names of reporters, for those who need to know them."""
    if "intelligence.read_reporter" not in actor.verbs:
        return {}
    return names_of(row.reporter for row in rows)


def _occurrences(actor: Actor, signals: Iterable[Signal]) -> dict[int, str]:
    """The public key of the occurrence that each signal speaks of, where this reader may open it."""
    if "intelligence.read" not in actor.verbs:
        return {}
    listed = list(signals)
    firsts = {s.occurrence for s in listed if s.occurrence >= 0}
    open_to = set(occurrences(actor).filter(first__in=firsts).values_list("first", flat=True))
    keys = {pk: bytes(key).hex() for pk, key in Signal.objects.filter(pk__in=open_to).values_list("pk", "key")}
    return {s.pk: keys[s.occurrence] for s in listed if s.occurrence in keys}
