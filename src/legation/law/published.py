"""What other rooms may ask of the law, answered with frozen values."""

from dataclasses import dataclass

from legation.foundations.identity import Ref
from legation.law.models import Norm
from legation.law.queries import norms as queries
from legation.platform.authority.actor import Actor


@dataclass(frozen=True, slots=True)
class NormSeen:
    """A norm as other rooms see it. ref: opens it; cited: as a person cites it, "VCDR art. 22(2)"."""

    code: str
    cited: str
    words: str
    instrument: str
    article: str
    paragraph: str
    kind: str
    owes: str
    owed_to: str
    objects: tuple[str, ...]
    covers: str

    @property
    def ref(self) -> Ref:
        return Ref("Norm", self.code)


def norm(actor: Actor, key: str) -> NormSeen:
    """One norm by its code (`vcdr-22-2`). Raises NotVisible where there is none."""
    return _seen(queries.norm(actor, key))


def norms(actor: Actor, *, objects: frozenset[str] = frozenset(), instrument: str = "") -> list[NormSeen]:
    """Norms in force, narrowed to one instrument or to those about any of these objects."""
    found = [_seen(row) for row in queries.in_force(actor, instrument=instrument)]
    return [one for one in found if not objects or objects & set(one.objects)]


def _seen(row: Norm) -> NormSeen:
    value = row.value
    return NormSeen(
        row.code,
        row.cited,
        row.words,
        row.instrument,
        row.article,
        row.paragraph,
        row.kind,
        row.owes,
        row.owed_to,
        value.objects,
        row.covers,
    )
