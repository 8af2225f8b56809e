"""What is done with the register of sources."""

from django.db.models import Max

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.grading import Reliability
from legation.foundations.markings import OPEN, Marking
from legation.intelligence.events import SourceAmended, SourceRegistered
from legation.intelligence.links import COLLECTORS
from legation.intelligence.models import Source
from legation.platform.act import Context, act
from legation.platform.authority.resolve import House

RULE = "intelligence.register"


@act("intelligence.register_source")
def register_source(
    ctx: Context,
    house: House,
    *,
    name: str,
    collector: str,
    reliability: Reliability | None = None,
    cadence_s: int | None = None,
    owner: str = "",
    ceiling: Marking | None = None,
    address: str = "",
) -> Source:
    """Bring a source into the register; what is not said comes from the collector's manifest.

    Raises Refused for an unknown collector, a name in use, a cadence that is none.
    """
    if collector not in COLLECTORS:
        raise Refused(
            Refusal("source_collector", RULE, params={"collector": collector, "known": ", ".join(COLLECTORS)})
        )
    if not name.strip() or Source.objects.filter(name=name.strip()).exists():
        raise Refused(Refusal("source_name", RULE, params={"name": name}))
    manifest = COLLECTORS[collector].MANIFEST
    if cadence_s is not None and cadence_s <= 0:
        raise Refused(Refusal("source_cadence", RULE))
    last = Source.objects.aggregate(last=Max("number"))["last"] or 0
    source = Source(
        id=ctx.new_id(),
        marking_id=ctx.marking_id(OPEN),
        number=last + 1,
        name=name.strip(),
        collector=collector,
        reliability=(reliability or manifest.reliability).value,
        cadence_s=cadence_s or manifest.cadence_s,
        owner=owner or manifest.owner,
        ceiling=str(ceiling or manifest.ceiling),
        address=address,
        lists_happenings=manifest.lists_happenings,
    )
    return ctx.write(source, SourceRegistered())


@act("intelligence.amend_source")
def amend_source(
    ctx: Context, source: Source, *, reliability: Reliability, cadence_s: int, owner: str, enabled: bool
) -> Source:
    """Correct what the register says of a source. Occurrences are graded anew when they are next made."""
    if cadence_s <= 0:
        raise Refused(Refusal("source_cadence", RULE))
    new = {"reliability": reliability.value, "cadence_s": cadence_s, "owner": owner, "enabled": enabled}
    changed = tuple(name for name, value in new.items() if getattr(source, name) != value)
    if not changed:
        return source
    for name in changed:
        setattr(source, name, new[name])
    return ctx.write(source, SourceAmended(changed))
