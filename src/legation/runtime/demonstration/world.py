"""How is the demonstration's world made? By the same acts as anybody's: missions, people, sources, signals, risks."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from legation.foundations.markings import Classification, Marking, Tlp
from legation.intelligence.actions import Outcome, check_tripwires, collect_all, register_source
from legation.intelligence.links import feeding
from legation.intelligence.models import Source
from legation.missions.actions import import_list
from legation.missions.links import csv_file
from legation.missions.models import Mission
from legation.missions.published import home_state
from legation.missions.rules.importing import MissionList
from legation.pages.bands import band_of
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.actor import ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim, claim_house
from legation.platform.subscribers import deliver_all
from legation.platform.writing import Urgency, writing
from legation.risk.actions import reforecast
from legation.risk.queries import highest as highest_risks
from legation.runtime.demonstration import (
    actors,
    at_post,
    briefs,
    custody,
    days,
    host,
    judgements,
    law,
    people,
    premises,
    records,
    reports,
    roster,
)

STATE = "Brazil"
"""It has missions in Damascus and Mexico City, where the shipped history is densest."""

START = datetime(2018, 2, 5, 6, 0, tzinfo=UTC)
"""A Monday morning at the watch; every shipped history reaches beyond it, so the next days can be played."""

REPORTS = "Typed reports"
REPORT_CEILING = Marking(Classification.SECRET, Tlp.RED)

type Say = Callable[[str], None]


class UnknownState(ValueError):
    """No mission of this state is in the list."""


def load(state: str, *, say: Say) -> None:
    """Fill an empty node; each step that is done already is left as it is, so a load that was cut off goes on.

    Raises UnknownState.
    """
    local = service(ServiceAccount.LOCAL)
    wanted = chosen(csv_file.read(records.missions()), state)
    if not clock.is_demonstration():
        with writing(Urgency.PERSON):
            clock.start_demonstration(START)
    if not Mission.objects.visible_to(local).exists():
        done = import_list(claim_house("missions.import", local), wanted.missions, "missions.csv")
        say(f"  {done.registered:,} missions: {state}'s, and all states' where history ships")
    people.enrol_all()
    law.conventions()
    for filled, what in (
        (at_post.populate(state), "people at post"),
        (roster.keep(clock.as_of()), "turns of duty planned, one authority signed"),
        (custody.furnish(state, clock.as_of()), "acts of custody, residences, a reception and orders"),
    ):
        if filled:
            say(f"  {filled:,} {what}")
    if Source.objects.count() <= len(records.FEEDS):
        register_sources()
        read = collect(say=say)
        say(f"  {read.signals:,} signals read, {read.occurrences:,} occurrences; {read.held_back:,} lie in the future")
        say(f"  {judgements.judge(state, clock.as_of()):,} judgements by demonstration persons")
        law.at_post(state, clock.as_of())
        say(f"  {premises.lay_out():,} portals at two furnished missions")
        say(f"  {host.ask(state, clock.as_of())} requests to host states")
        say(f"  {actors.register():,} actors of the shipped tables in the register")
        say(f"  {days.fill():,} days in the forward calendar")
        say(f"  {reports.tell(state):,} reports by staff, past incidents and police figures, invented")
        say("  forecasts, with two years of back-test …")
        settle()
    briefs.fill(clock.as_of())


def chosen(read: MissionList, state: str) -> MissionList:
    """The state's own missions, and every state's in the countries whose history ships."""
    own = [m for m in read.missions if m.sending_state.casefold() == state.casefold()]
    if not own:
        names = ", ".join(sorted({m.sending_state for m in read.missions if m.sending_code})[:12])
        raise UnknownState(f"no mission of {state!r} is in the list; write a state's name as in {names} …")
    others = [m for m in read.missions if m.receiving_code in records.HISTORY_COUNTRIES and m not in own]
    return MissionList((*own, *others), read.faults)


def register_sources() -> None:
    """Bring the shipped feeds, and a place for typed reports, into the register."""
    local = service(ServiceAccount.LOCAL)
    known = set(Source.objects.values_list("name", flat=True))
    for feed in records.FEEDS:
        if feed.name not in known:
            register_source(
                claim_house("intelligence.register_source", local),
                name=feed.name,
                collector=feed.collector,
                reliability=feed.reliability,
                cadence_s=int(timedelta(days=feed.cadence_days).total_seconds()),
                owner=feed.owner,
            )


def collect(*, say: Say = lambda _: None) -> Outcome:
    """Feed every shipped file again: what is of a later day than now is held back, what is known changes nothing."""
    collector = service(ServiceAccount.COLLECTOR)
    total = Outcome()
    sources = {source.name: source.pk for source in Source.objects.visible_to(collector)}
    for feed in records.FEEDS:
        say(f"  {feed.name} …")
        fed = feeding.from_bytes(records.read(feed.file), feed.file, collector=feed.collector)
        done = collect_all(claim(Source, sources[feed.name], "intelligence.collect", collector), fed)
        total.signals += done.signals
        total.held_back += done.held_back
        total.occurrences += done.occurrences
        total.quarantined += done.quarantined
    if REPORTS not in sources:
        register_source(
            claim_house("intelligence.register_source", service(ServiceAccount.LOCAL)),
            name=REPORTS,
            collector="typed",
            ceiling=REPORT_CEILING,
        )
    return total


def settle() -> None:
    """Let everything follow from what was collected: lines, risks, forecasts, alarms."""
    worker = service(ServiceAccount.WORKER)
    check_tripwires(claim_house("intelligence.cross", worker))
    reforecast(claim_house("risk.reforecast", worker))
    deliver_all()


def highest(count: int) -> list[tuple[str, str, str]]:
    """The own missions with the highest present risk: name, band, main cause."""
    local = service(ServiceAccount.LOCAL)
    rows = highest_risks(local, count, state=home_state(local))
    return [
        (
            one.mission.name,
            str(band_of(one.row.present_band).label),
            sentence(one.cause.code, one.cause.params),
        )
        for one in rows
    ]
