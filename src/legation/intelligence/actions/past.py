"""How does what a mission knows of its past come in? Its incident log, as signals with dates of their own."""

from dataclasses import replace

import numpy as np

from legation.foundations.identity import Ref
from legation.foundations.time import epoch_s
from legation.intelligence.actions.collecting import Batch, Outcome, batches, stored
from legation.intelligence.actions.sources import register_source
from legation.intelligence.events import SignalsCollected
from legation.intelligence.links import incident_log
from legation.intelligence.links.feeding import Fed
from legation.intelligence.links.manifest import Hint
from legation.intelligence.models import Source
from legation.intelligence.rules.signals import Collected, Signals
from legation.missions import published as missions
from legation.missions.published import MissionSeen
from legation.platform import clock
from legation.platform.act import Context, act
from legation.platform.authority.actor import Authorised, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim_house
from legation.platform.records import Record
from legation.platform.writing import Urgency

SOURCE_NAME = "Incident logs"
AT_THE_MISSION_KM = 5.0
"""An incident without a place happened to the mission: at it, or on the way to it."""


def import_incidents(claim: Authorised[Record], data: bytes, name: str, *, dry_run: bool = False) -> Outcome:
    """Read a mission's log. What cannot be read is put aside line by line, the same line a second time does nothing.

    dry_run: nothing is written; the outcome is what would be.
    """
    source = _source()
    seen = missions.mission(claim.actor, claim.id)
    read = incident_log.read(data, hint=Hint(name, epoch_s(clock.wall())))
    fed = Fed(name, source.collector, Collected(_at(read.signals, seen), read.quarantined, read.accepted))
    done = Outcome(accepted=read.accepted, quarantined=list(read.quarantined))
    for batch in batches(source.pk, fed, done):
        if dry_run:
            done.signals += len(batch.keys)
        elif batch.keys or batch.aside:
            done.add(_import(claim, replace(batch, mission=claim.id)))
    return done


@act("intelligence.import_incidents", urgency=Urgency.BATCH)
def _import(ctx: Context, mission: Record, batch: Batch) -> SignalsCollected:
    """Store one batch of a mission's log, marked for the service. It is history: no line drawn beforehand is crossed
    by it and no rise is told."""
    source = _source()
    fact, _ = stored(ctx, source, batch)
    subjects = [source.ref, Ref("Mission", mission.pk)]
    ctx.announce(fact, mission=mission.pk, marking=incident_log.MANIFEST.marking, subjects=subjects)
    return fact


def _source() -> Source:
    """The one source of all missions' logs, which the node registers itself."""
    found = Source.objects.filter(collector=incident_log.MANIFEST.name).order_by("number").first()
    if found is None:
        house = claim_house("intelligence.register_source", service(ServiceAccount.WORKER))
        found = register_source(house, name=SOURCE_NAME, collector=incident_log.MANIFEST.name)
    return found


def _at(signals: Signals, mission: MissionSeen) -> Signals:
    """Every incident in the mission's country; where no place is said, at the mission."""
    country = [code or mission.receiving_code for code in signals.country]
    bare = np.isnan(signals.latitude) & np.fromiter((not p for p in signals.place), np.bool_, count=len(signals))
    if mission.latitude is None or mission.longitude is None:
        return replace(signals, country=country)
    return replace(
        signals,
        country=country,
        latitude=np.where(bare, mission.latitude, signals.latitude),
        longitude=np.where(bare, mission.longitude, signals.longitude),
        precision_km=np.where(bare, AT_THE_MISSION_KM, signals.precision_km),
    )
