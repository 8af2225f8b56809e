"""Which norms are in force, what does each say, and which answer a question?"""

from dataclasses import dataclass

from legation.law.events.norms import InstrumentKind
from legation.law.models import Norm
from legation.law.rules import searching
from legation.law.rules.covering import counted, covers
from legation.missions.events import MissionKind
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What a search is narrowed to; empty is everything. mission: for which kind of mission the norm must speak."""

    instrument: str = ""
    about: str = ""
    kind: str = ""
    mission: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """A norm that answers, and the words of the question that it was found by."""

    norm: Norm
    score: float
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a search found, the best first, and how many there are by facet before narrowing."""

    found: tuple[Found, ...]
    instruments: dict[str, int]
    objects: dict[str, int]
    kinds: dict[str, int]


def in_force(actor: Actor, *, instrument: str = "", state: str | None = None) -> MarkedQuerySet[Norm]:
    """Norms in force, by instrument and article; `state` leaves out those that bind other receiving states only."""
    found = Norm.objects.visible_to(actor).filter(until__isnull=True).order_by("instrument", "pk")
    if instrument:
        found = found.filter(instrument=instrument)
    return found if state is None else found.filter(state__in=("", state))


def search(actor: Actor, question: str, narrowed: Narrowed = Narrowed()) -> Answer:  # frozen
    """Norms in force that answer a question in everyday words; all of them where nothing is asked."""
    rows = {row.code: row for row in sorted(in_force(actor), key=by_article)}
    hits = searching.search(question, [searching.Sought(row.instrument, row.value) for row in rows.values()])
    found = [Found(rows[hit.code], hit.score, hit.words) for hit in hits]
    return Answer(
        tuple(one for one in found if _within(one.norm, narrowed)),
        counted(one.norm.instrument for one in found),
        counted(about for one in found for about in one.norm.value.objects),
        counted(one.norm.kind for one in found),
    )


def norm(actor: Actor, key: str) -> Norm:
    """One norm by code, the wording in force, or an older wording by its id. Raises NotVisible."""
    visible = Norm.objects.visible_to(actor)
    found = visible.filter(code=key).order_by("-in_force_from", "-pk")
    row = found.filter(until__isnull=True).first() or found.first() or visible.filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row


def by_article(row: Norm) -> tuple[bool, str, int, str]:
    """The order of a book: conventions by name, then article and paragraph by number."""
    number = int(row.article) if row.article.isdigit() else 0
    return row.instrument_kind != InstrumentKind.CONVENTION, row.instrument, number, row.paragraph


def named(actor: Actor, words: str) -> Norm | None:
    """The norm in force meant by its code, or by a citation as "VCDR art. 22(2)"; of several the first."""
    wanted = words.strip().casefold()
    rows = list(in_force(actor).filter(code=wanted))
    return next(iter(rows or [row for row in in_force(actor) if row.cited.casefold() == wanted]), None)


def editions(actor: Actor, code: str) -> list[Norm]:
    """Every wording of a norm, the latest first."""
    return list(Norm.objects.visible_to(actor).filter(code=code).order_by("-in_force_from", "-pk"))


def beside(actor: Actor, norm: Norm) -> list[Norm]:
    """Norms in force about the same first object: what else to read."""
    return [row for row in in_force(actor) if row.pk != norm.pk and row.value.objects[:1] == norm.value.objects[:1]]


def count(actor: Actor) -> int:
    """How many norms are in force."""
    return in_force(actor).count()


def _within(row: Norm, narrowed: Narrowed) -> bool:
    return (
        narrowed.instrument in {"", row.instrument}
        and narrowed.kind in {"", row.kind}
        and (not narrowed.about or narrowed.about in row.value.objects)
        and (not narrowed.mission or row.covers in covers(MissionKind(narrowed.mission)))
    )
