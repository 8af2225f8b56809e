"""What is done to the register of norms: an instrument is loaded, and what its new edition drops is ended."""

from collections.abc import Sequence
from dataclasses import dataclass

from legation.foundations.markings import OPEN
from legation.law.events.norms import InstrumentValue, NormEnded, NormEntered, NormValue
from legation.law.models import Norm
from legation.platform.act import Context, act
from legation.platform.authority.resolve import House
from legation.platform.writing import Urgency


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading an instrument did; ended: wordings that this edition replaced or dropped."""

    entered: int
    ended: int
    unchanged: int


@act("law.load", urgency=Urgency.BATCH)
def load_instrument(ctx: Context, house: House, instrument: InstrumentValue, values: Sequence[NormValue]) -> Loaded:
    """Bring one instrument to what this edition says; the same list again changes nothing.

    A norm whose wording changed is ended on the day the edition comes into force and entered anew, so that what
    rested on the old wording still opens to it. One that the list no longer names is ended.
    """
    standing = {row.code: row for row in Norm.objects.filter(instrument=instrument.code, until__isnull=True)}
    marking = ctx.marking_id(OPEN)
    fresh: list[tuple[Norm, NormEntered | NormEnded]] = []
    ended: list[tuple[Norm, NormEntered | NormEnded]] = []
    named = {value.code for value in values}
    for value in values:
        known = standing.get(value.code)
        if known is not None and known.value == value:
            continue
        if known is not None:
            ended.append(_end(known, instrument))
        fresh.append((Norm(id=ctx.new_id(), marking_id=marking).bear(instrument, value), _entered(instrument, value)))
    ended += [_end(row, instrument) for code, row in standing.items() if code not in named]
    ctx.write_each([*ended, *fresh])
    return Loaded(len(fresh), len(ended), len(values) - len(fresh))


def _entered(instrument: InstrumentValue, value: NormValue) -> NormEntered:
    return NormEntered(value.code, instrument.edition)


def _end(row: Norm, instrument: InstrumentValue) -> tuple[Norm, NormEntered | NormEnded]:
    row.until = instrument.in_force_from
    return row, NormEnded(row.code, row.edition, instrument.in_force_from)
