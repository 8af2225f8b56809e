"""What happens when a member of staff reports something? A signal like any other, an alarm, and an answer to him."""

import io
from dataclasses import dataclass, replace
from datetime import datetime

from legation.foundations.decisions import Refusal, Refused
from legation.foundations.identity import MissionId
from legation.foundations.time import epoch_s, from_epoch_s
from legation.foundations.words import Alarm, Word
from legation.intelligence.actions.collecting import digest, placed, take_in
from legation.intelligence.actions.sources import register_source
from legation.intelligence.events.reports import ReportAnswered, ReportSeen, StaffReported
from legation.intelligence.links import own
from legation.intelligence.links.photographs import NotAPhotograph, cleaned
from legation.intelligence.models import OwnReport, Source
from legation.intelligence.rules import everyday
from legation.intelligence.rules.everyday import ROW_OF, Everyday
from legation.intelligence.rules.signals import Signals, content_keys
from legation.missions import published as missions
from legation.missions.published import MissionSeen
from legation.platform import blobs
from legation.platform.act import Context, act
from legation.platform.authority.actor import Authorised, ServiceAccount
from legation.platform.authority.actors import service
from legation.platform.authority.resolve import claim_house
from legation.platform.idempotency import once
from legation.platform.records import Record
from legation.platform.secrets.node import held

ALARM = "intelligence.staff_reported"
SOURCE_NAME = "Own reports"

VAGUE_KM = 25.0
"""Words that no gazetteer knows (“behind the market”) are said in the city of the mission: its width."""

AT_THE_MISSION_M = 200.0

WEEK_S = 7 * 86_400
OUTCOME_CHARS_MAX = 400


def tell(claim: Authorised[Record], said: own.Said, *, photograph: bytes = b"") -> str:
    """Report something, once however often it is sent: the id of the report.

    What is slow or may be refused (the photograph, the place) is done before the write lock. Raises Refused.
    """
    said = said.normal()
    picture = picture_of(photograph) if photograph else b""
    own_source()
    body = own.encoded(said, "", occurred_s=0, received_s=0, country="", origin="") + claim.id.encode()
    return once(claim.actor, claim.verb, said.command, body, lambda: _tell(claim, said, picture).pk).reference


def picture_of(photograph: bytes) -> bytes:
    """The pixels of a photograph. Raises Refused where it is none."""
    try:
        return cleaned(photograph)
    except NotAPhotograph as fault:
        raise Refused(Refusal(fault.code, everyday.RULE, params=fault.params)) from None


def own_source() -> None:
    """The node keeps one source for what its own people report, and registers it itself."""
    if not Source.objects.filter(collector=own.MANIFEST.name).exists():
        house = claim_house("intelligence.register_source", service(ServiceAccount.WORKER))
        register_source(house, name=SOURCE_NAME, collector=own.MANIFEST.name)


@dataclass(frozen=True, slots=True)
class Made:
    """A report about to be written, with its fact and what it says to others."""

    report: OwnReport
    fact: StaffReported
    words: list[Word]


@act("intelligence.tell")
def _tell(ctx: Context, mission: Record, said: own.Said, picture: bytes) -> OwnReport:
    """Store a report, marked by the table, and raise the officer's alarm. Raises Refused with what is wrong with it."""
    new = made(ctx, mission.pk, said, picture, reporter=ctx.actor.id)
    return ctx.write(new.report, new.fact, words=new.words, occurred_at=new.report.occurred_at)


