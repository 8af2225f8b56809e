"""Intelligence at the terminal."""

from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from legation.foundations.decisions import Refused
from legation.foundations.grading import Grade, Reliability
from legation.foundations.markings import Marking
from legation.foundations.threats import ThreatClass
from legation.foundations.time import from_epoch_s
from legation.intelligence import actions, queries
from legation.intelligence.cli import (
    actors,
    brief,
    calendar,
    contradictions,
    figures,
    incidents,
    reports,
    requirements,
    reviews,
)
from legation.intelligence.cli.outcomes import show_outcome
from legation.intelligence.events import SourceMethod
from legation.intelligence.links import COLLECTORS, feeding, reasons, typed
from legation.intelligence.models import Source
from legation.intelligence.queries import fields, track
from legation.intelligence.rules.profile import Judged
from legation.intelligence.rules.tripwires import Happenings
from legation.missions import published as missions
from legation.pages.sentences import sentence
from legation.platform import clock
from legation.platform.authority.actor import NotVisible
from legation.platform.authority.resolve import check_verb, claim, claim_house
from legation.platform.doors import at_terminal
from legation.platform.terminal import Exit, answering, console, show_json, show_table

app = typer.Typer(help="Sources, signals, occurrences and threat profiles.", no_args_is_help=True)
app.add_typer(reports.app)
app.add_typer(contradictions.app)
app.add_typer(incidents.app, name="incidents")
app.add_typer(actors.app, name="actors")
app.add_typer(calendar.app, name="calendar")
app.add_typer(brief.app, name="brief")
app.add_typer(requirements.app, name="requirements")
app.add_typer(reviews.app, name="reviews")
app.add_typer(figures.app, name="figures")

AsJson = Annotated[bool, typer.Option("--json", help="Write JSON; fields are described in docs/cli.md.")]


def _said(refused: Refused) -> str:
    return sentence(refused.refusal.reason, refused.refusal.params)


@app.command()
def collect(
    file: Path,
    source: Annotated[str, typer.Option(help="Name or id of the source; a new name is registered.")] = "",
    as_json: AsJson = False,
) -> None:
    """Read a FILE or a folder. What cannot be read is put aside; exit code 5 then."""
    with answering(_said):
        if not file.exists():
            raise FileNotFoundError(f"there is no {file}")
        key = _source_for(file, source)
        actor = at_terminal()
        claimed = claim(Source, key, "intelligence.collect", actor)
        collector = queries.source(actor, key).collector
        with console.status(f"Reading {file.name}") if not as_json else answering():
            done = actions.collect_all(claimed, feeding.from_path(file, collector=collector))
            actions.check_tripwires(claim_house("intelligence.cross", actor))
        show_outcome(done, as_json=as_json)
        if done.quarantined:
            raise typer.Exit(int(Exit.PARTLY))


def _source_for(file: Path, name: str) -> str:
    """The id of the source named, registered by its form where it is new."""
    actor = at_terminal()
    try:
        return queries.source(actor, name or file.name).pk
    except NotVisible:
        collector = name if name in COLLECTORS else feeding.recognised(file)
        house = claim_house("intelligence.register_source", actor)
        return actions.register_source(house, name=name or file.name, collector=collector).pk


@app.command()
def fetch(source: str, as_json: AsJson = False) -> None:
    """Read the address of a SOURCE, from the hosts that its collector allows."""
    with answering(_said):
        actor = at_terminal()
        row = queries.source(actor, source)
        done = actions.fetch(claim(Source, row.pk, "intelligence.collect", actor), row)
        show_outcome(done, as_json=as_json)


@app.command()
def register(
    name: str,
    collector: str,
    reliability: Annotated[str, typer.Option(help="A to F; else the collector's own.")] = "",
    cadence_s: Annotated[int, typer.Option(help="Longest silence that is normal, in seconds.")] = 0,
    owner: str = "",
    ceiling: Annotated[str, typer.Option(help="Highest marking of its signals.")] = "",
    address: str = "",
    method: SourceMethod = SourceMethod.OPEN,
    site: Annotated[str, typer.Option(help="Mission whose host law binds it.")] = "",
    as_json: AsJson = False,
) -> None:
    """Bring a source NAME, read by COLLECTOR, into the register."""
    with answering(_said):
        row = actions.register_source(
            claim_house("intelligence.register_source", at_terminal()),
            name=name,
            collector=collector,
            reliability=Reliability(reliability.upper()) if reliability else None,
            cadence_s=cadence_s or None,
            owner=owner,
            ceiling=Marking.parse(ceiling) if ceiling else None,
            address=address,
            method=method,
            site=missions.find(at_terminal(), site).id if site else "",
        )
        if as_json:
            show_json({"id": row.pk, **asdict(row.value)})
        else:
            console.print(
                f"{row.name} is registered; collect with: legation intelligence collect --source '{row.name}' FILE"
            )


@app.command("sources")
def list_sources(as_json: AsJson = False) -> None:
    """The register: reliability, cadence, silence, what each brought, how often it was borne out."""
    with answering():
        actor = at_terminal()
        check_verb("intelligence.read", actor)
        found = track.sources(actor)
        if as_json:
            show_json([fields.rated_fields(one) for one in found])
            return
        rows = [
            (s.seen.row.name, s.seen.row.collector, s.seen.row.reliability, s.seen.silence.hearing, s.seen.signals,
             s.seen.aside, f"{s.record.corroborated}/{s.record.tested}", f"{s.record.low:.2f}-{s.record.high:.2f}",
             s.proposed or "") for s in found
        ]  # fmt: skip
        heads = ["source", "collector", "reliability", "heard", "#signals", "#aside", "#borne out", "95 %", "proposed"]
        show_table(f"{len(found)} sources", heads, rows)


