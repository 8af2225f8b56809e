"""What other rooms may ask of the law, answered with frozen values."""

from collections.abc import Iterable
from dataclasses import dataclass

from legation.foundations.decisions import Decision
from legation.foundations.identity import Ref
from legation.law.events.limits import Use
from legation.law.models import Norm
from legation.law.queries import limits as limit_queries
from legation.law.queries import matrix as matrix_queries
from legation.law.queries import norms as queries
from legation.law.rules import limits as limit_rules
from legation.platform import clock
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


def norm_named(actor: Actor, words: str) -> NormSeen | None:
    """The norm meant by a code or a citation (`vcdr-22-2`, "VCDR art. 22(2)"); None where there is none."""
    row = queries.named(actor, words)
    return _seen(row) if row else None


def limit_on(actor: Actor, mission: str, uses: Iterable[Use]) -> Decision:
    """May this be used at a mission, by host law and the consents on record there? Raises NotVisible.

    A refusal names the norm; its reason is host_law_forbids or host_law_needs_consent.
    """
    wanted = tuple(uses)
    if not wanted:
        return limit_rules.may_use((), (), (), clock.as_of())
    consents = [row.value for row in limit_queries.consents(actor, mission)]
    return limit_rules.may_use(wanted, limit_queries.limits(actor, mission), consents, clock.as_of())


def limits_of(actor: Actor, mission: str, uses: Iterable[Use]) -> list[NormSeen]:
    """Norms to show beside what uses this at a mission, the strictest first."""
    found = limit_rules.noted(uses, limit_queries.limits(actor, mission))
    return [norm(actor, limit.norm) for limit in found]


def holders(actor: Actor, mission: str) -> dict[Ref, list[str]]:
    """Who holds what at a mission, as it is shown: by norm (`Norm/code`) or by what another room gave to somebody."""
    lines = matrix_queries.matrix(actor, mission)
    return {line.duty.subject: [one.who for one in line.held] for line in lines if line.held}


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
