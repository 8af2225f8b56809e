"""Which host-law limits speak for a mission, and which consents are on record there?"""

from legation.law.events.limits import Use
from legation.law.events.norms import Covers, Effect
from legation.law.models import Consent
from legation.law.queries.norms import in_force
from legation.law.rules.covering import speaks_for
from legation.law.rules.limits import STRICTEST, Limit
from legation.missions import published as missions
from legation.platform.authority.actor import Actor, NotVisible
from legation.platform.records import MarkedQuerySet

USES = frozenset(use.value for use in Use)


def limits(actor: Actor, mission: str) -> list[Limit]:
    """Limits that norms in force put on what may be used at a mission. Raises NotVisible."""
    seen = missions.mission(actor, mission)
    found = []
    for row in in_force(actor, state=seen.receiving_code).exclude(effect=Effect.NONE):
        if speaks_for(Covers(row.covers), row.state, seen.kind, seen.receiving_code):
            uses = USES & set(row.value.objects)
            found += [Limit(Use(use), row.code, row.cited, Effect(row.effect), row.consent_of) for use in sorted(uses)]
    return sorted(found, key=lambda one: (STRICTEST.index(one.effect), one.use))


def consents(actor: Actor, mission: str) -> MarkedQuerySet[Consent]:
    """Consents on record at a mission, the latest first."""
    return Consent.objects.visible_to(actor).filter(mission_id=mission).order_by("-given_on", "-pk")


def consent(actor: Actor, key: str) -> Consent:
    """One consent. Raises NotVisible."""
    row = Consent.objects.visible_to(actor).filter(pk=key).first()
    if row is None:
        raise NotVisible
    return row