def made(ctx: Context, mission: str, said: own.Said, picture: bytes, *, reporter: str) -> Made:
    """The report as a row, its signal in the stream. For acts; raises Refused with what is wrong with it."""
    if wrong := everyday.refusal(said.text, said.place, said.minutes_ago):
        raise Refused(wrong)
    said = said if said.command else replace(said, command=ctx.new_id())
    source = Source.objects.filter(collector=own.MANIFEST.name).order_by("number")[0]
    row = ROW_OF[said.told]
    claimed = from_epoch_s(said.claimed_ms // 1000) if said.claimed_ms else None
    occurred = everyday.occurred_at(minutes_ago=said.minutes_ago, claimed=claimed, wall=ctx.wall, now=ctx.now)
    seen = missions.mission(ctx.actor, mission)
    signals = _signal(ctx, row, said, seen, occurred, reporter)
    (key,) = content_keys(source.pk, signals)
    first, _, risen = take_in(ctx, source, signals, [key], mission, row.marking)
    waited_s = max(0, epoch_s(ctx.wall) - epoch_s(claimed)) if claimed else 0
    report = OwnReport(
        id=ctx.new_id(),
        mission_id=mission,
        marking_id=ctx.marking_id(row.marking),
        told=said.told.value,
        reporter=reporter,
        command=said.command,
        signal=key,
        occurred_at=occurred,
        claimed_at=claimed,
        received_at=ctx.now,
        waited_s=waited_s,
        photograph=blobs.keep(io.BytesIO(picture)).name if picture else "",
    )
    fact = StaffReported(said.told.value, first, digest([key]), bool(picture), waited_s)
    return Made(report, fact, [_alarm(report, row), *risen])


def _signal(ctx: Context, row: Everyday, said: own.Said, at: MissionSeen, occurred: datetime, reporter: str) -> Signals:
    """The report as a signal with a place: the point given, the town named, or the mission's."""
    if said.latitude is None and not said.place:
        said = _at(said, at, AT_THE_MISSION_M)
    signals = _read(ctx, row, said, at, occurred, reporter)
    if not signals.precision_km[0] <= VAGUE_KM:  # no town is called so: nan, or somewhere in the country
        signals = _read(ctx, row, _at(said, at, VAGUE_KM * 1000), at, occurred, reporter)
    return signals


def _read(ctx: Context, row: Everyday, said: own.Said, at: MissionSeen, occurred: datetime, reporter: str) -> Signals:
    raw = own.encoded(
        said,
        row.kind.replace("_", " ").capitalize(),
        occurred_s=epoch_s(occurred),
        received_s=epoch_s(ctx.now),
        country=at.receiving_code,
        origin=_origin(reporter, epoch_s(occurred)),
    )
    return placed(own.signal(raw).signals)


def _at(said: own.Said, at: MissionSeen, radius_m: float) -> own.Said:
    if at.latitude is None or at.longitude is None:
        return said
    place = said.place or at.name
    return replace(said, place=place, latitude=at.latitude, longitude=at.longitude, radius_m=radius_m)


def _origin(reporter: str, occurred_s: int) -> str:
    """One word per reporter and week: he does not bear himself out, and his reports of other weeks stay unlinked."""
    naming = held().sealer.naming()
    naming.update(f"{reporter} {occurred_s // WEEK_S}".encode())
    return "staff " + naming.hexdigest()[:12]


def _alarm(report: OwnReport, row: Everyday) -> Alarm:
    mission = MissionId(str(report.mission_id))
    return Alarm(mission, ALARM, row.severity, report.ref, f"own/{report.pk}", {"told": row.told.value})


@act("intelligence.answer_report")
def answer(ctx: Context, report: OwnReport, *, outcome: str = "") -> OwnReport:
    """Tell the reporter that his report was seen, or, with words, what came of it. A second answer replaces the first.

    Raises Refused where the words are too many.
    """
    said = outcome.strip()
    if len(said) > OUTCOME_CHARS_MAX:
        raise Refused(Refusal("tell_outcome", "intelligence.answer", params={"limit": str(OUTCOME_CHARS_MAX)}))
    if report.seen_at is None:
        report.seen_at, report.seen_by = ctx.now, ctx.actor.name
    elif not said:
        return report
    if said:
        report.outcome, report.answered_at, report.answered_by = said, ctx.now, ctx.actor.name
    return ctx.write(report, ReportAnswered(said) if said else ReportSeen())