@app.command()
def profile(mission: str, as_json: AsJson = False) -> None:
    """The threat profile of MISSION (id or city), each class with its causes."""
    with answering():
        actor = at_terminal()
        check_verb("intelligence.read", actor)
        seen = missions.find(actor, mission)
        lines = queries.profile(actor, seen)
        if as_json:
            show_json([fields.line_fields(line) for line in lines])
            return
        for line in lines:
            console.print(f"[bold]{line.threat.value}[/bold]  level {int(line.level)}  score {line.score:.2f}")
            for depth, cause in line.causes.walk():
                if depth:
                    console.print(
                        f"{'  ' * depth}{cause.points:+.3f}  {sentence(cause.code, cause.params)}", markup=False
                    )


@app.command()
def occurrences(
    days: Annotated[int, typer.Option(min=1, help="How far back.")] = 30, limit: int = 50, as_json: AsJson = False
) -> None:
    """What happened lately, newest first."""
    with answering():
        actor = at_terminal()
        check_verb("intelligence.read", actor)
        since = int((clock.as_of() - timedelta(days=days)).timestamp())
        found = queries.with_keys(queries.occurrences(actor).filter(end_s__gte=since).order_by("-end_s")[:limit])
        if as_json:
            show_json([fields.occurrence_fields(one) for one in found])
            return
        rows = [
            (f"{from_epoch_s(o.row.start_s):%Y-%m-%d}", o.row.kind, o.row.place, o.row.country, o.row.credibility,
             o.row.n_signals, o.key) for o in found
        ]  # fmt: skip
        show_table(f"{len(rows)} occurrences", ["day", "kind", "place", "country", "#cred.", "#signals", "id"], rows)


@app.command()
def report(
    title: str,
    kind: Annotated[str, typer.Option(help="A word of the table of kinds.")],
    office: Annotated[str, typer.Option(help="Who told it.")],
    at: Annotated[str, typer.Option(help="When, ISO 8601.")] = "",
    text: str = "",
    place: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    marking: str = "UNCLASSIFIED",
    grade: str = "F6",
    as_json: AsJson = False,
) -> None:
    """Type a diplomatic or police report, in any language."""
    with answering(_said):
        actor = at_terminal()
        row = queries.wanted_typed_source(actor)
        said = typed.report(
            title, text, kind, clock.as_of() if not at else queries.instant(at), office,
            place=place, latitude=latitude, longitude=longitude,
        )  # fmt: skip
        claimed = claim(Source, row.pk, "intelligence.report", actor)
        key = actions.report(claimed, said, marking=Marking.parse(marking), grade=str(Grade.parse(grade)), mission=None)
        if as_json:
            show_json({"signal": key})
        else:
            console.print(f"The report is stored as signal {key}.")


@app.command()
def grade(
    mission: str,
    threat: ThreatClass,
    judged: Judged,
    value: int,
    note: Annotated[str, typer.Option(help="What it rests on.")],
    admiralty: Annotated[str, typer.Option("--grade", help="As in B2.")] = "F6",
    as_json: AsJson = False,
) -> None:
    """Grade one side of a THREAT at a MISSION: intent, capability or inhibiting."""
    with answering(_said):
        actor = at_terminal()
        key = missions.find(actor, mission).id
        claimed = missions.claimed(actor, key, "intelligence.grade_threat")
        done = actions.grade_threat(claimed, threat, judged, value, grade=Grade.parse(admiralty), note=note)
        if as_json:
            show_json({"id": done.pk, **asdict(done.to_value())})
        else:
            console.print(f"{judged.value} of {threat.value} is graded {value}.")


@app.command()
def tripwire(
    mission: str,
    threat: ThreatClass,
    owner: Annotated[str, typer.Option(help="Who acts when it is crossed.")],
    count: int = 1,
    within_km: float = 25.0,
    within_hours: float = 24.0,
    days: Annotated[int, typer.Option(help="After so many days it lapses.")] = 90,
    as_json: AsJson = False,
) -> None:
    """Draw a line at MISSION: so many happenings of THREAT within km and hours."""
    with answering(_said):
        actor = at_terminal()
        claimed = missions.claimed(actor, missions.find(actor, mission).id, "intelligence.set_tripwire")
        condition = Happenings(threat, count, within_km, within_hours)
        done = actions.set_tripwire(claimed, condition, owner=owner, lapses_at=clock.as_of() + timedelta(days=days))
        if as_json:
            show_json({"id": done.pk, **asdict(done.to_value())})
        else:
            console.print(f"The line stands until {done.lapses_at:%Y-%m-%d}.")


@app.command()
def aside(as_json: AsJson = False) -> None:
    """Items that could not be read, with reason and advice."""
    with answering():
        actor = at_terminal()
        check_verb("intelligence.read", actor)
        found = list(queries.asides(actor)[:200])
        if as_json:
            show_json([fields.aside_fields(one) for one in found])
            return
        rows = [
            (a.pk, a.file, a.place, reasons.sentence(a.reason, a.params), reasons.advice(a.reason, a.params))
            for a in found
        ]
        show_table(f"{len(rows)} items aside", ["#item", "file", "where", "why", "what to do"], rows)


@app.command()
def rebuild(as_json: AsJson = False) -> None:
    """Compute every threat picture anew."""
    with answering():
        fact = actions.rebuild(claim_house("intelligence.rebuild", at_terminal()))
        if as_json:
            show_json(asdict(fact))
        else:
            console.print(f"{fact.missions:,} pictures from {fact.occurrences:,} occurrences.")
