"""What is done with the register of sources."""

from django.db.models import Max

from legation.foundations.decisions import Refusal, Refused, require
from legation.foundations.grading import Reliability
from legation.foundations.markings import OPEN, Marking
from legation.intelligence.events import SourceAmended, SourceMethod, SourceRegistered
from legation.intelligence.links import COLLECTORS
from legation.intelligence.models import Source
from legation.intelligence.rules import methods
from legation.law import published as law
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
    method: SourceMethod = SourceMethod.OPEN,
    site: str = "",
) -> Source:
    """Bring a source into the register; what is not said comes from the collector's manifest.

    site: the mission whose host law binds it. Raises Refused for an unknown collector, a name in use, a cadence that is
    none, and where host law forbids the method or ties it to a consent that is not on record.
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
    _may_work(ctx, method, site)
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
        method=method.value,
        site=site,
    )
    return ctx.write(source, SourceRegistered())


@act("intelligence.amend_source")
def amend_source(
    ctx: Context,
    source: Source,
    *,
    reliability: Reliability,
    cadence_s: int,
    owner: str,
    enabled: bool,
    method: SourceMethod | None = None,
    site: str | None = None,
) -> Source:
    """Correct what the register says of a source. Occurrences are graded anew when they are next made.

    method, site: as they were where left out. Raises Refused as `register_source`; switching off is always allowed.
    """
    if cadence_s <= 0:
        raise Refused(Refusal("source_cadence", RULE))
    way, where = method or SourceMethod(source.method), source.site if site is None else site
    if enabled:
        _may_work(ctx, way, where)
    new = {"reliability": reliability.value, "cadence_s": cadence_s, "owner": owner, "enabled": enabled}
    new |= {"method": way.value, "site": where}
    changed = tuple(name for name, value in new.items() if getattr(source, name) != value)
    if not changed:
        return source
    for name in changed:
        setattr(source, name, new[name])
    return ctx.write(source, SourceAmended(changed))


def _may_work(ctx: Context, method: SourceMethod, site: str) -> None:
    """Raises Refused where host law at the site has something against the method."""
    require(methods.may_stand(method, site))
    if methods.USES[method]:
        require(law.limit_on(ctx.actor, site, methods.USES[method]))
